"""Makes labels from an array of class numbers or of abundances."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from miaf_engine.classes import MAX_CLASSES
from miaf_engine.errors import ConfigError, GridMismatchError, SampleError
from miaf_engine.progress import SILENT, Progress
from miaf_engine.tasks.import_benchmark.layout import (
    Layout,
    Shape,
    image_of,
)


def as_labels(
    array: NDArray[Any],
    size: Shape,
    layout: Layout,
    abundance_percent: int = 80,
    progress: Progress = SILENT,
) -> NDArray[np.uint16]:
    """Return labels as uint16 (rows, columns), 0 = unlabelled.

    Args:
        array: (rows, columns); or those pixels in one row; or abundances with one
            more axis, of the classes, first or last.
        size: Rows and columns of the cube.
        layout: How pixels in one row were taken from the image.
        abundance_percent: Least abundance that makes a pixel one of a class.
        progress: Told what was assumed.

    Raises:
        GridMismatchError: The array does not fit the cube.
        SampleError: Values are no class numbers or abundances, or label nothing.
        ConfigError: The least abundance would let two classes have a pixel.
    """
    if not 50 < abundance_percent <= 100:
        raise ConfigError(
            f"The least abundance is {abundance_percent} %.",
            hint="It lies above 50, so that one class has a pixel, and up to 100.",
        )
    labels = _labels(array, size, layout, abundance_percent, progress)
    if not labels.any():
        raise SampleError("The labels are 0 everywhere.")
    return labels


def _labels(
    array: NDArray[Any], size: Shape, layout: Layout, percent: int, progress: Progress
) -> NDArray[np.uint16]:
    shape, pixels = array.shape, math.prod(size)
    if shape == size:
        return _whole(array)
    if array.size == pixels and max(shape) == pixels:
        return _whole(image_of(array.reshape(1, -1), size, layout.order)[0])
    if shape[:-1] == size:
        return _purest(np.moveaxis(array, -1, 0), percent, progress)
    if shape[1:] == size:
        return _purest(array, percent, progress)
    if array.ndim == 2 and pixels in shape:
        flat = array if shape[1] == pixels else array.T
        image = image_of(flat, size, layout.order)
        return _purest(image, percent, progress)
    raise GridMismatchError(
        f"The labels are {' x '.join(map(str, shape))}, and the cube has {size[0]} "
        f"rows and {size[1]} columns.",
        hint="Choose the labels of this scene, or check the order of the axes.",
    )


def _whole(array: NDArray[Any]) -> NDArray[np.uint16]:
    values = np.nan_to_num(array, nan=0.0) if array.dtype.kind == "f" else array
    low, high = values.min(), values.max()
    if low < 0 or high > MAX_CLASSES or np.any(values != np.trunc(values)):
        raise SampleError(
            f"The labels hold values from {low} to {high} that are no class numbers.",
            hint=f"Labels are whole numbers from 1 to {MAX_CLASSES}, and 0 for none.",
        )
    return values.astype(np.uint16)


def _purest(
    abundances: NDArray[Any], percent: int, progress: Progress
) -> NDArray[np.uint16]:
    """Return the class of each pixel that is nearly pure; abundances (K, H, W)."""
    known = np.nan_to_num(abundances, nan=0.0)
    if known.min() < -0.01 or known.max() > 1.01 or len(known) > MAX_CLASSES:
        raise SampleError(
            f"Labels with one layer a class hold {known.min():g} to {known.max():g}.",
            hint="Such labels are abundances, fractions from 0 to 1.",
        )
    pure = known.max(axis=0) >= percent / 100
    labels = np.where(pure, known.argmax(axis=0) + 1, 0).astype(np.uint16)
    progress.info(
        f"The labels are abundances of {len(known)} classes; {int(pure.sum())} pixels "
        f"of at least {percent} % are labelled."
    )
    return labels
