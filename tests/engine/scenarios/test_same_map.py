"""One scene in every format and layout, and on every grid: the same map."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import rasterio
from rasterio.transform import Affine

from miaf_engine.cubes.reader import open_cube
from miaf_engine.errors import GridMismatchError, RasterFileError
from miaf_engine.io.gdal import (
    grid_of,
    open_raster,
    same_crs,
)
from miaf_engine.requests import TrainRequest
from miaf_engine.requests.classify import ClassifyRequest
from miaf_engine.tasks import carry_out
from tests import scenes, tiny
from tests.raw_envi import write_raw_envi

LAYOUTS = [
    (interleave, order) for interleave in ("bsq", "bil", "bip") for order in "<>"
]
CENTRES = [f"{400 + 25.5 * band}" for band in range(tiny.BANDS)]
IGNORED = -9999


def stored():
    values = tiny.cube().astype("int16")
    values[:, ~tiny.hole()] = IGNORED
    return values


def as_geotiff(path, interleave):
    scenes.write_tif(
        path, stored(), tiny.grid(30), interleave=interleave, nodata=IGNORED
    )
    with rasterio.open(path, "r+") as dataset:
        for number, centre in enumerate(CENTRES, 1):
            dataset.update_tags(number, wavelength=centre, wavelength_units="nm")
    return path


def as_envi(path, interleave, order):
    fields = {
        "data ignore value": str(IGNORED),
        "wavelength": f"{{{', '.join(CENTRES)}}}",
        "wavelength units": "Nanometers",
    }
    return write_raw_envi(
        path, stored(), tiny.grid(30), interleave, order, offset=64, fields=fields
    )


def test_class_maps_are_the_same_bytes(tmp_path):
    cubes = [as_geotiff(tmp_path / f"{kind}.tif", kind) for kind in ("band", "pixel")]
    for interleave, order in LAYOUTS:
        name = f"{interleave}_{'little' if order == '<' else 'big'}.dat"
        cubes.append(as_envi(tmp_path / name, interleave, order))
    rois = tiny.write_rois(tmp_path / "rois.gpkg", 30)
    maps, models = [], []
    for cube in cubes:
        folder = tmp_path / f"{cube.stem}_out"
        folder.mkdir()
        made = {
            "output": str(folder / "map.tif"),
            "model": str(folder / "m.miaf.safetensors"),
        }
        request = TrainRequest(
            cube=str(cube),
            rois=str(rois),
            class_field="cover",
            settings=tiny.SMALL | {"epochs": 3},
            device="cpu",
            seed=5,
            created_utc="2026-01-02T03:04:05+00:00",
            **made,
        )
        carry_out(request)
        maps.append(Path(made["output"]).read_bytes())
        models.append(Path(made["model"]).read_bytes())
    with rasterio.open(tmp_path / "band_out" / "map.tif") as dataset:
        classes = dataset.read(1)
    assert ((classes == 0) == ~tiny.hole()).all()
    assert len(np.unique(classes)) > 2
    # The grid of a turned ENVI file comes from an angle: its last digits differ.
    assert len(set(maps[:2])) == 1
    assert len(set(maps[2:])) == 1
    for path in tmp_path.glob("*_out/map.tif"):
        with rasterio.open(path) as dataset:
            np.testing.assert_array_equal(dataset.read(1), classes)


def test_maps_of_an_upright_grid_are_the_same_bytes_in_all_formats(tmp_path):
    maps = set()
    rois = tiny.write_rois(tmp_path / "rois.gpkg")
    cubes = [scenes.write_tif(tmp_path / "a.tif", stored(), tiny.grid(), nodata=-9999)]
    fields = {"data ignore value": "-9999"}
    for interleave, order in LAYOUTS:
        path = tmp_path / f"{interleave}{order == '<'}.img"
        cubes.append(
            write_raw_envi(
                path, stored(), tiny.grid(), interleave, order, fields=fields
            )
        )
    for cube in cubes:
        output = tmp_path / "map.tif"
        request = TrainRequest(
            cube=str(cube),
            rois=str(rois),
            class_field="cover",
            settings=tiny.SMALL | {"epochs": 2},
            device="cpu",
            output=str(output),
        )
        carry_out(request)
        maps.add(output.read_bytes())
    assert len(maps) == 1


DEGREES = rasterio.crs.CRS.from_epsg(4326).to_wkt()


def placed(transform, crs=scenes.UTM16):
    return replace(tiny.grid(), transform=tuple(transform)[:6], crs=crs)


ORIGIN = Affine.translation(500_000.125, 4_480_000.5)
GRIDS = {
    "north up": tiny.grid(),
    "turned": tiny.grid(53),
    "turned back": tiny.grid(-27),
    "south up": placed(ORIGIN @ Affine.scale(20, 20)),
    "turned, south up": placed(ORIGIN @ Affine.rotation(75) @ Affine.scale(20, 20)),
    "not square": placed(ORIGIN @ Affine.scale(7.3, -19.1)),
    "sheared": placed(ORIGIN @ Affine.shear(12, 0) @ Affine.scale(20, -20)),
    "east to west": placed(ORIGIN @ Affine.scale(-20, -20)),
    "degrees": placed(
        Affine(1 / 3600, 0, -86.9876, 0, -1 / 3600, 40.4567), crs=DEGREES
    ),
    "degrees, turned": placed(
        Affine.translation(-86.9876, 40.4567)
        @ Affine.rotation(10)
        @ Affine.scale(1 / 3600, -1 / 3600),
        crs=DEGREES,
    ),
    "no CRS": placed(ORIGIN @ Affine.scale(20, -20), crs=None),
}
# What the header of ENVI has no words for.
NOT_ENVI = {"sheared", "east to west", "turned, south up"}


@pytest.mark.parametrize("name", GRIDS)
def test_the_map_lies_where_the_cube_does(trained, tmp_path, name):
    """Bit for bit in GeoTIFF, to a millionth of a pixel in ENVI."""
    where = GRIDS[name]
    cube = scenes.write_tif(tmp_path / "cube.tif", tiny.cube(), where)
    with open_cube(cube) as reader:
        assert reader.grid == where
    for suffix in (".tif", ".dat"):
        output = tmp_path / f"map{suffix}"
        request = ClassifyRequest(
            cube=str(cube),
            model=trained.made["model"],
            output=str(output),
            device="cpu",
        )
        if suffix == ".dat" and name in NOT_ENVI:
            with pytest.raises(RasterFileError, match="cannot store the geotransform"):
                carry_out(request)
            continue
        carry_out(request)
        with open_raster(output) as dataset:
            grid = grid_of(dataset)
        assert same_crs(grid.crs, where.crs)
        found = grid.transform
        if suffix == ".tif":
            assert found == where.transform
        assert off_by(found, where) < 1e-6


def off_by(transform, where):
    """Return the largest distance, in pixels, of two centres of one pixel."""
    inverse = ~Affine(*where.transform)
    distances = [
        np.hypot(*(np.array(inverse @ (Affine(*transform) @ place)) - place))
        for place in [
            (column + 0.5, row + 0.5)
            for column in (0, where.width - 1)
            for row in (0, where.height - 1)
        ]
    ]
    return max(distances)


def test_areas_and_cube_must_both_have_a_crs_or_neither(tmp_path):
    shapes, names = tiny.boxes(0.0, 1, 8)
    bare = GRIDS["no CRS"]
    cubes = {
        "bare": scenes.write_tif(tmp_path / "bare.tif", tiny.cube(), bare),
        "utm": tiny.write_cube(tmp_path / "utm.tif"),
    }
    areas = {
        "bare": scenes.write_areas(
            tmp_path / "bare.gpkg", shapes, {"cover": names}, crs=None
        ),
        "utm": tiny.write_rois(tmp_path / "utm.gpkg"),
    }
    for cube, rois in (("bare", "utm"), ("utm", "bare"), ("bare", "bare")):
        request = TrainRequest(
            cube=str(cubes[cube]),
            rois=str(areas[rois]),
            class_field="cover",
            settings=dict(tiny.SMALL),
            device="cpu",
            output=str(tmp_path / "map.tif"),
        )
        if cube == rois:
            carry_out(request)
            with rasterio.open(tmp_path / "map.tif") as dataset:
                assert dataset.crs is None
                assert tuple(dataset.transform)[:6] == bare.transform
        else:
            with pytest.raises(GridMismatchError, match="has no CRS"):
                carry_out(request)
