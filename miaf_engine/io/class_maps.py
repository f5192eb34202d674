"""Reads rasters of classes: label rasters on a cube's grid, and class maps."""

from __future__ import annotations

import math
import os
import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rasterio.enums import ColorInterp, MaskFlags, Resampling
from rasterio.io import DatasetReader
from rasterio.transform import Affine
from rasterio.vrt import WarpedVRT
from rasterio.windows import Window as RasterWindow

from miaf_engine.classes import MAX_CLASSES, ClassEntry, ClassTable, distinct_colours
from miaf_engine.errors import (
    GridMismatchError,
    InputError,
    MiafError,
    with_more,
)
from miaf_engine.grid import Grid, Window
from miaf_engine.io import envi, pam
from miaf_engine.io.gdal import (
    crs_name,
    gdal_call,
    grid_of,
    open_raster,
    read_crs,
    same_crs,
)
from miaf_engine.io.nodata import equals_nodata
from miaf_engine.progress import SILENT, Progress
from miaf_engine.translation import marked, tr, tr_n

# What 0 is called where it is no class.
_UNLABELLED = re.compile(
    r"un-?(classified|labell?ed|assigned|known|defined|used)|(no|not?[ _-])[ _-]?"
    r"(data|class|label|classified|labell?ed)|none|n/?a|null|masked?",
    re.IGNORECASE,
)
_SCANNED = 2**22  # pixels that are looked through at once
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]+")


@dataclass(frozen=True, eq=False)
class LabelRaster:
    """Labels on a cube's grid.

    Attributes:
        values: int32 (H, W), 0 = unlabelled.
        classes: The classes that occur, with the file's names and colours; None where
            it has neither and every value is its own class.
        numbers: The value here of each value of the file that is another; empty where
            all are the file's own.
    """

    values: NDArray[np.int32]
    classes: ClassTable | None
    numbers: dict[int, int] = field(default_factory=dict)

    def styles(
        self, styles: Sequence[Mapping[str, Any]] | None
    ) -> list[Mapping[str, Any]] | None:
        """Return styles by the values of the file as styles by those here."""
        if styles is None or not self.numbers:
            return None if styles is None else list(styles)
        moved = {str(old): new for old, new in self.numbers.items()}
        return [
            {**style, "key": moved[str(style.get("key"))]}
            for style in styles
            if str(style.get("key")) in moved
        ]


def read_label_raster(
    path: str | os.PathLike[str],
    grid: Grid,
    progress: Progress = SILENT,
    *,
    what: str = marked("label raster"),
    other: str | None = None,
) -> LabelRaster:
    """Read labels that lie on a cube's grid.

    The value 0 is unlabelled, unless the file declares another value as nodata, has a
    mask or an alpha band, or has a name for 0 that a class has: then the classes are
    numbered from 1, as 0 means unclassified in every map.

    Args:
        path: Raster of one band with whole numbers; nodata is unlabelled, and so is
            what a mask or an alpha band leaves out.
        grid: The cube's grid; the raster must have its size, and its CRS and
            geotransform (to 1 % of a pixel) unless one of the two has no
            georeference at all. Its rows may run the other way.
        progress: Warned of what became of the pixels of value 0.
        what: How messages call the raster, in English.
        other: How they call what it must lie on; None for the cube.

    Raises:
        GridMismatchError: The raster does not lie on the grid.
        InputError: It has several bands, or values that are no class numbers.
        RasterFileError: GDAL cannot read it.
    """
    named = _named(what, path)
    with open_raster(path, mend_header=True) as dataset:
        found, turned = turned_onto(grid_of(dataset), grid)
        check_same_grid(found, grid, named, other)
        raw, absent = _raw_values(dataset, path)
        raw, absent = raw[turned], absent[turned]
        names, colours = file_names(dataset, path), file_colours(dataset)
        zero, reason = _meaning_of_zero(dataset, path)
    _check_range(raw[~absent], named)
    zeros = int(np.count_nonzero((raw == 0) & ~absent))
    if zeros and reason:
        values = np.where(absent, -1, raw)
        present = np.unique(values[values >= 0]).tolist()
        numbers = {value: k for k, value in enumerate(present, 1)}
        progress.warning(
            tr(
                "The value 0 of {what} is a class ({reason}; pixels: {zeros}). As 0 "
                "means unclassified in a map, the values {shown} become 1 to "
                "{present}. If 0 means unlabelled, declare it as nodata."
            ).format(
                what=named,
                reason=reason,
                zeros=zeros,
                shown=_shown(present),
                present=len(present),
            )
        )
        lookup = np.zeros(MAX_CLASSES + 2, np.int32)
        lookup[present] = list(numbers.values())
        texts = {**names, 0: zero or "0"}
        table = named_table(
            list(numbers.values()),
            {new: texts.get(old) or str(old) for old, new in numbers.items()},
            {new: colours[old] for old, new in numbers.items() if old in colours},
        )
        return LabelRaster(lookup[values], table, numbers)
    if zeros and zero is not None:
        progress.warning(_zeros_left_out(zeros, named, tr("unlabelled")))
    values = np.where(absent, 0, raw)
    if not names and not colours:
        return LabelRaster(values, None)
    present = [value for value in np.unique(values).tolist() if value > 0]
    return LabelRaster(
        values, named_table(present, names, colours) if present else None
    )


