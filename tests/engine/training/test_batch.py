"""Noise that spectra are given in training."""

from dataclasses import replace

import pytest
import torch

from miaf_engine.training.batch import Batch, SpectralNoise, strength
from tests import tiny


@pytest.fixture(scope="module")
def batch():
    return Batch.build(tiny.area(), "cpu")


@pytest.mark.parametrize(
    ("areas", "pixels", "expected"),
    [
        (1, 4, 0.875),
        (100, 200, 0.75),
        (121, 242, 0.75 / 1.1),
        (400, 800, 0.375),
        (100, 100, 0.5),
        (400, 400, 0.25),
        (0, 0, 1.0),
    ],
)
def test_many_areas_and_single_pixels_are_disturbed_less(areas, pixels, expected):
    assert strength(areas, pixels) == pytest.approx(expected)


def test_noise_has_the_scale_asked_for_and_differs_by_step(batch):
    torch.manual_seed(0)
    noise = SpectralNoise.of(batch, 0.5)
    first, second = (noise.spectra() - batch.spectra for _ in range(2))
    assert abs(float(first.std()) - 0.5) < 0.02
    assert not torch.equal(first, second)


def test_without_noise_the_spectra_stay(batch):
    assert SpectralNoise.of(batch, 0.0).spectra() is batch.spectra


def test_a_pixel_without_data_leaves_the_noise_of_the_others_as_it_was(batch):
    layout = batch.layout
    assert layout.pixels is None
    pixels = torch.cat([torch.arange(7), torch.arange(8, layout.size)])
    spectra = batch.spectra[pixels]
    without = replace(batch, spectra=spectra, layout=replace(layout, pixels=pixels))
    found = []
    for one in (batch, without):
        torch.manual_seed(0)
        noise = SpectralNoise.of(one, 0.5)
        found.append([noise.spectra() for _ in range(2)])
    for whole, part in zip(*found, strict=True):
        assert torch.equal(whole[pixels], part)
