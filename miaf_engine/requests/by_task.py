"""The request of each task, by the task's name."""

from __future__ import annotations

from miaf_engine.requests.assess import AssessRequest
from miaf_engine.requests.base import DiagnosticsRequest, Request
from miaf_engine.requests.classify import (
    ClassifyManyRequest,
    ClassifyRequest,
    ClassifyScenesRequest,
)
from miaf_engine.requests.compare import CompareRequest
from miaf_engine.requests.draw_sample import DrawSampleRequest
from miaf_engine.requests.import_benchmark import ImportRequest
from miaf_engine.requests.inspect import InspectRequest
from miaf_engine.requests.suggest_areas import SuggestAreasRequest
from miaf_engine.requests.superpixels import SuperpixelsRequest
from miaf_engine.requests.train import TrainRequest

TASKS: dict[str, type[Request]] = {
    "train": TrainRequest,
    "classify": ClassifyRequest,
    "classifyscenes": ClassifyScenesRequest,
    "classify-many": ClassifyManyRequest,
    "assess": AssessRequest,
    "drawsample": DrawSampleRequest,
    "import": ImportRequest,
    "inspect": InspectRequest,
    "superpixels": SuperpixelsRequest,
    "suggestareas": SuggestAreasRequest,
    "compare": CompareRequest,
    "diagnostics": DiagnosticsRequest,
}