def read_class_map(
    path: str | os.PathLike[str],
    progress: Progress = SILENT,
    *,
    what: str = marked("class map"),
) -> tuple[NDArray[np.int32], Grid, ClassTable]:
    """Read a class map with its classes.

    Names come from GDAL's `.aux.xml`, else from an ENVI header, else they are the
    values; colours from the colour table, else they are made. The value 0 is
    unclassified, but for what `read_label_raster` takes for a class: then every value
    of the file becomes the next one.

    Args:
        path: Raster of one band with whole numbers.
        progress: Warned of what became of the pixels of value 0.
        what: How messages call the map, in English.

    Returns:
        Values int32 (H, W), 0 = unclassified; the grid; every class that the file
        names or holds.

    Raises:
        InputError: It has several bands, values that are not whole numbers, or no
            class at all.
        RasterFileError: GDAL cannot read it.
    """
    named = _named(what, path)
    with open_raster(path, mend_header=True) as dataset:
        raw, absent = _raw_values(dataset, path)
        _check_range(raw[~absent], named)
        zeros = int(np.count_nonzero((raw == 0) & ~absent))
        zero, reason = _meaning_of_zero(dataset, path)
        shift = int(bool(zeros and reason))
        grid = grid_of(dataset)
        names, colours = _names_and_colours(dataset, path, shift, raw[~absent])
    if shift:
        progress.warning(_zeros_moved(zeros, named, str(reason)))
    elif zeros and zero is not None:
        progress.warning(_zeros_left_out(zeros, named, tr("unclassified")))
    values = np.where(absent, 0, raw + shift)
    _check_range(values, named)
    present = {value for value in np.unique(values).tolist() if value != 0}
    classes = sorted(present | set(names))
    if not classes:
        raise InputError(
            tr("'{path}' has no classes: every pixel is 0 or nodata.").format(
                path=path
            ),
            hint=tr("Choose a class map."),
        )
    return values, grid, named_table(classes, names, colours)


def _named(what: str, path: str | os.PathLike[str]) -> str:
    """Return how messages call a raster, in the language that is used."""
    return tr("{what} '{path}'").format(what=tr(what), path=path)


def check_same_grid(
    found: Grid, grid: Grid, what: str, other: str | None = None
) -> None:
    """Raise GridMismatchError where two rasters do not share their pixels.

    Args:
        found: Grid of the raster in question.
        grid: Grid that it must lie on.
        what: How the message calls the raster, as "label raster 'a.tif'".
        other: How it calls what the raster must lie on; None for the cube.
    """
    other = tr("cube") if other is None else other
    hint = tr("Resample it to the grid of the {other}.").format(other=other)
    if (found.height, found.width) != (grid.height, grid.width):
        raise GridMismatchError(
            tr(
                "The {what} has {rows} x {columns} pixels (rows x columns), but the "
                "{other} has {other_rows} x {other_columns}."
            ).format(
                what=what,
                rows=found.height,
                columns=found.width,
                other=other,
                other_rows=grid.height,
                other_columns=grid.width,
            ),
            hint=hint,
        )
    if _bare(found) or _bare(grid):
        return
    if not same_crs(found.crs, grid.crs):
        raise GridMismatchError(
            tr("The {what} is in {crs}, but the {other} is in {other_crs}.").format(
                what=what,
                crs=crs_name(found.crs),
                other=other,
                other_crs=crs_name(grid.crs),
            ),
            hint=hint,
        )
    pixel = min(grid.pixel)
    pairs = zip(found.corners, grid.corners, strict=True)
    if max(math.dist(one, other) for one, other in pairs) > 0.01 * pixel:
        raise GridMismatchError(
            tr(
                "The {what} covers {there}, but the {other} covers {here}, in {crs}."
            ).format(
                what=what,
                there=found.bounds,
                other=other,
                here=grid.bounds,
                crs=crs_name(grid.crs),
            ),
            hint=hint,
        )


