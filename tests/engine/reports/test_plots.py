"""Pictures have the right colours and sizes, and odd data do not stop them."""

import io

import numpy as np
import pytest
from matplotlib.image import imread

from miaf_engine.reports import plots
from miaf_engine.reports.plots import (
    LARGEST_MAP,
    MOST_BYTES,
    SMALLEST_MAP,
    BandAxis,
    curve_pngs,
    map_png,
    spectra_png,
    spectrum_png,
)
from miaf_engine.translation import speak

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
    names = ["Loss by epoch", "Validation accuracy by epoch"]
    assert list(pictures) == names[: 2 if checks else 1]
    assert all(pixels(png).std() > 0 for png in pictures.values())


def test_noisy_map_of_many_classes_stays_light():
    rng = np.random.default_rng(0)
    colours = [f"#{int(c):06x}" for c in rng.integers(0, 2**24, 300)]
    drawn = map_png(rng.integers(0, 301, (1000, 1000)), colours)
    assert len(drawn) <= MOST_BYTES


def test_same_numbers_same_bytes():
    drawn = [curve_pngs([3.0, 2.0], [], 2)["Loss by epoch"] for _ in range(2)]
    assert drawn[0] == drawn[1]


COLOURS_OF_SPECTRA_PLOT = ["#ff0000", "#0080ff"]


def pixels_of_spectra_plot(png):
    return np.round(imread(io.BytesIO(png))[..., :3] * 255).astype(int)


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("bands", [1, 2, 30])
@pytest.mark.parametrize("known", [True, False])
def test_any_number_of_bands(bands, known):
    means = np.stack([np.linspace(0, 1, bands), np.full(bands, np.nan)])
    waves = np.linspace(400, 2500, bands)[::-1] if known else None
    axis = BandAxis.of(bands, waves)
    assert (
        pixels_of_spectra_plot(
            spectra_png(means, axis, COLOURS_OF_SPECTRA_PLOT, "a $ b _{")
        ).std()
        > 0
    )
    assert (
        pixels_of_spectra_plot(
            spectrum_png(means, means * 0, axis, 0, COLOURS_OF_SPECTRA_PLOT[0])
        ).std()
        > 0
    )


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
    grey = (
        pixels_of_spectra_plot(
            spectra_png(means, axis, COLOURS_OF_SPECTRA_PLOT[:1], "")
        )
        == 0xEC
    ).all(axis=2)
    assert 0.3 < grey.mean() < 0.95
    whole = pixels_of_spectra_plot(
        spectra_png(means[:, :2], BandAxis.of(2), COLOURS_OF_SPECTRA_PLOT[:1], "")
    )
    assert (whole == 0xEC).all(axis=2).mean() < 0.01  # edges of letters


def test_words_without_a_font_are_english(monkeypatch):
    """Chinese words would come out as boxes where no font has them."""
    speak("zh")
    try:
        monkeypatch.setattr(plots, "_chinese_fonts", tuple)
        assert plots.in_picture("epoch") == "epoch"
        monkeypatch.setattr(plots, "_chinese_fonts", lambda: ("SimHei",))
        assert plots.in_picture("epoch") == "轮次"
        plots.new_figure(1, 1)
        assert plots.rcParams["font.family"] == ["sans-serif", "SimHei"]
        monkeypatch.setattr(plots, "_chinese_fonts", tuple)
        plots.new_figure(1, 1)
        speak("fr")
        assert plots.in_picture("epoch") == "époque"
    finally:
        speak("en")
