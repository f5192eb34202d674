"""What a worker does with a task, with the model that it keeps."""

from __future__ import annotations

import os
import platform
from collections.abc import Mapping
from functools import lru_cache
from importlib import import_module
from typing import Any

from miaf_engine import __version__
from miaf_engine.errors import WorkerError
from miaf_engine.prediction.mapper import LoadedModel
from miaf_engine.progress import SILENT, Progress, Recording
from miaf_engine.translation import tr

# Module of `tasks` and its function, for each kind of task.
_KINDS = {
    "scene": ("classify_many.one_scene", "classify_task"),
    "tile": ("classify.one_tile", "map_tile"),
}


@lru_cache(maxsize=1)
def kept_model(path: str, device: str, digest: str) -> LoadedModel:  # noqa: ARG001
    """Load a model, or return it where this process has it already.

    Args:
        path: The model file.
        device: Where its network runs.
        digest: Of the file, so that one that was replaced is loaded again.

    Raises:
        MiafError: The file is not a model, or there is no such device.
    """
    return LoadedModel.load(path, device, SILENT)


def do_task(task: Mapping[str, Any], progress: Progress = SILENT) -> dict[str, Any]:
    """Do a task of any kind.

    Args:
        task: `kind`, `scene` or `tile`, and what the function of that kind takes.
        progress: Receives each step; may cancel.

    Returns:
        JSON values: `worker`, who did it; `warnings`; and what the function of that
        kind returns, with the error where the task failed.

    Raises:
        Cancelled: The caller asked to stop.
    """
    module, function = _KINDS[task["kind"]]
    found = import_module(f"miaf_engine.tasks.{module}")
    said = Recording(progress)
    answer: dict[str, Any] = getattr(found, function)(task, said)
    worker = f"{platform.node()}:{os.getpid()}"
    return {"worker": worker, **answer, "warnings": said.warnings}


def check_version(task: Mapping[str, Any]) -> None:
    """Refuse the task of another version of the engine, which might map otherwise.

    Args:
        task: `engine`, the version of the engine that asks.

    Raises:
        WorkerError: It is another one.
    """
    if task["engine"] != __version__:
        raise WorkerError(
            tr("The worker has engine version {own}, but {needed} is needed.").format(
                own=__version__, needed=task["engine"]
            ),
            hint=tr("Install the same version on all machines."),
        )
