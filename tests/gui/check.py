"""Judges what `drive.py` saw in the desktop."""

import sys

from judging import judge


def facts(outcome, work):
    """Return {fact: whether it is so} of what was seen."""
    results, models = work / "results", outcome.get("models", {})
    made = ("map.tif", "confidence.tif", "model.miaf.safetensors", "report.html")
    legend = outcome["legend"]
    return {
        "the zip is installed": outcome["installed"] is True,
        "two areas of each of the 16 classes are drawn": (
            list(outcome["drawn"].values()) == [2] * 16
        ),
        "the first run is cancelled in training": outcome["cancelled_in_training"],
        "cancel ends within 2.5 s": outcome["cancel_ended_in_2_5_s"],
        "cancel leaves no file": outcome["cancel_left"] == [],
        "the second run succeeds": outcome["run_ok"] is True,
        "all outputs are there": all((results / name).is_file() for name in made),
        "the legend has the 16 classes and nothing else": len(legend) == 16,
        "the legend has the layer's colours": colours(legend) == outcome["colours"],
        "map and confidence are in a group": outcome["group"][1] == 2,
        "the metadata say how accurate": "%" in outcome["abstract"],
        "the three ready models run in the designer": (
            [fine for fine, _ in models.values()] == [True] * 3
        ),
        "torch is not in QGIS": outcome["torch_in_qgis"] is False,
    }


def colours(legend):
    """Return {class name: colour} of a legend."""
    return {name: colour for _, name, colour in legend}


if __name__ == "__main__":
    sys.exit(judge(facts))
