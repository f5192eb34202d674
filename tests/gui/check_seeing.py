"""Judges what `seeing.py` saw; the last line counts passed and failed."""

import json
import sys
from pathlib import Path


def main():
    """Check each fact, print what failed, and return the exit status."""
    work = Path(sys.argv[1])
    outcome = json.loads((work / "outcome.json").read_text(encoding="utf-8"))
    if "defect" in outcome:
        print(outcome["defect"])
        print("0 passed, 1 failed")
        return 1
    said = " ".join(outcome["spectra"])
    group = next(n for n, name in enumerate(outcome["order"]) if "MIAF-Net" in name)
    checks = {
        "natural colour, infrared, short-wave infrared": (
            outcome["bands"] == [[26, 17, 8], [50, 26, 17], [171, 50, 26]]
        ),
        "a pixel is named with its nearest classes": "nearest classes" in said,
        "a cancelled training says where it continues": (
            "Cancelled. Run again to continue" in outcome["cancelled"]
            and "Execution failed" not in outcome["cancelled"]
        ),
        "the second run succeeds": outcome["run_ok"] is True,
        "the curve says the last epoch": "Epoch" in " ".join(outcome["curve"]),
        "the message has its buttons": (
            outcome["buttons"] == ["Report", "Confidence", "Suggest areas"]
        ),
        "areas are above the map, the cube below": (
            0 < group < len(outcome["order"]) - 1
        ),
        "the legend is open": outcome["legend_open"] is True,
        "there is an opacity slider": outcome["sliders"] == 1,
        "confidence takes the place of the map": outcome["shown"] == [False, True],
    }
    for name, passed in checks.items():
        print(f"{'ok    ' if passed else 'FAILED'} {name}")
    good = sum(map(bool, checks.values()))
    print(f"{good} passed, {len(checks) - good} failed")
    return 0 if good == len(checks) else 1


if __name__ == "__main__":
    sys.exit(main())
