"""Areas identified by hashes of their outlines."""

import numpy as np
import pytest
import shapely

from miaf_engine.labels.area_digests import are_known, outline_digest


def test_outlines_are_known_by_coordinates_of_few_decimals():
    rng = np.random.default_rng(1)
    xy = rng.uniform((5e5, 4e6), (6e5, 5e6), (40, 3, 2))
    for points, expected in ((np.round(xy, 3), True), (xy, False)):
        shapes = [shapely.Polygon(part) for part in points]
        known = frozenset(map(outline_digest, shapes))
        assert are_known(shapes, known, 20.0).all()
        astray = [
            shapely.Polygon(part + rng.uniform(-2e-8, 2e-8, part.shape))
            for part in points
        ]
        assert (are_known(astray, known, 20.0) == expected).all()
        beside = [shapely.Polygon(part + 0.02) for part in points]
        assert not are_known(beside, known, 20.0).any()
    assert not are_known(shapes, frozenset(), 20.0).any()


@pytest.mark.parametrize(
    "shape",
    [
        shapely.Point(1.5, 2),
        shapely.LineString([(0, 0), (3, 1)]),
        shapely.Polygon([(0, 0), (3, 1), (1, 4)]),
    ],
)
def test_single_shapes_are_known_as_collections_of_one(shape):
    several = {"Point": shapely.MultiPoint, "LineString": shapely.MultiLineString}
    made = several.get(shape.geom_type, shapely.MultiPolygon)([shape])
    assert are_known([made], frozenset([outline_digest(shape)]), 1.0).all()
    assert are_known([shape], frozenset([outline_digest(made)]), 1.0).all()
