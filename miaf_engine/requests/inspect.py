"""What a caller may ask of an inspection."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from miaf_engine.requests.base import SettingsRequest


@dataclass(frozen=True)
class InspectRequest(SettingsRequest):
    """Look at a cube and at training areas before a training.

    Attributes:
        cube: Hyperspectral raster.
        rois: Vector file of the training areas; None looks at the cube alone.
        rois_layer: Layer in `rois`; None takes the only one.
        class_field: Field of `rois` that names the class.
        mask: As in a training.
        mask_layer: As in a training.
        class_styles: Names and colours by field value: {"key", "name", "colour"}.
        settings: Values of `INSPECT_SETTINGS` by name.
        report: HTML report to write.
    """

    cube: str
    rois: str | None = None
    rois_layer: str | None = None
    class_field: str | None = None
    mask: str | None = None
    mask_layer: str | None = None
    class_styles: list[dict[str, Any]] | None = None
    settings: dict[str, Any] | None = None
    report: str | None = None
