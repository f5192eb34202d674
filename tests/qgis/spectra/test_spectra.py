"""Spectra of pixels and areas, and which areas look like another class."""

import numpy as np
import pytest
from osgeo import gdal
from qgis.core import QgsFeature, QgsGeometry, QgsRasterLayer, QgsVectorLayer

from miaf_qgis.spectra.area_task import AreaTask, areas_of, class_colours
from miaf_qgis.spectra.comparison import (
    class_spectra,
    nearest_classes,
    spectral_angles,
    unlike_areas,
)
from miaf_qgis.spectra.cube_file import Area, AreaSpectra, CubeFile

SIZE, BANDS = 40, 12


@pytest.fixture
def values():
    """float32 (C, H, W): two materials, left and right of column 20, with noise."""
    generator = np.random.default_rng(0)
    rising = np.linspace(100, 1000, BANDS)
    scene = np.empty((BANDS, SIZE, SIZE), "f4")
    scene[:, :, :20] = rising[:, None, None]
    scene[:, :, 20:] = rising[::-1, None, None]
    return scene + generator.normal(0, 5, scene.shape).astype("f4")


def write(path, values, transform=(500000, 10, 0, 4500000, 0, -10), nodata=None):
    count, height, width = values.shape
    dataset = gdal.GetDriverByName("GTiff").Create(
        str(path), width, height, count, gdal.GDT_Float32
    )
    dataset.SetGeoTransform(transform)
    dataset.SetProjection("EPSG:32616")
    for number, band in enumerate(values, 1):
        dataset.GetRasterBand(number).WriteArray(band)
        if nodata is not None:
            dataset.GetRasterBand(number).SetNoDataValue(nodata)
    dataset = None
    return QgsRasterLayer(str(path), "Cube")


def square(column, row, side, transform=(500000, 10, 0, 4500000, 0, -10)):
    """Return a square of pixels as a geometry on the map."""
    corners = [(0, 0), (side, 0), (side, side), (0, side), (0, 0)]
    points = [
        gdal.ApplyGeoTransform(list(transform), column + x, row + y) for x, y in corners
    ]
    text = ", ".join(f"{x} {y}" for x, y in points)
    return QgsGeometry.fromWkt(f"Polygon (({text}))")


def area(key, name, *place, **more):
    return Area(key, name, bytes(square(*place, **more).asWkb()))


@pytest.fixture
def cube(tmp_path, values):
    return CubeFile.of(write(tmp_path / "cube.tif", values))


def test_the_spectrum_of_a_pixel_is_that_of_the_file(cube, values):
    row, column = cube.pixel_of(500000 + 10 * 7.5, 4500000 - 10 * 3.5)
    assert (row, column) == (3, 7)
    assert np.array_equal(cube.spectrum(row, column), values[:, 3, 7])
    assert cube.corners_of(3, 7)[0] == (500070.0, 4499970.0)


@pytest.mark.parametrize("place", [(-0.1, 5), (40.1, 5), (5, -0.1), (5, 40.1)])
def test_a_place_outside_is_no_pixel(cube, place):
    x, y = place
    assert cube.pixel_of(500000 + 10 * x, 4500000 - 10 * y) is None


def test_nodata_is_no_value(tmp_path, values):
    values[3, 3, 7] = -1
    values[:, 0, 0] = -1
    cube = CubeFile.of(write(tmp_path / "cube.tif", values, nodata=-1))
    assert np.isnan(cube.spectrum(3, 7)).tolist() == [n == 3 for n in range(BANDS)]
    assert np.isnan(cube.spectrum(0, 0)).all()


@pytest.mark.parametrize(
    "transform",
    [(500000, 10, 0, 4500000, 0, -10), (500000, 8, 6, 4500000, 6, -8)],
    ids=["north up", "rotated"],
)
def test_an_area_adds_up_to_the_pixels_inside(tmp_path, values, transform):
    cube = CubeFile.of(write(tmp_path / "cube.tif", values, transform))
    found = cube.of_area(area(1, "Left", 4, 6, 5, transform=transform))
    inside = values[:, 6:11, 4:9].reshape(BANDS, -1).astype(float)
    assert found.pixels == 25
    assert found.mean == pytest.approx(inside.mean(1))
    assert found.deviation == pytest.approx(inside.std(1))
    assert sorted(map(tuple, found.kept)) == sorted(map(tuple, inside.T))


def test_an_area_smaller_than_a_pixel_has_the_one_it_touches(cube, values):
    found = cube.of_area(area(1, "Left", 4.1, 6.1, 0.2))
    assert found.pixels == 1
    assert found.mean == pytest.approx(values[:, 6, 4])


def test_an_area_outside_the_cube_has_no_pixel(cube):
    found = cube.of_area(area(1, "Left", 100, 100, 5))
    assert found.pixels == 0
    assert class_spectra({area(1, "Left", 100, 100, 5): found}) == {}


def test_a_large_area_is_read_in_parts_and_thinned_out(tmp_path, monkeypatch, values):
    monkeypatch.setattr("miaf_qgis.spectra.cube_file._CHUNK_BYTES", 4 * BANDS * 40 * 3)
    cube = CubeFile.of(write(tmp_path / "cube.tif", values))
    whole = area(1, "All", 0, 0, 40)
    assert cube.of_area(whole).mean == pytest.approx(
        values.reshape(BANDS, -1).astype(float).mean(1)
    )
    monkeypatch.setattr("miaf_qgis.spectra.cube_file._MOST_PIXELS", 100)
    assert cube.of_area(whole).pixels == 100


