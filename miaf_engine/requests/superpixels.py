"""What a caller may ask of a segmentation into superpixels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from miaf_engine.requests.base import SettingsRequest


@dataclass(frozen=True)
class SuperpixelsRequest(SettingsRequest):
    """Cut a cube into superpixels, as areas to put classes on.

    Attributes:
        cube: Hyperspectral raster.
        output: Layer to write: .gpkg, .geojson or .shp.
        band_means: Whether each superpixel gets its mean of every band used.
        mask: As in a training.
        mask_layer: As in a training.
        settings: Values of `SUPERPIXEL_SETTINGS` by name.
        memory_mb: Memory budget in MiB; 0 lets the engine choose.
    """

    cube: str
    output: str | None = None
    band_means: bool = False
    mask: str | None = None
    mask_layer: str | None = None
    settings: dict[str, Any] | None = None
    memory_mb: int = 0
