"""Pictures have the right colours and sizes, and odd data do not stop them."""

import io

import numpy as np
import pytest
from matplotlib.image import imread

from miaf_engine.plots import (
    LARGEST_MAP,
    SMALLEST_MAP,
    curve_pngs,
    map_png,
    spectra_png,
    spectrum_png,
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


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("bands", [1, 2, 30])
@pytest.mark.parametrize("known", [True, False])
def test_spectra(bands, known):
    means = np.stack([np.linspace(0, 1, bands), np.full(bands, np.nan)])
    waves = np.linspace(400, 2500, bands)[::-1] if known else None
    assert pixels(spectra_png(means, waves, COLOURS, "a $ b _{")).std() > 0
    assert pixels(spectrum_png(means, means * 0, waves, 0, COLOURS[0])).std() > 0


def test_same_numbers_same_bytes():
    drawn = [curve_pngs([3.0, 2.0], [], 2)["Loss"] for _ in range(2)]
    assert drawn[0] == drawn[1]
