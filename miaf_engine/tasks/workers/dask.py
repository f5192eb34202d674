"""Workers of a Dask scheduler, which may run on many machines.

The only part of the engine that uses a network, and only where a scheduler was asked
for by its address. Dask carries out what clients, scheduler and workers send each
other, so all must be trusted.
"""

from __future__ import annotations

import logging
import queue
import secrets
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

from miaf_engine.errors import Cancelled, DependencyError, WorkerError
from miaf_engine.io.offline import only_allowed_drivers, stay_offline
from miaf_engine.io.outputs import release_folders, run_id, set_run_id
from miaf_engine.progress import Progress
from miaf_engine.tasks.workers.jobs import (
    Answers,
    Job,
    JobQueue,
    Words,
    discard_run,
)
from miaf_engine.training.cpu.thread_waiting import wait_asleep
from miaf_engine.translation import speak, spoken, tr

_POLL_S = 0.1  # between two looks at whether the user has cancelled
_ASKED_EVERY_S = 0.5  # a worker asks the scheduler whether the user has cancelled
# What a worker of Dask is called while it has a scheduler.
_WORKING = ("running", "paused", "init", "closing_gracefully")
_GRACE_S = 1.0  # for tasks to end after a cancel
_CONNECT_S = 10
_LOGGERS = ("distributed.client", "distributed.core", "distributed.utils")
# In the temporary names of this process, which may serve a scheduler for days.
_PROCESS = secrets.token_hex(4)
# A scheduler without a worker is taken for one with so many: the others may come.
_FEWEST = 4
# Outputs of a process wait for each other, so a worker does one job at a time.
_ONE_AT_A_TIME = threading.Lock()


class DaskWorkers:
    """The workers of a scheduler.

    Args:
        address: Of the scheduler, as `tcp://host:8786`.
        threads: CPU threads of a job; 0 takes those that the worker has.
        folder: Where all outputs lie, as all machines see it.
        words: What the user reads.
        ahead: As of `LocalWorkers`.

    Attributes:
        device: None: each worker may have another one.
    """

    def __init__(
        self, address: str, threads: int, folder: str, words: Words, *, ahead: int = 0
    ) -> None:
        self._address, self._threads, self._folder = address, threads, folder
        self._words, self._ahead = words, ahead
        self.device: str | None = None

    def answers(self, jobs: Sequence[Job], progress: Progress) -> Answers:
        """Do jobs; give each with its answer, in the order in which they end.

        Args:
            jobs: What to do.
            progress: Receives how many are done; may cancel.

        Raises:
            DependencyError: Dask is not installed.
            WorkerError: The scheduler cannot be reached, or has gone.
            Cancelled: The caller asked to stop.
        """
        client = _connected(self._address)
        run = run_id()[:20]
        finished: queue.Queue[tuple[Job, Any]] = queue.Queue()
        futures: dict[int, Any] = {}
        waiting = JobQueue(jobs)
        seen: set[str | None] = set()
        try:
            workers = self._report_workers(client, len(jobs), progress)
            while waiting.left:
                limit = self._ahead * max(workers, len(seen), _FEWEST)
                while (job := waiting.next_job(limit)) is not None:
                    futures[job.number] = self._submitted(client, job, run, finished)
                with suppress(queue.Empty):
                    job, future = finished.get(timeout=_POLL_S)
                    if future.status in ("cancelled", "lost"):
                        # That the connection is lost is known a moment later.
                        time.sleep(_POLL_S)
                        _check_there(client)
                    answer = _answer_of(future)
                    seen.add(answer.get("worker"))
                    del futures[job.number]
                    waiting.finish(job)
                    yield job, answer
                self._step(client, len(jobs) - waiting.left, len(jobs), progress)
        finally:
            _leave(client, list(futures.values()), run)
            # Moves that broke off are not undone: another worker may have made them.
            discard_run(self._folder, run)

    def _submitted(
        self, client: Any, job: Job, run: str, finished: queue.Queue[tuple[Job, Any]]
    ) -> Any:
        facts = ({**job.task, "language": spoken()}, run, self._threads)
        key = f"miaf-{run}-{job.number}"
        future = client.submit(do_on_worker, *facts, key=key, pure=False)
        future.add_done_callback(lambda done: finished.put((job, done)))
        return future

    def _report_workers(self, client: Any, count: int, progress: Progress) -> int:
        workers = len(client.nthreads())
        text = tr(self._words.waiting if workers else self._words.no_worker)
        progress.info(text.format(count=count, workers=workers))
        return workers

    def _step(self, client: Any, done: int, count: int, progress: Progress) -> None:
        text = tr(self._words.done).format(done=done, count=count)
        progress.advance(done / count, text)
        if progress.cancelled():
            raise Cancelled
        _check_there(client)


