"""The bands of a cube: names, wavelengths, widths, and which are good."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from miaf_engine.errors import BandMismatchError, InputError, with_more
from miaf_engine.progress import Progress
from miaf_engine.translation import tr, tr_n

_SIGNS = re.compile(r"[\W_]+")
_ZEROS = re.compile(r"(?<!\d)0+(?=\d)")

# Neighbouring bands of the usual sensors lie 3 to 12 nm apart.
BAND_TOLERANCE_NM = 5.0


@dataclass(frozen=True)
class BandTable:
    """What is known of each band, in file order.

    Attributes:
        names: One name a band.
        wavelengths_nm: Centre of each band in nanometres, or None where unknown; NaN
            for a bad band without one.
        fwhm_nm: Full width at half maximum in nanometres, or None where unknown; NaN
            for a bad band without one.
        good: Whether each band is fit for use (the bad band list, inverted).
        origin: Where the wavelengths were found, for the user; "" where unknown.
        positions: 0-based place of each band in the cube that it was taken from; None
            for a whole cube.
        cube_bands: Number of bands of that cube; None for a whole cube.
    """

    names: tuple[str, ...]
    wavelengths_nm: tuple[float, ...] | None = None
    fwhm_nm: tuple[float, ...] | None = None
    good: tuple[bool, ...] = ()
    origin: str = field(default="", compare=False)
    positions: tuple[int, ...] | None = field(default=None, compare=False)
    cube_bands: int | None = field(default=None, compare=False)

    def __post_init__(self) -> None:
        """Raise InputError where parts differ in length; no flags means all good."""
        if not self.good:
            object.__setattr__(self, "good", (True,) * len(self.names))
        for label in ("wavelengths_nm", "fwhm_nm", "good", "positions"):
            part = getattr(self, label)
            if part is not None and len(part) != len(self.names):
                raise InputError(
                    f"The band table has {len(self.names)} names and {len(part)} "
                    f"entries in '{label}'."
                )

    @property
    def count(self) -> int:
        """Number of bands."""
        return len(self.names)

    @property
    def good_indices(self) -> list[int]:
        """Indices (0-based) of the good bands."""
        return [index for index, good in enumerate(self.good) if good]

    def label(self, index: int) -> str:
        """Return how a message calls a band: its name, with the wavelength if known."""
        name = self.names[index]
        if self.wavelengths_nm is None or math.isnan(self.wavelengths_nm[index]):
            return f"'{name}'"
        return f"'{name}' at {self.wavelengths_nm[index]:.2f} nm"

    def take(self, indices: Sequence[int]) -> BandTable:
        """Return the table of some bands (0-based), in the order given."""
        wavelengths, fwhm = self.wavelengths_nm, self.fwhm_nm
        return BandTable(
            tuple(self.names[i] for i in indices),
            None if wavelengths is None else tuple(wavelengths[i] for i in indices),
            None if fwhm is None else tuple(fwhm[i] for i in indices),
            tuple(self.good[i] for i in indices),
            positions=tuple(self._position(i) for i in indices),
            cube_bands=self.cube_bands or self.count,
        )

    def _position(self, index: int) -> int:
        return index if self.positions is None else self.positions[index]

    def as_json(self) -> list[dict[str, Any]]:
        """Return the table as JSON values, one object a band."""
        items: list[dict[str, Any]] = []
        for index, name in enumerate(self.names):
            item: dict[str, Any] = {"name": name, "good": self.good[index]}
            for key in ("wavelength_nm", "fwhm_nm"):
                column = self.wavelengths_nm if key[0] == "w" else self.fwhm_nm
                if column is not None and not math.isnan(column[index]):
                    item[key] = column[index]
            if self.positions is not None:
                item["position"] = self.positions[index] + 1
                item["cube_bands"] = self.cube_bands
            items.append(item)
        return items

    @classmethod
    def from_json(cls, items: list[dict[str, Any]]) -> BandTable:
        """Build the table from what `as_json` returned.

        Raises:
            InputError: An item lacks a part that others have.
        """
        try:
            return cls(
                tuple(str(item["name"]) for item in items),
                _column(items, "wavelength_nm"),
                _column(items, "fwhm_nm"),
                tuple(bool(item.get("good", True)) for item in items),
                **_places(items),
            )
        except (
            *(KeyError, TypeError, ValueError, AttributeError, OverflowError),
        ) as error:
            if isinstance(error, InputError):
                raise
            raise InputError(tr("The band table is damaged.")) from error


def match_bands(wanted: BandTable, found: BandTable, tolerance_nm: float) -> list[int]:
    """Return, for each wanted band, the index of the band that stands for it.

    In a cube with as many bands as the one that the model was trained on, bands keep
    their positions where no other band lies nearer. Else the nearest good band within
    the tolerance counts. With wavelengths on neither side bands go by their names where
    both sides have the same, in whatever order, else by position: in a cube with all
    bands, or in one with just those of the model; `warn_without_wavelengths` says
    which.

    Args:
        wanted: The bands that a model was trained on.
        found: The bands of the cube at hand.
        tolerance_nm: Largest difference of the centres in nanometres; half the band
            spacing (about 2 to 5) is a sound choice.

    Returns:
        Indices into `found`, 0-based, as many as `wanted` has bands, none twice.

    Raises:
        BandMismatchError: A wanted band is missing or flagged bad, two would share
            one band, or just one side has wavelengths, or the counts differ without,
            or names contradict the positions.
    """
    if wanted.wavelengths_nm is None or found.wavelengths_nm is None:
        return _matched_by_position(wanted, found)
    if wanted.count == found.count and all(
        abs(a - b) <= tolerance_nm and good
        for a, b, good in zip(
            wanted.wavelengths_nm, found.wavelengths_nm, found.good, strict=True
        )
    ):
        # Overlapping detectors repeat a wavelength; order tells the bands apart.
        return list(range(wanted.count))
    if _keeps_positions(wanted, found, tolerance_nm):
        return list(wanted.positions or ())
    indices = [_nearest(found, centre) for centre in wanted.wavelengths_nm]
    missing = [
        position
        for position, index in enumerate(indices)
        if index is None
        or abs(found.wavelengths_nm[index] - wanted.wavelengths_nm[position])
        > tolerance_nm
    ]
    if missing:
        raise BandMismatchError(
            tr(
                "For {missing} of {count} bands, the cube has no good band within "
                "{tolerance:g} nm: {bands}."
            ).format(
                missing=len(missing),
                count=wanted.count,
                tolerance=tolerance_nm,
                bands=some_bands(wanted, missing),
            ),
            hint=tr(
                "Check the bad band list of the cube. If the cube is of another "
                "sensor, use 'Interpolate bands' (--interpolate-bands)."
            ),
        )
    matched = [index for index in indices if index is not None]
    doubled = [p for p, index in enumerate(matched) if matched.count(index) > 1]
    if doubled:
        raise BandMismatchError(
            tr(
                "Several bands of the model match the same band of the cube: {bands}."
            ).format(bands=some_bands(wanted, doubled)),
            hint=tr(
                "The cube has {count} bands. Use one of the same sensor, or use "
                "'Interpolate bands' (--interpolate-bands)."
            ).format(count=found.count),
        )
    return matched


def some_bands(table: BandTable, indices: list[int]) -> str:
    """Name the first five of some bands (0-based), for a message."""
    shown = ", ".join(table.label(index) for index in indices[:5])
    return with_more(shown, len(indices) - 5)


def _matched_by_position(wanted: BandTable, found: BandTable) -> list[int]:
    if (wanted.wavelengths_nm is None) != (found.wavelengths_nm is None):
        raise BandMismatchError(
            tr("The model has no wavelengths, so its bands cannot be matched.")
            if wanted.wavelengths_nm is None
            else tr("The cube has no wavelengths, so its bands cannot be matched."),
            hint=tr("Add the wavelengths to the cube's header, or train a new model."),
        )
    by_name = _matched_by_name(wanted, found)
    if by_name is not None:
        return by_name
    if wanted.positions is not None and wanted.cube_bands == found.count:
        return list(wanted.positions)
    if wanted.count != found.count:
        raise BandMismatchError(
            tr(
                "The model has {wanted} and the cube {found}, and neither has "
                "wavelengths to match them by."
            ).format(
                wanted=_how_many(wanted),
                found=tr_n("{n} band", "{n} bands", n=found.count),
            ),
            hint=tr("Use a cube with the same bands."),
        )
    return list(range(wanted.count))


def _matched_by_name(wanted: BandTable, found: BandTable) -> list[int] | None:
    """Return the positions of the wanted names; None where names tell nothing.

    Raises:
        BandMismatchError: Some names are the same, and others are missing.
    """
    own, other = _plain_names(wanted), _plain_names(found)
    if own is None or other is None or not set(own) & set(other):
        return None
    missing = [place for place, name in enumerate(own) if name not in other]
    if missing:
        raise BandMismatchError(
            tr(
                "The cube lacks {missing} of {count} bands by name ({bands}), but "
                "has the others. Without wavelengths, their positions cannot be "
                "trusted."
            ).format(
                missing=len(missing),
                count=wanted.count,
                bands=some_bands(wanted, missing),
            ),
            hint=tr(
                "Use a cube with the same bands, give the bands the same names, or add "
                "wavelengths to both."
            ),
        )
    return [other.index(name) for name in own]


def _plain_names(table: BandTable) -> list[str] | None:
    """Return names as they are compared; None where they tell no bands apart.

    'B02', 'b2' and 'B 2' are one name. Numbers in file order are no names: every file
    without names has those.
    """
    names = [_ZEROS.sub("", _SIGNS.sub("", name.casefold())) for name in table.names]
    numbered = [f"band{number}" for number in range(1, table.count + 1)]
    return None if names == numbered or len(set(names)) < len(names) else names


def warn_without_wavelengths(
    wanted: BandTable, found: BandTable, of: str, progress: Progress
) -> None:
    """Say how bands without wavelengths were matched.

    Args:
        wanted: The bands that were looked for.
        found: The bands of the cube.
        of: How messages call what the wanted ones are of, as "the model".
        progress: Warned where it was by position.
    """
    if _matched_by_name(wanted, found) is not None:
        progress.info(
            tr(
                "Neither {of} nor the cube has wavelengths. Their {count} bands are "
                "matched by name."
            ).format(of=of, count=wanted.count)
        )
        return
    progress.warning(
        tr(
            "Neither {of} nor the cube has wavelengths. Their {count} bands are "
            "matched by position."
        ).format(of=of, count=wanted.count)
    )


def _keeps_positions(wanted: BandTable, found: BandTable, tolerance_nm: float) -> bool:
    """Return whether no good band is nearer to a wanted one than that of its place."""
    if wanted.positions is None or wanted.cube_bands != found.count:
        return False
    centres, nearest = found.wavelengths_nm or (), wanted.wavelengths_nm or ()
    for centre, place in zip(nearest, wanted.positions, strict=True):
        best = _nearest(found, centre)
        if best is None or not found.good[place]:
            return False
        apart = abs(centres[place] - centre)
        if apart > min(tolerance_nm, abs(centres[best] - centre)):
            return False
    return True


def _how_many(wanted: BandTable) -> str:
    if wanted.cube_bands in (None, wanted.count):
        return tr_n("{n} band", "{n} bands", n=wanted.count)
    return tr("{count} of its cube's {all} bands").format(
        count=wanted.count, all=wanted.cube_bands
    )


def _nearest(found: BandTable, centre: float) -> int | None:
    wavelengths = found.wavelengths_nm or ()  # Asked only where there are any.
    return min(
        found.good_indices,
        key=lambda index: abs(wavelengths[index] - centre),
        default=None,
    )


def _places(items: list[dict[str, Any]]) -> dict[str, Any]:
    """Return where bands lay in their cube, as keywords of `BandTable`.

    Raises:
        InputError: The numbers fit no cube.
    """
    # Models of earlier versions do not say it.
    if not any("position" in item for item in items):
        return {}
    positions = tuple(int(item["position"]) - 1 for item in items)
    counts = {int(item["cube_bands"]) for item in items}
    fits = len(counts) == 1 and len(set(positions)) == len(positions)
    if not fits or not all(0 <= place < max(counts) for place in positions):
        raise InputError(tr("The band table is damaged."))
    return {"positions": positions, "cube_bands": counts.pop()}


def _column(items: list[dict[str, Any]], key: str) -> tuple[float, ...] | None:
    if not any(key in item for item in items):
        return None
    # A bad band may have none.
    return tuple(
        math.nan if item.get("good") is False and key not in item else float(item[key])
        for item in items
    )
