"""Whether confidence is what it says: how often pixels of a confidence are right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from miaf_engine.accuracy.calibration import Calibration

BINS = 15  # of equal width, as in Guo et al. (2017)


@dataclass(frozen=True, eq=False)
class Reliability:
    """Pixels by the confidence of the map, in bins of equal width over 0..1.

    Attributes:
        pixels: int64 (B,), pixels of each bin; bin b holds (b / B, (b + 1) / B].
        right: int64 (B,), those whose class is right.
        confidence: float64 (B,), sum of their confidences.
    """

    pixels: NDArray[np.int64]
    right: NDArray[np.int64]
    confidence: NDArray[np.float64]

    @classmethod
    def of(
        cls,
        confidence: NDArray[np.floating],
        right: NDArray[np.bool_],
        bins: int = BINS,
    ) -> Reliability:
        """Sort pixels into bins.

        Args:
            confidence: float (n,), probability of the class that the map shows, 0..1.
            right: bool (n,), whether that class is right.
            bins: Number of bins B.
        """
        place = np.ceil(np.asarray(confidence, np.float64) * bins).astype(np.int64) - 1
        place = np.clip(place, 0, bins - 1)
        return cls(
            np.bincount(place, minlength=bins),
            np.bincount(place[right], minlength=bins),
            np.bincount(place, weights=confidence, minlength=bins),
        )

    @property
    def error(self) -> float | None:
        """Expected calibration error, 0..1: mean gap of accuracy and confidence.

        Each bin counts with its pixels; None without a pixel.
        """
        total = int(self.pixels.sum())
        gaps = np.abs(self.right - self.confidence)
        return float(gaps.sum() / total) if total else None

    def as_json(self) -> list[dict[str, Any]]:
        """Return one row a bin: its ends, pixels, mean confidence and accuracy."""
        bins = len(self.pixels)
        return [
            {
                "from": b / bins,
                "to": (b + 1) / bins,
                "pixels": int(count),
                "confidence": float(self.confidence[b] / count) if count else None,
                "accuracy": float(self.right[b] / count) if count else None,
            }
            for b, count in enumerate(self.pixels)
        ]


@dataclass(frozen=True, eq=False)
class BeforeAndAfter:
    """The same pixels with the network's own confidence, and with the calibrated."""

    before: Reliability
    after: Reliability

    @classmethod
    def measure(
        cls,
        probabilities: NDArray[np.float32],
        found: NDArray[np.integer],
        reference: NDArray[np.integer],
        temperature: float,
    ) -> BeforeAndAfter:
        """Measure the pixels of a map that have a reference.

        Args:
            probabilities: float32 (K, h, w), calibrated.
            found: integer (h, w), map class 1..K, 0 = unclassified, not counted.
            reference: integer (h, w), 0 = no reference, not counted.
            temperature: By which the logits were divided.
        """
        where = (reference > 0) & (found > 0)
        right = found[where] == reference[where]
        after = probabilities[:, where].astype(np.float64)  # (K, n)
        # Dividing logits is a power of probabilities: undone without the logits.
        powers = after**temperature
        before = powers.max(axis=0, initial=0.0) / powers.sum(axis=0)
        return cls(
            Reliability.of(before, right),
            Reliability.of(after.max(axis=0, initial=0.0), right),
        )

    @classmethod
    def joined(cls, parts: Sequence[BeforeAndAfter]) -> BeforeAndAfter:
        """Add up the parts of one map, or of several."""
        return cls(
            _added([part.before for part in parts]),
            _added([part.after for part in parts]),
        )

    def as_json(self) -> dict[str, Any]:
        """Return both errors and both tables as JSON values."""
        return {
            "pixels": int(self.after.pixels.sum()),
            "ece_before": self.before.error,
            "ece_after": self.after.error,
            "bins_before": self.before.as_json(),
            "bins_after": self.after.as_json(),
        }


def calibration_figures(
    fitted: Calibration, measured: BeforeAndAfter | None
) -> dict[str, Any]:
    """Return what a report says of confidence, as JSON values.

    Args:
        fitted: Calibration of the model that is kept.
        measured: The scored pixels; None where there are none.
    """
    nothing: dict[str, Any] = {"pixels": 0, "ece_before": None, "ece_after": None}
    scored = measured is not None and measured.after.pixels.any()
    return {
        **fitted.as_json(),
        "fitted_on": fitted.fitted_on,
        **(measured.as_json() if measured is not None and scored else nothing),
    }


def expected_calibration_error(
    confidence: NDArray[np.floating], right: NDArray[np.bool_], bins: int = BINS
) -> float | None:
    """Return the expected calibration error of pixels; see `Reliability`."""
    return Reliability.of(confidence, right, bins).error


def _added(parts: Sequence[Reliability]) -> Reliability:
    return Reliability(
        np.sum([part.pixels for part in parts], axis=0),
        np.sum([part.right for part in parts], axis=0),
        np.sum([part.confidence for part in parts], axis=0),
    )
