"""What a caller may ask of a training."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from miaf_engine.errors import ConfigError
from miaf_engine.requests.base import NORMALISE_BY, SettingsRequest
from miaf_engine.requests.settings import PRESETS, STANDARD
from miaf_engine.translation import tr


def check_normalise_by(word: str) -> None:
    """Raise ConfigError for a word that is none of `NORMALISE_BY`."""
    if word not in NORMALISE_BY:
        raise ConfigError(
            tr(
                "The request's entry '{name}' must be one of {names} (got {value})."
            ).format(
                name="normalise_by", names=", ".join(NORMALISE_BY), value=repr(word)
            )
        )


def check_min_confidence(value: float) -> None:
    """Raise ConfigError for a confidence that is not 0 to 1."""
    if not 0 <= value <= 1:
        raise ConfigError(
            tr(
                "'Minimum confidence' (min_confidence) must be 0 to 1 (got {value})."
            ).format(value=value),
            hint=tr(
                "Confidence is a fraction, as in the confidence raster. 0 keeps all "
                "pixels."
            ),
        )


@dataclass(frozen=True)
class TrainRequest(SettingsRequest):
    """Train a model; with `output`, classify the cube with it in the same run.

    Attributes:
        cube: Hyperspectral raster.
        cubes: More cubes to train on, with the bands of `cube`; the areas lie across
            them. The map that a training writes is that of `cube`.
        initial_model: Model file to continue training from; its bands, normalisation,
            projection, superpixels and network are taken.
        rois: Vector file of the training areas; or `labels` instead.
        rois_layer: Layer in `rois`; None takes the only one.
        rois_more: Vector file of more training areas, as those added to old ones.
        rois_more_layer: Layer in `rois_more`.
        class_field: Field of all areas that names the class.
        labels: Raster on the cube's grid, 0 = unlabelled, instead of `rois`.
        validation_rois: Areas that are scored and never trained on.
        validation_rois_layer: Layer in `validation_rois`.
        mask: Raster on the cube's pixels (0 or nodata = leave out) or vector file of
            polygons (what lies inside is kept); None keeps all.
        mask_layer: Layer in `mask`, where it is a vector file with several.
        sources: What a program copied vector files from, by the entry that names the
            copy: {"name", "file", "as_stored"}; see `fingerprint_of_source`.
        class_styles: Names and colours by field value: {"key", "name", "colour"}.
        model: Model file to write.
        output: Class map to write.
        confidence: Confidence raster to write.
        probabilities: Class probability raster to write.
        entropy: Raster to write of how evenly the classes share the probability.
        margin: Raster to write of the best class's lead over the next.
        applicability: Raster to write of how unlike the training areas each pixel is,
            and whether it lies inside the area of applicability.
        min_confidence: Confidence, 0 to 1, below which a pixel is left without a class.
        leave_out_unlike: Whether pixels unlike the training areas are left without one.
        report: HTML report to write.
        normalise_by: One of `NORMALISE_BY`: band statistics of all cubes together (of
            the initial model, where there is one), or of each cube by itself.
        preset: One of `PRESETS`: values of settings that `settings` does not give.
        settings: Values of the settings classes by name; see
            `miaf_engine.requests.settings`.
        seed: Seed of the split, the weights and the noise.
        device: auto, cpu, cuda, cuda:N or mps.
        memory_mb: Memory budget in MiB; 0 lets the engine choose.
        creation_options: GDAL creation options for the rasters, `NAME=VALUE`.
        created_utc: Time stamp for the model file; None takes the present.
        resume: Whether a training of the same inputs and settings that was interrupted
            continues where it stopped.
    """

    cube: str
    cubes: list[str] | None = None
    initial_model: str | None = None
    rois: str | None = None
    rois_layer: str | None = None
    rois_more: str | None = None
    rois_more_layer: str | None = None
    class_field: str | None = None
    labels: str | None = None
    validation_rois: str | None = None
    validation_rois_layer: str | None = None
    mask: str | None = None
    mask_layer: str | None = None
    sources: dict[str, Any] | None = None
    class_styles: list[dict[str, Any]] | None = None
    model: str | None = None
    output: str | None = None
    confidence: str | None = None
    probabilities: str | None = None
    entropy: str | None = None
    margin: str | None = None
    applicability: str | None = None
    min_confidence: float = 0.0
    leave_out_unlike: bool = False
    report: str | None = None
    normalise_by: str = "model"
    preset: str = STANDARD
    settings: dict[str, Any] | None = None
    seed: int = 0
    device: str = "auto"
    memory_mb: int = 0
    creation_options: list[str] | None = None
    created_utc: str | None = None
    resume: bool = True

    def __post_init__(self) -> None:
        """Raise ConfigError for an entry of a wrong type or none of the choices."""
        super().__post_init__()
        check_normalise_by(self.normalise_by)
        check_min_confidence(self.min_confidence)
        if self.preset not in PRESETS:
            raise ConfigError(
                tr("The preset must be one of {names} (got {value}).").format(
                    names=", ".join(PRESETS), value=repr(self.preset)
                )
            )
