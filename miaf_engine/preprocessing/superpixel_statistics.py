"""What the pixels of a superpixel are like."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from miaf_engine.preprocessing.normalisation import Scene


@dataclass(frozen=True, eq=False)
class SuperpixelStatistics:
    """Figures of N superpixels.

    Attributes:
        pixels: int64 (N,), number of pixels.
        area: float64 (N,), sum of the pixels' sizes.
        brightness: float64 (N,), mean of the file values over bands and pixels.
        brightness_deviation: float64 (N,), standard deviation over the pixels of each
            pixel's mean over the bands.
        spread: float64 (N,), mean distance of the pixels' normalised spectra to the
            superpixel's mean: root mean square over the bands, in standard deviations
            of the scene.
        band_means: float32 (C, N), mean file value of each band; None where not asked.
    """

    pixels: NDArray[np.int64]
    area: NDArray[np.float64]
    brightness: NDArray[np.float64]
    brightness_deviation: NDArray[np.float64]
    spread: NDArray[np.float64]
    band_means: NDArray[np.float32] | None


class SuperpixelGroups:
    """Sums and means over the pixels of each superpixel.

    Args:
        segments: int (H, W), superpixel 0..N-1, each with a pixel; -1 for none.

    Attributes:
        inside: bool (H, W), where there is a superpixel.
        members: int (n,), superpixel of each such pixel, row by row.
        pixels: int64 (N,), number of pixels.
    """

    def __init__(self, segments: NDArray[np.int32]) -> None:
        self.inside = segments >= 0
        self.members = segments[self.inside]  # (n,)
        self.pixels = np.bincount(self.members)

    def means(self, values: NDArray[np.floating]) -> NDArray[np.float64]:
        """Return the mean of (n,) values in each superpixel, (N,)."""
        return np.bincount(self.members, values) / self.pixels


def measure(
    segments: NDArray[np.int32],
    values: NDArray[np.float32],
    scene: Scene,
    sizes: NDArray[np.float64],
    *,
    band_means: bool,
) -> SuperpixelStatistics:
    """Measure superpixels; band by band, so that no second scene is held.

    Args:
        segments: int32 (H, W), superpixel 0..N-1, each with a pixel; -1 for none.
        values: float32 (C, H, W), file values.
        scene: The same pixels, normalised.
        sizes: float64 (H, W), size of each pixel on the ground.
        band_means: Whether the means of the bands are kept.
    """
    groups = SuperpixelGroups(segments)
    level = np.zeros(len(groups.members))
    squares = np.zeros(len(groups.members))
    kept = []
    for raw, normalised in zip(values, scene.image, strict=True):
        own = raw[groups.inside].astype(np.float64)
        level += own
        if band_means:
            kept.append(groups.means(own).astype(np.float32))
        shape = normalised[groups.inside].astype(np.float64)
        squares += np.square(shape - groups.means(shape)[groups.members])
    level /= len(values)
    brightness = groups.means(level)
    deviation = np.sqrt(groups.means(np.square(level - brightness[groups.members])))
    return SuperpixelStatistics(
        pixels=groups.pixels,
        area=np.bincount(groups.members, sizes[groups.inside]).astype(
            np.float64, copy=False
        ),
        brightness=brightness,
        brightness_deviation=deviation,
        spread=groups.means(np.sqrt(squares / len(values))),
        band_means=np.stack(kept) if band_means else None,
    )
