"""Calibration: temperature scaling, and whether confidence means what it says.

Guo et al. (2017, On calibration of modern neural networks, ICML) divide the logits by a
temperature fitted on pixels that the network was not trained on. It moves all
probabilities of a pixel together, so the most likely class stays.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from miaf_engine.translation import tr

# Beyond these one number is no remedy, and the fit runs off where all pixels are right.
LOWEST, HIGHEST = 0.25, 8.0
FEWEST_PIXELS = 30  # below, chance decides; probabilities then stay as they are
_TOLERANCE = 1e-12  # of 1 / temperature
# The temperature that those of folds are shrunk towards, and the number of areas that
# it counts for. docs/decisions has the scenes that both were chosen on.
TYPICAL, TYPICAL_AREAS = 0.8, 100
BINS = 15  # of equal width, as in Guo et al. (2017)


@dataclass(frozen=True)
class Calibration:
    """The temperature of a network, and what it was fitted on.

    Attributes:
        temperature: Logits are divided by it; above 1 softens, below 1 sharpens.
        pixels: Held-out pixels it was fitted on; 0 where it was not fitted.
        areas: Areas that they lie in.
        note: What the reader should know; else empty.
        in_turn: Whether they are areas that the models of folds had not seen; else
            they are the validation set.
    """

    temperature: float = 1.0
    pixels: int = 0
    areas: int = 0
    note: str = field(
        default_factory=lambda: tr(
            "There are no held-out pixels to calibrate the probabilities."
        )
    )
    in_turn: bool = False

    @property
    def fitted_on(self) -> str:
        """A sentence on the temperature and the pixels behind it."""
        if not self.pixels and self.temperature != 1:
            return tr(
                "The network's scores are divided by a temperature of {temperature}, "
                "as in the initial model."
            ).format(temperature=f"{self.temperature:.2f}")
        if not self.pixels:
            return tr(
                "The probabilities of the network are not calibrated (temperature 1)."
            )
        text = tr(
            "The network's scores are divided by a temperature of {temperature}. It "
            "was fitted on the validation set (pixels: {pixels}; areas: {areas}), in "
            "which each area has the same weight. The validation set chose the "
            "epoch, was not trained on before that, and is never scored. The "
            "temperature changes probabilities, but never the class of a pixel."
        )
        if self.in_turn:
            text = tr(
                "The network's scores are divided by a temperature of {temperature}. "
                "It was fitted on training areas that were held out in turn (pixels: "
                "{pixels}; areas: {areas}), with models that had not seen them. Half "
                "of a pixel's weight is the same for all. In the other half each "
                "class counts the same, and so does each area within a class. It "
                "was then shrunk towards {typical}, a typical value on other scenes, "
                "which has the weight of {count} areas. In the map it is up to 1.4 "
                "times as high where spectra are less like the training areas than "
                "those held out were, and down to 0.7 times where they are more like "
                "them. The temperature changes probabilities, but never the class of "
                "a pixel."
            )
        return text.format(
            temperature=f"{self.temperature:.2f}",
            pixels=self.pixels,
            areas=self.areas,
            typical=TYPICAL,
            count=TYPICAL_AREAS,
        )

    def as_json(self) -> dict[str, Any]:
        """Return the calibration as JSON values."""
        return {
            "temperature": self.temperature,
            "fitted_pixels": self.pixels,
            "fitted_areas": self.areas,
            "note": self.note or None,
        }


def calibrate(
    logits: NDArray[np.floating],
    targets: NDArray[np.integer],
    areas: NDArray[np.integer],
    weights: NDArray[np.floating] | None = None,
) -> Calibration:
    """Fit the temperature where there are pixels enough.

    Pixels of an area are similar, so without weights all areas count the same, whatever
    their size.

    Args:
        logits: float (n, K), of pixels that the network was not trained on.
        targets: integer (n,), their classes 0..K-1.
        areas: integer (n,), number of the area of each.
        weights: float (n,), what each counts; None has all areas count alike.
    """
    count = len(targets)
    if not np.isfinite(logits).all():
        return Calibration(
            note=tr(
                "The network's scores for the held-out pixels are not finite, "
                "so no temperature can be fitted."
            )
        )
    if count < FEWEST_PIXELS:
        return Calibration(
            note=tr(
                "There are too few held-out pixels to calibrate the probabilities: "
                "{count}. At least {least} are needed."
            ).format(count=count, least=FEWEST_PIXELS)
        )
    _, place, sizes = np.unique(areas, return_inverse=True, return_counts=True)
    weights = 1 / sizes[place] if weights is None else weights
    found = fit_temperature(logits, targets, weights)
    return Calibration(found, count, len(sizes), _note(found))


def shrunk(temperature: float, areas: int) -> float:
    """Return a temperature shrunk towards the typical one.

    Areas that were held out determine a temperature only roughly: they lie elsewhere
    than the map, whose model was trained longer. The temperatures that would have been
    right vary less from scene to scene, so shrinkage reduces the error (James and Stein
    1961). The result is the geometric mean of both, in which each area counts once and
    the typical temperature `TYPICAL_AREAS` times.

    Args:
        temperature: Fitted on areas held out in turn, above 0.
        areas: Number of these areas.
    """
    share = areas / (areas + TYPICAL_AREAS)
    return float(round(temperature**share * TYPICAL ** (1 - share), 6))


def shrunk_calibration(fitted: Calibration) -> Calibration:
    """Return a calibration on areas held out in turn, its temperature shrunk."""
    if not fitted.pixels:
        return replace(fitted, in_turn=True)
    return Calibration(
        shrunk(fitted.temperature, fitted.areas),
        fitted.pixels,
        fitted.areas,
        _note_of_shrunk(fitted.temperature),
        in_turn=True,
    )


def fit_temperature(
    logits: NDArray[np.floating],
    targets: NDArray[np.integer],
    weights: NDArray[np.floating] | None = None,
) -> float:
    """Return the temperature at which mean confidence is the share of right pixels.

    The smallest negative log-likelihood, which is usual, agrees where validation areas
    are much as the rest, but one area that is wrong and sure outweighs all others in
    it: docs/accuracy.md has the measurement. Confidence falls with the temperature, so
    Brent's method needs no start value and no random number.

    Args:
        logits: float (n, K), finite.
        targets: integer (n,), the right classes 0..K-1.
        weights: float (n,), 0 or more, the weight of each pixel; None weights all
            equally.

    Returns:
        Temperature from `LOWEST` to `HIGHEST`; 1 where it changes no confidence.
    """
    scores = np.asarray(logits, dtype=np.float64)
    share = np.ones(len(scores)) if weights is None else np.asarray(weights, np.float64)
    right = scores.argmax(axis=1) == targets
    scores = scores - scores.max(axis=1, keepdims=True, initial=-np.inf)  # (n, K)

    def surplus(inverse: float) -> float:
        """Return mean confidence less accuracy, both times the sum of weights."""
        confidence = 1 / np.exp(inverse * scores).sum(axis=1)
        return float(share @ (confidence - right))

    low, high = 1 / HIGHEST, 1 / LOWEST
    least, most = surplus(low), surplus(high)
    if least == most:
        return 1.0
    if least > 0:
        return HIGHEST
    if most <= 0:
        return LOWEST
    # Here, because reports use this module too, and they need no solver.
    from scipy.optimize import brentq

    inverse: float = brentq(surplus, low, high, xtol=_TOLERANCE)
    # Six digits: far more than pixels can tell, and the same in file and report.
    return min(max(round(1 / inverse, 6), LOWEST), HIGHEST)


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
            np.bincount(place, confidence, bins).astype(np.float64, copy=False),
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
        temperature: float | NDArray[np.floating],
    ) -> BeforeAndAfter:
        """Measure the pixels of a map that have a reference.

        Args:
            probabilities: float32 (K, h, w), calibrated.
            found: integer (h, w), map class 1..K, 0 = unclassified, not counted.
            reference: integer (h, w), 0 = no reference, not counted.
            temperature: By which the logits were divided, one for all pixels or float
                (h, w).
        """
        where = (reference > 0) & (found > 0)
        right = found[where] == reference[where]
        after = probabilities[:, where].astype(np.float64)  # (K, n)
        # Dividing logits is a power of probabilities: undone without the logits.
        powers = after ** np.broadcast_to(temperature, where.shape)[where]
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
    fitted: Calibration,
    measured: BeforeAndAfter | None,
    *,
    fitted_on_scored: bool = False,
) -> dict[str, Any]:
    """Return what a report says of confidence, as JSON values.

    Args:
        fitted: Calibration of the model that is kept.
        measured: The scored pixels; None where there are none.
        fitted_on_scored: Whether the temperature was fitted on the scored pixels.
    """
    nothing: dict[str, Any] = {"pixels": 0, "ece_before": None, "ece_after": None}
    scored = measured is not None and measured.after.pixels.any()
    return {
        **fitted.as_json(),
        "fitted_on": fitted.fitted_on,
        "fitted_on_scored": fitted_on_scored,
        **(measured.as_json() if measured is not None and scored else nothing),
    }


def expected_calibration_error(
    confidence: NDArray[np.floating], right: NDArray[np.bool_], bins: int = BINS
) -> float | None:
    """Return the expected calibration error of pixels; see `Reliability`."""
    return Reliability.of(confidence, right, bins).error


def _note(temperature: float) -> str:
    if temperature >= HIGHEST:
        return tr(
            "The network was confident but mostly wrong on the pixels that its "
            "confidence was fitted on. The confidence is lowered as far as allowed, "
            "and means little elsewhere."
        )
    if temperature <= LOWEST:
        return tr(
            "The network was right on nearly all pixels that its confidence was "
            "fitted on. The confidence is raised as far as allowed, and may be too "
            "high in more difficult areas."
        )
    return ""


def _note_of_shrunk(fitted: float) -> str:
    """Return what to know of a temperature that was shrunk from a fitted one."""
    if fitted >= HIGHEST:
        return tr(
            "The network was confident but mostly wrong on the pixels that its "
            "confidence was fitted on. The confidence means little elsewhere."
        )
    if fitted <= LOWEST:
        return tr(
            "The network was right on nearly all pixels that its confidence was "
            "fitted on. The confidence may be too high in more difficult areas."
        )
    return ""


def _added(parts: Sequence[Reliability]) -> Reliability:
    return Reliability(
        np.sum([part.pixels for part in parts], axis=0),
        np.sum([part.right for part in parts], axis=0),
        np.sum([part.confidence for part in parts], axis=0),
    )
