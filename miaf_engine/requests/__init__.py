"""What a caller may ask of the engine, with default, range and help.

A request comes from the command line, from a JSON file written by the plugin, or from
a script. Paths are strings; nothing is opened here, and only the standard library is
imported, because the plugin makes its dialogs from these classes.

Public names, by module:

    `requests`: ClassifyManyRequest, ClassifyScenesRequest, CompareRequest,
        INSPECT_SETTINGS, InspectRequest, Request, SETTINGS_CLASSES,
        SUPERPIXEL_SETTINGS, SuggestAreasRequest, SuperpixelsRequest, TASKS,
        TrainRequest
    `assess`: AssessRequest
    `base`: ARRAY_AXES, DiagnosticsRequest, INSPECT_SETTINGS, NORMALISE_BY,
        PIXEL_ORDERS, SETTINGS_CLASSES, SUPERPIXEL_SETTINGS
    `classify`: ClassifyManyRequest, ClassifyRequest, ClassifyScenesRequest
    `draw_sample`: ALLOCATIONS, CLASS_FIELD, DrawSampleRequest, EXPECTED_ACCURACY,
        MAP_CLASS_FIELD, METHODS, SAMPLE_FIELDS, is_of_draw, is_of_sample
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

from typing import TYPE_CHECKING, Any

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

if TYPE_CHECKING:
    from miaf_engine.requests.assess import AssessRequest
    from miaf_engine.requests.by_task import TASKS
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
else:

    def __getattr__(name: str) -> Any:
        """Load the requests when one is asked for: QGIS starts with settings alone."""
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from miaf_engine.requests import by_task

        return getattr(by_task, name)


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
]
