"""Tiny scenes with known answers, and the way to the real ones."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pyogrio
import pytest
import rasterio
import shapely
from rasterio.errors import NotGeoreferencedWarning
from rasterio.transform import Affine

from miaf_engine.classes import ClassEntry, ClassTable
from miaf_engine.grid import UNPLACED, Grid
from miaf_engine.io.raster_writer import class_map_writer
from miaf_engine.progress import Progress

UTM16 = rasterio.crs.CRS.from_epsg(32616).to_wkt()
DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
CLASSES = ClassTable(
    (
        ClassEntry(1, "Wheat", "#d1b43c"),
        ClassEntry(2, "Wald, naß {alt}", "#009e73"),
        ClassEntry(5, "Road = <a&b>", "#0072b2"),
    )
)


class Recorder(Progress):
    """Keeps the messages."""

    def __init__(self, cancel_at: float = 2.0) -> None:
        """Cancel once the fraction reaches `cancel_at`."""
        self.infos: list[str] = []
        self.warnings: list[str] = []
        self.fractions: list[float] = []
        self.texts: list[str] = []
        self.cancel_at = cancel_at

    def info(self, message: str) -> None:
        """Keep the fact."""
        self.infos.append(message)

    def warning(self, message: str) -> None:
        """Keep the warning."""
        self.warnings.append(message)

    def advance(self, fraction: float, text: str = "") -> None:
        """Keep the fraction, and what is being done."""
        self.fractions.append(fraction)
        self.texts.append(text)

    def cancelled(self) -> bool:
        """Return whether the fraction to cancel at was reached."""
        return bool(self.fractions) and self.fractions[-1] >= self.cancel_at


def real(name: str) -> Path:
    """Return a file of the shared data, or skip the test."""
    path = DATA / name
    if not path.exists():
        pytest.skip(f"{path} is absent: the shared data are not part of the project")
    return path


def grid(
    height: int = 8,
    width: int = 10,
    *,
    rotation: float = 0.0,
    pixel: float = 20.0,
    southup: bool = False,
    crs: str | None = UTM16,
) -> Grid:
    """Return a grid near West Lafayette, turned by `rotation` degrees."""
    scale = Affine.scale(pixel, pixel if southup else -pixel)
    turn = Affine.rotation(rotation) if rotation else Affine.identity()
    transform = Affine.translation(500_000.125, 4_480_000.5) @ turn @ scale
    return Grid(tuple(transform)[:6], crs, height, width)


def spectra(bands: int = 6, height: int = 8, width: int = 10) -> np.ndarray:
    """Return distinct values (bands, rows, columns), float32, none of them 0."""
    return np.arange(1, 1 + bands * height * width, dtype="float32").reshape(
        bands, height, width
    )


def write_tif(path: Path, values: np.ndarray, where: Grid, **more: object) -> Path:
    """Write an array (bands, rows, columns) as GeoTIFF."""
    return _write(path, values, where, driver="GTiff", **more)


def write_envi(
    path: Path,
    values: np.ndarray,
    where: Grid,
    fields: dict[str, str] | None = None,
    **more: object,
) -> Path:
    """Write an array (bands, rows, columns) as ENVI, with more header fields."""
    _write(path, values, where, driver="ENVI", **more)
    path.with_name(f"{path.name}.aux.xml").unlink(missing_ok=True)
    header = path.with_suffix(".hdr")
    lines = [f"{key} = {value}\n" for key, value in (fields or {}).items()]
    header.write_text(header.read_text("utf-8") + "".join(lines), "utf-8")
    return path


def unplaced(height: int = 8, width: int = 10) -> Grid:
    """Return the grid of a raster without a geotransform and without a CRS."""
    return Grid(UNPLACED, None, height, width, georeferenced=False)


def _write(path: Path, values: np.ndarray, where: Grid, **more: object) -> Path:
    if where.georeferenced:
        more["transform"] = Affine(*where.transform)
    facts = {"dtype": values.dtype, "crs": where.crs, **more}
    facts |= dict(zip(("count", "height", "width"), values.shape, strict=True))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", NotGeoreferencedWarning)
        with rasterio.open(path, "w", **facts) as dataset:
            dataset.write(values)
    return path


def pixel_box(where: Grid, row: float, column: float, height: float, width: float):
    """Return the polygon of a rectangle of pixels, in map coordinates."""
    transform = Affine(*where.transform)
    ends = [(0, 0), (width, 0), (width, height), (0, height)]
    return shapely.Polygon([transform @ (column + x, row + y) for x, y in ends])


def write_areas(
    path: Path,
    geometries: Sequence[object],
    fields: dict[str, Sequence[object]],
    crs: str | None = UTM16,
    layer: str | None = None,
    append: bool = False,
) -> Path:
    """Write geometries with fields to a vector file."""
    masks = [np.array([v is None for v in values]) for values in fields.values()]
    data = [_column(values) for values in fields.values()]
    if crs is None:
        warnings.filterwarnings("ignore", "'crs' was not provided")
    pyogrio.raw.write(
        path,
        geometry=shapely.to_wkb(np.array(geometries, dtype=object), output_dimension=3),
        field_data=data,
        field_mask=masks,
        fields=list(fields),
        geometry_type="Unknown",
        crs=crs,
        layer=layer,
        append=append,
    )
    return path


def _column(values: Sequence[object]) -> np.ndarray:
    present = [value for value in values if value is not None]
    if not present or isinstance(present[0], str):
        return np.array(values, dtype=object)
    return np.array([type(present[0])(0) if v is None else v for v in values])


def pattern(where: Grid, values: Sequence[int] = (0, 1, 2, 5)) -> np.ndarray:
    """Return class values that repeat over a grid."""
    return np.resize(np.array(values), (where.height, where.width))


def write_classes(
    path: Path,
    where: Grid | None = None,
    classes: ClassTable = CLASSES,
    values: Sequence[int] = (0, 1, 2, 5),
    options: Sequence[str] = (),
) -> Path:
    """Write a class map of repeating values with the engine's own writer."""
    where = where or grid()
    with class_map_writer(path, where, classes, options) as writer:
        writer.write(where.window, pattern(where, values))
    return path
