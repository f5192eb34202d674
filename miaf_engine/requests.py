"""What a caller may ask of the engine, as plain checked values.

A request comes from the command line, from a JSON file written by the plugin, or
from a script. Paths are strings; nothing is opened here.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import Any

from miaf_engine.config import NetworkConfig, SplitConfig, SuperpixelConfig, TrainConfig
from miaf_engine.errors import ConfigError

SETTINGS_CLASSES = (SplitConfig, TrainConfig, NetworkConfig, SuperpixelConfig)


# Types that the fields are declared with, and what JSON gives for them.
_KINDS: dict[str, tuple[type, ...]] = {
    "str": (str,),
    "int": (int,),
    "str | None": (str, type(None)),
    "dict[str, Any] | None": (dict, type(None)),
}
_ELEMENTS: dict[str, tuple[type, ...]] = {
    "list[str] | None": (str,),
    "list[float] | None": (int, float),
    "list[dict[str, Any]] | None": (dict,),
}
# What torch takes as a seed.
_LARGEST = 2**63 - 1


class Request:
    """Base of the requests: JSON in, with unknown keys refused."""

    def __post_init__(self) -> None:
        """Raise ConfigError for the first entry of a wrong type or out of range."""
        for item in fields(self):  # type: ignore[arg-type]
            value, kind = getattr(self, item.name), str(item.type)
            if not _is_of(value, kind):
                raise ConfigError(
                    f"The request's entry '{item.name}' must be a {kind} "
                    f"(got {value!r})."
                )
            if isinstance(value, int) and not 0 <= value <= _LARGEST:
                raise ConfigError(
                    f"The request's entry '{item.name}' must be a whole number from 0 "
                    f"up (got {value})."
                )

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> Any:
        """Build a request from JSON values.

        Raises:
            ConfigError: A key is unknown or a needed one is missing.
        """
        known = {item.name for item in fields(cls)}  # type: ignore[arg-type]
        unknown = sorted(set(values) - known)
        if unknown:
            raise ConfigError(
                f"Unknown entry '{unknown[0]}' in the request.",
                hint=f"Known entries: {', '.join(sorted(known))}.",
            )
        try:
            return cls(**values)
        except TypeError as error:
            raise ConfigError(f"The request is incomplete: {error}.") from error

    def as_json(self) -> dict[str, Any]:
        """Return the request as JSON values."""
        return asdict(self)  # type: ignore[call-overload]


def _is_of(value: Any, kind: str) -> bool:
    """Return whether a value is of the type that a field is declared with."""
    if kind in _ELEMENTS:
        several = isinstance(value, (list, tuple))
        return value is None or (
            several and all(isinstance(part, _ELEMENTS[kind]) for part in value)
        )
    return isinstance(value, _KINDS[kind]) and not isinstance(value, bool)


@dataclass(frozen=True)
class TrainRequest(Request):
    """Train a model; with `output`, classify the cube with it in the same run.

    Attributes:
        cube: Hyperspectral raster.
        rois: Vector file of the training areas; or `labels` instead.
        rois_layer: Layer in `rois`; None takes the only one.
        class_field: Field of `rois` and `validation_rois` that names the class.
        labels: Raster on the cube's grid, 0 = unlabelled, instead of `rois`.
        validation_rois: Areas that are scored and never trained on.
        validation_rois_layer: Layer in `validation_rois`.
        class_styles: Names and colours by field value: {"key", "name", "colour"}.
        model: Model file to write.
        output: Class map to write.
        confidence: Confidence raster to write.
        probabilities: Class probability raster to write.
        report: HTML report to write.
        settings: Values of the settings classes by name; see `miaf_engine.config`.
        seed: Seed of the split, the weights and the noise.
        device: auto, cpu, cuda, cuda:N or mps.
        memory_mb: Memory budget in MiB; 0 lets the engine choose.
        creation_options: GDAL creation options for the rasters, `NAME=VALUE`.
        created_utc: Time stamp for the model file; None takes the present.
    """

    cube: str
    rois: str | None = None
    rois_layer: str | None = None
    class_field: str | None = None
    labels: str | None = None
    validation_rois: str | None = None
    validation_rois_layer: str | None = None
    class_styles: list[dict[str, Any]] | None = None
    model: str | None = None
    output: str | None = None
    confidence: str | None = None
    probabilities: str | None = None
    report: str | None = None
    settings: dict[str, Any] | None = None
    seed: int = 0
    device: str = "auto"
    memory_mb: int = 0
    creation_options: list[str] | None = None
    created_utc: str | None = None

    def part(self, kind: type) -> Any:
        """Return the settings of one class, from `settings` and the defaults.

        Raises:
            ConfigError: A setting is unknown to every class, or wrong.
        """
        values = self.settings or {}
        names = {item.name for cls in SETTINGS_CLASSES for item in fields(cls)}
        unknown = sorted(set(values) - names)
        if unknown:
            raise ConfigError(
                f"Unknown setting '{unknown[0]}'.",
                hint=f"Known settings: {', '.join(sorted(names))}.",
            )
        own = {item.name for item in fields(kind)}
        return kind.from_json({k: v for k, v in values.items() if k in own})


@dataclass(frozen=True)
class ClassifyRequest(Request):
    """Classify a cube with a trained model.

    Attributes:
        cube: Hyperspectral raster.
        model: Model file.
        output: Class map to write.
        confidence: Confidence raster to write.
        probabilities: Class probability raster to write.
        extent: Part to classify as xmin, ymin, xmax, ymax in the cube's CRS.
        memory_mb: Memory budget in MiB; 0 lets the engine choose.
        device: auto, cpu, cuda, cuda:N or mps.
        creation_options: GDAL creation options for the rasters, `NAME=VALUE`.
    """

    cube: str
    model: str
    output: str | None = None
    confidence: str | None = None
    probabilities: str | None = None
    extent: list[float] | None = None
    memory_mb: int = 0
    device: str = "auto"
    creation_options: list[str] | None = None


@dataclass(frozen=True)
class AssessRequest(Request):
    """Score a class map against a reference.

    Attributes:
        classification: Class map.
        reference: Vector file of reference areas; or `reference_labels` instead.
        reference_layer: Layer in `reference`.
        class_field: Field of `reference` that names the class.
        reference_labels: Raster on the map's grid, 0 = no reference.
        class_styles: Names by field value: {"key", "name", "colour"}.
        exclude_rois: Areas whose pixels are left out, as the training areas.
        exclude_rois_layer: Layer in `exclude_rois`.
        report: HTML report to write.
        matrix: CSV of the confusion matrix to write.
    """

    classification: str
    reference: str | None = None
    reference_layer: str | None = None
    class_field: str | None = None
    reference_labels: str | None = None
    class_styles: list[dict[str, Any]] | None = None
    exclude_rois: str | None = None
    exclude_rois_layer: str | None = None
    report: str | None = None
    matrix: str | None = None


@dataclass(frozen=True)
class DiagnosticsRequest(Request):
    """List the engine's packages, devices and free memory."""


TASKS: dict[str, type[Request]] = {
    "train": TrainRequest,
    "classify": ClassifyRequest,
    "assess": AssessRequest,
    "diagnostics": DiagnosticsRequest,
}
