"""Judges what `looks.py` saw in the desktop."""

import sys

from judging import judge


def facts(outcome, _work):
    """Return {fact: whether it is so} of what was seen."""
    return {
        "the run succeeds": outcome["run_ok"] is True,
        f"no text is English in another language {outcome['english']}": (
            outcome["english"] == []
        ),
        f"no text is cut off {outcome['cut_off']}": outcome["cut_off"] == [],
    }


if __name__ == "__main__":
    sys.exit(judge(facts))
