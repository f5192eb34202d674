"""Puts the axes of an array into the engine's order, and flattened pixels in place."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from miaf_engine.classes import MAX_CLASSES
from miaf_engine.errors import ConfigError, CubeError, GridMismatchError, SampleError
from miaf_engine.limits import MAX_BANDS
from miaf_engine.progress import SILENT, Progress
from miaf_engine.requests.base import ARRAY_AXES, PIXEL_ORDERS
from miaf_engine.translation import tr

# More than GDAL takes; the sensors have below 500.
Shape = tuple[int, ...]


@dataclass(frozen=True)
class Layout:
    """What the user says of the axes.

    Attributes:
        axes: One of `ARRAY_AXES`.
        rows: Rows of the image where its pixels stand in one row, 0 where not known.
        columns: Columns of the image, as `rows`.
        order: One of `PIXEL_ORDERS`.
    """

    axes: str = ARRAY_AXES[0]
    rows: int = 0
    columns: int = 0
    order: str = PIXEL_ORDERS[0]

    def __post_init__(self) -> None:
        """Raise ConfigError for an unknown word or a size that is half given."""
        plain = self.axes.replace(" ", "").lower()
        object.__setattr__(self, "axes", plain)
        object.__setattr__(self, "order", self.order.strip().upper())
        axes = tr("There is no order of the axes '{value}'.")
        order = tr("There is no order of the pixels '{value}'.")
        for message, value, known in (
            (axes, self.axes, ARRAY_AXES),
            (order, self.order, PIXEL_ORDERS),
        ):
            if value not in known:
                raise ConfigError(
                    message.format(value=value),
                    hint=tr("Use one of {names}.").format(names=", ".join(known)),
                )
        if (self.rows == 0) != (self.columns == 0):
            raise ConfigError(
                tr("Rows and columns must be given together."),
                hint=tr("Give both or neither."),
            )

    @property
    def size(self) -> Shape | None:
        """Rows and columns, or None where they are not given."""
        return (self.rows, self.columns) if self.rows else None

    def may_be_cube(self, shape: Shape) -> bool:
        """Return whether an array of this shape can be the cube."""
        if self.size and len(shape) == 2:
            return math.prod(self.size) in shape
        if self.size:
            return len(shape) == 3 and self.size in (shape[:2], shape[1:])
        return len(shape) == 3 and min(shape) > 1

    def may_be_labels(self, shape: Shape, cube: Shape) -> bool:
        """Return whether an array of this shape can be labels of such a cube."""
        pixels = math.prod(self.size) if self.size else 0
        if self.size and math.prod(shape) == pixels:
            return shape == self.size or max(shape) == pixels
        if len(cube) == 3:
            return len(shape) == 2 and shape in (cube[:2], cube[1:])
        return len(shape) == 2 and min(shape) > 1 and math.prod(shape) in cube


def as_cube(
    array: NDArray[Any],
    layout: Layout,
    labels: Shape | None = None,
    progress: Progress = SILENT,
) -> NDArray[Any]:
    """Return a cube as (bands, rows, columns), a view where that is possible.

    Args:
        array: Three axes, or two with the pixels of the image in one row.
        layout: What the user says of the axes.
        labels: Shape of the labels, which tells rows and columns from bands.
        progress: Receives what was assumed.

    Raises:
        CubeError: The array has not that many axes, one band, or too many.
        GridMismatchError: Sizes contradict each other.
        ConfigError: The size of the image is needed.
    """
    shown = " x ".join(map(str, array.shape))
    if array.ndim == 2:
        cube = _unflattened(array, layout, labels, shown, progress)
    elif array.ndim == 3:
        cube = _ordered(array, layout, labels, shown, progress)
    else:
        raise CubeError(
            tr("An array of {shown} cannot be a cube.").format(shown=shown),
            hint=tr("A cube has 3 axes."),
        )
    if not 2 <= cube.shape[0] <= MAX_BANDS:
        raise CubeError(
            tr(
                "The cube of {shown} would have {bands} bands, but only 2 to {most} "
                "are possible."
            ).format(shown=shown, bands=cube.shape[0], most=MAX_BANDS),
            hint=tr("Check the order of the axes."),
        )
    bands, rows, columns = cube.shape
    progress.info(
        tr("The cube has {rows} rows, {columns} columns and {bands} bands.").format(
            rows=rows, columns=columns, bands=bands
        )
    )
    return cube


def _ordered(
    array: NDArray[Any],
    layout: Layout,
    labels: Shape | None,
    shown: str,
    progress: Progress,
) -> NDArray[Any]:
    size = layout.size or (labels if labels and len(labels) == 2 else None)
    ends: dict[str, Shape] = {ARRAY_AXES[1]: array.shape[:2]}
    ends[ARRAY_AXES[2]] = array.shape[1:]
    possible = [axes for axes in ends if size is None or ends[axes] == size]
    if layout.axes != ARRAY_AXES[0]:
        possible = [axes for axes in possible if axes == layout.axes]
    if not possible and size is not None:
        raise GridMismatchError(
            (
                tr(
                    "An array of {shown} does not hold {rows} rows and {columns} "
                    "columns."
                )
                if layout.axes == ARRAY_AXES[0]
                else tr(
                    "An array of {shown} does not hold {rows} rows and {columns} "
                    "columns as {axes}."
                )
            ).format(shown=shown, rows=size[0], columns=size[1], axes=layout.axes),
            hint=tr("Check the order of the axes and the labels."),
        )
    if len(possible) > 1:
        progress.info(
            tr(
                "The axes of {shown} are assumed to be {possible}, the usual order."
            ).format(shown=shown, possible=possible[0])
        )
    return np.moveaxis(array, -1, 0) if possible[0] == ARRAY_AXES[1] else array


def _unflattened(
    array: NDArray[Any],
    layout: Layout,
    labels: Shape | None,
    shown: str,
    progress: Progress,
) -> NDArray[Any]:
    size = layout.size
    if (
        size is None
        and labels
        and len(labels) == 2
        and math.prod(labels) in array.shape
    ):
        size = labels
        progress.info(
            tr("The pixels are arranged like the labels, {size}.").format(size=size)
        )
    if size is None:
        raise ConfigError(
            tr("The array of {shown} is a list of pixels.").format(shown=shown),
            hint=tr("Give the rows and columns of the image."),
        )
    pixels = math.prod(size)
    last = {
        ARRAY_AXES[1]: array.shape[0] == pixels,
        ARRAY_AXES[2]: array.shape[1] == pixels,
    }
    possible = [
        axes
        for axes, right in last.items()
        if right and layout.axes in (ARRAY_AXES[0], axes)
    ]
    if len(possible) != 1:
        raise GridMismatchError(
            (
                tr(
                    "An array of {shown} has {rows} x {columns} = {pixels} pixels on "
                    "either axis."
                )
                if possible
                else tr(
                    "An array of {shown} has no axis for {rows} x {columns} = {pixels} "
                    "pixels."
                )
            ).format(shown=shown, rows=size[0], columns=size[1], pixels=pixels),
            hint=tr("Check rows and columns, and give the order of the axes."),
        )
    flat = array.T if possible[0] == ARRAY_AXES[1] else array
    return image_of(flat, size, layout.order)


def image_of(flat: NDArray[Any], size: Shape, order: str) -> NDArray[Any]:
    """Return pixels in one row, (C, P), as (C, H, W)."""
    if order == "C":
        return flat.reshape(flat.shape[0], *size)
    image: NDArray[Any] = flat.reshape(flat.shape[0], *size[::-1]).transpose(0, 2, 1)
    return image


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
        progress: Receives what was assumed.

    Raises:
        GridMismatchError: The array does not fit the cube.
        SampleError: Values are no class numbers or abundances, or label nothing.
        ConfigError: The least abundance would let two classes have a pixel.
    """
    if not 50 < abundance_percent <= 100:
        raise ConfigError(
            tr("The minimum abundance is {percent} %, which is not possible.").format(
                percent=abundance_percent
            ),
            hint=tr(
                "It must be more than 50 and at most 100, so that each pixel has one "
                "class."
            ),
        )
    labels = _labels(array, size, layout, abundance_percent, progress)
    if not labels.any():
        raise SampleError(
            tr("All labels are 0, so no pixel has a class."),
            hint=tr("Choose the array of the labels."),
        )
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
        tr(
            "The labels are {shown}, but the cube has {rows} rows and {columns} "
            "columns."
        ).format(shown=" x ".join(map(str, shape)), rows=size[0], columns=size[1]),
        hint=tr("Choose the labels of this scene, or check the order of the axes."),
    )


