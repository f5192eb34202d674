"""What the fuzzing of all readers shares: how many cases, and what is made up."""

import copy
import json
import os
import time
from collections import Counter

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from tests.repository import ROOT

CASES = int(os.environ.get("MIAF_FUZZ", "0"))
QUICK = 60
DONE: Counter = Counter()


def cases(share=1.0, quick=QUICK):
    """Run a test on as many cases as asked for; without a limit of time a case.

    Args:
        share: Of the number that is asked for.
        quick: How many where none is asked for.
    """
    return settings(
        max_examples=max(int(CASES * share), 1) if CASES else quick,
        deadline=None,
        database=None,
        derandomize=not CASES,
        suppress_health_check=list(HealthCheck),
    )


BEGUN = time.monotonic()
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.sampled_from([10**400, -1, 0, 65_536, 2**63]),
    st.floats(),
    st.text(max_size=12),
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(st.text(max_size=8), inner, max_size=4),
    ),
    max_leaves=8,
)


def mutated(values, choices, new):
    """Put `new` at a place of a JSON value, found by following `choices`."""
    values = copy.deepcopy(values)
    part, last = values, None
    for choice in choices:
        inside = part if last is None else part[last]
        if not isinstance(inside, (dict, list)) or not inside:
            break
        keys = list(inside) if isinstance(inside, dict) else range(len(inside))
        part, last = inside, keys[choice % len(keys)]
    if last is not None:
        part[last] = new
    return values


def keep_figures():
    """Write how many cases there were so far, where many were asked for."""
    if CASES:
        folder = ROOT / "build" / "faults"
        folder.mkdir(parents=True, exist_ok=True)
        rows = [*sorted(DONE.items()), ("all", sum(DONE.values()))]
        rows.append(("seconds", round(time.monotonic() - BEGUN)))
        found = {
            "title": "Fuzzing",
            "text": "`make fuzz`: random and mutated input from hypothesis. A case "
            "fails if a reader raises anything but an error meant for the user.",
            "columns": "reader | cases",
            "rows": rows,
        }
        (folder / "fuzz.json").write_text(json.dumps(found), encoding="utf-8")