def test_angles_leave_bands_without_values_out():
    spectra = np.array([[1, 0, np.nan], [0, 2, 5], [np.nan, np.nan, 1], [0, 0, 0]])
    means = np.array([[3.0, 0.0, np.nan], [1.0, 1.0, 0.0]])
    angles = spectral_angles(spectra, means)
    assert angles[0] == pytest.approx([0, 45])
    assert angles[1, 0] == pytest.approx(90)
    assert np.isnan(angles[2]).all() and np.isnan(angles[3]).all()


def test_the_nearest_class_is_named_first(cube):
    left, right = area(1, "Left", 2, 2, 5), area(2, "Right", 30, 2, 5)
    classes = class_spectra({one: cube.of_area(one) for one in (left, right)})
    names = [n for n, _ in nearest_classes(
        cube.spectrum(20, 35), classes, np.ones(BANDS, bool)
    )]  # fmt: skip
    assert names == ["Right", "Left"]


def judged(cube, *areas, good=None):
    found = {one: cube.of_area(one) for one in areas}
    mask = np.ones(BANDS, bool) if good is None else good
    return [(item.area.key, item.other) for item in unlike_areas(found, mask)]


def test_an_area_of_a_wrong_class_is_marked(cube):
    areas = [
        *(area(n, "Left", 2, 6 * n, 4) for n in range(3)),
        *(area(10 + n, "Right", 30, 6 * n, 4) for n in range(3)),
    ]
    assert judged(cube, *areas) == []
    wrong = area(20, "Left", 30, 25, 4)
    assert judged(cube, *areas, wrong) == [(20, "Right")]


def test_an_area_alone_in_its_class_is_not_judged(cube):
    areas = [area(1, "Left", 30, 2, 4), area(2, "Right", 30, 10, 4)]
    assert judged(cube, *areas, area(3, "Right", 30, 20, 4)) == []


def test_one_class_alone_is_not_judged(cube):
    assert judged(cube, area(1, "Left", 2, 2, 4), area(2, "Left", 30, 2, 4)) == []


def test_without_a_part_the_rest_is_left(cube):
    one, two = cube.of_area(area(1, "a", 1, 1, 3)), cube.of_area(area(2, "a", 8, 8, 4))
    rest = (one + two) - one
    assert rest.pixels == two.pixels
    assert rest.mean == pytest.approx(two.mean)
    assert AreaSpectra.of(np.empty((0, 3), "f4")).mean.shape == (3,)


@pytest.fixture
def drawn():
    layer = QgsVectorLayer("Polygon?crs=EPSG:32616&field=cover:string", "A", "memory")
    features = []
    for name, column in (("Left", 2), ("Right", 30), (None, 10), ("Right", 34)):
        feature = QgsFeature(layer.fields())
        feature.setAttributes([name])
        feature.setGeometry(square(column, 2, 4))
        features.append(feature)
    layer.dataProvider().addFeatures(features)
    return layer


def test_areas_without_a_class_are_left_out(tmp_path, values, drawn):
    layer = write(tmp_path / "cube.tif", values)
    areas = areas_of(drawn, "cover", layer)
    assert [one.name for one in areas] == ["Left", "Right", "Right"]
    assert class_colours(drawn, "cover") == {}
    assert areas_of(drawn, "no such field", layer) == []


def test_areas_of_another_crs_lie_where_they_are_shown(tmp_path, values, drawn):
    layer = write(tmp_path / "cube.tif", values)
    cube = CubeFile.of(layer)
    moved = QgsVectorLayer("Polygon?crs=EPSG:4326&field=cover:string", "B", "memory")
    from qgis.core import QgsCoordinateTransform, QgsProject

    to_degrees = QgsCoordinateTransform(drawn.crs(), moved.crs(), QgsProject.instance())
    features = []
    for feature in drawn.getFeatures():
        geometry = feature.geometry()
        geometry.transform(to_degrees)
        feature.setGeometry(geometry)
        features.append(feature)
    moved.dataProvider().addFeatures(features)
    for own, other in zip(
        areas_of(drawn, "cover", layer), areas_of(moved, "cover", layer), strict=True
    ):
        assert cube.of_area(other).mean == pytest.approx(cube.of_area(own).mean)


def test_only_what_is_new_is_read(tmp_path, values, drawn):
    layer = write(tmp_path / "cube.tif", values)
    areas = areas_of(drawn, "cover", layer)
    first = AreaTask(CubeFile.of(layer), areas[:2], {})
    assert first.run()
    known = {one.wkb: spectra for one, spectra in first.found.items()}
    second = AreaTask(CubeFile.of(layer), areas, known)
    assert set(second.found) == set(areas[:2])
    assert second.run()
    assert set(second.found) == set(areas)


def test_a_task_that_is_cancelled_stops(tmp_path, values, drawn):
    layer = write(tmp_path / "cube.tif", values)
    task = AreaTask(CubeFile.of(layer), areas_of(drawn, "cover", layer), {})
    task.cancel()
    assert not task.run()
    assert task.found == {}
