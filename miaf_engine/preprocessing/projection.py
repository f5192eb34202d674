"""A few components of a scene, which superpixels are made from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from miaf_engine.errors import SampleError
from miaf_engine.preprocessing.normalisation import Scene, number_array

# Share of the mean variance added to each band's within-class variance: with fewer
# labelled pixels than bands the covariance is singular without it, and with few more
# it is mostly chance.
_SHRINKAGE = 0.1
_SHRINKAGE_BY_BANDS = 0.5  # times bands, divided by pixels, where that is more


@dataclass(frozen=True)
class Projection:
    """A linear map from bands to components.

    Attributes:
        matrix: float64 (D, C).
        name: `lda` or `pca`.
    """

    matrix: NDArray[np.float64]
    name: str

    @classmethod
    def fit_lda(
        cls, pixels: NDArray[np.float32], classes: NDArray[np.integer], components: int
    ) -> Projection:
        """Find the directions that separate the classes best (Fisher's criterion).

        Components are scaled so that the spread within classes is 1 in each.

        Args:
            pixels: float32 (n, C) normalised spectra of training pixels.
            classes: integer (n,), at least two different values.
            components: Most components to keep; classes - 1 at most come out.

        Raises:
            SampleError: There are fewer than two classes.
        """
        kinds, member = np.unique(classes, return_inverse=True)
        if len(kinds) < 2:
            raise SampleError(
                f"A discriminant projection needs two classes (got {len(kinds)})."
            )
        spectra = pixels.astype(np.float64)
        counts = np.bincount(member)
        means = np.stack([spectra[member == k].mean(axis=0) for k in range(len(kinds))])
        within = spectra - means[member]
        # All classes have the same weight, so that one large field does not set the
        # scale.
        weight = 1.0 / (counts[member] * len(kinds))
        covariance = (within * weight[:, None]).T @ within
        bands_each = len(covariance) / len(spectra)
        shrinkage = max(_SHRINKAGE, _SHRINKAGE_BY_BANDS * bands_each)
        ridge = shrinkage * max(np.trace(covariance) / len(covariance), 1e-12)
        covariance[np.diag_indices_from(covariance)] += ridge
        values, vectors = np.linalg.eigh(covariance)
        whitening = vectors / np.sqrt(values)  # (C, C)
        between = (means - means.mean(axis=0)) @ whitening  # (K, C)
        _, _, directions = np.linalg.svd(between, full_matrices=False)
        kept = min(components, len(kinds) - 1, len(directions))
        return cls(_signed(directions[:kept] @ whitening.T), "lda")

    @classmethod
    def fit_pca(cls, pixels: NDArray[np.float32], components: int) -> Projection:
        """Find the directions of largest variance; no labels are used.

        Components share one scale, that of the last one kept, so that the first
        weigh most in the superpixels.

        Args:
            pixels: float32 (n, C) normalised spectra of valid pixels.
            components: Most components to keep.
        """
        centred = pixels.astype(np.float64) - pixels.mean(axis=0, dtype=np.float64)
        covariance = centred.T @ centred / max(len(centred), 1)
        values, vectors = np.linalg.eigh(covariance)
        kept = min(components, len(values))
        spread = np.sqrt(max(values[-kept], 1e-12))
        return cls(_signed(vectors[:, ::-1][:, :kept].T / spread), "pca")

    def apply(self, scene: Scene) -> NDArray[np.float32]:
        """Project a scene.

        Returns:
            float32 (D, H, W); 0 where not valid.
        """
        bands, height, width = scene.image.shape
        flat = scene.image.reshape(bands, -1)
        return (self.matrix.astype(np.float32) @ flat).reshape(-1, height, width)

    def as_json(self) -> dict[str, Any]:
        """Return the projection as JSON values."""
        return {"name": self.name, "matrix": self.matrix.tolist()}

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> Projection:
        """Build from what `as_json` returned.

        Raises:
            InputError: A part is missing or damaged.
        """
        return cls(number_array(values, "matrix", 2), str(values.get("name")))


def _signed(matrix: NDArray[np.float64]) -> NDArray[np.float64]:
    """Turn each row so that its largest element is positive."""
    largest = np.abs(matrix).argmax(axis=1)
    signs = np.sign(matrix[np.arange(len(matrix)), largest])
    return matrix * np.where(signs == 0, 1.0, signs)[:, None]
