"""Spectra are broken, and the gap is grey, where bands were left out."""

import io

import numpy as np
import pytest
from matplotlib.image import imread

from miaf_engine.reports.spectra_plot import (
    BandAxis,
    spectra_png,
    spectrum_png,
)

COLOURS = ["#ff0000", "#0080ff"]


def pixels(png):
    return np.round(imread(io.BytesIO(png))[..., :3] * 255).astype(int)


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("bands", [1, 2, 30])
@pytest.mark.parametrize("known", [True, False])
def test_any_number_of_bands(bands, known):
    means = np.stack([np.linspace(0, 1, bands), np.full(bands, np.nan)])
    waves = np.linspace(400, 2500, bands)[::-1] if known else None
    axis = BandAxis.of(bands, waves)
    assert pixels(spectra_png(means, axis, COLOURS, "a $ b _{")).std() > 0
    assert pixels(spectrum_png(means, means * 0, axis, 0, COLOURS[0])).std() > 0


def test_one_band_left_out_breaks_the_line():
    places = np.array([430.0, 400, 410, 440, 450])  # 420 is missing, out of order
    axis = BandAxis.of(5, places, left_out=np.array([420.0]))
    assert axis.pieces() == [slice(0, 2), slice(2, 5)]
    assert axis.gaps() == [(410.0, 430.0)]
    assert BandAxis.of(5, places).pieces() == [slice(0, 5)]


def test_bands_left_out_at_the_ends():
    axis = BandAxis.of(3, np.array([5.0, 6, 7]), left_out=np.array([1.0, 2, 9, 8]))
    assert axis.pieces() == [slice(0, 3)]
    assert axis.gaps() == [(1.0, 5.0), (7.0, 9.0)]


def test_bands_without_wavelengths_keep_their_numbers():
    axis = BandAxis.of(2, numbers=np.array([4, 7]), left_out=np.array([5.0, 6.0]))
    assert axis.places.tolist() == [4, 7] and axis.label == "band"
    assert axis.gaps() == [(4.0, 7.0)]


def test_gap_is_grey():
    means = np.ones((1, 4))
    waves = np.array([400.0, 410, 600, 610])
    axis = BandAxis.of(4, waves, left_out=np.arange(420.0, 600, 10))
    grey = (pixels(spectra_png(means, axis, COLOURS[:1], "")) == 0xEC).all(axis=2)
    assert 0.3 < grey.mean() < 0.95
    whole = pixels(spectra_png(means[:, :2], BandAxis.of(2), COLOURS[:1], ""))
    assert (whole == 0xEC).all(axis=2).mean() < 0.01  # edges of letters