def turned_onto(found: Grid, grid: Grid) -> tuple[Grid, tuple[slice, slice]]:
    """Return a grid as `Grid.turned_like` does; one without a place stays as it is."""
    if _bare(found) or _bare(grid):
        return found, (slice(None), slice(None))
    return found.turned_like(grid)


def _bare(grid: Grid) -> bool:
    # Programs that copy what rasterio says of such a file write the identity out.
    identity = grid.transform == (1.0, 0.0, 0.0, 0.0, 1.0, 0.0)
    return grid.crs is None and (identity or not grid.georeferenced)


def _class_band(dataset: DatasetReader, path: str | os.PathLike[str]) -> int:
    """Return the number of the band with the classes, from 1."""
    kinds = list(enumerate(dataset.colorinterp, 1))
    bands = [number for number, kind in kinds if kind != ColorInterp.alpha]
    if len(bands) != 1:
        raise InputError(
            tr("'{path}' has {count} bands, but a raster of classes has one.").format(
                path=path, count=len(bands)
            ),
            hint=tr("Extract the band with the classes."),
        )
    return bands[0]


def _raw_values(
    dataset: DatasetReader,
    path: str | os.PathLike[str],
    window: Window | None = None,
) -> tuple[NDArray[np.int32], NDArray[np.bool_]]:
    """Return the values of a raster of classes, and where they are no data."""
    band, place = _class_band(dataset, path), window and _place(window)
    with gdal_call(path, "read"):
        raw = dataset.read(band, window=place)
        absent = np.zeros(raw.shape, bool)
        for number, kind in enumerate(dataset.colorinterp, 1):
            if kind == ColorInterp.alpha:
                absent |= dataset.read(number, window=place) == 0
        if MaskFlags.per_dataset in dataset.mask_flag_enums[band - 1]:
            absent |= dataset.read_masks(band, window=place) == 0
    nodata = dataset.nodatavals[band - 1]
    if nodata is not None and not math.isnan(nodata):
        absent |= equals_nodata(raw, nodata)
    if raw.dtype.kind in "fc":
        absent |= ~np.isfinite(raw)
    raw = np.where(absent, 0, raw)
    if not _whole(raw):
        raise InputError(
            tr(
                "'{path}' holds {kind} values, but class values are whole numbers."
            ).format(path=path, kind=dataset.dtypes[0]),
            hint=tr("Use whole numbers from 1 to {max_classes}.").format(
                max_classes=MAX_CLASSES
            ),
        )
    return np.asarray(raw, np.int32), absent


def _check_range(values: NDArray[np.int32], what: str) -> None:
    """Raise InputError for values that no class has."""
    odd = values[(values < 0) | (values > MAX_CLASSES)]
    if not odd.size:
        return
    found, counts = np.unique(odd, return_counts=True)
    value, count = int(found[counts.argmax()]), int(counts.max())
    raise InputError(
        tr(
            "The {what} holds the value {value} ({pixels}), which is not a class value."
        ).format(
            what=what, value=value, pixels=tr_n("{n} pixel", "{n} pixels", n=count)
        ),
        hint=tr(
            "Class values are whole numbers from 1 to {max_classes}. 0 means "
            "unclassified. If {value} means no data, declare it as nodata: "
            "gdal_translate -a_nodata {value} IN OUT."
        ).format(max_classes=MAX_CLASSES, value=value),
    )


def _shown(values: Sequence[int]) -> str:
    return with_more(", ".join(map(str, values[:10])), len(values) - 10)


def _place(window: Window) -> RasterWindow:
    return RasterWindow(window.column, window.row, window.width, window.height)


def _whole(raw: NDArray[np.generic]) -> bool:
    """Return whether all values are whole numbers that int32 holds."""
    if raw.dtype.kind == "c" or (raw.dtype.kind == "f" and np.any(raw % 1)):
        return False
    limits = np.iinfo(np.int32)
    return bool(raw.min() >= limits.min and raw.max() <= limits.max)


def file_names(dataset: DatasetReader, path: str | os.PathLike[str]) -> dict[int, str]:
    """Return the names of the classes by value, without those of unused values."""
    return {
        value: name
        for value, name in enumerate(_names_in_file(dataset, path))
        if 0 < value <= MAX_CLASSES and name not in ("", envi.UNUSED)
    }


