"""Starts engines as forks of this process, which has loaded their libraries already.

To load them takes ten times as long as a task on a tiny scene; forked, runs can be many
on a small machine. What is run is the engine's own `worker.run`, with pipes as the
plugin gives it. Moments before the libraries are loaded are left to engines that are
started as the plugin starts them.
"""

from __future__ import annotations

import faulthandler
import os
import signal
import sys
import time
import traceback
from pathlib import Path
from typing import BinaryIO, NoReturn
from weakref import WeakSet

from tests.faults import slow

# Those that `carry_out` and then the tasks would import.
_MODULES = (
    *(
        f"miaf_engine.tasks.{task}"
        for task in ("train.train", "classify", "assess.assess")
    ),
    *("skimage.segmentation", "torch._dynamo", "matplotlib.backends.backend_agg"),
)


_RUNNING: WeakSet[Forked] = WeakSet()


def load() -> None:
    """Load what engines need, before the first is forked."""
    from importlib import import_module

    import torch

    torch.set_num_threads(1)
    for name in _MODULES:
        import_module(name)


class Forked:
    """A forked engine, used as a `subprocess.Popen`.

    Args:
        request: Its request file.
        slowed: What is slowed down, as `slow.slow` takes it.
        environment: Its environment.
        errors: File of its standard error.
        parent: Whether a process stands between, as QGIS does; `pid` is then that
            process's, and its first line tells the engine's.
    """

    def __init__(
        self,
        request: Path,
        slowed: str,
        environment: dict[str, str],
        errors: Path,
        *,
        parent: bool = False,
    ) -> None:
        self.returncode: int | None = None
        inward, outward = os.pipe(), os.pipe()
        self.pid = os.fork()
        if self.pid == 0:
            # What this child keeps open of another's pipes would keep that one alive.
            for other in list(_RUNNING):
                other.stdin.close()
                other.stdout.close()
            os.close(inward[1])
            os.close(outward[0])
            os.environ.update(environment)
            _leave(_become, inward[0], outward[1], errors, request, slowed, parent)
        os.close(inward[0])
        os.close(outward[1])
        self.stdin: BinaryIO = os.fdopen(inward[1], "wb", buffering=0)
        self.stdout: BinaryIO = os.fdopen(outward[0], "rb")
        _RUNNING.add(self)

    def poll(self) -> int | None:
        """Return the exit status, None while it runs."""
        if self.returncode is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.returncode = os.waitstatus_to_exitcode(status)
        return self.returncode

    def wait(self, timeout: float = 1e9) -> int | None:
        """Wait for the end."""
        deadline = time.monotonic() + timeout
        while self.poll() is None and time.monotonic() < deadline:
            time.sleep(0.005)
        return self.returncode

    def send_signal(self, number: int) -> None:
        """Send a signal, unless it has ended."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        """Send SIGTERM."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """Send SIGKILL."""
        self.send_signal(signal.SIGKILL)


def _leave(act: object, *arguments: object) -> NoReturn:
    """Do something in a child, which must never come back to the tests."""
    code = 2
    try:
        code = act(*arguments)  # type: ignore[operator]
    except BaseException:  # noqa: BLE001 - must be seen, and must not continue
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)


def _become(
    given: int,
    said: int,
    errors: Path,
    request: Path,
    slowed: str,
    parent: bool,
) -> int:
    os.setsid()
    failing = os.open(errors, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    for number, descriptor in enumerate((given, said, failing)):
        os.dup2(descriptor, number)
        os.close(descriptor)
    sys.stderr = os.fdopen(2, "w", buffering=1, closefd=False)
    faulthandler.enable(sys.stderr)
    if parent:
        return _stand_between(request, slowed)
    return _engine(request, slowed)


def _engine(request: Path, slowed: str) -> int:
    from miaf_engine.process import worker

    sys.stdin = os.fdopen(0, "r", closefd=False)
    sys.stdout = os.fdopen(1, "w", closefd=False)
    slow.slow(slowed)
    return worker.run(str(request))


def _stand_between(request: Path, slowed: str) -> int:
    """Start an engine, say which, and pass on what it says, until killed."""
    inward, outward = os.pipe(), os.pipe()
    pid = os.fork()
    if pid == 0:
        os.setsid()
        os.dup2(inward[0], 0)
        os.dup2(outward[1], 1)
        for descriptor in (*inward, *outward):
            os.close(descriptor)
        _leave(_engine, request, slowed)
    os.close(inward[0])
    os.close(outward[1])
    os.write(1, f"{pid}\n".encode("ascii"))
    while piece := os.read(outward[0], 65536):
        os.write(1, piece)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
