"""Strikes runs of the engine with faults; keeps what it finds, and continues there.

    python -m tests.faults [--kills 216] [--each 5] [--minutes 60] [--page]

`build/faults/found.jsonl` holds a line an injection; those that are there are not done
again. At the end `docs/reliability.md` is written from it.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from tests.faults import disk, forked, hostile, kills, machine, page
from tests.faults.jobs import TASKS, Job, prepare, without_machine

BUILD = page.BUILD


def cases(kill_count: int, each: int) -> Iterator[tuple[str, str, int]]:
    """Yield (fault, task, number), so that a part has some of each."""
    counts = dict.fromkeys(kills.KILLS, -(-kill_count // (len(kills.KILLS) * 3)))
    disks = disk.OTHERS + (disk.MOUNTED if disk.may_mount() else ())
    counts |= dict.fromkeys(disks + machine.MACHINE, each)
    # Every kind of such a file once at least.
    counts |= dict.fromkeys(hostile.HOSTILE, max(each, hostile.KINDS) if each else 0)
    for number in range(max(counts.values())):
        for task in TASKS:
            for fault, count in counts.items():
                if number < count and hostile.applies(fault, task):
                    yield fault, task, number


def strike(job: Job, case: tuple[str, str, int]) -> dict:
    """Carry out one injection in a folder of its own."""
    fault, _, number = case
    folder = BUILD / "runs" / "-".join(map(str, case)).replace(" ", "-")
    if fault in kills.KILLS:
        return kills.strike(job, fault, number, folder)
    group = hostile if fault in hostile.HOSTILE else machine
    if fault in disk.OTHERS + disk.MOUNTED:
        group = disk
    return group.strike(job, fault, number, folder)


def main() -> int:
    """Do what is left to do; return 1 where anything was damaged or left."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kills", type=int, default=216)
    parser.add_argument("--each", type=int, default=5, help="of every other fault")
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--page", action="store_true", help="write the page alone")
    options = parser.parse_args()
    BUILD.mkdir(parents=True, exist_ok=True)
    if not options.page:
        _go_on(options)
    found = page.found()
    page.write(found)
    bad = [entry for entry in found if page.is_bad(entry)]
    for entry in bad:
        print(entry)
    print(f"{len(found)} injections, {len(bad)} bad")
    return int(bool(bad) or not found)


def _go_on(options: argparse.Namespace) -> None:
    done = {(e["fault"], e["task"], e["number"]) for e in page.found()}
    left = [c for c in cases(options.kills, options.each) if c not in done]
    deadline = time.monotonic() + 60 * options.minutes
    print(f"{len(done)} done, {len(left)} to do", flush=True)
    if not left:
        return
    forked.load()
    jobs = prepare(BUILD / "jobs")
    with Path(BUILD / "found.jsonl").open("a", encoding="utf-8") as kept:
        for case in left:
            if time.monotonic() < deadline:
                entry = strike(jobs[case[1]], case)
                kept.write(without_machine(json.dumps(entry)) + "\n")
                kept.flush()


if __name__ == "__main__":
    sys.exit(main())