def _names_in_file(dataset: DatasetReader, path: str | os.PathLike[str]) -> list[str]:
    """Return the names of the values from 0 on; none where the file has none."""
    file = envi.file_of(path)
    listing = pam.read_categories(file)
    header = envi.header_of(file) if dataset.driver == "ENVI" else None
    if listing is None and header is not None:
        listing = envi.listed(envi.read_fields(header).get("class names", ""))
    return [_CONTROL.sub(" ", name).strip() for name in listing or ()]


def _name_of_zero(dataset: DatasetReader, path: str | os.PathLike[str]) -> str | None:
    """Return what class 0 is called; None for unlabelled, an empty text without."""
    name = (_names_in_file(dataset, path) or [""])[0]
    if _UNLABELLED.fullmatch(name):
        return None
    return "" if name.casefold() in ("0", "background") else name


def _meaning_of_zero(
    dataset: DatasetReader, path: str | os.PathLike[str]
) -> tuple[str | None, str | None]:
    """Return what class 0 is called, and why it is a class.

    Returns:
        The name as `_name_of_zero` returns it; the reason as 'nodata is 255', None
        where 0 is no class.
    """
    name, band = _name_of_zero(dataset, path), _class_band(dataset, path)
    nodata = dataset.nodatavals[band - 1]
    reason = None
    if name:
        reason = tr("it is called '{name}'").format(name=name)
    elif name is None or nodata == 0:
        pass
    elif nodata is not None:
        reason = tr("nodata is {nodata:g}").format(nodata=nodata)
    elif ColorInterp.alpha in dataset.colorinterp:
        reason = tr("an alpha band says which pixels have no class")
    elif MaskFlags.per_dataset in dataset.mask_flag_enums[band - 1]:
        reason = tr("a mask says which pixels have no class")
    return name, reason


def _zeros_left_out(count: int, what: str, as_what: str) -> str:
    return tr(
        "Pixels of {what} that are 0 count as {as_what} ({count}). If 0 is a class, "
        "give the class another number, or declare the value that means {as_what} as "
        "nodata (gdal_edit.py -a_nodata VALUE FILE)."
    ).format(count=count, what=what, as_what=as_what)


def _zeros_moved(count: int, what: str, reason: str) -> str:
    return tr(
        "The value 0 of {what} is a class ({reason}; pixels: {count}). As 0 means "
        "unclassified here, 1 is added to all its values. Classes without a name "
        "keep their number as name. If 0 means unclassified, declare it as nodata."
    ).format(what=what, reason=reason, count=count)


def _names_and_colours(
    dataset: DatasetReader,
    path: str | os.PathLike[str],
    shift: int,
    present: NDArray[np.int32] | Sequence[int],
) -> tuple[dict[int, str], dict[int, str]]:
    """Return names and colours by the values as they are read, file value plus shift.

    Args:
        dataset: The raster.
        path: Its file.
        shift: What is added to the values: 1, or 0 for nothing.
        present: Values of the file that occur; with a shift they are named at least
            by their number.
    """
    names, colours = file_names(dataset, path), file_colours(dataset)
    if not shift:
        return names, colours
    numbers = {value: str(value) for value in np.unique(present).tolist()}
    names = {**numbers, **names, 0: _name_of_zero(dataset, path) or "0"}
    return (
        {value + shift: name for value, name in names.items()},
        {value + shift: colour for value, colour in colours.items()},
    )


def file_colours(dataset: DatasetReader) -> dict[int, str]:
    """Return the colours of the colour table by value; none where there is none."""
    try:
        table = dataset.colormap(1)
    except ValueError:  # the raster has none
        return {}
    return {value: f"#{r:02x}{g:02x}{b:02x}" for value, (r, g, b, _) in table.items()}


def named_table(
    values: list[int], names: dict[int, str], colours: dict[int, str]
) -> ClassTable:
    """Return classes of some values; names and colours that are missing are made."""
    spare = distinct_colours(len(values))
    used: set[str] = set()
    entries = []
    for value, colour in zip(values, spare, strict=True):
        name = names.get(value) or str(value)
        # Two classes of one name would be one class to every reader of the table.
        name = f"{name} ({value})" if name in used else name
        used.add(name)
        entries.append(ClassEntry(value, name, colours.get(value, colour)))
    return ClassTable(tuple(entries))


