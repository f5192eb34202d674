"""Judges what `life.py` saw in the desktop."""

import sys

from judging import judge


def facts(outcome, _work):
    """Return {fact: whether it is so} of what was seen."""
    facts = {
        f"{fact} while its workers {stage}": so
        for stage, name in (("start", "starting"), ("work", "at_work"))
        for fact, so in cancelled(outcome[f"workers_{name}"]).items()
    }
    # Each is [whether the dialog is seen, how many engines live] four seconds later.
    return facts | {
        "an engine ends with its dialog": outcome["stopped"] == [False, 0],
        "nothing is left of its outputs": outcome["stopped_left"] == [],
        "a dialog that is not closed after all stays": outcome["stayed"] == [True, 1],
        "a run may continue in the background": outcome["background"] == [False, 1],
        "the list of tasks ends it": outcome["background_ended"] == 0,
    }


def cancelled(seen):
    """Return {fact: whether it is so} of a run of several workers, cancelled."""
    return {
        # The engine itself and its two workers.
        "three processes live": seen["begun"] and seen["processes"] == 3,
        "a run ends within two seconds": seen["ended"] == [False]
        and seen["seconds"] <= 2.0,
        "a cancelled run leaves no process": seen["orphans"] == 0,
        "a cancelled run leaves no file": seen["left"] == [],
        "the log of a cancelled run says so": "Cancelled" in seen["log"]
        and "failed" not in seen["log"],
    }


if __name__ == "__main__":
    sys.exit(judge(facts))
