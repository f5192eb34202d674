"""Settings: default, range and help of each, declared once.

The command line, the request reader and the dialogs in QGIS are all made from these
declarations, so this module needs the standard library only.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from miaf_engine.errors import ConfigError
from miaf_engine.requests.settings_base import Settings, setting
from miaf_engine.requests.wavelength_ranges import WATER_VAPOUR, parse_ranges

Holdout = Literal["polygons", "blocks", "pixels", "none"]
ProjectionName = Literal["lda", "pca"]


@dataclass(frozen=True)
class SuperpixelConfig(Settings):
    """How the scene is cut into superpixels, one segmentation a scale."""

    pixels_per_superpixel: tuple[int, ...] = setting(
        (50, 100, 200),
        "Mean number of pixels in a superpixel, one value a scale, small to large.",
        low=4,
        high=100_000,
    )
    compactness: float = setting(
        4.0,
        "Spectral distance that weighs as much as the side of a superpixel, in units "
        "of the spread within classes: larger gives rounder superpixels.",
        low=1e-3,
        high=1e3,
    )
    components: int = setting(
        8, "Projected components that superpixels are made from.", low=1, high=64
    )
    projection: ProjectionName = setting(
        "lda",
        "Projection for the superpixels: lda separates the training classes, pca "
        "uses no labels.",
        choices=get_args(ProjectionName),
    )


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


@dataclass(frozen=True)
class NetworkConfig(Settings):
    """Shape of the network; each module has a switch for ablations."""

    width: int = setting(
        48, "Number of features that every branch works with.", low=4, high=512
    )
    kernel_sizes: tuple[int, ...] = setting(
        (7, 9, 11),
        "Convolution kernel size in pixels, odd, one value a scale.",
        low=1,
        high=31,
    )
    dropout: float = setting(
        0.2, "Share of shallow features dropped in training.", low=0.0, high=0.9
    )
    graph_branch: bool = setting(True, "Use the superpixel graph branch.")
    convolution_branch: bool = setting(True, "Use the convolution branch.")
    interactive_attention: bool = setting(
        True, "Let each branch be weighted by attention from the other."
    )
    hierarchical_fusion: bool = setting(
        True, "Fuse the scales by attention; if not, by their mean."
    )
    committee: bool = setting(
        True,
        "Train a classifier for each branch and for the spectrum as well, and map the "
        "mean of what they say: holds up better on fields without training areas.",
    )

    def __post_init__(self) -> None:
        """Raise ConfigError for a value out of range or branches that do not fit."""
        super().__post_init__()
        even = [size for size in self.kernel_sizes if size % 2 == 0]
        if even:
            raise ConfigError(
                f"Setting 'kernel_sizes' must hold odd numbers (got {even[0]})."
            )
        if not (self.graph_branch or self.convolution_branch):
            raise ConfigError(
                "Both branches of the network are switched off.",
                hint="Switch on graph_branch or convolution_branch.",
            )


@dataclass(frozen=True)
class TrainConfig(Settings):
    """How the network is fitted."""

    epochs: int = setting(
        75,
        "Passes over the training scene; twice as many rarely gain anything.",
        low=1,
        high=100_000,
        advanced=False,
    )
    final_percent: float = setting(
        100.0,
        "Once the epoch is chosen, training goes on with the validation areas for this "
        "share of the epochs, in percent; 0 keeps the chosen epoch as it is. Scored "
        "pixels are never among them.",
        low=0.0,
        high=100.0,
    )
    continue_percent: float = setting(
        13.0,
        "A training that starts from an initial model takes this share of the epochs, "
        "in percent.",
        low=1.0,
        high=100.0,
    )
    continue_rate_percent: float = setting(
        50.0,
        "A training that starts from an initial model takes this share of the learning "
        "rate, in percent: what the model knows is changed, not forgotten.",
        low=0.1,
        high=100.0,
    )
    learning_rate: float = setting(
        1e-2, "Largest learning rate of the one-cycle schedule.", low=1e-6, high=1.0
    )
    weight_decay: float = setting(
        1e-2, "Decoupled weight decay of AdamW.", low=0.0, high=1.0
    )
    label_smoothing: float = setting(
        0.1, "Probability mass given to the other classes.", low=0.0, high=0.9
    )
    class_weight_power: float = setting(
        0.5,
        "Weight of a class is its pixel count to minus this power: 0 counts each "
        "pixel alike, 1 each class alike.",
        low=0.0,
        high=1.0,
    )
    input_noise: float = setting(
        0.3,
        "Standard deviation of the noise added to each normalised band in training; it "
        "and the dropout weaken where there are more than 100 training areas.",
        low=0.0,
        high=5.0,
    )


@dataclass(frozen=True)
class SplitConfig(Settings):
    """Which labelled pixels train, which choose the epoch, which are only scored."""

    holdout: Holdout = setting(
        "polygons",
        "What is held out for the accuracy figures: whole polygons (of a label raster: "
        "ends of its regions), spatial blocks, random pixels (flatters the map), or "
        "none.",
        choices=get_args(Holdout),
        advanced=False,
    )
    holdout_percent: float = setting(
        30.0,
        "Share of each class that is held out, in percent.",
        low=1.0,
        high=90.0,
        advanced=False,
    )
    validation_percent: float = setting(
        15.0,
        "Share of the remaining areas that chooses the epoch and is not trained on "
        "until it is chosen, nor ever scored, in percent; 0 takes the last epoch.",
        low=0.0,
        high=50.0,
    )
    folds: int = setting(
        1,
        "Cross-validation for few polygons: with 2 or more, each polygon is scored "
        "once, by one of that many models trained without it, and the model that is "
        "kept is trained on all; takes that many times longer. 1 scores the held-out "
        "share.",
        low=1,
        high=10,
    )
    refit: bool = setting(
        False,
        "Once the figures are taken, let the model learn all areas, those scored as "
        "well, in a short training that goes on from it: a better map. The figures "
        "stay those of the model before, and nothing is left to check the kept one on.",
        advanced=False,
    )


@dataclass(frozen=True)
class BandConfig(Settings):
    """Which bands the network sees, of those that the cube calls good."""

    exclude_wavelengths: str = setting(
        WATER_VAPOUR,
        "Wavelengths in nanometres whose bands are left out, as 1350-1430,1800-1970 "
        "(absorbed by water vapour); empty takes all.",
    )

    def __post_init__(self) -> None:
        """Raise ConfigError where the ranges cannot be read."""
        super().__post_init__()
        parse_ranges(self.exclude_wavelengths)

    @property
    def excluded_nm(self) -> tuple[tuple[float, float], ...]:
        """The ranges left out, each as (low, high) in nanometres."""
        return parse_ranges(self.exclude_wavelengths)
