"""How much of what is scored lies beside what was trained on.

Pixels beside a training area look like it, so a map is better there than elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from miaf_engine.accuracy.holdout import Locate, as_they_lie, near

NEAR = 3  # rows and columns
_MOST = 0.5  # share from which on the figures say little of the rest of the map
BoolArray = NDArray[np.bool_]


@dataclass(frozen=True)
class Nearness:
    """How many scored pixels lie within `NEAR` pixels of a training pixel.

    Attributes:
        pixels: Those that do.
        scored: All that are scored.
    """

    pixels: int
    scored: int

    @classmethod
    def of(
        cls,
        pairs: Iterable[tuple[BoolArray, BoolArray]],
        locate: Locate = as_they_lie,
    ) -> Nearness:
        """Count pixels of one or several trainings.

        Args:
            pairs: For each training, pixels scored and pixels trained on, bool (H, W).
            locate: Where pixels lie: cubes of one place may be stacked.
        """
        found = scored = 0
        for test, training in pairs:
            found += int((test & near(training, NEAR, locate, test)).sum())
            scored += int(test.sum())
        return cls(found, scored)

    @property
    def share(self) -> float:
        """Share of the scored pixels, 0..1."""
        return self.pixels / self.scored if self.scored else 0.0

    @property
    def is_high(self) -> bool:
        """Whether the figures say little of the map away from the training areas."""
        return self.share > _MOST

    def text(self, areas: str) -> str:
        """Return a sentence for the definition of the figures.

        Args:
            areas: The sentence in the user's language, with {share} and {near}.
        """
        return areas.format(share=f"{100 * self.share:.0f}", near=NEAR)

    def as_json(self) -> dict[str, Any]:
        """Return the count and the share as JSON values."""
        return {
            "near_training_pixels": self.pixels,
            "near_training_share": self.share if self.scored else None,
        }
