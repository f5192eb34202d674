"""Judges what `life.py` saw in the desktop."""

import sys

from judging import judge


def facts(outcome, _work):
    """Return {fact: whether it is so} of what was seen."""
    # Each is [whether the dialog is seen, how many engines live] four seconds later.
    return {
        "an engine ends with its dialog": outcome["stopped"] == [False, 0],
        "nothing is left of its outputs": outcome["stopped_left"] == [],
        "a dialog that is not closed after all stays": outcome["stayed"] == [True, 1],
        "a run may continue in the background": outcome["background"] == [False, 1],
        "the list of tasks ends it": outcome["background_ended"] == 0,
    }


if __name__ == "__main__":
    sys.exit(judge(facts))
