"""Reads areas from vector files, places them on a grid and records their faults."""

from __future__ import annotations

import math
import os
import re
import warnings
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import shapely
from numpy.typing import NDArray
from pyogrio.errors import DataLayerError, DataSourceError
from rasterio.warp import transform as transform_coordinates
from shapely.geometry.base import BaseGeometry

from miaf_engine.errors import (
    ConfigError,
    GridMismatchError,
    InputError,
    RasterFileError,
    SampleError,
    VectorFileError,
    with_more,
)
from miaf_engine.grid import Grid
from miaf_engine.io import vectors
from miaf_engine.io.gdal import (
    crs_name,
    gdal_call,
    read_crs,
    refuse_network,
    same_crs,
)
from miaf_engine.io.paths import (
    is_file,
    is_folder,
    is_there,
    why_unseen,
)
from miaf_engine.labels.class_keys import Key, key_text
from miaf_engine.limits import MAX_VERTICES
from miaf_engine.progress import SILENT, Progress
from miaf_engine.requests.draw_sample import is_of_draw
from miaf_engine.requests.suggest_areas import is_of_suggestions
from miaf_engine.translation import marked, tr

# What GDAL calls the CRS of a layer without one in a GeoPackage, which needs a name.
_UNDEFINED = re.compile(r'\w+\["Undefined (geographic |Cartesian )?SRS"')

# Field in which a program that copied the areas says what their ids were before.
ID_FIELD = "miaf_fid"
_MANY = (4, 5, 6)  # shapely's numbers of points, lines and polygons of several parts

# What to do about names that were read in another encoding.
MEND = marked("Correct its .cpg file, or export it as GeoPackage.")


@dataclass(frozen=True)
class AreaFaults:
    """The areas that were left out or changed while they were read.

    Attributes:
        without_geometry: Feature ids of those left out because they have none.
        without_class: Feature ids of those left out because their class is missing.
        repaired: Feature ids of those that crossed themselves or were otherwise
            invalid.
    """

    without_geometry: tuple[int, ...] = ()
    without_class: tuple[int, ...] = ()
    repaired: tuple[int, ...] = ()

    @classmethod
    def of(
        cls,
        geometries: NDArray[np.object_],
        classed: Sequence[bool],
        ids: NDArray[np.int64],
    ) -> tuple[AreaFaults, NDArray[np.intp]]:
        """Look at areas as they were read.

        Args:
            geometries: One an area, None where it has none.
            classed: Whether each has a class, or needs none.
            ids: Feature id of each.

        Returns:
            The faults, and the positions of the areas with a geometry and a class.
        """
        shaped = ~(shapely.is_missing(geometries) | shapely.is_empty(geometries))
        usable = shaped & np.asarray(classed, bool)
        broken = usable & ~shapely.is_valid(geometries)
        faults = cls(
            *(tuple(ids[w].tolist()) for w in (~shaped, shaped & ~usable, broken))
        )
        return faults, np.flatnonzero(usable)

    def warnings(self) -> list[str]:
        """Return a sentence for each kind of fault."""
        texts = (
            (
                self.without_geometry,
                tr("Areas without a geometry are left out: {count} (feature {ids})."),
            ),
            (
                self.without_class,
                tr("Areas without a class are left out: {count} (feature {ids})."),
            ),
        )
        found = [
            text.format(count=len(ids), ids=listed(ids)) for ids, text in texts if ids
        ]
        if self.repaired:
            found.append(
                tr(
                    "Areas with an invalid outline were repaired: {repaired} (feature "
                    "{ids})."
                ).format(repaired=len(self.repaired), ids=listed(self.repaired))
            )
        return found


NO_FAULTS = AreaFaults()


