"""Settings: default, range and help of each, declared once.

The command line, the request reader and the dialogs in QGIS are all made from these
declarations, so this module needs the standard library only.
"""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, field, fields
from typing import Any, Literal, get_args

from miaf_engine.errors import ConfigError
from miaf_engine.translation import marked, tr

# Where water vapour takes nearly all light on its way to an airborne or spaceborne
# sensor, so that a band holds noise, or what a correction made up.
WATER_VAPOUR = "1350-1430,1800-1970"

# Stands for a list that follows from the data; in memory it is empty.
AUTO = "auto"

_RANGE = r"\s*(\d+(?:\.\d+)?)\s*[-\u2013]\s*(\d+(?:\.\d+)?)\s*"
_LOWEST, _HIGHEST = 100.0, 100_000.0

_BOOLEANS = {
    "true": True,
    "yes": True,
    "1": True,
    "false": False,
    "no": False,
    "0": False,
}

# What a preset sets. A setting that is given goes before it.
PRESETS: dict[str, dict[str, Any]] = {
    "quick": {"epochs": 40},
    "standard": {},
    "best": {"epochs": 300},
}
STANDARD = "standard"


def preset_epochs() -> dict[str, int]:
    """Return the number of epochs by preset."""
    usual = TrainConfig().epochs
    return {name: values.get("epochs", usual) for name, values in PRESETS.items()}


Holdout = Literal["polygons", "blocks", "pixels", "none", "matched"]
ProjectionName = Literal["lda", "pca"]


def setting(
    default: Any,
    help_text: str,
    *,
    low: float | None = None,
    high: float | None = None,
    choices: tuple[str, ...] | None = None,
    advanced: bool = True,
    title: str = "",
) -> Any:
    """Declare a dataclass field with what a front end needs to offer it.

    Args:
        default: Value used where the user says nothing; its type is the field's.
        help_text: One sentence for the user.
        low: Smallest value allowed, of each element for a tuple.
        high: Largest value allowed, of each element for a tuple.
        choices: The values allowed, for a closed choice.
        advanced: Whether a dialog folds it away.
        title: What a dialog calls it, where the field's name alone would puzzle.
    """
    facts = {
        "help": help_text,
        "low": low,
        "high": high,
        "choices": choices,
        "advanced": advanced,
        "title": title,
    }
    return field(default=default, metadata=facts)


def title_of(item: Any) -> str:
    """Return what a dialog calls the setting of a dataclass field."""
    return str(item.metadata["title"] or item.name.replace("_", " ").capitalize())


def named(item: Any) -> str:
    """Return a setting as a message names it: in dialogs, and to other callers."""
    return tr("'{title}' ({name})").format(title=tr(title_of(item)), name=item.name)


@dataclass(frozen=True)
class Settings:
    """Base of the settings classes: checks types and ranges when it is made."""

    def __post_init__(self) -> None:
        """Raise ConfigError for the first value of a wrong type or out of range."""
        for item in fields(self):
            value = getattr(self, item.name)
            object.__setattr__(self, item.name, checked(item, value))

    def as_json(self) -> dict[str, Any]:
        """Return the settings as JSON values; tuples become lists, or `AUTO`."""
        return {
            key: (list(value) or AUTO) if isinstance(value, tuple) else value
            for key, value in asdict(self).items()
        }

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> Any:
        """Build from JSON values; a missing key takes its default.

        Raises:
            ConfigError: A key is unknown or a value is wrong.
        """
        known = {item.name for item in fields(cls)}
        unknown = sorted(set(values) - known)
        if unknown:
            raise ConfigError(
                tr("Unknown setting '{name}'.").format(name=unknown[0]),
                hint=tr("Known settings: {names}.").format(
                    names=", ".join(sorted(known))
                ),
            )
        return cls(**values)


