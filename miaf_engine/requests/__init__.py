"""What a caller may ask of the engine, as plain checked values.

A request comes from the command line, from a JSON file written by the plugin, or
from a script. Paths are strings; nothing is opened here.
"""

from __future__ import annotations

from miaf_engine.requests.assess import AssessRequest
from miaf_engine.requests.base import (
    ARRAY_AXES,
    INSPECT_SETTINGS,
    NORMALISE_BY,
    PIXEL_ORDERS,
    SETTINGS_CLASSES,
    SUPERPIXEL_SETTINGS,
    DiagnosticsRequest,
    Request,
)
from miaf_engine.requests.classify import (
    ClassifyManyRequest,
    ClassifyRequest,
    ClassifyScenesRequest,
)
from miaf_engine.requests.compare import CompareRequest
from miaf_engine.requests.import_benchmark import ImportRequest
from miaf_engine.requests.inspect import InspectRequest
from miaf_engine.requests.suggest_areas import SuggestAreasRequest, is_of_suggestions
from miaf_engine.requests.superpixels import SuperpixelsRequest
from miaf_engine.requests.train import TrainRequest

__all__ = [
    "ARRAY_AXES",
    "INSPECT_SETTINGS",
    "NORMALISE_BY",
    "PIXEL_ORDERS",
    "SETTINGS_CLASSES",
    "SUPERPIXEL_SETTINGS",
    "TASKS",
    "AssessRequest",
    "ClassifyManyRequest",
    "ClassifyRequest",
    "ClassifyScenesRequest",
    "CompareRequest",
    "DiagnosticsRequest",
    "ImportRequest",
    "InspectRequest",
    "Request",
    "SuggestAreasRequest",
    "SuperpixelsRequest",
    "TrainRequest",
    "is_of_suggestions",
]


TASKS: dict[str, type[Request]] = {
    "train": TrainRequest,
    "classify": ClassifyRequest,
    "classifyscenes": ClassifyScenesRequest,
    "classify-many": ClassifyManyRequest,
    "assess": AssessRequest,
    "import": ImportRequest,
    "inspect": InspectRequest,
    "superpixels": SuperpixelsRequest,
    "suggestareas": SuggestAreasRequest,
    "compare": CompareRequest,
    "diagnostics": DiagnosticsRequest,
}
