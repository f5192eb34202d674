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
from miaf_engine.tasks.classify_many.summary import FAILED
from miaf_engine.tasks.classify_many.workers import Answers, Job, discard_run
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
# Outputs of a process wait for each other, so a worker does one scene at a time.
_ONE_AT_A_TIME = threading.Lock()


class DaskWorkers:
    """The workers of a scheduler.

    Args:
        address: Of the scheduler, as `tcp://host:8786`.
        threads: CPU threads of a scene; 0 takes those that the worker has.
        folder: Where all outputs lie, as all machines see it.
    """

    def __init__(self, address: str, threads: int, folder: str) -> None:
        self._address, self._threads, self._folder = address, threads, folder
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
        futures = {}
        try:
            _report_workers(client, len(jobs), progress)
            for job in jobs:
                key = f"miaf-{run}-{job.number}"
                task = {**job.task, "language": spoken()}
                facts = (task, run, self._threads)
                future = client.submit(classify_on_worker, *facts, key=key, pure=False)
                future.add_done_callback(
                    lambda done, job=job: finished.put((job, done))
                )
                futures[job.number] = future
            while futures:
                with suppress(queue.Empty):
                    job, future = finished.get(timeout=_POLL_S)
                    if future.status in ("cancelled", "lost"):
                        # That the connection is lost is known a moment later.
                        time.sleep(_POLL_S)
                        _check_there(client)
                    yield job, _answer_of(future)
                    del futures[job.number]
                _step(client, len(jobs) - len(futures), len(jobs), progress)
        finally:
            _leave(client, list(futures.values()), run)
            # Moves that broke off are not undone: another worker may have made them.
            discard_run(self._folder, run)


def classify_on_worker(
    task: Mapping[str, Any], run: str, threads: int
) -> dict[str, Any]:
    """Do a scene in a worker of Dask; see `scene_task.classify_task`.

    Args:
        task: What to do, and in which language to report, `language`.
        run: Begin of the run id of temporary files.
        threads: CPU threads; 0 takes those that the worker has.
    """
    from distributed import Event, get_client, get_worker

    wait_asleep()
    stay_offline()
    import torch

    from miaf_engine.tasks.classify_many.one_scene import classify_task

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
            return classify_task(task, asking)
        finally:
            asking.end()
            release_folders()


class _Asking(Progress):
    """Knows whether the user has cancelled, or the scheduler has gone.

    Another thread asks: where the scheduler has gone, asking never ends.

    Args:
        event: Set where the user has cancelled.
        worker: Of Dask, that does the scene.
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
                "this machine and for the workers. Without --scheduler, the scenes are "
                "classified on this machine."
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


def _report_workers(client: Any, count: int, progress: Progress) -> None:
    workers = len(client.nthreads())
    text = tr("{count} scenes to classify; the scheduler has {workers} workers.")
    if not workers:
        text = tr(
            "{count} scenes to classify; the scheduler has no worker yet; they may "
            "still come."
        )
    progress.info(text.format(count=count, workers=workers))


def _step(client: Any, done: int, count: int, progress: Progress) -> None:
    progress.advance(
        done / count,
        tr("{done} of {count} scenes are done").format(done=done, count=count),
    )
    if progress.cancelled():
        raise Cancelled
    _check_there(client)


def _check_there(client: Any) -> None:
    """Raise WorkerError where the connection to the scheduler is lost."""
    if client.status != "running":
        raise WorkerError(
            tr("The Dask scheduler has stopped."),
            hint=tr("Start it again. The same command continues where this one ended."),
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
        return {"outcome": FAILED, "error": tr("The scheduler has dropped the scene.")}
    if type(error).__name__ == "KilledWorker":
        text = tr(
            "The workers ended while they classified the scene, as often as the "
            "scheduler allows. They may be short of memory."
        )
        return {"outcome": FAILED, "error": text}
    if isinstance(error, ModuleNotFoundError):
        text = tr(
            "The workers lack the package '{name}'. Install the engine for "
            "them, or add its folder to their PYTHONPATH."
        ).format(name=error.name)
        return {"outcome": FAILED, "error": text}
    text = tr("The worker failed: {name}: {error}").format(
        name=type(error).__name__, error=error
    )
    return {"outcome": FAILED, "error": text}


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