@dataclass(frozen=True)
class SuperpixelConfig(Settings):
    """How the scene is cut into superpixels, one segmentation a scale.

    Without sizes they follow from the scene; a model has them always.
    """

    pixels_per_superpixel: tuple[int, ...] = setting(
        (),
        "Mean number of pixels in a superpixel: one value per scale, from small to "
        "large, separated by commas. auto derives them from the distance over which "
        "pixels of the scene resemble each other.",
        low=4,
        high=100_000,
        title=marked("Pixels per superpixel, small to large"),
    )
    compactness: float = setting(
        4.0,
        "Larger values give rounder superpixels. It is the spectral distance that "
        "counts as much as the side length of a superpixel, in units of the spread "
        "within classes.",
        low=1e-3,
        high=1e3,
        title=marked("Compactness of the superpixels"),
    )
    components: int = setting(
        8,
        "Number of projected components from which superpixels are made.",
        low=1,
        high=64,
        title=marked("Components for the superpixels"),
    )
    projection: ProjectionName = setting(
        "lda",
        "Projection for the superpixels. lda: linear discriminant analysis, which "
        "separates the training classes. pca: principal component analysis, which "
        "uses no labels.",
        choices=get_args(ProjectionName),
        title=marked("Projection for the superpixels"),
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
        title=marked("Pixels per superpixel"),
    )
    compactness: float = setting(
        8.0,
        "Larger values give rounder superpixels. It is the spectral distance that "
        "counts as much as the side length of a superpixel, in standard deviations of "
        "the last component.",
        low=1e-3,
        high=1e3,
        title=marked("Compactness of the superpixels"),
    )
    components: int = setting(
        8,
        "Number of principal components of the spectra from which superpixels are "
        "made.",
        low=1,
        high=64,
        title=marked("Components for the superpixels"),
    )


@dataclass(frozen=True)
class NetworkConfig(Settings):
    """Shape of the network; each module has a switch for ablations."""

    width: int = setting(
        48,
        "Number of features in each branch.",
        low=4,
        high=512,
        title=marked("Width of the network (features)"),
    )
    kernel_sizes: tuple[int, ...] = setting(
        (3, 5, 7),
        "Size of the convolution kernels in pixels: one odd number per scale, "
        "separated by commas.",
        low=1,
        high=31,
        title=marked("Convolution kernel sizes, small to large"),
    )
    dropout: float = setting(
        0.2,
        "Share of the shallow features that are dropped during training.",
        low=0.0,
        high=0.9,
        title=marked("Dropout (share of features)"),
    )
    graph_branch: bool = setting(
        True,
        "Extracts features by graph convolution over superpixels.",
        title=marked("Use the graph branch"),
    )
    convolution_branch: bool = setting(
        True,
        "Extracts features by convolution over neighbouring pixels.",
        title=marked("Use the convolution branch"),
    )
    interactive_attention: bool = setting(
        True,
        "Weights the features of each branch by attention computed from the other "
        "branch.",
        title=marked("Interactive attention between the branches"),
    )
    hierarchical_fusion: bool = setting(
        True,
        "Fuses the features of all scales by attention. If off, their mean is used.",
        title=marked("Fuse the scales by attention"),
    )
    committee: bool = setting(
        True,
        "Maps with an ensemble of heads: one for the fused features, one for each "
        "branch and five for the spectrum. It is more accurate on fields without "
        "training areas. If off, only the head of the fused features is used.",
        title=marked("Ensemble of heads"),
    )

    def __post_init__(self) -> None:
        """Raise ConfigError for a value out of range or branches that do not fit."""
        super().__post_init__()
        even = [size for size in self.kernel_sizes if size % 2 == 0]
        if even:
            item = next(x for x in fields(self) if x.name == "kernel_sizes")
            raise ConfigError(
                tr("{setting} must hold odd numbers (got {value}).").format(
                    setting=named(item), value=even[0]
                )
            )
        if not (self.graph_branch or self.convolution_branch):
            raise ConfigError(
                tr("Both branches of the network are switched off."),
                hint=tr(
                    "Switch on 'Use the graph branch' or 'Use the convolution branch'."
                ),
            )