def placed(
    geometries: NDArray[np.object_], crs: str | None, grid: Grid, source: str
) -> NDArray[np.object_]:
    """Return geometries in the grid's CRS, at least one of them on the grid.

    A grid in degrees may reach beyond 180 or -180, and areas may count the same place
    from the other side: those that lie on the grid after a whole turn are moved there.

    Args:
        geometries: Any shapely geometries.
        crs: Their CRS as WKT or authority code, or None.
        grid: The cube's grid.
        source: How messages call the file they come from.

    Raises:
        GridMismatchError: Only one side has a CRS, the transformation fails, or no
            geometry lies on the grid.
        InputError: PROJ does not know the CRS.
    """
    crs = None if crs is not None and _UNDEFINED.match(crs) else crs
    if (crs is None) != (grid.crs is None):
        raise GridMismatchError(
            (
                tr("'{source}' is in {crs}, but the cube has no CRS.")
                if crs
                else tr("'{source}' has no CRS, but the cube is in {crs}.")
            ).format(source=source, crs=crs_name(crs or grid.crs)),
            hint=tr("Assign a CRS to the cube.")
            if crs
            else tr("Assign a CRS to the areas."),
        )
    moved = geometries
    if crs is not None and grid.crs is not None:
        wkt = read_crs(crs).to_wkt()
        if not same_crs(wkt, grid.crs):
            moved = _transformed(geometries, wkt, grid, source)
        crs = wkt
        moved = _on_the_grids_turn(moved, grid)
    if not _on_grid(moved, grid).any():
        there = tuple(round(float(x), 6) for x in shapely.total_bounds(geometries))
        here = tuple(round(x, 6) for x in grid.bounds)
        raise GridMismatchError(
            tr(
                "The areas of '{source}' lie outside the cube: they cover {there} in "
                "{crs}, and the cube covers {here} in {cube_crs}."
            ).format(
                source=source,
                there=there,
                crs=crs_name(crs),
                here=here,
                cube_crs=crs_name(grid.crs),
            ),
            hint=tr("Check the CRS of both, or choose areas that overlap the cube."),
        )
    return moved


def _on_grid(geometries: NDArray[np.object_], grid: Grid) -> NDArray[np.bool_]:
    return np.asarray(shapely.intersects(geometries, shapely.polygons(grid.corners)))


def _turn(crs: str | None) -> float | None:
    """Return the length of the equator in units of a geographic CRS, such as 360."""
    known = None if crs is None else read_crs(crs)
    if known is None or not known.is_geographic:
        return None
    _, radians = known.units_factor
    return round(math.tau / float(radians), 6)


def _on_the_grids_turn(
    geometries: NDArray[np.object_], grid: Grid
) -> NDArray[np.object_]:
    """Move those that lie on the grid only after a whole turn around the earth."""
    turn = _turn(grid.crs)
    if turn is None:
        return geometries
    moved: NDArray[np.object_] = geometries.copy()
    for shift in (turn, -turn):
        away = np.flatnonzero(~_on_grid(moved, grid))
        shifted = shapely.transform(
            moved[away], lambda xy, by=shift: np.add(xy, (by, 0))
        )
        there = _on_grid(shifted, grid)
        moved[away[there]] = shifted[there]
    return moved


def _transformed(
    geometries: NDArray[np.object_], source_crs: str, grid: Grid, source: str
) -> NDArray[np.object_]:
    target_crs, turn = str(grid.crs), _turn(grid.crs)
    centre = sum(x for x, _ in grid.corners) / 4

    def move(points: NDArray[np.float64]) -> NDArray[np.float64]:
        with gdal_call(source, "transform"):
            xs, ys = transform_coordinates(
                read_crs(source_crs), read_crs(target_crs), points[:, 0], points[:, 1]
            )
        x = np.asarray(xs)
        if turn:  # PROJ cuts at 180 what may lie across it
            x = x - turn * np.round((x - centre) / turn)
        return np.column_stack([x, ys])

    moved: NDArray[np.object_] | None
    try:
        moved = shapely.transform(geometries, move)
    except RasterFileError:  # PROJ's own words are pages of JSON.
        moved = None
    if moved is None or not np.isfinite(shapely.get_coordinates(moved)).all():
        raise GridMismatchError(
            tr(
                "The areas of '{source}' cannot be transformed from {crs} to "
                "{cube_crs}, the CRS of the cube."
            ).format(
                source=source, crs=crs_name(source_crs), cube_crs=crs_name(target_crs)
            ),
            hint=tr("Check the CRS of both, or draw the areas in that of the cube."),
        )
    return moved


def listed(ids: Sequence[int]) -> str:
    """Return the first ten ids as text."""
    return with_more(", ".join(map(str, ids[:10])), len(ids) - 10)


