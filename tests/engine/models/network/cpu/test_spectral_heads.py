"""The heads of the spectrum together against each by itself."""

import copy

import pytest
import torch

from miaf_engine.models.network.cpu.spectral_heads import ClassifiersTogether
from miaf_engine.models.network.ensemble import BranchClassifiers
from tests.tiny import unlike


def plain():
    switches = {"convolution": True, "graph": True, "spectrum": True}
    return unlike(BranchClassifiers(7, 8, 4, 2, **switches))


@pytest.mark.parametrize("pixels", [0, 1, 1024, 2500])
def test_heads_of_the_unnormalised_spectrum_are_among_them(pixels):
    switches = {"convolution": True, "graph": True, "spectrum": True}
    apart = unlike(BranchClassifiers(7, 8, 4, 2, **switches, unnormalised=True))
    together = copy.deepcopy(apart)
    together.__class__ = ClassifiersTogether
    given = torch.randn(pixels, 7), torch.rand(pixels, 2)
    with torch.no_grad():
        found, expected = together.of_spectra(*given), apart.of_spectra(*given)
        fewer = together.of_spectra(given[0])
    assert [len(heads) for heads in (found, expected, fewer)] == [5, 5, 3]
    for one, other in zip(found, expected, strict=True):
        assert one.name == other.name
        torch.testing.assert_close(one.logits[0], other.logits[0])
    for one, other in zip(fewer, expected[:3], strict=True):
        torch.testing.assert_close(one.logits[0], other.logits[0])


@pytest.mark.parametrize("pixels", [0, 1, 1024, 2500])
def test_logits_are_those_of_the_plain_heads(pixels):
    apart = plain()
    together = copy.deepcopy(apart)
    together.__class__ = ClassifiersTogether
    spectra = torch.randn(pixels, 7)
    with torch.no_grad():
        found, expected = together.of_spectra(spectra), apart.of_spectra(spectra)
    assert [head.name for head in found] == [
        "linear on the spectrum",
        "kernel on the spectrum",
        "discriminant of the spectrum",
    ]
    for one, other in zip(found, expected, strict=True):
        assert one.name == other.name
        assert one.logits[0].shape == (pixels, 4)
        torch.testing.assert_close(one.logits[0], other.logits[0])


def test_where_gradients_are_taken_they_are_the_plain_heads():
    apart = plain()
    together = copy.deepcopy(apart)
    together.__class__ = ClassifiersTogether
    spectra = torch.randn(30, 7)
    pairs = zip(together.of_spectra(spectra), apart.of_spectra(spectra), strict=True)
    for one, other in pairs:
        assert torch.equal(one.logits[0], other.logits[0])
