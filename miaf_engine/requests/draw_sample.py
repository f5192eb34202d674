"""What a caller may ask of a reference sample, and the fields that tell its design."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from miaf_engine.errors import ConfigError
from miaf_engine.requests.base import Request
from miaf_engine.translation import marked, tr

METHODS = (marked("stratified"), marked("simple"), marked("systematic"))
ALLOCATIONS = ("compromise", "equal", "proportional")
# What an estimator must know of each point; ten characters at most, so that a
# Shapefile keeps them.
SAMPLE_FIELDS = (
    *("design", "stratum", "strat_pix", "strat_pts", "strat_ha", "incl_prob"),
    "map_pix",
)
# What a person sets at each point, and what the map says there.
CLASS_FIELD, MAP_CLASS_FIELD = "class", "map_class"
# What is expected of a map of which nothing is known.
EXPECTED_ACCURACY = 0.8
_LEAST_WIDTH, _MOST_WIDTH = 0.001, 0.5


@dataclass(frozen=True)
class DrawSampleRequest(Request):
    """Draw points from a class map, whose cover a person then looks up.

    Attributes:
        classification: Class map.
        output: GeoPackage to write.
        method: One of `METHODS`.
        half_width: Wanted half width of the 95 % interval of the overall accuracy, a
            fraction: 0.05 for 5 percentage points. From 1 on it counts as points.
        expected_accuracy: Expected user's accuracies, one for all classes or one for
            each in the order of their values, as fractions; None takes
            `EXPECTED_ACCURACY`.
        allocation: One of `ALLOCATIONS`, for stratified samples.
        minimum: Fewest points of a class, for stratified samples.
        seed: Seed of the draw.
        show_map_class: Whether the points tell what the map says there.
    """

    classification: str
    output: str | None = None
    method: str = "stratified"
    half_width: float = 0.05
    expected_accuracy: list[float] | None = None
    allocation: str = "compromise"
    minimum: int = 50
    seed: int = 0
    show_map_class: bool = False

    def __post_init__(self) -> None:
        """Raise ConfigError for an entry of a wrong type or out of range."""
        super().__post_init__()
        for name, value, choices in (
            ("method", self.method, METHODS),
            ("allocation", self.allocation, ALLOCATIONS),
        ):
            if value not in choices:
                raise ConfigError(
                    tr(
                        "The request's entry '{name}' must be one of {names} (got "
                        "{value})."
                    ).format(name=name, names=", ".join(choices), value=repr(value))
                )
        if not _LEAST_WIDTH <= self.width < _MOST_WIDTH:
            raise ConfigError(
                tr(
                    "The half width of the interval is {width:g}, which is not "
                    "possible."
                ).format(width=self.half_width),
                hint=tr("Give a fraction, for example 0.05 for 5 percentage points."),
            )
        wrong = [u for u in self.expected_accuracy or () if not 0 < u < 1]
        if wrong:
            raise ConfigError(
                tr("The expected accuracy {value:g} is not possible.").format(
                    value=wrong[0]
                ),
                hint=tr("Give fractions between 0 and 1, for example 0.8."),
            )

    @property
    def width(self) -> float:
        """The half width as a fraction."""
        return self.half_width / 100 if self.half_width >= 1 else self.half_width


def is_of_sample(fields: Collection[str]) -> bool:
    """Return whether a layer with these fields is a sample that was drawn here."""
    return set(SAMPLE_FIELDS) <= set(fields)


def is_of_draw(field: str, fields: Collection[str]) -> bool:
    """Return whether a layer with these fields is a sample, and its draw set this one.

    Such a field holds the design of the sample or what the map says, and not the cover
    that was looked up.
    """
    return field in {*SAMPLE_FIELDS, MAP_CLASS_FIELD} and is_of_sample(fields)
