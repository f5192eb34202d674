"""The folded first layer against the plain one."""

import copy

import pytest
import torch

from miaf_engine.models.network.cpu.spectral import FoldedSpectralFeatures
from miaf_engine.models.network.spectral import SpectralFeatures
from tests.tiny import unlike


@pytest.fixture
def both():
    plain = unlike(SpectralFeatures(5, 4, dropout=0.0))
    fast = copy.deepcopy(plain)
    fast.__class__ = FoldedSpectralFeatures
    return fast, plain


def test_values_gradients_and_statistics_in_training(both):
    for step in range(3):
        spectra = torch.randn(50, 5) * 3 + step
        found, expected = (one.train()(spectra) for one in both)
        torch.testing.assert_close(found, expected)
        weights = torch.randn_like(found)
        for output in (found, expected):
            (output * weights).sum().backward()
    fast, plain = both
    wanted = dict(plain.named_parameters())
    for name, parameter in fast.named_parameters():
        torch.testing.assert_close(parameter.grad, wanted[name].grad)
    kept = dict(fast.named_buffers())
    for name, buffer in plain.named_buffers():
        torch.testing.assert_close(kept[name], buffer)


def test_values_in_prediction(both):
    spectra = torch.randn(70_000, 5)  # more than are embedded at once
    found, expected = (one.eval()(spectra) for one in both)
    torch.testing.assert_close(found, expected)


def test_statistics_are_averaged_over_scenes_without_momentum(both):
    parts = [torch.randn(40, 5) + shift for shift in range(4)]
    for features in both:
        norm = features.train().blocks[0]
        norm.reset_running_stats()
        norm.momentum = None
        for part in parts:
            features(part)
        means = torch.stack([part.mean(0) for part in parts])
        torch.testing.assert_close(norm.running_mean, means.mean(0))
