"""A worker process of `classify-many` as the one that started it sees it."""

from __future__ import annotations

import json
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import miaf_engine
from miaf_engine.io.move_journal import journal_of, undo
from miaf_engine.tasks.thread_waiting import wait_asleep

GRACE_S = 1.0  # to end by itself; a cancel takes two seconds at most
_COMMAND = (sys.executable, "-m", "miaf_engine.process.scene_worker")
_THREADS = ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS")

# Lines of workers, and None at the end of a worker's output.
Heard = queue.Queue[tuple["WorkerProcess", "dict[str, Any] | None"]]


def discard_run(folder: str | os.PathLike[str], begins: str) -> None:
    """Remove what processes that are gone have left unfinished in a folder.

    Args:
        folder: Where their outputs lie.
        begins: What their run ids begin with.
    """
    for path in Path(folder).glob(f".miaf-{begins}*"):
        with suppress(OSError):
            path.unlink()


def environment_of(threads: int) -> dict[str, str]:
    """Return the environment of a process with so many CPU threads."""
    found = {**os.environ, **dict.fromkeys(_THREADS, str(threads))}
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
        heard: Where its lines go, each with the worker; None at the end of its output.

    Attributes:
        job: What it has to do; None while it waits.
        fraction: How much of it is done, 0..1.
        ready: Whether it has said that it can begin.
    """

    def __init__(
        self, own_run_id: str, environment: dict[str, str], heard: Heard
    ) -> None:
        self._run_id, self._heard = own_run_id, heard
        self.job: Any = None
        self.fraction = 0.0
        self.ready = False
        self._process = subprocess.Popen(
            _COMMAND, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def tell(self, values: Mapping[str, Any]) -> None:
        """Write a line; that a worker has gone is heard by the end of its output."""
        assert self._process.stdin is not None
        with suppress(OSError, ValueError):
            self._process.stdin.write(json.dumps(dict(values)).encode() + b"\n")
            self._process.stdin.flush()

    def close_input(self) -> None:
        """Let it end."""
        assert self._process.stdin is not None
        with suppress(OSError):
            self._process.stdin.close()

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
        # Before another repeats the scene: what was being replaced comes back.
        undo(journal_of(Path(folder), self._run_id))
        discard_run(folder, self._run_id)
        if code >= 0:
            return f"exit code {code}"
        with suppress(ValueError):
            return signal.Signals(-code).name
        return f"signal {-code}"

    def _read(self) -> None:
        assert self._process.stdout is not None
        with self._process.stdout as lines:
            for line in lines:
                with suppress(ValueError):
                    self._heard.put((self, json.loads(line)))
        self._heard.put((self, None))
