"""Strikes runs of the engine with faults; keeps what it finds, and goes on there.

    python -m tests.faults [--kills 216] [--disk 90] [--minutes 60] [--resume] [--page]

`build/faults/found.jsonl` holds a line an injection; those that are there are not done
again. At the end `docs/reliability.md` is written from it.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.faults import disk, kills, page
from tests.faults.jobs import TASKS, Job, prepare

BUILD = page.BUILD


def cases(kill_count: int, disk_count: int) -> Iterator[tuple[str, str, int]]:
    """Yield (fault, task, number), so that a part has some of each."""
    faults = disk.OTHERS + (disk.MOUNTED if disk.may_mount() else ())
    rounds = -(-max(kill_count, disk_count) // len(TASKS))
    for number in range(rounds):
        for task in TASKS:
            for fault in kills.KILLS:
                if number < -(-kill_count // (len(kills.KILLS) * len(TASKS))):
                    yield fault, task, number
            for fault in faults:
                if number < -(-disk_count // (len(faults) * len(TASKS))):
                    yield fault, task, number


def strike(job: Job, case: tuple[str, str, int], *, resume: bool) -> dict:
    """Carry out one injection in a folder of its own."""
    fault, task, number = case
    folder = BUILD / "runs" / f"{fault} {task} {number}".replace(" ", "-")
    if fault in kills.KILLS:
        return kills.strike(job, fault, number, folder, resume=resume)
    return disk.strike(job, fault, number, folder)


def main() -> int:
    """Do what is left to do; return 1 where anything was damaged or left."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kills", type=int, default=216)
    parser.add_argument("--disk", type=int, default=90)
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--resume", action="store_true", help="run killed ones again")
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
    left = [c for c in cases(options.kills, options.disk) if c not in done]
    deadline = time.monotonic() + 60 * options.minutes
    print(f"{len(done)} done, {len(left)} to do", flush=True)
    if not left:
        return
    jobs = prepare(BUILD / "jobs")
    kept = Path(BUILD / "found.jsonl").open("a", encoding="utf-8")

    def one(case: tuple[str, str, int]) -> None:
        if time.monotonic() < deadline:
            entry = strike(jobs[case[1]], case, resume=options.resume)
            kept.write(json.dumps(entry) + "\n")
            kept.flush()

    with kept, ThreadPoolExecutor(options.jobs) as pool:
        try:
            list(pool.map(one, left))
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise


if __name__ == "__main__":
    sys.exit(main())
