"""Worker processes on this machine, each with one job at a time.

A worker that ends in the middle of a job, as one that the system or a person kills, is
replaced, and the job repeated by another. Workers notice the end of this process by the
end of their input, so that none is left running.
"""

from __future__ import annotations

import json
import os
import queue
import signal

# Programs are given as lists of words, never to a shell.
import subprocess  # nosec B404
import sys
import threading
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, Any, cast

import miaf_engine
from miaf_engine.errors import Cancelled, WorkerError, error_of
from miaf_engine.io.move_journal import journal_of, undo
from miaf_engine.io.outputs import run_id
from miaf_engine.progress import Progress
from miaf_engine.tasks.workers.jobs import (
    Answers,
    Job,
    JobQueue,
    Words,
    discard_run,
)
from miaf_engine.training.cpu.thread_waiting import wait_asleep
from miaf_engine.translation import VARIABLE, spoken, tr

GRACE_S = 1.0  # to end by itself; a cancel takes two seconds at most
_COMMAND = (sys.executable, "-m", "miaf_engine.process.task_worker")
_THREADS = ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS")

# Lines of workers, and None at the end of a worker's output.
WorkerMessages = queue.Queue[tuple["WorkerProcess", "dict[str, Any] | None"]]

# A job that so many workers did not survive is given up: it may need more memory than
# there is, and would keep crashing workers.
MOST_CRASHES = 2
# So many workers in a row that end before they are ready end the run.
MOST_FAILED_STARTS = 3
_POLL_S = 0.1  # between two looks at whether the user has cancelled


def environment_of(threads: int) -> dict[str, str]:
    """Return the environment of a process with so many CPU threads, in our language."""
    found = {**os.environ, **dict.fromkeys(_THREADS, str(threads)), VARIABLE: spoken()}
    wait_asleep(found)
    # The engine may not be installed but lie in a checkout or in the plugin's folder.
    beside = [
        str(Path(miaf_engine.__file__).resolve().parents[1]),
        found.get("PYTHONPATH"),
    ]
    return {**found, "PYTHONPATH": os.pathsep.join(filter(None, beside))}