def do_on_worker(task: Mapping[str, Any], run: str, threads: int) -> dict[str, Any]:
    """Do a task in a worker of Dask; see `doing.do_task`.

    Args:
        task: What to do, and in which language to report, `language`.
        run: Begin of the run id of temporary files.
        threads: CPU threads; 0 takes those that the worker has.
    """
    from distributed import Event, get_client, get_worker

    wait_asleep()
    stay_offline()
    import torch

    from miaf_engine.tasks.workers.doing import do_task

    only_allowed_drivers()
    with _ONE_AT_A_TIME:
        set_run_id(run + _PROCESS)
        speak(task["language"])
        worker = get_worker()
        torch.set_num_threads(threads or worker.state.nthreads)
        # Named here: another thread would not know whose client to ask by.
        event = Event(_event_of(run), client=get_client())
        asking = _Asking(event, worker)
        try:
            return do_task(task, asking)
        finally:
            asking.end()
            release_folders()


class _Asking(Progress):
    """Knows whether the user has cancelled, or the scheduler has gone.

    Another thread asks: where the scheduler has gone, asking never ends.

    Args:
        event: Set where the user has cancelled.
        worker: Of Dask, that does the task.
    """

    def __init__(self, event: Any, worker: Any) -> None:
        self._event, self._worker = event, worker
        self._cancelled = threading.Event()
        self._over = threading.Event()
        threading.Thread(target=self._ask, daemon=True).start()

    def cancelled(self) -> bool:
        if self._worker.status.name not in _WORKING:
            self._cancelled.set()
        return self._cancelled.is_set()

    def end(self) -> None:
        """Stop asking."""
        self._over.set()

    def _ask(self) -> None:
        while not self._over.wait(_ASKED_EVERY_S):
            # A scheduler that does not answer is none that has gone.
            with suppress(Exception):
                if self._event.is_set():
                    self._cancelled.set()
                    return


def _connected(address: str) -> Any:
    try:
        from distributed import Client
    except ModuleNotFoundError as error:
        raise DependencyError(
            tr("A scheduler needs Dask, but the package '{name}' is missing.").format(
                name=error.name
            ),
            hint=tr(
                "Install 'miaf-engine[dask]', or 'distributed' beside the engine, on "
                "this machine and for the workers. Without --scheduler, this machine "
                "does the work."
            ),
        ) from error
    _quiet()
    try:
        return Client(address, timeout=_CONNECT_S, set_as_default=False)
    except (OSError, ValueError) as error:  # TimeoutError is an OSError
        raise WorkerError(
            tr("There is no Dask scheduler at '{address}': {error}.").format(
                address=address, error=error
            ),
            hint=tr(
                "Give its address as tcp://HOST:8786, and check that it is running."
            ),
        ) from error


def _check_there(client: Any) -> None:
    """Raise WorkerError where the connection to the scheduler is lost."""
    if client.status != "running":
        raise WorkerError(
            tr("The Dask scheduler has stopped."),
            hint=tr("Start it again, then repeat the command."),
        )


def _quiet() -> None:
    """Keep Dask's own words off the terminal: one sentence says that it has gone."""
    for name in ("distributed", *_LOGGERS, "tornado.application", "asyncio"):
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)


def _answer_of(future: Any) -> dict[str, Any]:
    """Return what a task has answered, or why it has not."""
    if future.status == "finished":
        answer: dict[str, Any] = future.result()
        return answer
    error = future.exception() if future.status == "error" else None
    if error is None:
        return {"error": tr("The scheduler has dropped what a worker was to do.")}
    if type(error).__name__ == "KilledWorker":
        text = tr(
            "The workers ended while they were at work, as often as the scheduler "
            "allows. They may be short of memory."
        )
        return {"error": text}
    if isinstance(error, ModuleNotFoundError):
        text = tr(
            "The workers lack the package '{name}'. Install the engine for "
            "them, or add its folder to their PYTHONPATH."
        ).format(name=error.name)
        return {"error": text}
    text = tr("The worker failed: {name}: {error}").format(
        name=type(error).__name__, error=error
    )
    return {"error": text}


def _leave(client: Any, left: Sequence[Any], run: str) -> None:
    """Have tasks that are left end, and let the scheduler go."""
    with suppress(Exception):  # The scheduler may have gone.
        if left and client.status == "running":
            from distributed import Event

            Event(_event_of(run), client=client).set()
            client.cancel(left)
            time.sleep(_GRACE_S)
    with suppress(Exception):
        client.close(timeout=_GRACE_S)


def _event_of(run: str) -> str:
    return f"miaf-cancel-{run}"