@dataclass(frozen=True)
class TrainConfig(Settings):
    """How the network is fitted."""

    epochs: int = setting(
        150,
        "Number of passes over the training data.",
        low=1,
        high=100_000,
        title=marked("Epochs"),
    )
    final_percent: float = setting(
        100.0,
        "Once early stopping has chosen the epoch, training continues with the "
        "validation set included. This is the number of further epochs, in percent of "
        "'Epochs'. 0 keeps the chosen epoch. Test pixels are never included.",
        low=0.0,
        high=100.0,
        title=marked("Final epochs with all training areas (%)"),
    )
    continue_percent: float = setting(
        13.0,
        "Number of epochs when training continues from an initial model, in percent "
        "of 'Epochs'.",
        low=1.0,
        high=100.0,
        title=marked("Epochs of continued training (%)"),
    )
    continue_rate_percent: float = setting(
        50.0,
        "Learning rate when training continues from an initial model, in percent of "
        "'Learning rate'. A low value preserves what the model has learned.",
        low=0.1,
        high=100.0,
        title=marked("Learning rate of continued training (%)"),
    )
    learning_rate: float = setting(
        1e-2,
        "Maximum learning rate of the one-cycle schedule.",
        low=1e-6,
        high=1.0,
        title=marked("Learning rate"),
    )
    weight_decay: float = setting(
        1e-2,
        "Decoupled weight decay of AdamW.",
        low=0.0,
        high=1.0,
        title=marked("Weight decay"),
    )
    label_smoothing: float = setting(
        0.1,
        "Probability mass assigned to the other classes.",
        low=0.0,
        high=0.9,
        title=marked("Label smoothing"),
    )
    class_weight_power: float = setting(
        0.5,
        "The weight of a pixel is the pixel count of its class raised to minus this "
        "exponent. 0: all pixels have the same weight. 1: all classes have the same "
        "weight.",
        low=0.0,
        high=1.0,
        title=marked("Weight of small classes (exponent)"),
    )
    input_noise: float = setting(
        0.3,
        "Standard deviation of the noise added to each normalised band during "
        "training. With more than 100 training areas, noise and dropout are reduced.",
        low=0.0,
        high=5.0,
        title=marked("Input noise"),
    )


@dataclass(frozen=True)
class SplitConfig(Settings):
    """How the labelled pixels are split into training, validation and test set."""

    holdout: Holdout = setting(
        "matched",
        "How test data are chosen. matched: cross-validation with test areas as far "
        "from the training areas as the map, if possible; the map is trained on all "
        "areas. Others hold out a share: polygons (of a label raster: ends of its "
        "regions), blocks, or random pixels (accuracy too high). none: not measured.",
        choices=get_args(Holdout),
        title=marked("Hold-out method"),
    )
    holdout_percent: float = setting(
        30.0,
        "Share of each class in the test set, in percent.",
        low=1.0,
        high=90.0,
        title=marked("Share held out (%)"),
    )
    validation_percent: float = setting(
        0.0,
        "Share of the training areas used as validation set, in percent. It chooses "
        "the epoch (early stopping) and is never scored. Afterwards it is used for "
        "training, too. 0 takes the last epoch.",
        low=0.0,
        high=50.0,
        title=marked("Validation set for early stopping (%)"),
    )
    folds: int = setting(
        1,
        "Number of folds of the cross-validation. With matched, 1 chooses it "
        "automatically. With polygons, 1 scores the share held out. With 2 or more, "
        "each polygon is scored once by a model trained without it, and the map is "
        "trained on all areas.",
        low=1,
        high=10,
        title=marked("Folds of the cross-validation"),
    )
    refit: bool = setting(
        False,
        "After scoring, training continues briefly on all areas, test areas included. "
        "This improves the map. The accuracy remains that of the model before, and no "
        "test set is left for the final one.",
        title=marked("Train on the test areas before mapping"),
    )


@dataclass(frozen=True)
class BandConfig(Settings):
    """Which bands the network sees, of those that the cube calls good."""

    exclude_wavelengths: str = setting(
        WATER_VAPOUR,
        "Bands within these wavelength ranges are not used, for example "
        "1350-1430,1800-1970 (absorption by water vapour). If left empty, all bands "
        "are used.",
        title=marked("Excluded wavelengths (nm)"),
    )

    def __post_init__(self) -> None:
        """Raise ConfigError where the ranges cannot be read."""
        super().__post_init__()
        parse_ranges(self.exclude_wavelengths)

    @property
    def excluded_nm(self) -> tuple[tuple[float, float], ...]:
        """The ranges left out, each as (low, high) in nanometres."""
        return parse_ranges(self.exclude_wavelengths)


