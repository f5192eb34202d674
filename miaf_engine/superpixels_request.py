"""What a caller may ask of a segmentation into superpixels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from miaf_engine.config import BandConfig
from miaf_engine.settings_base import Settings, setting
from miaf_engine.settings_request import SettingsRequest


@dataclass(frozen=True)
class SegmentationConfig(Settings):
    """How a scene is cut into the superpixels of a layer.

    The names are those of `SuperpixelConfig`, whose superpixels are the network's.
    """

    pixels_per_superpixel: int = setting(
        100,
        "Mean number of pixels in a superpixel.",
        low=4,
        high=100_000,
        advanced=False,
    )
    compactness: float = setting(
        8.0,
        "Spectral distance that weighs as much as the side of a superpixel, in "
        "standard deviations of the last component: larger gives rounder superpixels.",
        low=1e-3,
        high=1e3,
    )
    components: int = setting(
        8,
        "Principal components of the spectra that superpixels are made from.",
        low=1,
        high=64,
    )


# Settings that a segmentation takes.
SUPERPIXEL_SETTINGS = (SegmentationConfig, BandConfig)


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
