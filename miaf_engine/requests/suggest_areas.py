"""What a caller may ask of suggestions where to label next."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from miaf_engine.errors import ConfigError
from miaf_engine.requests.base import Request
from miaf_engine.requests.train import check_normalise_by
from miaf_engine.translation import tr

MOST_SUGGESTIONS = 1000
# Columns of a layer of suggestions, besides the one to be filled in.
SUGGESTION_FIELDS = (
    *("rank", "predicted", "runner_up", "reason", "confidence", "margin", "entropy"),
    *("pixels", "area_ha"),
)
# With those that a GeoPackage has of its own.
_TAKEN = (*SUGGESTION_FIELDS, "fid", "geom")


@dataclass(frozen=True)
class SuggestAreasRequest(Request):
    """Suggest the superpixels whose classes a model would gain most from.

    Attributes:
        cube: Hyperspectral raster.
        model: Model file.
        output: GeoPackage to write.
        rois: Vector file of areas that have a class already.
        rois_layer: Layer in `rois`; None takes the only one.
        class_field: Field of `rois` that names the class, and name of the field to be
            filled in; None takes that of the model's training areas, else `class`.
        rois_more: Vector file of earlier suggestions, or of more areas. Those with a
            class count as labelled; the others were passed over, and neither they nor
            what is like them is asked for first again. Its class field is that of
            `rois`, or the field to be filled in.
        rois_more_layer: Layer in `rois_more`.
        count: Number of superpixels.
        pixels_per_superpixel: Mean size; 0 takes the model's middle scale.
        mask: As in a classification.
        mask_layer: As in a classification.
        interpolate_bands: As in a classification.
        normalise_by: As in a classification.
        memory_mb: Memory budget in MiB; 0 lets the engine choose.
        device: auto, cpu, cuda, cuda:N or mps.
    """

    cube: str
    model: str
    output: str | None = None
    rois: str | None = None
    rois_layer: str | None = None
    class_field: str | None = None
    rois_more: str | None = None
    rois_more_layer: str | None = None
    count: int = 10
    pixels_per_superpixel: int = 0
    mask: str | None = None
    mask_layer: str | None = None
    interpolate_bands: bool = False
    normalise_by: str = "model"
    memory_mb: int = 0
    device: str = "auto"

    def __post_init__(self) -> None:
        """Raise ConfigError for an entry of a wrong type, out of range or taken."""
        super().__post_init__()
        check_normalise_by(self.normalise_by)
        if self.class_field is not None and is_taken(self.class_field):
            raise ConfigError(
                tr(
                    "The class field '{field}' has the name of a field that "
                    "suggestions already have."
                ).format(field=self.class_field),
                hint=tr(
                    "Rename the class field, for example to 'cover'. Otherwise "
                    "predictions would be taken for classes that you have set."
                ),
            )
        size = self.pixels_per_superpixel
        for name, value, fine, limits in (
            (
                "count",
                self.count,
                1 <= self.count <= MOST_SUGGESTIONS,
                tr("1 to {most}").format(most=MOST_SUGGESTIONS),
            ),
            (
                "pixels_per_superpixel",
                size,
                size == 0 or 4 <= size <= 100_000,
                tr("4 to 100000, or 0 for that of the model"),
            ),
        ):
            if not fine:
                raise ConfigError(
                    tr(
                        "The request's entry '{name}' must be {limits} (got {value})."
                    ).format(name=name, limits=limits, value=value)
                )


def is_of_suggestions(field: str, fields: Collection[str]) -> bool:
    """Return whether a layer with these fields holds suggestions, and says this one."""
    return field in SUGGESTION_FIELDS and set(SUGGESTION_FIELDS) <= set(fields)


def is_taken(field: str) -> bool:
    """Return whether suggestions have a column of this name of their own."""
    return field.strip().casefold() in _TAKEN
