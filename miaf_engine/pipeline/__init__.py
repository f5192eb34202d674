"""The use-cases: each takes a request, and returns outputs and figures."""

from __future__ import annotations

import os
from typing import Any

from miaf_engine.errors import ConfigError
from miaf_engine.progress import SILENT, Progress
from miaf_engine.requests import (
    AssessRequest,
    ClassifyRequest,
    DiagnosticsRequest,
    ImportRequest,
    InspectRequest,
    Request,
    TrainRequest,
)


def carry_out(request: Request, progress: Progress = SILENT) -> dict[str, Any]:
    """Carry out a request.

    Args:
        request: What to do.
        progress: Told of each step; may cancel.

    Returns:
        `outputs`, {name: path}, and `figures`; both are JSON values.

    Raises:
        MiafError: The input is wrong or a file cannot be read or written.
        Cancelled: The caller asked to stop; nothing was written.
    """
    # Read when torch loads its OpenMP: threads that wait for each other in a busy loop
    # make an epoch up to ten times as long once another program needs a core.
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    match request:
        case TrainRequest():
            from miaf_engine.pipeline.train import train

            return train(request, progress)
        case ClassifyRequest():
            from miaf_engine.pipeline.classify import classify

            return classify(request, progress)
        case AssessRequest():
            from miaf_engine.pipeline.assess import assess_map

            return assess_map(request, progress)
        case ImportRequest():
            from miaf_engine.pipeline.import_benchmark import import_benchmark

            return import_benchmark(request, progress)
        case InspectRequest():
            from miaf_engine.pipeline.inspect_scene import inspect_scene

            return inspect_scene(request, progress)
        case DiagnosticsRequest():
            from miaf_engine.pipeline.diagnostics import diagnostics

            return diagnostics(progress)
    raise ConfigError(f"Unknown request '{type(request).__name__}'.")
