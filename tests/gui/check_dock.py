"""Judges what `dock.py` saw in the desktop."""

import sys

from judging import judge

# What the same map took without the panel: clicks, and names typed.
WITHOUT_PANEL = 130
LABELLING_SECONDS, LOOP_SECONDS = 180, 60
# Seconds of a person (Card, Moran and Newell 1980, keystroke-level model): a thought, a
# way to a place, a press and a release, a key.
THOUGHT, WAY, PRESS, KEY = 1.35, 1.1, 0.2, 0.28


def seconds(hands):
    """Return how long a person takes for what the hands do, beside computing."""
    return (
        hands["clicks"] * (THOUGHT + WAY + PRESS)
        + hands["drags"] * (THOUGHT + 2 * WAY + PRESS)
        + hands["names"] * THOUGHT
        + hands["keys"] * KEY
    )


def facts(outcome, work):
    """Return {fact: whether it is so} of what was seen."""
    hands, results = outcome["hands"], outcome["results"]
    labelling, loop = seconds(hands), seconds(outcome["hands_of_loop"])
    acts = hands["clicks"] + hands["drags"] + hands["names"]
    labelled = outcome["labelled"]
    fewer = {**labelled, list(labelled)[-1]: 2}
    folder = work / "project_maps"
    kinds = [name.partition(",")[0] for name in outcome["order"]]
    return {
        "the panel opens": outcome["panel"] is True,
        "the cube is cut once": outcome["cut"] is True,
        "three areas of each of five classes": list(labelled.values()) == [3] * 5,
        f"a person takes {labelling:.0f} s for them": labelling < LABELLING_SECONDS,
        "a second click takes an area away": outcome["clicked_again"] == fewer,
        "undo brings it back": outcome["after_undo"] == labelled,
        "redo and undo, too": outcome["after_redo_and_undo"] == labelled,
        "all classes have pixels": min(outcome["pixels"].values()) > 0,
        f"{acts} clicks and names, at most a third": acts <= WITHOUT_PANEL / 3,
        "cancel ends within 2.5 s": outcome["cancel_seconds"] <= 2.5,
        "a cancelled run says so": (outcome["cancelled"].startswith("Cancelled.")),
        "the map is made": outcome["updated"] is True,
        "the panel says how good it is": "should be right" in outcome["said"],
        "and so does the message that is seen": (
            outcome["message"].startswith("Expected accuracy: ")
        ),
        "areas lie above the map, and that above the cube": (
            [kind for kind in kinds if not kind.startswith("Superpixels")]
            == [
                "Training areas",
                "Class map",
                "Confidence",
                "Demo scene (Indian Pines)",
            ]
        ),
        "each class has hectares and accuracy": (
            sorted(results) == sorted(labelled)
            and all(None not in pair for pair in results.values())
        ),
        "the call is that of the Toolbox": outcome["call"].startswith(
            "qgis_process run miaf:trainandclassify -- "
        ),
        "the cube is seen below the map": (
            outcome["swiped"][1] > 2 * outcome["swiped"][0]
        ),
        "areas are suggested": outcome["suggested"] is True,
        "those that are known are labelled by a click each": (
            outcome["areas_added"] == outcome["labelled_suggestions"] > 0
        ),
        "both maps are compared": (
            outcome["compared"][0] is True and outcome["compared"][1] > 0
        ),
        f"a person takes {loop:.0f} s to suggest, label, update and compare": (
            loop < LOOP_SECONDS
        ),
        "training continues": "INITIAL_MODEL=" in outcome["call_continued"],
        "what was not measured is not claimed": (
            "not measured" in outcome["said_continued"]
        ),
        "the project is empty when it is closed": outcome["closed"] == 0,
        "the project brings the areas back": (
            outcome["reopened"] == outcome["improved"]
        ),
        "and the current class": (
            outcome["current_reopened"] == outcome["current"] != ""
        ),
        "and what was said of the map": (
            outcome["said_reopened"] == outcome["said_continued"]
        ),
        "the areas are beside the project": (
            (work / "project_training_areas.gpkg").is_file() and not folder.exists()
        ),
        "torch is not in QGIS": outcome["torch_in_qgis"] is False,
    }


if __name__ == "__main__":
    sys.exit(judge(facts))
