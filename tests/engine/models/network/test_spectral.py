"""Shallow features and the matrix of valid pixels."""

import copy

import pytest
import torch
from torch import nn

from miaf_engine.models.network.spectral import Spectra, SpectralFeatures, valid_rows
from tests.tiny import unlike


def test_rows_are_the_valid_pixels_in_order():
    image = torch.arange(24.0).view(2, 3, 4)
    assert torch.equal(valid_rows(image, None)[5], image[:, 1, 1])
    pixels = torch.tensor([0, 7, 11])
    expected = torch.stack([image[:, 0, 0], image[:, 1, 3], image[:, 2, 3]])
    assert torch.equal(valid_rows(image, pixels), expected)


def test_blocks_are_one_by_one_convolutions():
    features = unlike(SpectralFeatures(5, 4, dropout=0.5))
    image = torch.randn(1, 5, 3, 4)
    convolved = image
    for norm, linear in ((0, 1), (3, 4)):
        batch_norm = nn.BatchNorm2d(convolved.shape[1]).eval()
        batch_norm.load_state_dict(features.blocks[norm].state_dict())
        weight = features.blocks[linear].weight[:, :, None, None]
        convolved = nn.functional.conv2d(
            batch_norm(convolved), weight, features.blocks[linear].bias
        )
        convolved = nn.functional.leaky_relu(convolved)
    expected = convolved[0].flatten(1).T
    torch.testing.assert_close(features(valid_rows(image[0], None)), expected)


def test_training_normalises_by_the_spectra_at_hand():
    features = unlike(SpectralFeatures(5, 4, dropout=0.0)).train()
    plain = copy.deepcopy(features.blocks)
    for module in plain:
        if isinstance(module, nn.LeakyReLU):
            module.inplace = False
    for step in range(3):
        spectra = torch.randn(50, 5) * 3 + step
        found, expected = features(spectra), plain(spectra)
        torch.testing.assert_close(found, expected)
        weights = torch.randn_like(found)
        for output in (found, expected):
            (output * weights).sum().backward()
    wanted = dict(plain.named_parameters())
    for name, parameter in features.blocks.named_parameters():
        torch.testing.assert_close(parameter.grad, wanted[name].grad)
    kept = dict(features.blocks.named_buffers())
    for name, buffer in plain.named_buffers():
        torch.testing.assert_close(kept[name], buffer)


def test_statistics_are_averaged_over_areas_without_momentum():
    features = unlike(SpectralFeatures(5, 4, dropout=0.0)).train()
    norm = features.blocks[0]
    norm.reset_running_stats()
    norm.momentum = None
    parts = [torch.randn(40, 5) + shift for shift in range(4)]
    for part in parts:
        features(part)
    means = torch.stack([part.mean(0) for part in parts])
    torch.testing.assert_close(norm.running_mean, means.mean(0))


def test_dropout_is_for_training_only():
    features = SpectralFeatures(5, 64, dropout=0.5)
    spectra = torch.randn(20, 5)
    dropped = (features.train()(spectra) == 0).float().mean()
    assert 0.3 < dropped < 0.7
    features.eval()
    assert torch.equal(features(spectra), features(spectra))


@pytest.mark.parametrize("pixels", [None, torch.tensor([0, 6, 7, 20, 34])])
def test_spectra_of_a_part_of_an_image_are_its_rows(pixels):
    part = torch.randn(4, 9, 11)[:, 2:7, 3:10]
    spectra = Spectra(part, pixels)
    expected = valid_rows(part.contiguous(), pixels)
    assert len(spectra) == len(expected)
    assert torch.equal(spectra.at(None), expected)
    assert torch.equal(spectra.at(slice(1, 3)), expected[1:3])
    assert torch.equal(spectra.at(torch.tensor([3, 0])), expected[[3, 0]])
    part.zero_()  # it is not a copy
    assert not spectra.at(None).any()


def test_spectra_and_their_rows_have_the_same_embedding():
    torch.manual_seed(0)
    image = torch.randn(5, 80, 60)
    features = SpectralFeatures(5, 3, dropout=0.5).eval()
    found = features(Spectra(image[:, 1:, 2:], None))
    expected = features(valid_rows(image[:, 1:, 2:].contiguous(), None))
    torch.testing.assert_close(found, expected)
