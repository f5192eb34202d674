"""What is wrong with areas as they stand in a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray


@dataclass(frozen=True)
class AreaFaults:
    """The areas that were left out or changed while they were read.

    Attributes:
        without_geometry: Feature ids of those left out because they have none.
        without_class: Feature ids of those left out because their class is missing.
        repaired: Feature ids of those that crossed themselves or were otherwise
            invalid.
    """

    without_geometry: tuple[int, ...] = ()
    without_class: tuple[int, ...] = ()
    repaired: tuple[int, ...] = ()

    @classmethod
    def of(
        cls,
        geometries: NDArray[np.object_],
        classed: Sequence[bool],
        ids: NDArray[np.int64],
    ) -> tuple[AreaFaults, NDArray[np.intp]]:
        """Look at areas as they were read.

        Args:
            geometries: One an area, None where it has none.
            classed: Whether each has a class, or needs none.
            ids: Feature id of each.

        Returns:
            The faults, and the positions of the areas with a geometry and a class.
        """
        shaped = ~(shapely.is_missing(geometries) | shapely.is_empty(geometries))
        usable = shaped & np.asarray(classed, bool)
        broken = usable & ~shapely.is_valid(geometries)
        faults = cls(
            *(tuple(ids[w].tolist()) for w in (~shaped, shaped & ~usable, broken))
        )
        return faults, np.flatnonzero(usable)

    def warnings(self) -> list[str]:
        """Return a sentence for each kind of fault."""
        found = [
            f"{len(ids)} areas have no {what} and are left out: feature {listed(ids)}."
            for ids, what in (
                (self.without_geometry, "geometry"),
                (self.without_class, "class"),
            )
            if ids
        ]
        if self.repaired:
            found.append(
                f"{len(self.repaired)} areas cross themselves or are otherwise invalid "
                f"and were repaired: feature {listed(self.repaired)}."
            )
        return found


NO_FAULTS = AreaFaults()


def listed(ids: Sequence[int]) -> str:
    """Return the first ten ids as text."""
    shown = ", ".join(map(str, ids[:10]))
    return shown + (f" and {len(ids) - 10} more" if len(ids) > 10 else "")
