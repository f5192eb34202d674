"""The tasks of the engine, one folder each, named as their requests.

`carry_out` runs the task of a request. What one task alone uses lives in its folder; no
task imports another, but `classify_many` may import `classify`. `inputs`, `outputs` and
`workers` are shared.

Public names, by module:

    `tasks`: the module
    `workers.doing`: do_task, kept_model

May import: accuracy, cubes, io, labels, models, prediction, preprocessing, reports,
requests, training.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

from miaf_engine.errors import Cancelled, ConfigError
from miaf_engine.io.offline import only_allowed_drivers, stay_offline
from miaf_engine.io.outputs import release_folders, together
from miaf_engine.progress import SILENT, Progress
from miaf_engine.requests import (
    ClassifyManyRequest,
    ClassifyScenesRequest,
    CompareRequest,
    InspectRequest,
    Request,
    SuggestAreasRequest,
    SuperpixelsRequest,
    TrainRequest,
)
from miaf_engine.requests.assess import AssessRequest
from miaf_engine.requests.base import DiagnosticsRequest
from miaf_engine.requests.classify import ClassifyRequest
from miaf_engine.requests.draw_sample import DrawSampleRequest
from miaf_engine.requests.import_benchmark import ImportRequest
from miaf_engine.training.cpu.thread_waiting import choose_waiting
from miaf_engine.translation import tr

# Module of this package and its function, for each request.
_USE_CASES: dict[type[Request], tuple[str, str]] = {
    TrainRequest: ("train.train", "train"),
    ClassifyRequest: ("classify.classify", "classify"),
    ClassifyScenesRequest: ("classify.classify", "classify_scenes"),
    ClassifyManyRequest: ("classify_many.classify_many", "classify_many"),
    AssessRequest: ("assess.assess", "assess_map"),
    DrawSampleRequest: ("draw_sample.draw_sample", "draw_sample"),
    ImportRequest: ("import_benchmark.import_benchmark", "import_benchmark"),
    InspectRequest: ("inspection.inspect_scene", "inspect_scene"),
    SuperpixelsRequest: ("superpixels.superpixels", "cut_into_superpixels"),
    SuggestAreasRequest: ("suggest_areas.suggest_areas", "suggest_areas"),
    CompareRequest: ("compare.compare", "compare_dates"),
}


def carry_out(request: Request, progress: Progress = SILENT) -> dict[str, Any]:
    """Carry out a request.

    Args:
        request: What to do.
        progress: Receives each step; may cancel.

    Returns:
        `outputs`, {name: path}, and `figures`; both are JSON values.

    Raises:
        MiafError: The input is wrong or a file cannot be read or written.
        Cancelled: The caller asked to stop; nothing was written.
    """
    choose_waiting()
    stay_offline()
    if isinstance(request, DiagnosticsRequest):
        from miaf_engine.tasks.diagnostics import diagnostics

        return diagnostics(progress)
    for kind, (module, function) in _USE_CASES.items():
        if isinstance(request, kind):
            # Imported here: numerical libraries take seconds, and few need them all.
            found = import_module(f"miaf_engine.tasks.{module}")
            only_allowed_drivers()
            try:
                with together():
                    result: dict[str, Any] = getattr(found, function)(request, progress)
                    if progress.cancelled():
                        raise Cancelled
            finally:
                release_folders()
            return result
    raise ConfigError(
        tr("Unknown request '{name}'.").format(name=type(request).__name__)
    )