@dataclass(frozen=True, eq=False)
class Areas:
    """Areas of known cover, in the CRS of a grid.

    Each part of a feature of several parts is an area, as dissolving a layer by class
    makes one feature of all its areas.

    Attributes:
        geometries: Valid, two-dimensional, not empty; any type.
        keys: Value of the class field of each, text without blanks at its ends; None
            where no class field was asked for, or where areas may lack a class.
        ids: Feature id of each as the user knows it, for messages; parts share it.
        faults: What was left out or repaired when they were read.
        columns: Values of each by the names of further fields that were asked for.
    """

    geometries: tuple[BaseGeometry, ...]
    keys: tuple[Key, ...]
    ids: tuple[int, ...]
    faults: AreaFaults = NO_FAULTS
    columns: Mapping[str, tuple[Key, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Raise InputError where the parts differ in length."""
        if not len(self.geometries) == len(self.keys) == len(self.ids):
            raise InputError("Each area needs one geometry, one key and one id.")

    def __len__(self) -> int:
        """Return the number of areas."""
        return len(self.geometries)


def read_areas(
    path: str | os.PathLike[str],
    class_field: str | None,
    grid: Grid,
    layer: str | None = None,
    *,
    least_classes: int = 2,
    progress: Progress = SILENT,
    columns: Sequence[str] = (),
) -> Areas:
    """Read areas and their classes into the CRS of a grid.

    Args:
        path: Vector file.
        class_field: Field that names the class; None where classes do not matter.
        grid: Grid that the areas must overlap.
        layer: Layer; None takes the only one with geometries.
        least_classes: Fewest classes that must be found; 1 for areas that are only
            scored, 0 keeps areas without a class, their key None.
        progress: Warned of areas that are repaired or left out.
        columns: Further fields to read, of those that the layer has.

    Raises:
        FileError: The path is not local.
        ConfigError: The class field is what suggestions say of themselves.
        VectorFileError: The file, the layer or the field is missing or unreadable.
        SampleError: No area has a geometry and a class, or the classes are too few.
        GridMismatchError: The areas cannot be brought to the grid's CRS or lie
            outside it.
    """
    source, chosen = _layer(path, layer)
    geometries, keys, ids, crs, more = _features(source, chosen, class_field, columns)
    if misread := _misread(keys):
        text = tr(
            "Class names of '{source}' look like UTF-8 read in another encoding: "
            "{listed}."
        ).format(source=source, listed=_listed(misread[:5]))
        progress.warning(f"{text} {tr(MEND)}")
    needed = class_field if least_classes else None
    faults, kept = _usable(geometries, keys, ids, needed, progress)
    if class_field is not None and len({keys[i] for i in kept}) < least_classes:
        raise SampleError(
            tr(
                "Field '{class_field}' of '{source}' has only the class '{only}', but "
                "at least {least_classes} classes are needed."
            ).format(
                class_field=class_field,
                source=source,
                only=keys[kept[0]],
                least_classes=least_classes,
            ),
            hint=tr("Draw areas of other classes."),
        )
    parts, feature = _in_parts(geometries[kept])
    kept = kept[feature]
    if faults.repaired:
        broken = ~shapely.is_valid(parts)
        parts[broken] = shapely.make_valid(parts[broken])
    return Areas(
        tuple(placed(parts, crs, grid, source)),
        tuple(keys[i] for i in kept),
        tuple(int(i) for i in ids[kept]),
        faults,
        {name: tuple(values[i] for i in kept) for name, values in more.items()},
    )


def polygons_and_others(
    shape: BaseGeometry,
) -> tuple[list[BaseGeometry], list[BaseGeometry]]:
    """Return polygons, and lines and points where there are no polygons.

    Repairing a polygon may leave slivers of lower dimension, which are no area.
    """
    parts = [shape]
    while any(part.geom_type == "GeometryCollection" for part in parts):
        parts = [p for part in parts for p in getattr(part, "geoms", [part])]
    polygons = [part for part in parts if shapely.get_dimensions(part) == 2]
    return polygons, [] if polygons else parts


def _without_slivers(shape: BaseGeometry) -> BaseGeometry:
    """Return a mixed collection as its polygons, if it has any."""
    if shape.geom_type != "GeometryCollection":
        return shape
    polygons, _ = polygons_and_others(shape)
    return shapely.MultiPolygon(shapely.get_parts(polygons)) if polygons else shape


def _in_parts(
    geometries: NDArray[np.object_],
) -> tuple[NDArray[np.object_], NDArray[np.intp]]:
    """Return the parts of geometries, and the position of the geometry of each."""
    geometries = geometries.copy()
    for place, shape in enumerate(geometries):
        geometries[place] = _without_slivers(shape)
    many = np.isin(shapely.get_type_id(geometries), _MANY)
    parts, place = shapely.get_parts(geometries[many], return_index=True)
    found = np.concatenate([geometries[~many], parts])
    feature = np.concatenate([np.flatnonzero(~many), np.flatnonzero(many)[place]])
    order = np.argsort(feature, kind="stable")
    order = order[~shapely.is_empty(found[order])]
    return found[order], feature[order]


def field_names(path: str | os.PathLike[str], layer: str | None = None) -> list[str]:
    """Return the names of a layer's fields; its features are not read.

    Raises:
        FileError: The path is not local.
        VectorFileError: The file or the layer is missing or unreadable.
    """
    source, chosen = _layer(path, layer)
    try:
        found: list[str] = vectors.read_info(source, layer=chosen)["fields"].tolist()
    except (DataSourceError, DataLayerError) as error:
        raise VectorFileError(
            tr("Cannot read '{path}': {text}").format(path=source, text=error)
        ) from error
    return found


def _layer(path: str | os.PathLike[str], layer: str | None) -> tuple[str, str]:
    """Return the path and the layer to read."""
    refuse_network(path)
    source = os.fspath(path)
    file = Path(source)
    _check_there(file)
    try:
        found = {str(name): kind for name, kind in vectors.list_layers(source)}
    except (DataSourceError, DataLayerError) as error:
        raise _unreadable(file, error) from error
    if layer is not None and layer not in found:
        raise VectorFileError(
            tr("'{source}' has no layer '{layer}'.").format(source=source, layer=layer),
            hint=tr("It has {found}.").format(found=_listed(found)),
        )
    if layer is not None:
        return source, layer
    spatial = [name for name, kind in found.items() if kind is not None]
    if not spatial:
        raise VectorFileError(
            tr("'{source}' is a table without geometries.").format(source=source),
            hint=tr(
                "Convert a table of coordinates to a layer first. In QGIS, use Layer > "
                "Add Layer > Add Delimited Text Layer (or Create Points Layer from "
                "Table), then export it as GeoPackage."
            ),
        )
    if len(spatial) != 1:
        raise VectorFileError(
            tr("'{source}' has {count} layers with geometries.").format(
                source=source, count=len(spatial)
            ),
            hint=tr("Choose one: {layers}.").format(layers=_listed(spatial)),
        )
    return source, spatial[0]


def _check_there(file: Path) -> None:
    if reason := why_unseen(file):
        raise VectorFileError(
            tr("Cannot read '{path}': {reason}.").format(path=file, reason=reason)
        )
    if not is_there(file) and not str(file).startswith("/vsi"):
        raise VectorFileError(
            tr("There is no file '{path}'.").format(path=file),
            hint=tr("Check the path."),
        )
    if is_there(file) and not (is_file(file) or is_folder(file)):
        raise VectorFileError(
            tr("'{path}' is a device or a pipe.").format(path=file),
            hint=tr("Choose a file on a disk."),
        )
    for side in _pipes_beside(file):
        raise VectorFileError(
            tr("'{side}', beside '{file}', is a device or a pipe.").format(
                side=side, file=file
            ),
            hint=tr("Remove it."),
        )


def _pipes_beside(file: Path) -> list[str]:
    """Return what GDAL may open with a file, and wait for without an end."""
    own, stem = file.name.casefold(), f"{file.stem.casefold()}."
    with suppress(OSError, ValueError), os.scandir(file.parent) as beside:
        return [
            side.path
            for side in beside
            if side.name != file.name
            and side.name.casefold().startswith((stem, own))
            and not (side.is_file() or side.is_dir())
            and is_there(Path(side.path))
        ]
    return []


def _unreadable(file: Path, error: Exception) -> VectorFileError:
    """Return the error for a file that no driver of GDAL opens."""
    start = b""
    with suppress(OSError), file.open("rb") as opened:
        start = opened.read(4096)
    start = start.replace(b"\0", b"")  # as UTF-16 has them
    if (
        b"<RegionsOfInterest" in start
        or b"ENVI Output of ROI" in start
        or file.suffix.lower() in (".roi", ".evf")
    ):
        return VectorFileError(
            tr(
                "'{file}' holds regions of interest or vectors of ENVI, which GDAL "
                "cannot read."
            ).format(file=file),
            hint=tr(
                "Export them as a Shapefile in ENVI (ROI Tool: File > Export), or draw "
                "them in QGIS as a GeoPackage."
            ),
        )
    if "not recognized as being in a supported file format" in str(error):
        return VectorFileError(
            tr("'{file}' is not a vector file that GDAL can read.").format(file=file),
            hint=tr(
                "Save the areas as GeoPackage, Shapefile or GeoJSON. Give a raster of "
                "class values as label raster instead."
            ),
        )
    return VectorFileError(
        tr("Cannot read '{path}': {text}").format(path=file, text=error)
    )


def _undecodable(file: Path) -> VectorFileError:
    """Return the error for text that is not in the encoding that a file states."""
    stated, side = "UTF-8", file.with_suffix(".cpg")
    if file.suffix.lower() not in (".shp", ".dbf") or not is_file(side):
        return VectorFileError(
            tr(
                "The text in '{file}' is neither in {stated} nor in the encoding that "
                "the file states."
            ).format(file=file, stated=stated),
            hint=tr(
                "Open it in QGIS with the correct encoding (layer properties, Source) "
                "and export it as GeoPackage."
            ),
        )
    with suppress(OSError):
        stated = side.read_text("latin-1")[:40].strip() or stated
    return VectorFileError(
        tr(
            "The text in '{file}' is not in {stated}, the encoding that '{side}' "
            "states."
        ).format(file=file, stated=stated, side=side.name),
        hint=tr(
            "Write the correct encoding into '{side}', often ISO-8859-1 or "
            "windows-1252. Or delete that file, or export the layer as GeoPackage."
        ).format(side=side.name),
    )


def _misread(keys: Iterable[Key]) -> list[str]:
    """Return texts that are UTF-8 taken for Latin-1, as 'AckerflÃ¤che'."""
    found = set()
    for key in keys:
        if isinstance(key, str) and not key.isascii():
            for encoding in ("latin-1", "cp1252"):
                with suppress(UnicodeError):
                    if key.encode(encoding).decode("utf-8") != key:
                        found.add(key)
    return sorted(found)


def _features(
    source: str, layer: str, class_field: str | None, more: Sequence[str] = ()
) -> tuple[
    NDArray[np.object_],
    list[Key],
    NDArray[np.int64],
    str | None,
    dict[str, list[Key]],
]:
    """Return geometry, key and id of each feature, the CRS, and further columns."""
    try:
        fields = vectors.read_info(source, layer=layer)["fields"].tolist()
        _check_field(fields, class_field, source, layer)
        wanted = [f for f in fields if f in (class_field, ID_FIELD, *more)]
        with warnings.catch_warnings(record=True) as said:
            warnings.simplefilter("always", RuntimeWarning)
            meta, ids, shapes, values = vectors.read(
                source, layer=layer, columns=wanted, return_fids=True, force_2d=True
            )
        # GDAL leaves out what it cannot convert, of an encoding that it does not know.
        if any("converted correctly" in str(one.message) for one in said):
            raise _undecodable(Path(source))
    except UnicodeDecodeError as error:
        raise _undecodable(Path(source)) from error
    except (DataSourceError, DataLayerError, ValueError) as error:
        if isinstance(error, InputError):
            raise
        raise VectorFileError(
            tr("Cannot read '{path}': {text}").format(path=source, text=error)
        ) from error
    if len(ids) == 0:
        raise SampleError(
            tr("Layer '{layer}' of '{source}' has no areas.").format(
                layer=layer, source=source
            ),
            hint=tr("Draw some, or choose another layer."),
        )
    geometries = shapely.from_wkb(shapes, on_invalid="ignore")
    _check_vertices(geometries, source)
    kinds = zip(meta["fields"], values, meta["dtypes"], strict=True)
    columns = {str(name): _keys(column, str(kind)) for name, column, kind in kinds}
    keys: list[Key] = [None] * len(ids)
    if class_field is not None:
        keys = columns[class_field]
    numbers = _original_ids(ids, columns.get(ID_FIELD))
    further = {name: columns[name] for name in more if name in columns}
    return geometries, keys, numbers, meta["crs"], further


def _check_vertices(geometries: NDArray[np.object_], source: str) -> None:
    count = int(shapely.get_num_coordinates(geometries).sum())
    if count > MAX_VERTICES:
        raise SampleError(
            tr(
                "The areas of '{source}' have {count} corners, but at most "
                "{max_vertices} are read."
            ).format(source=source, count=count, max_vertices=MAX_VERTICES),
            hint=tr("Simplify the areas, or keep only those on the cube."),
        )


def _check_field(
    fields: list[str], class_field: str | None, source: str, layer: str
) -> None:
    if class_field is not None and class_field not in fields:
        raise VectorFileError(
            tr("Layer '{layer}' of '{source}' has no field '{class_field}'.").format(
                layer=layer, source=source, class_field=class_field
            ),
            hint=tr("It has {found}.").format(found=_listed(fields))
            if fields
            else tr("It has no fields."),
        )
    if class_field is not None and is_of_suggestions(class_field, fields):
        raise ConfigError(
            tr(
                "Layer '{layer}' of '{source}' holds suggested areas. Its field "
                "'{class_field}' has predictions, not the classes that you have set."
            ).format(layer=layer, source=source, class_field=class_field),
            hint=tr("Choose the field in which you set the classes."),
        )
    if class_field is not None and is_of_draw(class_field, fields):
        raise ConfigError(
            tr(
                "Layer '{layer}' of '{source}' is a reference sample. Its field "
                "'{class_field}' was filled in when the points were drawn and does "
                "not hold the cover that you have looked up."
            ).format(layer=layer, source=source, class_field=class_field),
            hint=tr("Choose the field in which you set the classes."),
        )


def _keys(values: NDArray[np.generic], kind: str) -> list[Key]:
    """Return field values as plain ones; NULL, NaN and blank text become None.

    An accented letter is one character, as most programs write it, and not two.
    """
    keys: list[Key] = []
    for value in values.tolist():
        # pyogrio hands whole numbers and truth values out as float beside a NULL.
        if value is None or value != value or not str(value).strip():
            keys.append(None)
        elif kind == "bool":
            keys.append(bool(value))
        elif "int" in kind:
            keys.append(int(value))
        elif isinstance(value, float):
            keys.append(value)
        else:
            keys.append(key_text(str(value)))
    # Shapefiles hold whole numbers as real ones.
    if all(key is None or (isinstance(key, float) and key % 1 == 0) for key in keys):
        keys = [None if key is None else int(key) for key in keys]
    return keys


def _original_ids(ids: NDArray[np.int64], said: list[Key] | None) -> NDArray[np.int64]:
    """Return the ids that the file says the areas had, else those in the file."""
    if said is None or not all(isinstance(value, int) for value in said):
        return ids
    return np.array(said, np.int64)


def _usable(
    geometries: NDArray[np.object_],
    keys: list[Key],
    ids: NDArray[np.int64],
    class_field: str | None,
    progress: Progress,
) -> tuple[AreaFaults, NDArray[np.intp]]:
    """Return the faults, and the positions of areas with a geometry and a class."""
    classed = [class_field is None or key is not None for key in keys]
    faults, kept = AreaFaults.of(geometries, classed, ids)
    for warning in faults.warnings():
        progress.warning(warning)
    if kept.size == 0:
        raise SampleError(
            tr(
                "No area has both a geometry and a class in the field '{field}'."
            ).format(field=class_field)
            if class_field
            else tr("No area has both a geometry and a class."),
            hint=tr("Enter the class of each area."),
        )
    return faults, kept


def _listed(names: Iterable[str]) -> str:
    return ", ".join(tr("'{name}'").format(name=name) for name in names)


def needed_field(class_field: str | None) -> str:
    """Return the class field.

    Raises:
        ConfigError: None is given.
    """
    if not class_field:
        raise ConfigError(
            tr("The class field is missing."),
            hint=tr("Give the field with the class of the areas."),
        )
    return class_field
