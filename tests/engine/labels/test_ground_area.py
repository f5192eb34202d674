"""Areas of classes against closed formulae."""

import math

import numpy as np
import pytest

from miaf_engine.grid import Grid
from miaf_engine.labels.ground_area import class_areas

AXIS, FLATTENING = 6_378_137.0, 1 / 298.257223563


def grid(code, transform, shape, **more):
    return Grid(transform, code and f"EPSG:{code}", *shape, **more)


def stripes(shape):
    classes = np.ones(shape, np.uint16)
    classes[:, shape[1] // 4 :] = 2
    classes[0] = 0
    return classes


def zone(south, north, width):
    """Return the area of a zone of the ellipsoid in m2, by its integral."""
    e = math.sqrt(FLATTENING * (2 - FLATTENING))

    def up_to(latitude):
        s = math.sin(math.radians(latitude))
        log = math.log((1 + e * s) / (1 - e * s)) / (2 * e)
        return s / (1 - (e * s) ** 2) + log

    polar = AXIS * (1 - FLATTENING)
    return math.radians(width) * polar**2 / 2 * (up_to(north) - up_to(south))


@pytest.mark.parametrize("shape", [(40, 30), (5, 70), (1, 1), (100, 33)])
def test_utm_is_taken_at_its_word(shape):
    classes = np.ones(shape, np.uint16)
    classes[:, 0] = 2
    found = class_areas(
        classes, 3, grid(32616, (30, 0, 500_000, 0, -30, 4_500_000), shape)
    )
    counts = np.bincount(classes.ravel(), minlength=4)[1:]
    assert found.unit == "ha"
    assert found.values == pytest.approx(counts * 0.09, rel=1e-12)
    assert "900 square metres" in found.measure


def test_rotated_and_in_feet():
    turned = (20.0, 15.0, 500_000, 15.0, -20.0, 4_500_000)
    classes = stripes((40, 40))
    found = class_areas(classes, 2, grid(32616, turned, (40, 40)))
    assert found.values == pytest.approx([10 * 39 * 0.0625, 30 * 39 * 0.0625])
    feet = (100, 0, 984_000, 0, -100, 200_000)  # New York, US survey feet
    found = class_areas(classes, 2, grid(2263, feet, (40, 40)))
    assert found.values[0] == pytest.approx(390 * (100 * 1200 / 3937) ** 2 / 1e4)


@pytest.mark.parametrize(
    ("step", "north", "shape"), [(0.001, 48.2, (200, 300)), (0.05, 70.0, (400, 200))]
)
def test_degrees_are_measured_on_the_ellipsoid(step, north, shape):
    classes = np.ones(shape, np.uint16)
    classes[shape[0] // 2 :] = 2
    found = class_areas(classes, 2, grid(4326, (step, 0, 11.0, 0, -step, north), shape))
    middle = north - step * (shape[0] // 2)
    width = step * shape[1]
    expected = [
        zone(middle, north, width),
        zone(north - step * shape[0], middle, width),
    ]
    assert found.values * 1e4 == pytest.approx(expected, rel=2e-5)
    assert "ellipsoid" in found.measure


def test_web_mercator_is_not_taken_at_its_word():
    x, y = 1_224_514.0, 6_106_855.0  # near 48 degrees north
    classes = np.ones((50, 50), np.uint16)
    found = class_areas(classes, 1, grid(3857, (30, 0, x, 0, -30, y), (50, 50)))
    assert found.values[0] == pytest.approx(
        2500 * 0.09 * math.cos(math.radians(48)) ** 2, rel=0.01
    )
    assert "projection is off" in found.measure


@pytest.mark.parametrize("more", [{}, {"georeferenced": False}])
def test_pixels_where_nothing_says_how_large_they_are(more):
    code = None if not more else 32616
    found = class_areas(
        stripes((20, 40)), 2, grid(code, (1, 0, 0, 0, -1, 0), (20, 40), **more)
    )
    assert found.unit == "pixels"
    assert found.values.tolist() == [19 * 10, 19 * 30]


def test_another_planet():
    moon = (
        'GEOGCS["Moon 2000",DATUM["D_Moon_2000",SPHEROID["Moon",1737400,0]],'
        'PRIMEM["Reference_Meridian",0],UNIT["Degree",0.0174532925199433]]'
    )
    place = Grid((0.01, 0, 0, 0, -0.01, 1), moon, 10, 10)
    assert class_areas(np.ones((10, 10), int), 1, place).unit == "pixels"