class WorkerProcess:
    """A worker process.

    Args:
        own_run_id: In the names of its temporary files.
        environment: Its environment variables.
        messages: Where its lines go, each with the worker; None once its output
            ends.

    Attributes:
        job: What it has to do; None while it waits.
        fraction: How much of it is done, 0..1.
        ready: Whether it has said that it can begin.
    """

    def __init__(
        self, own_run_id: str, environment: dict[str, str], messages: WorkerMessages
    ) -> None:
        self._run_id, self._messages = own_run_id, messages
        self.job: Any = None
        self.fraction = 0.0
        self.ready = False
        # A list and no shell: nothing in it can be taken for a command.
        self._process = subprocess.Popen(  # nosec B603
            _COMMAND, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        # None only without a pipe.
        self._input = cast("IO[bytes]", self._process.stdin)
        self._output = cast("IO[bytes]", self._process.stdout)
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def send(self, values: Mapping[str, Any]) -> None:
        """Write a line; that a worker has gone shows in the end of its output."""
        with suppress(OSError, ValueError):
            self._input.write(json.dumps(dict(values)).encode() + b"\n")
            self._input.flush()

    def close_input(self) -> None:
        """Let it end."""
        with suppress(OSError):
            self._input.close()

    def end(self, folder: str, until: float | None = None) -> str:
        """Wait for its end, by force after a while, and return how it ended.

        What it had not finished is removed.

        Args:
            folder: Where its outputs lie.
            until: When force is used, of `time.monotonic`; None is in a second.
        """
        self.close_input()
        until = time.monotonic() + GRACE_S if until is None else until
        try:
            self._process.wait(max(0.0, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            self._process.kill()
        code = self._process.wait()
        self._reader.join(GRACE_S)
        # Before another repeats the job: what was being replaced comes back.
        undo(journal_of(Path(folder), self._run_id))
        discard_run(folder, self._run_id)
        if code >= 0:
            return tr("exit code {code}").format(code=code)
        with suppress(ValueError):
            return signal.Signals(-code).name
        return tr("signal {number}").format(number=-code)

    def _read(self) -> None:
        with self._output as lines:
            for line in lines:
                with suppress(ValueError):
                    self._messages.put((self, json.loads(line)))
        self._messages.put((self, None))


class LocalWorkers:
    """Worker processes on this machine.

    Args:
        setup: What each worker is sent first: `model`, `digest` and `device`.
        size: Most workers at once.
        threads: CPU threads of each.
        folder: Where all outputs lie.
        words: What the user reads.
        share_device: Whether several may work on a graphics card; else there is one.
        ahead: A job is begun only if fewer than so many for each worker lie between it
            and the first that is not done; 0 is no limit.

    Attributes:
        device: Where the network runs; None before a worker has said so.
    """

    def __init__(
        self,
        setup: Mapping[str, Any],
        size: int,
        threads: int,
        folder: str,
        words: Words,
        *,
        share_device: bool,
        ahead: int = 0,
    ) -> None:
        self._setup, self._folder, self._words = setup, folder, words
        self._environment = environment_of(threads)
        self._most, self._ahead = size, ahead
        # The first worker tells whether there is a graphics card.
        self._size = size if share_device else 1
        self._workers: list[WorkerProcess] = []
        self._messages: WorkerMessages = queue.Queue()
        self._queue = JobQueue(())
        self._begun: Counter[int] = Counter()
        self._started = self._failed_starts = 0
        self._warnings: Counter[str] = Counter()
        self.device: str | None = None

    def answers(self, jobs: Sequence[Job], progress: Progress) -> Answers:
        """Do jobs; give each with its answer, in the order in which they end.

        Args:
            jobs: What to do.
            progress: Receives how many are done; may cancel.

        Raises:
            MiafError: Workers cannot be started, or the model cannot be loaded.
            Cancelled: The caller asked to stop; no worker is left.
        """
        self._queue = JobQueue(jobs)
        try:
            while self._queue.left:
                self._start_workers(self._queue.left)
                for job, answer in self._receive(progress):
                    self._queue.finish(job)
                    self._wake()
                    yield job, answer
                self._report_progress(len(jobs), progress)
            if any(count > 1 for count in self._warnings.values()):
                progress.info(tr(self._words.shared))
        finally:
            self._stop_workers()

    def _start_workers(self, left: int) -> None:
        while len(self._workers) < min(self._size, left):
            self._started += 1
            own = f"{run_id()[:20]}{self._started:06d}"
            worker = WorkerProcess(own, self._environment, self._messages)
            self._workers.append(worker)
            worker.send({**self._setup, "run_id": own})

    def _receive(self, progress: Progress) -> Answers:
        try:
            worker, line = self._messages.get(timeout=_POLL_S)
        except queue.Empty:
            return
        if line is None:
            yield from self._replace_worker(worker, progress)
        elif line["type"] == "error":
            raise error_of(line)
        elif line["type"] == "ready":
            self._failed_starts, self.device = 0, line["device"]
            self._size = self._most if self.device == "cpu" else self._size
            worker.ready = True
            self._assign(worker)
        elif worker.job is not None:
            yield from self._handle_message(worker, worker.job, line, progress)

    def _handle_message(
        self, worker: WorkerProcess, job: Job, line: dict[str, Any], progress: Progress
    ) -> Answers:
        if line["type"] == "progress":
            worker.fraction = line["fraction"]
        elif line["type"] == "warning" and self._words.warning:
            # What follows from the model or the options holds for every scene.
            self._warnings[line["text"]] += 1
            if self._warnings[line["text"]] == 1:
                text = self._words.warning.format(title=job.title, text=line["text"])
                progress.warning(text)
        elif line["type"] == "answer":
            answer = {key: value for key, value in line.items() if key != "type"}
            worker.job = None
            self._assign(worker)
            yield job, {**answer, "attempts": self._begun[job.number]}

    def _assign(self, worker: WorkerProcess) -> None:
        job = self._queue.next_job(self._ahead * self._size)
        if job is not None:
            worker.job, worker.fraction = job, 0.0
            self._begun[job.number] += 1
            worker.send(job.task)

    def _replace_worker(self, worker: WorkerProcess, progress: Progress) -> Answers:
        """Have the job of a worker that has ended repeated, or give it up."""
        self._workers.remove(worker)
        how = worker.end(self._folder)
        if (job := worker.job) is None:
            self._count_failed_start(how)
            return
        begun = self._begun[job.number]
        if begun < MOST_CRASHES:
            text = tr(self._words.repeated)
            progress.warning(text.format(title=job.title, how=how))
            self._queue.put_back(job)
            self._wake()
            return
        error = tr(
            "The worker process ended {count} times while it was at work ({how}). It "
            "may be short of memory. Use fewer workers or a smaller memory budget."
        ).format(count=begun, how=how)
        yield job, {"error": error, "attempts": begun}

    def _count_failed_start(self, how: str) -> None:
        self._failed_starts += 1
        if self._failed_starts >= MOST_FAILED_STARTS:
            raise WorkerError(
                tr(
                    "{count} worker processes ended before they were ready ({how})."
                ).format(count=self._failed_starts, how=how),
                hint=tr(
                    "Their output is above. They may be short of memory. Use fewer "
                    "workers or a smaller memory budget."
                ),
            )

    def _wake(self) -> None:
        """Give work to workers that had found none that may be begun."""
        for worker in self._workers:
            if worker.ready and worker.job is None:
                self._assign(worker)

    def _report_progress(self, count: int, progress: Progress) -> None:
        busy = [worker for worker in self._workers if worker.job is not None]
        done = count - self._queue.left
        share = (done + sum(worker.fraction for worker in busy)) / count
        text = tr(self._words.busy).format(done=done, count=count, busy=len(busy))
        progress.advance(min(share, 1.0), text)
        if progress.cancelled():
            raise Cancelled

    def _stop_workers(self) -> None:
        """End all workers: by the end of their input, and then by force."""
        for worker in self._workers:
            worker.close_input()
        until = time.monotonic() + GRACE_S
        for worker in self._workers:
            worker.end(self._folder, until)
        self._workers.clear()
