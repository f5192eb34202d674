"""What a map leaves open, counted tile by tile."""

import numpy as np
import pytest

from miaf_engine.grid import Window
from miaf_engine.prediction import map_summary
from miaf_engine.prediction.map_summary import MapSummary, summary_text
from tests import scenes


def picture():
    """Return the index of 6 x 10 pixels: 14 outside in two patches, one nodata."""
    index = np.full((6, 10), 0.2, np.float32)
    index[1:3, 1:3] = 2.0
    index[3:5, 4:9] = 3.0
    index[5, 9] = np.nan
    return index


def summed(*windows):
    index = picture()
    classes = np.where(index > 2.5, 0, 1)
    found = MapSummary(scenes.grid(6, 10), 1.0)
    for window in windows:
        part = index[window.slices]
        there = ~np.isnan(part)
        found.add(window, there, np.where(there, classes[window.slices], 0), part)
    return found


def test_shares_and_the_largest_patch():
    found = summed(Window(0, 0, 6, 10)).as_json()
    assert found["unlike_share"] == pytest.approx(14 / 59)
    patch = found["unlike_largest_patch"]
    grid = scenes.grid(6, 10)
    assert (patch["pixels"], patch["row"], patch["column"]) == (10, 3, 6)
    a, b, c, d, e, f = grid.transform[:6]
    assert patch["x"] == a * 6.5 + b * 3.5 + c
    assert patch["y"] == d * 6.5 + e * 3.5 + f
    assert (found["unclassified_pixels"], found["applicability_threshold"]) == (10, 1.0)


def test_tiles_give_what_the_whole_gives():
    tiles = [Window(r, c, 3, 5) for r in (0, 3) for c in (0, 5)]
    assert summed(*tiles).as_json() == summed(Window(0, 0, 6, 10)).as_json()


def test_a_large_map_is_thinned_for_its_patches_alone(monkeypatch):
    monkeypatch.setattr(map_summary, "MOST_CELLS", 15)
    found = summed(
        Window(0, 0, 3, 5), Window(0, 5, 3, 5), Window(3, 0, 3, 10)
    ).as_json()
    assert found["unlike_share"] == pytest.approx(14 / 59)
    assert found["unlike_largest_patch"]["pixels"] % 4 == 0


def test_one_pixel_is_one_pixel():
    figures = {
        "unlike_share": 0.5,
        "unlike_largest_patch": {"pixels": 1, "row": 0, "column": 1, "x": 2, "y": 3},
        "unclassified_pixels": 1,
        "unclassified_share": 0.25,
    }
    text = summary_text(figures)
    assert "The largest patch has 1 pixel, around" in text
    assert text.endswith(
        "1 pixel (25.0 %) was left without a class. "
        "An expected accuracy is that of the others."
    )


def test_words_say_what_is_open():
    text = summary_text(summed(Window(0, 0, 6, 10)).as_json())
    assert text.startswith(
        "24 % of the map is unlike every training area; how much of that is right "
        "is unknown. The largest patch"
    )
    assert text.endswith(
        "10 pixels (16.9 %) were left without a class. "
        "An expected accuracy is that of the others."
    )
    none = {"unlike_share": 0.0, "unlike_largest_patch": None}
    assert summary_text(none) == "0 % of the map is unlike every training area."
    unknown = MapSummary(scenes.grid(2, 2), None)
    unknown.add(Window(0, 0, 2, 2), np.ones((2, 2), bool), np.ones((2, 2), int), None)
    assert summary_text(unknown.as_json()) == ""
    assert unknown.as_json()["unlike_share"] is None
