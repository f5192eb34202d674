"""Where a model applies: how unlike its training areas a spectrum is.

The dissimilarity index and the area of applicability of Meyer & Pebesma (2021, Methods
in Ecology and Evolution 12:1620-1633). A pixel's distance to the nearest training
spectrum, over the mean distance between training spectra, is its index. Beyond the
upper whisker of the indices of areas that were held out in turn, a pixel is unlike
all that the model was trained on.

Distances are taken between principal components of the normalised spectra, each with
unit variance over the scene and weighted by how well it separates the classes. A model
carries means of groups of training spectra in these few components, no spectrum.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from miaf_engine.errors import InputError, ModelFormatError
from miaf_engine.models.card import ModelCard
from miaf_engine.preprocessing.normalisation import number_array
from miaf_engine.translation import tr

COMPONENTS = 10
# Groups of training spectra a class, and the spectra that stand for one at least.
MOST_GROUPS, SMALLEST_GROUP = 24, 3
WHISKER = 1.5  # interquartile ranges above the upper quartile
_ROUNDS = 10  # of k-means
_ROWS = 8192  # pixels whose components are held at once
_NEAR_ROWS = 512  # and whose distances are, so that these stay in the caches
_TINY = 1e-9

# A scene is unlike the training areas where nine tenths of its pixels are further from
# them than this share of the threshold, and than this many times as in the training
# scene. docs/decisions/area_of_applicability.md has the scenes that it was chosen on.
FAR_QUANTILE, FAR_SHARE, FAR_RATIO = 0.1, 0.33, 1.25

# The temperature of a pixel grows with at most this power of its index, over that of
# the areas that the temperature was fitted on, from half to twice of it. docs/decisions
# has the scenes that it was chosen on.
SOFTENING_POWER, LARGEST_RATIO = 0.5, 2.0


@dataclass(frozen=True, eq=False)
class Applicability:
    """Which spectra a model applies to.

    Attributes:
        matrix: float64 (D, C), from normalised spectra to weighted components.
        centres: float64 (m, D), means of groups of training spectra.
        scale: Mean distance between training spectra.
        threshold: The largest index inside the area of applicability.
        usual: Index that nine tenths of the training scene exceed.
        calibrated_at: Median index of the areas that the temperature was fitted on,
            each compared with those that were trained on; None where it is not known.
        power: With which power of its index, over that one, the temperature of a pixel
            grows, 0..1.
    """

    matrix: NDArray[np.float64]
    centres: NDArray[np.float64]
    scale: float
    threshold: float
    usual: float
    calibrated_at: float | None = None
    power: float = 0.0

    @classmethod
    def fit(
        cls,
        spectra: NDArray[np.float32],
        classes: NDArray[np.integer],
        folds: NDArray[np.integer],
        scene: NDArray[np.float32],
        before: Applicability | None = None,
        *,
        left_open: float | None = None,
    ) -> Applicability | None:
        """Measure training spectra.

        Args:
            spectra: float32 (C, n), normalised spectra of the training areas.
            classes: integer (n,), at least two different values.
            folds: integer (n,), the fold in which each is held out, 0 for none.
            scene: float32 (C, s), normalised spectra of the scene, labelled or not.
            before: That of the model from which training continues: its training areas
                count as well.
            left_open: Where the temperature is fitted on these folds, how much of their
                score is left open, 0..1; see `share_left_open`. None where it is
                fitted elsewhere. The temperature of the model before is kept.

        Returns:
            The result; `before` where fewer than two folds hold a spectrum or there is
            one class; None where all spectra are equal.
        """
        numbers = np.unique(folds[folds > 0])
        if len(numbers) < 2 or len(np.unique(classes)) < 2:
            return before
        matrix = (
            _weighted_components(spectra, classes, scene)
            if before is None
            else before.matrix
        )
        features = spectra.T @ matrix.T.astype(np.float32)
        features = features.astype(np.float64)
        rng = np.random.default_rng(0)
        pairs = rng.integers(len(features), size=(2, 5000))
        scale = float(
            np.linalg.norm(features[pairs[0]] - features[pairs[1]], axis=1).mean()
        )
        if before is not None:
            scale = before.scale
        if scale < _TINY:
            return None
        known = [] if before is None else [before.centres]
        found = []
        for number in numbers:
            kept = folds != number
            centres = np.concatenate([*known, _centres(features[kept], classes[kept])])
            found.append(_nearest(features[~kept], centres) / scale)
        indices = np.concatenate(found)
        threshold = max(upper_whisker(indices), _TINY)
        middle = float(np.median(indices))
        calibrated_at = middle if left_open is not None and middle > _TINY else None
        power = SOFTENING_POWER * (left_open or 0.0)
        centres = np.concatenate([*known, _centres(features, classes)])
        made = cls(matrix, centres, scale, threshold, 0.0)
        usual = float(np.quantile(made.index(scene), FAR_QUANTILE))
        if before is not None:
            threshold, usual = (
                max(threshold, before.threshold),
                max(usual, before.usual),
            )
            calibrated_at, power = before.calibrated_at, before.power
        return cls(matrix, centres, scale, threshold, usual, calibrated_at, power)

    def index(self, spectra: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return the dissimilarity index of normalised spectra.

        Args:
            spectra: float32 (C, ...).

        Returns:
            float32 (...), 0 or more; above `threshold` a spectrum is unlike all of the
            training areas.
        """
        shape = spectra.shape[1:]
        flat = spectra.reshape(len(spectra), -1)
        found = np.empty(flat.shape[1], np.float32)
        matrix = self.matrix.astype(np.float32)
        for start in range(0, flat.shape[1], _ROWS):
            part = (matrix @ flat[:, start : start + _ROWS]).T.astype(np.float64)
            found[start : start + _ROWS] = _nearest(part, self.centres) / self.scale
        return found.reshape(shape)

    def index_of(
        self, image: NDArray[np.float32], valid: NDArray[np.bool_]
    ) -> NDArray[np.float32]:
        """Return the dissimilarity index of a normalised image.

        Args:
            image: float32 (C, H, W).
            valid: bool (H, W).

        Returns:
            float32 (H, W), NaN where not valid.
        """
        found = np.full(valid.shape, np.nan, np.float32)
        height, width = valid.shape
        rows = max(1, _ROWS // max(width, 1))
        for start in range(0, height, rows):  # a tile's spectra are not copied at once
            part = slice(start, start + rows)
            inside, spectra = valid[part], image[:, part]
            if inside.all():
                found[part] = self.index(spectra)
            else:
                found[part][inside] = self.index(spectra[:, inside])
        return found

    def softening(self, index: NDArray[np.float32]) -> NDArray[np.float32] | None:
        """Return what the temperature of each pixel is multiplied by.

        Confidence is calibrated on areas that were held out. A pixel that resembles the
        training areas less than they did is less sure than its scores say, and one that
        resembles them more is surer; by less where held-out areas are nearly all right.

        Args:
            index: float32 (...), dissimilarity index; NaN where nodata.

        Returns:
            float32 (...), 0.71 to 1.41, of no meaning where nodata; None where it is
            not known how unlike the areas were that the temperature was fitted on.
        """
        if self.calibrated_at is None:
            return None
        ratio = index / np.float32(self.calibrated_at)
        ratio = np.clip(ratio, 1 / LARGEST_RATIO, LARGEST_RATIO)
        return np.asarray(ratio**self.power, np.float32)

    def is_far(self, index: NDArray[np.float32]) -> bool:
        """Return whether a scene, by the index of a sample of its pixels, is unlike."""
        if not index.size:
            return False
        found = float(np.quantile(index, FAR_QUANTILE))
        return found > max(FAR_SHARE * self.threshold, FAR_RATIO * self.usual)

    def as_json(self) -> dict[str, Any]:
        """Return the values as JSON values."""
        return {
            "method": "dissimilarity index of weighted principal components",
            "matrix": self.matrix.tolist(),
            "centres": self.centres.tolist(),
            "scale": self.scale,
            "threshold": self.threshold,
            "usual": self.usual,
            "calibrated_at": self.calibrated_at,
            "power": self.power,
        }

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> Applicability:
        """Build from what `as_json` returned.

        Raises:
            InputError: A part is missing, damaged or of a wrong shape.
        """
        matrix, centres = (
            number_array(values, key, 2) for key in ("matrix", "centres")
        )
        numbers = [
            number_array(values, key, 0) for key in ("scale", "threshold", "usual")
        ]
        scale, threshold, usual = map(float, numbers)
        calibrated_at, power = None, 0.0
        if values.get("calibrated_at") is not None:  # files before version 6 have none
            calibrated_at, power = (
                float(number_array(values, key, 0))
                for key in ("calibrated_at", "power")
            )
            if calibrated_at <= 0:
                raise InputError("The model's 'calibrated_at' is not above 0.")
            if not 0 <= power <= 1:
                raise InputError("The model's 'power' is not from 0 to 1.")
        if not len(centres) or centres.shape[1] != len(matrix):
            raise InputError("The model's 'centres' do not fit its 'matrix'.")
        if scale <= 0 or threshold <= 0:
            raise InputError("The model's 'scale' or 'threshold' is not above 0.")
        return cls(matrix, centres, scale, threshold, usual, calibrated_at, power)


def applicability_of(card: ModelCard, path: str) -> Applicability | None:
    """Build from a model's header what it applies to; None where it does not say.

    Raises:
        ModelFormatError: That part of the header is damaged.
    """
    if card.applicability is None:
        return None
    try:
        found = Applicability.from_json(card.applicability)
    except InputError as error:
        raise ModelFormatError(
            tr("The model '{path}' is damaged: {error}").format(path=path, error=error)
        ) from error
    if found.matrix.shape[1] != card.bands.count:
        raise ModelFormatError(
            tr(
                "The model '{path}' is damaged: its parts do not fit each other."
            ).format(path=path)
        )
    return found


def upper_whisker(values: NDArray[np.floating]) -> float:
    """Return the largest value that a box plot does not call an outlier."""
    low, high = np.quantile(values, [0.25, 0.75])
    limit = high + WHISKER * (high - low)
    return float(values[values <= limit].max())


def _weighted_components(
    spectra: NDArray[np.float32],
    classes: NDArray[np.integer],
    scene: NDArray[np.float32],
) -> NDArray[np.float64]:
    """Return the map from spectra to components, float64 (D, C).

    The weight of a component is the root of the share of its variance that lies
    between the classes, all of which count the same. A component that separates no
    classes gets little weight, as an unimportant variable does in the paper.
    """
    values = scene.astype(np.float64)
    centred = values - values.mean(axis=1, keepdims=True)
    variances, vectors = np.linalg.eigh(centred @ centred.T / values.shape[1])
    kept = min(COMPONENTS, len(variances))
    variances, vectors = variances[::-1][:kept], vectors[:, ::-1][:, :kept]
    fine = variances > _TINY * max(float(variances[0]), _TINY)
    matrix = (vectors[:, fine] / np.sqrt(variances[fine])).T
    features = matrix @ spectra.astype(np.float64)
    kinds = np.unique(classes)
    parts = [features[:, classes == kind] for kind in kinds]
    between = np.stack([part.mean(axis=1) for part in parts]).var(axis=0)
    within = np.stack([part.var(axis=1) for part in parts]).mean(axis=0)
    share = between / np.maximum(between + within, _TINY)
    found: NDArray[np.float64] = matrix * np.sqrt(share)[:, None]
    return found


def _centres(
    features: NDArray[np.float64], classes: NDArray[np.integer]
) -> NDArray[np.float64]:
    """Return the means of groups of each class's training spectra, float64 (m, D)."""
    found = []
    for kind in np.unique(classes):
        own = features[classes == kind]
        count = min(MOST_GROUPS, max(1, len(own) // SMALLEST_GROUP))
        found.append(_k_means(own, count))
    return np.concatenate(found)


def _k_means(points: NDArray[np.float64], count: int) -> NDArray[np.float64]:
    """Return the centres of groups of points, the same for the same points.

    The first centres are points, each the farthest from those before it.
    """
    from scipy.spatial.distance import cdist  # here: a map needs none of it

    first = points[np.linalg.norm(points - points.mean(axis=0), axis=1).argmin()]
    chosen = [first]
    distance = np.linalg.norm(points - first, axis=1)
    while len(chosen) < count:
        chosen.append(points[distance.argmax()])
        distance = np.minimum(distance, np.linalg.norm(points - chosen[-1], axis=1))
    centres = np.stack(chosen)
    for _ in range(_ROUNDS):
        member = cdist(points, centres).argmin(axis=1)
        sizes = np.bincount(member, minlength=len(centres))
        sums = np.stack(
            [np.bincount(member, part, len(centres)) for part in points.T], axis=1
        )
        centres = sums[sizes > 0] / sizes[sizes > 0, None]
    return centres


def _nearest(
    points: NDArray[np.float64], centres: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return the distance to the nearest centre, float64 (n,).

        min_c |x - c|^2 = |x|^2 + min_c (|c|^2 - 2 c . x)

    The minimum is of a matrix product, which is faster than the distances themselves.
    """
    weights = np.column_stack([-2.0 * centres, np.square(centres).sum(axis=1)])
    found: NDArray[np.float64] = np.square(points).sum(axis=1)
    for start in range(0, len(points), _NEAR_ROWS):
        part = slice(start, start + _NEAR_ROWS)
        rows = np.column_stack([points[part], np.ones(len(points[part]))])
        found[part] += (weights @ rows.T).min(axis=0)
    # By rounding a centre itself can come out below 0.
    np.maximum(found, 0.0, out=found)
    return np.sqrt(found, out=found)