def parse_ranges(text: str) -> tuple[tuple[float, float], ...]:
    """Return the ranges in a text, each as (low, high) in nanometres.

    Args:
        text: Ranges parted by commas or semicolons; blank for none.

    Raises:
        ConfigError: A part is no range, or no range of wavelengths in nanometres.
    """
    if not text.strip():
        return ()
    ranges = []
    for part in re.split("[,;]", text):
        found = re.fullmatch(_RANGE, part)
        if found is None:
            raise ConfigError(
                tr("The wavelength range '{part}' is not understood.").format(
                    part=part.strip()
                ),
                hint=tr(
                    "Write ranges in nanometres, for example {example}, or leave it "
                    "empty."
                ).format(example=WATER_VAPOUR),
            )
        low, high = float(found[1]), float(found[2])
        if not _LOWEST <= low <= high <= _HIGHEST:
            raise ConfigError(
                tr("The wavelength range '{part}' is not possible.").format(
                    part=part.strip()
                ),
                hint=tr(
                    "Write the lower end first, in nanometres from {lowest:g} to "
                    "{highest:g}."
                ).format(lowest=_LOWEST, highest=_HIGHEST),
            )
        ranges.append((low, high))
    return tuple(ranges)


def inside(wavelength_nm: float, ranges: tuple[tuple[float, float], ...]) -> bool:
    """Return whether a wavelength lies in one of the ranges, ends included."""
    return any(low <= wavelength_nm <= high for low, high in ranges)


_MUST_BE: dict[type, str] = {
    bool: marked("{setting} must be true or false (got {value})."),
    int: marked("{setting} must be a whole number (got {value})."),
    float: marked("{setting} must be a number (got {value})."),
    str: marked("{setting} must be text (got {value})."),
    tuple: marked("{setting} must be a list of whole numbers (got {value})."),
}


def checked(item: Any, value: Any) -> Any:
    """Return `value` in the type of the dataclass field `item`.

    Raises:
        ConfigError: It cannot be converted, or lies outside the field's range.
    """
    default, facts = item.default, item.metadata
    try:
        value = _converted(default, value)
    except (TypeError, ValueError, OverflowError) as error:
        raise ConfigError(
            tr(_MUST_BE[type(default)]).format(setting=named(item), value=repr(value))
        ) from error
    low, high, choices = facts.get("low"), facts.get("high"), facts.get("choices")
    for element in value if isinstance(value, tuple) else (value,):
        if choices is not None and element not in choices:
            raise ConfigError(
                tr("{setting} must be one of {names} (got {value}).").format(
                    setting=named(item), names=", ".join(choices), value=repr(element)
                )
            )
        # Written so that NaN, which compares false to everything, is refused too.
        if low is not None and not element >= low:
            raise ConfigError(
                tr("{setting} must be at least {low} (got {value}).").format(
                    setting=named(item), low=low, value=element
                )
            )
        if high is not None and not element <= high:
            raise ConfigError(
                tr("{setting} must be at most {high} (got {value}).").format(
                    setting=named(item), high=high, value=element
                )
            )
    return value


def _converted(default: Any, value: Any) -> Any:
    if isinstance(default, bool):
        return _as_bool(value)
    if isinstance(default, int):
        return _as_int(value)
    if isinstance(default, float):
        return float(value)
    if isinstance(default, tuple):
        return _as_numbers(value, may_be_auto=not default)
    if not isinstance(value, str):
        raise TypeError
    return value


def _as_numbers(value: Any, *, may_be_auto: bool) -> tuple[int, ...]:
    """Return whole numbers; none stands for `AUTO`, where the setting takes that."""
    if may_be_auto and (value == AUTO or value == ()):
        return ()
    parts = value.split(",") if isinstance(value, str) else value
    converted = tuple(_as_int(part) for part in parts)
    if not converted:
        raise ValueError
    return converted


def shown(value: Any) -> str:
    """Return a setting's value as a user writes it."""
    if isinstance(value, tuple):
        return ",".join(map(str, value)) or AUTO
    return str(value)


def _as_bool(value: Any) -> bool:
    word = str(value).lower()
    if word not in _BOOLEANS:
        raise ValueError
    return _BOOLEANS[word]


def _as_int(value: Any) -> int:
    number = float(value) if isinstance(value, str) else value
    if isinstance(number, bool) or int(number) != number:
        raise ValueError
    return int(number)
