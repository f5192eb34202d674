"""Judges what `life.py` saw in the desktop; the last line counts passed and failed."""

import json
import sys
from pathlib import Path


def main():
    """Check each fact, print what failed, and return the exit status."""
    outcome = json.loads(Path(sys.argv[1], "outcome.json").read_text(encoding="utf-8"))
    if "defect" in outcome:
        print(outcome["defect"])
        print("0 passed, 1 failed")
        return 1
    # Each is [whether the dialog is seen, how many engines live] four seconds later.
    checks = {
        "an engine ends with its dialog": outcome["stopped"] == [False, 0],
        "nothing is left of its outputs": outcome["stopped_left"] == [],
        "a dialog that is not closed after all stays": outcome["stayed"] == [True, 1],
        "a run may continue in the background": outcome["background"] == [False, 1],
        "the list of tasks ends it": outcome["background_ended"] == 0,
    }
    for name, passed in checks.items():
        print(f"{'ok    ' if passed else 'FAILED'} {name}")
    good = sum(checks.values())
    print(f"{good} passed, {len(checks) - good} failed")
    return 0 if good == len(checks) else 1


if __name__ == "__main__":
    sys.exit(main())
