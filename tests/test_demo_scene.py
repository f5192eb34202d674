"""The demo scene keeps what its README promises."""

import numpy as np
import pyogrio
import pytest
import rasterio
import shapely
from rasterio.features import rasterize
from scipy import ndimage

from tests.repository import ROOT, tracked_files

SCENE = ROOT / "resources" / "demo"
PIXEL = 20.0


@pytest.fixture(scope="module")
def truth():
    with rasterio.open(SCENE / "ground_truth.tif") as file:
        return file.read(1), file.transform


@pytest.fixture(scope="module")
def areas():
    return {name: read(name) for name in ("rois", "validation")}


def read(name):
    info, _, geometries, columns = pyogrio.raw.read(SCENE / f"{name}.gpkg", layer=name)
    covers = columns[list(info["fields"]).index("cover")]
    return shapely.from_wkb(geometries), covers


def class_values():
    text = (SCENE / "ground_truth.tif.aux.xml").read_text(encoding="utf-8")
    names = [part.split("<")[0] for part in text.split("<Category>")[1:]]
    return {name: value for value, name in enumerate(names)}


def rasterised_as(geometries, truth, all_touched=False):
    values, transform = truth
    return rasterize(
        list(geometries), values.shape, transform=transform, all_touched=all_touched
    )


def test_cube_says_where_its_bands_and_pixels_are():
    path = SCENE / "indian_pines.tif"
    with rasterio.open(path) as file:
        assert (file.count, file.height, file.width) == (200, 145, 145)
        assert file.dtypes[0] == "uint16"
        assert file.crs.to_epsg() == 32616
        assert file.res == (PIXEL, PIXEL)
        wavelengths = [float(file.tags(i)["wavelength"]) for i in file.indexes]
        assert wavelengths[0] == pytest.approx(400.02)
        assert wavelengths[-1] == pytest.approx(2489.11)
        middle = float(file.tags(100, ns="IMAGERY")["CENTRAL_WAVELENGTH_UM"])
        assert middle * 1000 == pytest.approx(wavelengths[99])
        assert file.descriptions[0] == "AVIRIS 1 (400.02 Nanometers)"
    assert path.stat().st_size < 6e6


@pytest.mark.parametrize("name", ["rois", "validation"])
def test_areas_lie_in_their_class_and_cover_all_classes(name, areas, truth):
    values = class_values()
    geometries, covers = areas[name]
    assert set(covers) == set(values) - {"Unclassified"}
    assert all(area.is_valid and area.geom_type == "Polygon" for area in geometries)
    for all_touched in (False, True):
        shapes = zip(geometries, (values[cover] for cover in covers), strict=True)
        rasterised = rasterised_as(shapes, truth, all_touched)
        assert not ((rasterised > 0) & (rasterised != truth[0])).any()


def test_training_areas_cover_little(areas, truth):
    geometries, covers = areas["rois"]
    share = (rasterised_as(geometries, truth) > 0).sum() / (truth[0] > 0).sum()
    assert 0.05 < share <= 0.12
    assert min(list(covers).count(cover) for cover in set(covers)) >= 2


def test_validation_keeps_more_than_three_pixels_away(areas, truth):
    training, validation = (areas[name][0] for name in ("rois", "validation"))
    assert min(a.distance(b) for a in training for b in validation) > 3 * PIXEL
    held_out = rasterised_as(validation, truth) > 0
    away = ndimage.distance_transform_cdt(
        rasterised_as(training, truth) == 0, "chessboard"
    )
    assert away[held_out].min() > 3
    assert np.count_nonzero(held_out) > 0


@pytest.mark.parametrize("name", ["rois", "validation"])
def test_areas_open_styled_in_qgis(name):
    info, _, _, columns = pyogrio.raw.read(
        SCENE / f"{name}.gpkg",
        layer="layer_styles",
        columns=["f_table_name", "styleQML", "useAsDefault"],
    )
    row = dict(zip(info["fields"], columns, strict=True))
    assert list(row["f_table_name"]) == [name]
    assert row["useAsDefault"][0]
    assert 'attr="cover"' in row["styleQML"][0]


def test_no_file_of_a_viewer_was_left_in_the_scene():
    left = (".gpkg-wal", ".gpkg-shm", "indian_pines.tif.aux.xml")
    assert not [name for name in tracked_files() if name.endswith(left)]
