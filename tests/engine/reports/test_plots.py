"""Pictures have the right colours and sizes, and odd data do not stop them."""

import io

import numpy as np
import pytest
from matplotlib.image import imread

from miaf_engine.reports.plots import (
    LARGEST_MAP,
    MOST_BYTES,
    SMALLEST_MAP,
    curve_pngs,
    map_png,
)

COLOURS = ["#ff0000", "#0080ff"]


def pixels(png):
    return np.round(imread(io.BytesIO(png))[..., :3] * 255).astype(int)


def test_map_has_the_class_colours():
    image = pixels(map_png(np.array([[0, 1], [2, 2]], np.uint8), COLOURS))
    assert image.shape == (SMALLEST_MAP, SMALLEST_MAP, 3)
    assert image[0, 0].tolist() == [255, 255, 255]
    assert image[0, -1].tolist() == [255, 0, 0]
    assert image[-1, 0].tolist() == [0, 128, 255]


def test_large_map_is_thinned():
    image = pixels(map_png(np.ones((3000, 4500), np.uint16), COLOURS))
    assert max(image.shape) <= LARGEST_MAP
    assert image.shape[1] / image.shape[0] == pytest.approx(1.5, rel=0.01)


@pytest.mark.parametrize("checks", [[], [(2, 0.5, 1.0), (3, 0.75, 0.9)]])
@pytest.mark.parametrize("epochs", [1, 3])
def test_curve(checks, epochs):
    pictures = curve_pngs([1.0] * epochs, checks, 1)
    assert list(pictures) == ["Loss", "Validation accuracy"][: 2 if checks else 1]
    assert all(pixels(png).std() > 0 for png in pictures.values())


def test_noisy_map_of_many_classes_stays_light():
    rng = np.random.default_rng(0)
    colours = [f"#{int(c):06x}" for c in rng.integers(0, 2**24, 300)]
    drawn = map_png(rng.integers(0, 301, (1000, 1000)), colours)
    assert len(drawn) <= MOST_BYTES


def test_same_numbers_same_bytes():
    drawn = [curve_pngs([3.0, 2.0], [], 2)["Loss"] for _ in range(2)]
    assert drawn[0] == drawn[1]
