"""What workers are given to do, and what the user reads of it."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Generator, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Job:
    """Something to do.

    Attributes:
        number: Its place among all jobs.
        title: What the user knows it by.
        task: What `doing.do_task` takes.
    """

    number: int
    title: str
    task: Mapping[str, Any]


# What `doing.do_task` returns; where no worker has answered, `error`, a sentence. Local
# workers add `attempts`.
Answers = Generator[tuple[Job, dict[str, Any]], None, None]


@dataclass(frozen=True)
class Words:
    """What the user reads of jobs: texts that `marked` has marked.

    Attributes:
        done: How many are done: `done` and `count`.
        busy: The same with `busy`, how many are at work.
        repeated: A worker has ended and another one does its job: `title` and `how`.
        waiting: Their `count`, and the number of `workers` of a scheduler.
        no_worker: Their `count`, where a scheduler has no worker yet.
        warning: A warning of a worker: `title` and `text`; "" where answers have them.
        shared: Why the same warning of other jobs was not shown; "" likewise.
    """

    done: str
    busy: str
    repeated: str
    waiting: str
    no_worker: str
    warning: str = ""
    shared: str = ""


class JobQueue:
    """Jobs that are not begun, in turn, and which are not done.

    Args:
        jobs: All jobs, their numbers ascending.
    """

    def __init__(self, jobs: Iterable[Job]) -> None:
        self._waiting = deque(jobs)
        self._undone = dict.fromkeys(job.number for job in self._waiting)

    @property
    def left(self) -> int:
        """How many are not done."""
        return len(self._undone)

    def next_job(self, limit: int = 0) -> Job | None:
        """Take the next job, if there is one that may be begun.

        Args:
            limit: How far it may lie from the first job that is not done, so that not
                too many answers wait for that of the first; 0 is no limit.
        """
        if not self._waiting:
            return None
        first = next(iter(self._undone))
        if limit and self._waiting[0].number - first >= limit:
            return None
        return self._waiting.popleft()

    def put_back(self, job: Job) -> None:
        """Have a job begun again, before all others."""
        self._waiting.appendleft(job)

    def finish(self, job: Job) -> None:
        """Count a job as done."""
        del self._undone[job.number]


def discard_run(folder: str | os.PathLike[str], begins: str) -> None:
    """Remove what processes that are gone have left unfinished in a folder.

    Args:
        folder: Where their outputs lie.
        begins: What their run ids begin with.
    """
    for path in Path(folder).glob(f".miaf-{begins}*"):
        with suppress(OSError):
            path.unlink()
