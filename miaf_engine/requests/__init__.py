"""What a caller may ask of the engine, with default, range and help.

A request comes from the command line, from a JSON file written by the plugin, or from
a script. Paths are strings; nothing is opened here, and only the standard library is
imported, because the plugin makes its dialogs from these classes.

Public names, by module:

    `requests`: ClassifyManyRequest, ClassifyScenesRequest, CompareRequest,
        INSPECT_SETTINGS, InspectRequest, Request, SETTINGS_CLASSES,
        SUPERPIXEL_SETTINGS, SuggestAreasRequest, SuperpixelsRequest, TASKS,
        TrainRequest, is_of_suggestions
    `assess`: AssessRequest
    `base`: ARRAY_AXES, DiagnosticsRequest, INSPECT_SETTINGS, NORMALISE_BY,
        PIXEL_ORDERS, SETTINGS_CLASSES, SUPERPIXEL_SETTINGS
    `classify`: ClassifyManyRequest, ClassifyRequest, ClassifyScenesRequest
    `draw_sample`: ALLOCATIONS, DrawSampleRequest, EXPECTED_ACCURACY, METHODS,
        SAMPLE_FIELDS, is_of_sample
    `import_benchmark`: ImportRequest
    `rasters`: CLASS_MAP, MAP_RASTERS, RASTER_NAMES
    `settings`: BandConfig, NetworkConfig, PRESETS, STANDARD, SegmentationConfig,
        Settings, SplitConfig, SuperpixelConfig, TrainConfig, inside, named,
        preset_epochs, shown, title_of
    `suggest_areas`: SUGGESTION_FIELDS, is_of_suggestions, is_taken
    `superpixels`: SuperpixelsRequest

May import: no other package.
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
from miaf_engine.requests.draw_sample import DrawSampleRequest
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
    "DrawSampleRequest",
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
    "drawsample": DrawSampleRequest,
    "import": ImportRequest,
    "inspect": InspectRequest,
    "superpixels": SuperpixelsRequest,
    "suggestareas": SuggestAreasRequest,
    "compare": CompareRequest,
    "diagnostics": DiagnosticsRequest,
}
