"""The picture of the map, and the spectra of the classes."""

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from miaf_engine.cubes.tiles import tiles_of_side
from miaf_engine.reports.pictures import MapPicture
from tests import scenes, tiny
from tests.repository import fresh_python


@given(
    height=st.integers(1, 60), width=st.integers(1, 60), step=st.integers(1, 7),
    side=st.integers(3, 70),
)  # fmt: skip
def test_tiles_paint_what_the_whole_would(height, width, step, side):
    values = np.arange(1, height * width + 1, dtype=np.uint16).reshape(height, width)
    shape = -(-height // step), -(-width // step)
    picture = MapPicture(np.zeros(shape, np.uint16), step)
    for tile in tiles_of_side(height, width, side):
        picture.paint(tile.core, values[tile.core.slices])
    np.testing.assert_array_equal(picture.classes, values[::step, ::step])


@pytest.mark.parametrize(
    ("height", "width", "step"),
    [(10, 20, 1), (1000, 1000, 1), (1001, 9, 2), (5, 9999, 10)],
)
def test_picture_is_at_most_a_thousand_pixels_wide(height, width, step):
    picture = MapPicture.blank(scenes.grid(height, width))
    assert picture.step == step
    assert max(picture.classes.shape) <= 1000


def test_report_has_the_spectra_of_training_pixels(trained):
    numbers = json.loads((trained.folder / "report.json").read_text(encoding="utf-8"))
    text = json.dumps(numbers)
    assert "training" in text
    assert numbers
    page = (trained.folder / "report.html").read_text(encoding="utf-8")
    assert "training pixels" in page
    assert str(tiny.BANDS)


def test_a_training_without_a_report_loads_no_plots():
    code = (
        "import sys, miaf_engine.tasks.train.train as train\n"
        "print('matplotlib' in sys.modules)\n"
        "train.load_plots()\n"
        "print('matplotlib' in sys.modules)"
    )
    assert fresh_python(code).split() == ["False", "True"]
