import pytest
import torch
from torch.nn import functional

from miaf_engine.models.network.depthwise import depthwise


def tensors(channels, rows, columns, size):
    image = torch.randn(1, rows, columns, channels, dtype=torch.float64)
    weight = torch.randn(channels, 1, size, size, dtype=torch.float64)
    bias = torch.randn(channels, dtype=torch.float64)
    return [part.requires_grad_() for part in (image.permute(0, 3, 1, 2), weight, bias)]


def plain(image, weight, bias):
    size = weight.shape[2]
    return functional.conv2d(image, weight, bias, padding=size // 2, groups=len(weight))


@pytest.mark.parametrize("size", [1, 3, 5, 7, 9, 11, 31])
@pytest.mark.parametrize("shape", [(1, 1, 1), (3, 1, 9), (2, 9, 1), (4, 6, 11)])
def test_values_and_gradients_are_those_of_conv2d(shape, size):
    given = tensors(*shape, size)
    above = torch.randn(1, *shape, dtype=torch.float64)
    found, wanted = depthwise(*given), plain(*given)
    assert torch.allclose(found, wanted, atol=1e-12)
    own = torch.autograd.grad(found, given, above)
    theirs = torch.autograd.grad(wanted, given, above)
    for one, other in zip(own, theirs, strict=True):
        assert one.shape == other.shape
        assert torch.allclose(one, other, atol=1e-10)


def test_gradients_in_single_precision():
    given = [part.float().detach().requires_grad_() for part in tensors(8, 40, 30, 7)]
    above = torch.randn(1, 8, 40, 30)
    own = torch.autograd.grad(depthwise(*given), given, above)
    theirs = torch.autograd.grad(plain(*given), given, above)
    for one, other in zip(own, theirs, strict=True):
        assert torch.allclose(one, other, rtol=1e-3, atol=1e-3)