def _whole(array: NDArray[Any]) -> NDArray[np.uint16]:
    values = np.nan_to_num(array, nan=0.0) if array.dtype.kind == "f" else array
    low, high = values.min(), values.max()
    if low < 0 or high > MAX_CLASSES or np.any(values != np.trunc(values)):
        raise SampleError(
            tr(
                "The labels have values from {low} to {high} that are not class values."
            ).format(low=low, high=high),
            hint=tr(
                "Labels are whole numbers from 1 to {max_classes}, or 0 for no label."
            ).format(max_classes=MAX_CLASSES),
        )
    return values.astype(np.uint16)


def _purest(
    abundances: NDArray[Any], percent: int, progress: Progress
) -> NDArray[np.uint16]:
    """Return the class of each pixel that is nearly pure; abundances (K, H, W)."""
    known = np.nan_to_num(abundances, nan=0.0)
    if known.min() < -0.01 or known.max() > 1.01 or len(known) > MAX_CLASSES:
        raise SampleError(
            tr(
                "Labels with one layer per class have values from {low:g} to {high:g}."
            ).format(low=known.min(), high=known.max()),
            hint=tr("They must be abundances, fractions from 0 to 1."),
        )
    pure = known.max(axis=0) >= percent / 100
    labels = np.where(pure, known.argmax(axis=0) + 1, 0).astype(np.uint16)
    progress.info(
        tr(
            "The labels are abundances of {known} classes. Pixels that are labelled, "
            "with at least {percent} % of a class: {pure}."
        ).format(known=len(known), pure=int(pure.sum()), percent=percent)
    )
    return labels