class ClassMapReader:
    """An open class map; a context manager.

    What the value 0 means, and what becomes of it, is as in `read_class_map`.

    Args:
        path: The file.
        progress: Warned where 0 is a class.

    Attributes:
        path: The file as the caller named it.
        grid: The grid that its windows are read on.

    Raises:
        InputError: The map has several bands, or values that are no class numbers.
        RasterFileError: GDAL cannot read it.
    """

    def __init__(
        self, path: str | os.PathLike[str], progress: Progress = SILENT
    ) -> None:
        self._dataset: DatasetReader = open_raster(path, mend_header=True)
        self._read_from: DatasetReader = self._dataset
        self.path = os.fspath(path)
        self.grid = grid_of(self._dataset)
        try:
            self._shift = self._found_shift(progress)
        except MiafError:
            self._dataset.close()
            raise

    def _found_shift(self, progress: Progress) -> int:
        _, reason = _meaning_of_zero(self._dataset, self.path)
        if reason is None:
            return 0
        zeros, rows = 0, max(1, _SCANNED // self.grid.width)
        for start in range(0, self.grid.height, rows):
            height = min(rows, self.grid.height - start)
            window = Window(start, 0, height, self.grid.width)
            raw, absent = _raw_values(self._dataset, self.path, window)
            zeros += int(np.count_nonzero((raw == 0) & ~absent))
        if zeros:
            named = _named(marked("class map"), self.path)
            progress.warning(_zeros_moved(zeros, named, reason))
        return int(bool(zeros))

    def __enter__(self) -> ClassMapReader:
        """Return the reader."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Close the file."""
        if self._read_from is not self._dataset:
            self._read_from.close()
        self._dataset.close()

    def bring_onto(
        self, grid: Grid, what: str, other: str, progress: Progress = SILENT
    ) -> None:
        """Read on another grid from now on, each pixel the nearest of the map's.

        Args:
            grid: The grid; where it is the map's own, nothing changes.
            what: How messages call this map.
            other: How they call the raster of that grid.
            progress: Warned where pixels are taken from another place.

        Raises:
            GridMismatchError: One of the two says not where on earth it lies.
        """
        try:
            check_same_grid(self.grid, grid, what, other)
        except GridMismatchError as error:
            placed = self.grid.georeferenced and grid.georeferenced
            if not (placed and self.grid.crs and grid.crs):
                raise
            reason = error.message
        else:
            return
        band = _class_band(self._dataset, self.path)
        stated = self._dataset.nodatavals[band - 1]
        # Where 0 is a class, an alpha band marks what the map does not cover.
        alpha = self._shift > 0 and ColorInterp.alpha not in self._dataset.colorinterp
        edges: dict[str, Any] = (
            {"src_nodata": stated, "add_alpha": alpha}
            if self._shift
            else {"src_nodata": stated or 0, "nodata": 0}
        )
        with gdal_call(self.path, "warp"):
            self._read_from = WarpedVRT(
                self._dataset,
                crs=read_crs(str(grid.crs)),
                transform=Affine(*grid.transform),
                width=grid.width,
                height=grid.height,
                resampling=Resampling.nearest,
                **edges,
                tolerance=0.001,  # of a pixel; GDAL takes an eighth by itself
            )
        text = tr(
            "{reason} It is resampled to the grid of the {other} by nearest neighbour, "
            "which adds changes of its own along the borders of classes."
        )
        if not same_crs(self.grid.crs, grid.crs):
            text = tr(
                "{reason} It is resampled from {old} to {new}, to the grid of the "
                "{other}, by nearest neighbour, which adds changes of its own along "
                "the borders of classes."
            )
        old, new = crs_name(self.grid.crs), crs_name(grid.crs)
        progress.warning(text.format(reason=reason, other=other, old=old, new=new))
        self.grid = grid

    def read(self, window: Window) -> NDArray[np.int32]:
        """Return the values of a window, int32 (h, w), 0 = unclassified.

        Raises:
            InputError: The map has several bands, or values that are no class numbers.
            RasterFileError: GDAL cannot read it.
        """
        raw, absent = _raw_values(self._read_from, self.path, window)
        _check_range(raw[~absent], f"class map '{self.path}'")
        values = np.where(absent, 0, raw + self._shift)
        _check_range(values, f"class map '{self.path}'")
        return values

    def classes(self, values: list[int]) -> ClassTable:
        """Return classes of some values read, with the file's names and colours."""
        raw = [value - self._shift for value in values]
        names, colours = _names_and_colours(self._dataset, self.path, self._shift, raw)
        return named_table(values, names, colours)

    def styles(
        self, styles: Sequence[Mapping[str, Any]] | None
    ) -> list[Mapping[str, Any]] | None:
        """Return styles by the values of the file as styles by those that are read."""
        if styles is None or not self._shift:
            return None if styles is None else list(styles)
        moved: list[Mapping[str, Any]] = []
        for style in styles:
            with suppress(TypeError, ValueError):
                moved.append({**style, "key": int(str(style.get("key"))) + self._shift})
        return moved
