"""Areas land on the right pixels, and pixels without data stay out."""

import numpy as np
import pyogrio
import pytest
import rasterio
import shapely
from rasterio.warp import transform as transform_coordinates

from miaf_engine.cubes.reader import open_cube
from tests import scenes, tiny
from tests.end_to_end.programs import TINY, in_qgis


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("placing")


def step(folder, name, cube, rois):
    """Return a step that classifies, and where the map goes."""
    paths = {
        "OUTPUT": folder / f"{name} map.tif",
        "CONFIDENCE": folder / f"{name}_c.tif",
    }
    parameters = {**TINY, "CUBE": cube, "ROIS": rois, **paths}
    strings = {
        key: value if isinstance(value, (int, float)) else str(value)
        for key, value in parameters.items()
    }
    return {"run": "miaf:trainandclassify", "parameters": strings}


@pytest.fixture(scope="module")
def ran(folder):
    """Maps of one scene: as it is, with areas in degrees, with holes, unplaced."""
    cube = tiny.write_cube(folder / "cube.tif")
    rois = tiny.write_rois(folder / "rois.gpkg")
    holed = tiny.cube()
    holed[:, ~tiny.hole()] = np.nan
    holes = scenes.write_tif(folder / "holes.tif", holed, tiny.grid())
    bare = scenes.unplaced(tiny.HEIGHT, tiny.WIDTH)
    plain = scenes.write_envi(folder / "plain.dat", tiny.cube(), bare)
    shapes, names = pixel_boxes(bare)
    drawn = scenes.write_areas(
        folder / "drawn.gpkg", shapes, {"cover": names}, "EPSG:4326"
    )
    steps = [
        step(folder, "same", cube, rois),
        step(folder, "degrees", cube, in_degrees(folder, rois)),
        step(folder, "holes", holes, rois),
        step(folder, "plain", plain, drawn),
        {"extent": str(plain)},
        {"extent": str(folder / "plain map.tif")},
    ]
    return in_qgis(steps, folder / "qgis")


def pixel_boxes(where):
    names = ["Wheat", "Forest", "Road"]
    shapes = [
        scenes.pixel_box(where, row, 10 * k + 1, 5, 8)
        for row in (1, 8)
        for k in range(3)
    ]
    return shapes, names * 2


def in_degrees(folder, path):
    """Write areas in EPSG:4326 and return their file."""
    _, _, geometries, (names,) = pyogrio.raw.read(path)

    def move(points):
        return np.column_stack(
            transform_coordinates(scenes.UTM16, "EPSG:4326", *points.T)
        )

    moved = shapely.transform(shapely.from_wkb(geometries), move)
    target = folder / "degrees.gpkg"
    return scenes.write_areas(target, moved, {"cover": list(names)}, "EPSG:4326")


def classes(folder, name):
    with rasterio.open(folder / f"{name} map.tif") as made:
        return made.read(1)


def test_every_run_made_a_map(ran):
    assert [answer.get("error") for answer in ran[:4]] == [None] * 4


def test_areas_in_degrees_label_nearly_the_same_pixels(ran, folder):
    same = classes(folder, "same") == classes(folder, "degrees")
    assert same.mean() > 0.95
    counts = [
        next(line for line in answer["log"].splitlines() if " classes; " in line)
        for answer in ran[:2]
    ]
    numbers = [int(text.split(";")[1].split()[0]) for text in counts]
    assert numbers[0] == pytest.approx(numbers[1], rel=0.05)


def test_pixels_that_are_nan_stay_without_class_and_confidence(ran, folder):
    valid = tiny.hole()
    np.testing.assert_array_equal(classes(folder, "holes") > 0, valid)
    with rasterio.open(folder / "holes_c.tif") as made:
        np.testing.assert_array_equal(np.isfinite(made.read(1)), valid)


def test_a_cube_without_georeference_is_where_qgis_draws_it(ran, folder):
    """QGIS lets rows go down from 0, and so does the engine."""
    shown = ran[4]["extent"]
    assert shown == [0, -tiny.HEIGHT, tiny.WIDTH, 0]
    with open_cube(folder / "plain.dat") as cube:
        assert list(cube.grid.bounds) == shown


@pytest.mark.filterwarnings("ignore::rasterio.errors.NotGeoreferencedWarning")
def test_areas_drawn_on_it_land_on_their_pixels(ran, folder):
    made = classes(folder, "plain")
    np.testing.assert_array_equal(made, classes(folder, "same"))
    assert "taken as those of the raster" in ran[3]["log"]


def test_its_map_lies_on_it_in_qgis(ran):
    assert ran[5] == {"extent": ran[4]["extent"], "crs": False}
