"""Judges what a script saw in the desktop; the last line counts passed and failed."""

import json
import sys
from pathlib import Path


def judge(facts_of):
    """Print each fact and whether it is so; return the exit status.

    Args:
        facts_of: Called with the outcome that the script wrote and with its working
            folder; returns {fact: whether it is so}.
    """
    work = Path(sys.argv[1])
    outcome = json.loads((work / "outcome.json").read_text(encoding="utf-8"))
    if "defect" in outcome:
        print(outcome["defect"])
        print("0 passed, 1 failed")
        return 1
    facts = facts_of(outcome, work)
    for name, passed in facts.items():
        print(f"{'ok    ' if passed else 'FAILED'} {name}")
    good = sum(map(bool, facts.values()))
    print(f"{good} passed, {len(facts) - good} failed")
    return 0 if good == len(facts) else 1
