"""Superpixels by simple linear iterative clustering (SLIC)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray

from miaf_engine.errors import CubeError
from miaf_engine.grid import Window
from miaf_engine.translation import tr

ITERATIONS = 10


def segment(
    projected: NDArray[np.float32],
    valid: NDArray[np.bool_],
    pixels_per_superpixel: int,
    compactness: float,
    origin: tuple[int, int] = (0, 0),
) -> NDArray[np.int32]:
    """Cut a scene into superpixels (Achanta et al. 2012, IEEE TPAMI 34:2274-2282).

    Args:
        projected: float32 (D, H, W), finite; 0 where not valid.
        valid: bool (H, W).
        pixels_per_superpixel: Mean size wanted.
        compactness: Distance in `projected` that weighs as much as the side of a
            superpixel. Larger gives rounder superpixels; try 2, 4, 8.
        origin: Row and column of the first pixel in the whole scene, where this is a
            part of one: superpixels grow from the same places in every part.

    Returns:
        int32 (H, W): superpixel 0..N-1, each connected; -1 where not valid.

    Raises:
        CubeError: No pixel is valid, or a valid one is not finite.
    """
    sizes = (pixels_per_superpixel,)
    return segment_scales(projected, valid, sizes, compactness, origin)[0]


def segment_scales(
    projected: NDArray[np.float32],
    valid: NDArray[np.bool_],
    sizes: Sequence[int],
    compactness: float,
    origin: tuple[int, int] = (0, 0),
    threads: int = 1,
    parts: Sequence[Window] | None = None,
) -> tuple[NDArray[np.int32], ...]:
    """Cut a scene into superpixels of several sizes; see `segment`.

    Args:
        projected: As in `segment`.
        valid: As in `segment`.
        sizes: Mean size wanted of each scale.
        compactness: As in `segment`.
        origin: As in `segment`.
        threads: How many scales are cut at once. Each takes 8 bytes more for each
            pixel and component; the superpixels do not depend on it.
        parts: The part of the image that each scale is cut from; None takes all of it.

    Returns:
        int32 (H, W) of the part for each size.

    Raises:
        CubeError: No pixel is valid, or a valid one is not finite.
    """
    if not valid.any():
        raise CubeError(tr("The scene has no valid pixels to divide into superpixels."))
    image = np.ascontiguousarray(np.moveaxis(projected, 0, -1))  # (H, W, D) for slic
    if not np.isfinite(image[valid]).all():
        raise CubeError("The projected scene has values that are not finite.")
    # slic with a mask would place its centres by the mask, and one dead pixel would
    # move them all. Holes are filled instead, and cut out again.
    image = _filled(image, valid)

    def cut(pixels: int, part: Window) -> NDArray[np.int32]:
        place = (origin[0] + part.row, origin[1] + part.column)
        labels = _on_grid(image[part.slices], pixels, compactness, place)
        return _with_holes(labels, valid[part.slices])

    parts = parts or [Window(0, 0, *valid.shape)] * len(sizes)
    if threads == 1 or len(sizes) == 1:
        return tuple(map(cut, sizes, parts))
    # slic runs without the interpreter's lock.
    with ThreadPoolExecutor(threads) as pool:
        return tuple(pool.map(cut, sizes, parts))


def _with_holes(
    labels: NDArray[np.integer], valid: NDArray[np.bool_]
) -> NDArray[np.int32]:
    """Return labels 0.. that are connected where valid; -1 elsewhere."""
    from skimage.measure import label

    if not valid.all():
        # A hole may part a superpixel that was one around it.
        labels = label(np.where(valid, labels, 0), background=0, connectivity=1)
    return renumbered(labels)


def _on_grid(
    image: NDArray[np.float32],
    pixels_per_superpixel: int,
    compactness: float,
    origin: tuple[int, int],
) -> NDArray[np.integer]:
    """Return slic's labels 1.. of an image (H, W, D) without holes.

    slic's centres start on a grid that begins at the image's first pixel. What lies
    before the next line of the whole scene's grid is cut off, and joined to its
    neighbours afterwards: it is within the margin of a tile.
    """
    step = round(math.sqrt(pixels_per_superpixel))
    above, left = (-origin[0]) % step, (-origin[1]) % step
    if above >= image.shape[0] or left >= image.shape[1]:
        above = left = 0
    inner = image[above:, left:]
    # Rounded down, so that slic's first centre does not move by a pixel where its step,
    # the root of pixels by centres, comes out just below a whole number.
    wanted = inner.shape[0] * inner.shape[1] // pixels_per_superpixel
    labels = _slic(inner, wanted, compactness, pixels_per_superpixel)
    return np.pad(labels, ((above, 0), (left, 0)), mode="edge")


def _slic(
    image: NDArray[np.float32],
    wanted: int,
    compactness: float,
    pixels_per_superpixel: int,
) -> NDArray[np.integer]:
    """Return slic's labels 1.. of an image (H, W, D), about `wanted` of them."""
    from skimage.segmentation import slic
    from skimage.util import regular_grid

    wanted = max(1, wanted)
    # slic shifts and scales the whole image to 0..1 before it applies the
    # compactness, so the compactness is scaled by the same range: superpixels then do
    # not depend on the brightest pixel of a tile.
    low, high = image.min(), image.max()
    value_range = high - low if high > low else 1.0
    # Pieces are joined to a neighbour below half, and parted above three times, the
    # pixels of each centre, which differ by tile: made to mean the size that is asked.
    shape = image.shape[:2]
    rows, columns = regular_grid((1, *shape), wanted)[1:]
    centres = len(range(shape[0])[rows]) * len(range(shape[1])[columns])
    size = pixels_per_superpixel * centres / (shape[0] * shape[1])
    labels: NDArray[np.integer] = slic(
        image,
        n_segments=wanted,
        compactness=compactness / value_range,
        max_num_iter=ITERATIONS,
        convert2lab=False,
        channel_axis=-1,
        start_label=1,
        min_size_factor=0.5 * size,
        max_size_factor=3.0 * size,
    )
    return labels


def _filled(
    image: NDArray[np.float32], valid: NDArray[np.bool_]
) -> NDArray[np.float32]:
    """Give each pixel (H, W, D) that is not valid the values of the nearest one."""
    from scipy.ndimage import distance_transform_edt

    if valid.all():
        return image
    rows, columns = distance_transform_edt(
        ~valid, return_distances=False, return_indices=True
    )
    filled: NDArray[np.float32] = image[rows, columns]
    return filled


def renumbered(labels: NDArray[np.integer]) -> NDArray[np.int32]:
    """Renumber labels 1.. to 0..N-1 without gaps, in ascending order; 0 becomes -1."""
    # By a table: labels are hardly more than superpixels, and sorting takes longer.
    there = np.zeros(int(labels.max()) + 1, bool)
    there[labels] = True
    there[0] = False
    numbers = np.cumsum(there, dtype=np.int32)
    numbers -= 1
    numbers[0] = -1
    renamed: NDArray[np.int32] = numbers[labels]
    return renamed
