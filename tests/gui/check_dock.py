"""Judges what `dock.py` saw in the desktop."""

import sys

from judging import judge

# What the same map took without the panel: clicks, and names typed.
WITHOUT_PANEL = 26 * 4  # of each class


def facts(outcome, work):
    """Return {fact: whether it is so} of what was seen."""
    hands, results = outcome["hands"], outcome["results"]
    acts = hands["clicks"] + hands["drags"] + hands["names"]
    labelled = outcome["labelled"]
    fewer = {**labelled, list(labelled)[-1]: 2}
    folder = work / "project_maps"
    kinds = [name.partition(",")[0] for name in outcome["order"]]
    return {
        "the panel opens": outcome["panel"] is True,
        "the cube is cut once": outcome["cut"] is True,
        "three areas of each of four classes": list(labelled.values()) == [3] * 4,
        "a second click takes an area away": outcome["clicked_again"] == fewer,
        "undo brings it back": outcome["after_undo"] == labelled,
        "redo and undo, too": outcome["after_redo_and_undo"] == labelled,
        "all classes have pixels": min(outcome["pixels"].values()) > 0,
        f"{acts} clicks and names, at most a third": acts <= WITHOUT_PANEL / 3,
        "cancel ends within 2.5 s": outcome["cancel_seconds"] <= 2.5,
        "a cancelled run says so": (outcome["cancelled"].startswith("Cancelled.")),
        "the map is made": outcome["updated"] is True,
        "the panel says how good it is": "should be right" in outcome["said"],
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
        "training continues": "INITIAL_MODEL=" in outcome["call_continued"],
        "what was not measured is not claimed": (
            "not measured" in outcome["said_continued"]
        ),
        "the project is empty when it is closed": outcome["closed"] == 0,
        "the project brings the areas back": outcome["reopened"] == labelled,
        "and the current class": outcome["current"] == list(labelled)[-1],
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
