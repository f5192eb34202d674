"""What the engine reads of the real scenes, as a table for docs/formats.md."""

from __future__ import annotations

import math
import tempfile
from pathlib import Path

import numpy as np
from rasterio.transform import Affine

from miaf_engine.cubes.band_selection import BandChoice, empty_bands
from miaf_engine.cubes.reader import CubeReader, open_cube
from miaf_engine.grid import Grid
from miaf_engine.io.class_maps import read_class_map
from miaf_engine.io.gdal import crs_name
from miaf_engine.requests.settings import BandConfig
from tests.repository import ROOT
from tests.scenes import DATA, write_classes

FIXTURES = {
    "AVIRIS-NG 2014": "envi_aviris_ng/"
    "ang20140912t192359_corr_v1c_img_2580-2590_540-550.img",
    "AVIRIS-NG 2015": "envi_aviris_ng/"
    "ang20150420t182808_corr_v1e_img_4200-4210_70-80.img",
    "AVIRIS 2008": "envi_aviris_ng/f080702t01p00r08rdn_c_sc01_ort_img_123_456.img",
    "EMIT": "emit_envi/emit20250324t221005_jpl_unmix_ex",
    "EnMAP, Berlin": "enmap_berlin_envi/envi",
    "HyMap, Berlin (3 bands)": "enmap_berlin_envi/hymap.tif",
    "Gamsberg": "gamsberg_envi/cubus_gamsberg_subset",
    "Demo (Indian Pines)": None,
}
_HEAD = (
    "| scene | stored as | rows x columns | bands read | bands used | wavelengths (nm) "
    "| pixel, turn | CRS | no data | map off by (pixels): GeoTIFF, ENVI |\n"
    "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |\n"
)


def fixture_table() -> str | None:
    """Return the table, or None where the shared data are absent."""
    if not DATA.is_dir():
        return None
    rows = []
    for title, name in FIXTURES.items():
        demo = ROOT / "resources" / "demo" / "indian_pines.tif"
        with open_cube(DATA / name if name else demo) as reader:
            rows.append(f"| {title} | {' | '.join(_cells(reader))} |\n")
    return _HEAD + "".join(rows)


def _cells(reader: CubeReader) -> list[str]:
    grid, cube = reader.grid, reader.read()
    choice = BandChoice.of(reader.bands, BandConfig())
    everywhere = np.ones(cube.valid.shape, bool)
    choice = choice.without(empty_bands(reader, choice.used, everywhere))
    valid = reader.read(grid.window, choice.used).valid
    centres = reader.bands.wavelengths_nm
    return [
        f"{reader.dtype}",
        f"{grid.height} x {grid.width}",
        str(reader.bands.count),
        str(len(choice.used)),
        f"{min(centres):.2f} to {max(centres):.2f}" if centres else "none",
        _pixel(grid),
        crs_name(grid.crs).replace("unnamed", "UTM, unnamed"),
        f"{1 - valid.mean():.1%}",
        ", ".join(shifts(grid)),
    ]


def _pixel(grid: Grid) -> str:
    if not grid.georeferenced:
        return "none"
    a, b, _, d, e, _ = grid.transform
    return (
        f"{math.hypot(a, d):g} x {math.hypot(b, e):g}, "
        f"{math.degrees(math.atan2(d, a)) + 0.0:g}°"
    )


def shifts(grid: Grid) -> list[str]:
    """Return how far pixels of a written map lie off, for GeoTIFF and ENVI."""
    found = []
    with tempfile.TemporaryDirectory() as folder:
        for suffix in (".tif", ".dat"):
            path = write_classes(Path(folder) / f"map{suffix}", grid, values=(1, 2))
            _, kept, _ = read_class_map(path)
            off = shift(grid, kept)
            found.append("0" if off == 0 else f"{off:.0e}")
    return found


def shift(grid: Grid, other: Grid) -> float:
    """Return the largest distance, in pixels, of the centres of one pixel in both."""
    inverse = ~Affine(*grid.transform)
    largest = 0.0
    for row in (0.5, grid.height - 0.5):
        for column in (0.5, grid.width - 0.5):
            if other.transform != grid.transform:
                place = inverse @ (Affine(*other.transform) @ (column, row))
                largest = max(largest, math.dist(place, (column, row)))
    return largest
