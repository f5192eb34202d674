"""What changed between two class maps, and the classes of a map of the changes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from miaf_engine.classes import MAX_CLASSES, ClassEntry, ClassTable, distinct_colours
from miaf_engine.errors import InputError
from miaf_engine.translation import tr

ORIENTATION = "rows: before, columns: after"
_PALE = 0.72  # share of white in the colour of what is unchanged


@dataclass(frozen=True)
class Change:
    """Pixels that went from one class to another, or stayed.

    Attributes:
        before: Place of the class before, from 0.
        after: Place of the class after.
        pixels: Number of pixels.
        area: Their area in the matrix's unit.
    """

    before: int
    after: int
    pixels: int
    area: float

    @property
    def stays(self) -> bool:
        """Whether the class is the same."""
        return self.before == self.after


@dataclass(frozen=True, eq=False)
class ChangeMatrix:
    """Pixels by class before and after.

    Attributes:
        classes: The K classes of both maps.
        pixels: int64 (K, K), rows before, columns after.
        areas: float64 (K, K), likewise.
        unit: Unit of the areas: ha, or pixels where the size of a pixel is not known.
        measure: How areas were measured, for the user.
        only_before: Pixels with a class before and none after.
        only_after: Pixels with a class after and none before.
    """

    classes: ClassTable
    pixels: NDArray[np.int64]
    areas: NDArray[np.float64]
    unit: str
    measure: str
    only_before: int
    only_after: int

    @property
    def compared(self) -> int:
        """Pixels that have a class in both maps."""
        return int(self.pixels.sum())

    @property
    def changed(self) -> int:
        """Those whose class is another."""
        return self.compared - int(np.trace(self.pixels))

    @property
    def changed_share(self) -> float:
        """Share of the compared area whose class is another, 0..1."""
        return 1 - float(np.trace(self.areas) / self.areas.sum())

    @property
    def changed_area(self) -> float:
        """Area whose class is another."""
        return float(self.areas.sum() - np.trace(self.areas))

    def changes(self) -> list[Change]:
        """Return what occurs, changes first, each kind by area, largest first."""
        found = [
            Change(i, j, int(self.pixels[i, j]), float(self.areas[i, j]))
            for i, j in np.argwhere(self.pixels > 0).tolist()
        ]
        return sorted(found, key=lambda c: (c.stays, -c.area, c.before, c.after))

    def title(self, change: Change) -> str:
        """Return the name of a change."""
        names = self.classes.names
        if change.stays:
            return tr("{name} (unchanged)").format(name=names[change.before])
        return f"{names[change.before]} -> {names[change.after]}"

    def class_rows(self) -> list[dict[str, Any]]:
        """Return for each class its area before and after, kept, lost and gained."""
        before, after = self.areas.sum(axis=1), self.areas.sum(axis=0)
        kept = np.diag(self.areas)
        return [
            {
                "name": entry.name,
                "value": entry.value,
                "colour": entry.colour,
                "before": float(before[k]),
                "after": float(after[k]),
                "kept": float(kept[k]),
                "lost": float(before[k] - kept[k]),
                "gained": float(after[k] - kept[k]),
                "net": float(after[k] - before[k]),
            }
            for k, entry in enumerate(self.classes)
        ]

    def as_json(self) -> dict[str, Any]:
        """Return the figures as JSON values."""
        return {
            "changed_share": self.changed_share,
            "changed_pixels": self.changed,
            "changed_area": self.changed_area,
            "compared_pixels": self.compared,
            "only_before_pixels": self.only_before,
            "only_after_pixels": self.only_after,
            "area_unit": self.unit,
            "area_measure": self.measure,
            "matrix_orientation": ORIENTATION,
            "matrix_pixels": self.pixels.tolist(),
            "matrix_areas": self.areas.tolist(),
            "map_classes": self.class_rows(),
            "changes": [
                {"name": self.title(c), "pixels": c.pixels, "area": c.area}
                for c in self.changes()
                if not c.stays
            ],
        }


@dataclass(frozen=True, eq=False)
class ChangeLegend:
    """The classes of a change map.

    Attributes:
        classes: One class for each change that occurs and each class that stays.
        codes: uint16 (K, K), value in the change map of each cell of the matrix; 0
            where none occurs.
        rule: How the values are made, for the user.
    """

    classes: ClassTable
    codes: NDArray[np.uint16]
    rule: str


def change_legend(matrix: ChangeMatrix) -> ChangeLegend:
    """Return the classes of a change map.

    A value is the one before, then the one after, as 305 for 3 to 5 where values have
    two digits; where that exceeds 65535, changes are numbered from the largest on.
    What is unchanged is a pale tint of its class.

    Raises:
        InputError: More changes occur than there are values.
    """
    found, values = matrix.changes(), matrix.classes.values
    if len(found) > MAX_CLASSES:
        raise InputError(
            tr(
                "There are {count} different changes, but a map has at most {most} "
                "values."
            ).format(count=len(found), most=MAX_CLASSES),
            hint=tr("Merge classes in the maps first."),
        )
    factor = 10 ** len(str(max(values)))
    readable = max(values[c.before] * factor + values[c.after] for c in found)
    fits = readable <= MAX_CLASSES
    strong = iter(distinct_colours(sum(not c.stays for c in found)))
    codes = np.zeros(matrix.pixels.shape, np.uint16)
    entries: list[ClassEntry] = []
    used: set[str] = set()
    for number, change in enumerate(found, 1):
        own = values[change.before] * factor + values[change.after]
        code = own if fits else number
        codes[change.before, change.after] = code
        name = matrix.title(change)
        name = f"{name} [{code}]" if name in used else name
        used.add(name)
        stays, colour = change.stays, matrix.classes.colours[change.before]
        entries.append(ClassEntry(code, name, _pale(colour) if stays else next(strong)))
    rule = (
        tr("value before x {factor} + value after").format(factor=factor)
        if fits
        else tr("numbered, beginning with the largest change")
    )
    return ChangeLegend(ClassTable(tuple(entries)), codes, rule)


def _pale(colour: str) -> str:
    parts = (round(part + _PALE * (255 - part)) for part in bytes.fromhex(colour[1:]))
    return "#" + "".join(f"{part:02x}" for part in parts)
