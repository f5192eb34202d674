"""The plugin has a parameter and a style for each raster that the engine writes."""

from miaf_engine.requests.rasters import RASTER_NAMES
from miaf_qgis.engine.answer import Answer
from miaf_qgis.parameters import maps


def test_each_raster_of_the_engine_has_a_parameter_and_a_style():
    wanted = [name.upper() for name in RASTER_NAMES]
    assert list(maps.MAPS) == wanted
    assert [name for name, _, _ in maps._descriptions()] == wanted
    assert list(maps._styles(Answer({}, {}))) == wanted
