"""What may be asked of a reference sample."""

import pytest

from miaf_engine.errors import ConfigError
from miaf_engine.requests.draw_sample import (
    SAMPLE_FIELDS,
    DrawSampleRequest,
    is_of_draw,
    is_of_sample,
)


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("method", "clustered", "stratified, simple, systematic"),
        ("allocation", "neyman", "compromise, equal, proportional"),
        ("half_width", 0.0, "half width of the interval is 0"),
        ("half_width", 0.5, "0.05 for 5 percentage points"),
        ("half_width", 50, "half width of the interval is 50"),
        ("half_width", float("nan"), "half width of the interval is nan"),
        ("half_width", "0.05", "'half_width' must be a float"),
        ("expected_accuracy", [0.8, 1.0], "expected accuracy 1"),
        ("minimum", -1, "'minimum' must be a whole number"),
    ],
)
def test_what_is_refused(name, value, message):
    with pytest.raises(ConfigError, match=message):
        DrawSampleRequest.from_json({"classification": "m.tif", name: value})


@pytest.mark.parametrize(("given", "width"), [(0.05, 0.05), (5, 0.05), (2.5, 0.025)])
def test_a_half_width_from_1_on_is_in_points(given, width):
    assert DrawSampleRequest("m.tif", half_width=given).width == pytest.approx(width)


def test_a_layer_is_told_by_its_fields():
    assert is_of_sample(["fid", "class", *SAMPLE_FIELDS])
    assert not is_of_sample(["class", *SAMPLE_FIELDS[1:]])
    # A Shapefile cuts names after ten characters.
    assert max(map(len, SAMPLE_FIELDS)) <= 10


def test_what_the_draw_has_set_is_told_from_what_was_looked_up():
    fields = ["class", "note", "map_class", *SAMPLE_FIELDS]
    found = [name for name in fields if is_of_draw(name, fields)]
    assert found == ["map_class", *SAMPLE_FIELDS]
    assert not is_of_draw("map_class", ["class", "map_class", "design"])
