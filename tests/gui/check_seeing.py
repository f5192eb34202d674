"""Judges what `seeing.py` saw in the desktop."""

import sys

from judging import judge


def facts(outcome, _work):
    """Return {fact: whether it is so} of what was seen."""
    said, curve = " ".join(outcome["spectra"]), " ".join(outcome["curve"])
    last = f"Epoch {outcome['epochs']} of {outcome['epochs']},"
    whole, middle, left, turned, after = outcome["swiped"]
    group = next(n for n, name in enumerate(outcome["order"]) if "MIAF-Net" in name)
    return {
        "natural colour, infrared, short-wave infrared": (
            outcome["bands"] == [[26, 17, 8], [50, 26, 17], [171, 50, 26]]
        ),
        "a pixel is named with its nearest classes": "nearest classes" in said,
        "a cancelled training says where it continues": (
            "Cancelled. Run again to continue" in outcome["cancelled"]
            and "Execution failed" not in outcome["cancelled"]
        ),
        "the second run succeeds": outcome["run_ok"] is True,
        "the curve says the last epoch": "Epoch" in curve and last in curve,
        "a coarse map is there while it trains": outcome["coarse_map"] == [True, False],
        "the message with the accuracy is the one that is seen": (
            outcome["messages"][0].startswith("Expected accuracy")
        ),
        "the message has its buttons": (
            outcome["buttons"] == ["Report", "Confidence", "Swipe map", "Suggest areas"]
        ),
        "areas are above the map, the cube below": (
            0 < group < len(outcome["order"]) - 1
        ),
        "the legend is open, in a group that is open": (
            outcome["legend_open"] == [True, True]
        ),
        "there is an opacity slider": outcome["sliders"] == 1,
        "the map is swiped on the right of the line": (
            middle[0] == whole[0] and middle[1] != whole[1]
        ),
        "the line follows the mouse": left[0] != whole[0] and left[1] == middle[1],
        "a right click turns the line": turned == whole,
        "the whole map is there again": after == whole,
        "confidence takes the place of the map": outcome["shown"] == [False, True],
    }


if __name__ == "__main__":
    sys.exit(judge(facts))
