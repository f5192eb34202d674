"""Depthwise convolution in strips against torch's own."""

import pytest
import torch
from torch import nn

from miaf_engine.models.network.cpu.depthwise import DepthwiseInStrips


def layers(channels, size, kind=torch.float64):
    """Return the fast layer and torch's, with the same weights."""
    torch.manual_seed(2)
    own, theirs = (
        made(channels, channels, size, padding=size // 2, groups=channels).to(kind)
        for made in (DepthwiseInStrips, nn.Conv2d)
    )
    theirs.load_state_dict(own.state_dict())
    return own, theirs


def gradients(layer, shape, kind=torch.float64):
    """Return values, and gradients of image, weights and bias."""
    channels, rows, columns = shape
    generator = torch.Generator().manual_seed(3)
    image = torch.randn(1, rows, columns, channels, dtype=kind, generator=generator)
    image = image.requires_grad_().permute(0, 3, 1, 2)
    above = torch.randn(1, *shape, dtype=kind, generator=generator)
    found = layer(image)
    return found, *torch.autograd.grad(found, [image, *layer.parameters()], above)


@pytest.mark.parametrize("size", [1, 3, 5, 7, 9, 11, 31])
@pytest.mark.parametrize("shape", [(1, 1, 1), (3, 1, 9), (2, 9, 1), (4, 6, 11)])
def test_values_and_gradients_are_those_of_torch(shape, size):
    own, theirs = (gradients(layer, shape) for layer in layers(shape[0], size))
    for one, other in zip(own, theirs, strict=True):
        torch.testing.assert_close(one, other, rtol=1e-10, atol=1e-10)


@pytest.mark.parametrize("size", [5, 7, 11])
def test_in_single_precision(size):
    shape = (8, 40, 30)
    found = [
        gradients(layer, shape, torch.float32)
        for layer in layers(shape[0], size, torch.float32)
    ]
    for one, other in zip(*found, strict=True):
        torch.testing.assert_close(one, other, rtol=1e-3, atol=1e-3)


def test_memory_stays_channels_last():
    own, _ = layers(4, 7)
    image = torch.randn(1, 6, 5, 4, dtype=torch.float64).permute(0, 3, 1, 2)
    assert own(image).is_contiguous(memory_format=torch.channels_last)
