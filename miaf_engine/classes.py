"""The class table: which value, name and colour each land-cover class has."""

from __future__ import annotations

import colorsys
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from miaf_engine.errors import InputError
from miaf_engine.limits import MAX_NAME
from miaf_engine.translation import tr

# Okabe & Ito (2008), "Color universal design": distinguishable with every common form
# of colour blindness. Black is left out: it reads as nodata.
_OKABE_ITO = (
    "#e69f00",
    "#56b4e9",
    "#009e73",
    "#f0e442",
    "#0072b2",
    "#d55e00",
    "#cc79a7",
)
_COLOUR = re.compile(r"#[0-9a-f]{6}")
MAX_CLASSES = 65_535
# With those that turn the direction of text: a name must not look like another.
_CONTROL = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]+"
)


@dataclass(frozen=True)
class ClassEntry:
    """One land-cover class.

    Attributes:
        value: Pixel value in class maps and label rasters, 1..65535; 0 is unclassified.
        name: Name shown to people; control characters become spaces, and it is cut.
        colour: `#rrggbb`, lower case.
    """

    value: int
    name: str
    colour: str

    def __post_init__(self) -> None:
        """Raise InputError for a value, name or colour that no file can carry."""
        if not 1 <= self.value <= MAX_CLASSES:
            raise InputError(
                tr(
                    "Class '{name}' has the value {value}, which is not possible."
                ).format(name=self.name, value=self.value),
                hint=tr(
                    "Class values are whole numbers from 1 to {max_classes}. 0 means "
                    "unclassified."
                ).format(max_classes=MAX_CLASSES),
            )
        if _CONTROL.search(self.name) or len(self.name) > MAX_NAME:
            object.__setattr__(self, "name", one_line(self.name))
        if not self.name.strip():
            raise InputError(
                tr("The class of value {value} has no name.").format(value=self.value)
            )
        object.__setattr__(self, "colour", self.colour.lower())
        if not _COLOUR.fullmatch(self.colour):
            raise InputError(
                tr("Class '{name}' has the colour '{colour}'.").format(
                    name=self.name, colour=self.colour
                ),
                hint=tr("Write colours as #rrggbb."),
            )

    @property
    def is_bare(self) -> bool:
        """Whether the class is known by its number alone."""
        return self.name.strip() == str(self.value)


def _doubled(found: Sequence[Any]) -> list[Any]:
    return [item for item, count in Counter(found).items() if count > 1]


@dataclass(frozen=True)
class ClassTable:
    """All classes of a map, ordered by value; class k in memory is `entries[k - 1]`."""

    entries: tuple[ClassEntry, ...]

    def __post_init__(self) -> None:
        """Raise InputError where two classes share a value or a name."""
        ordered = tuple(sorted(self.entries, key=lambda entry: entry.value))
        object.__setattr__(self, "entries", ordered)
        if doubled := _doubled(self.values):
            raise InputError(
                tr("Two classes have the value {value}.").format(value=min(doubled)),
                hint=tr("Give each class its own value."),
            )
        if doubled := _doubled(self.names):
            raise InputError(
                tr("Two classes have the name '{name}'.").format(name=min(doubled)),
                hint=tr("Give each class its own name."),
            )

    def __len__(self) -> int:
        """Return the number of classes."""
        return len(self.entries)

    def __iter__(self) -> Iterator[ClassEntry]:
        """Iterate over the classes in order of their values."""
        return iter(self.entries)

    @property
    def values(self) -> list[int]:
        """Pixel values of the classes, ascending."""
        return [entry.value for entry in self.entries]

    @property
    def names(self) -> list[str]:
        """Class names, in order of the values."""
        return [entry.name for entry in self.entries]

    @property
    def colours(self) -> list[str]:
        """Class colours, in order of the values."""
        return [entry.colour for entry in self.entries]

    def as_json(self) -> list[dict[str, Any]]:
        """Return the table as JSON values."""
        return [
            {"value": entry.value, "name": entry.name, "colour": entry.colour}
            for entry in self.entries
        ]

    @classmethod
    def from_json(cls, items: Sequence[dict[str, Any]]) -> ClassTable:
        """Build the table from what `as_json` returned.

        Raises:
            InputError: An item lacks a part or two items clash.
        """
        try:
            return cls(
                tuple(
                    ClassEntry(int(i["value"]), str(i["name"]), str(i["colour"]))
                    for i in items
                )
            )
        except (KeyError, TypeError, ValueError, OverflowError) as error:
            if isinstance(error, InputError):
                raise
            raise InputError(tr("The class table is damaged.")) from error


def plain_name(name: str) -> str:
    """Return what tells the names of two class tables apart."""
    return name.casefold().strip()


def one_line(name: str) -> str:
    """Return a name without control characters, in one line, not too long."""
    clean = " ".join(_CONTROL.sub(" ", name).split())
    return clean if len(clean) <= MAX_NAME else f"{clean[: MAX_NAME - 1]}\u2026"


def distinct_colours(count: int) -> list[str]:
    """Return `count` different colours, the first seven safe for colour blindness.

    Beyond seven, hues go round by the golden angle at lightnesses that alternate, so
    that neighbours in the list differ in lightness as well as in hue.
    """
    colours = list(_OKABE_ITO[:count])
    step = 0
    while len(colours) < count:
        hue = (0.12 + step * 0.618034) % 1.0
        lightness = (0.35, 0.62, 0.8)[step % 3]
        red, green, blue = colorsys.hls_to_rgb(hue, lightness, 0.6 + 0.1 * (step % 2))
        colour = (
            f"#{round(red * 255):02x}{round(green * 255):02x}{round(blue * 255):02x}"
        )
        if colour not in colours:
            colours.append(colour)
        step += 1
    return colours


def natural_key(text: str) -> list[tuple[int, int, str]]:
    """Return a sort key that puts 'field 2' before 'field 10'."""
    parts = re.split(r"(\d+)", text.casefold())
    return [(0, int(p), "") if p.isdecimal() else (1, 0, p) for p in parts if p]
