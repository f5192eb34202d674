"""Depthwise convolution with a backward pass that is fast on a processor."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

_LAST = torch.channels_last
# Columns up to which the gradient of a kernel is fast in oneDNN; above, it is slow.
_STRIP = 3


class DepthwiseInStrips(nn.Conv2d):
    """Depthwise convolution, one odd square kernel a channel, zeros around.

    As `nn.Conv2d(D, D, k, padding=k // 2, groups=D)`, and the same up to rounding. The
    gradient of a kernel of 5 x 5 or more is computed in strips of three columns, in a
    third of the time or less.
    """

    def forward(self, image: Tensor) -> Tensor:
        """Convolve float (1, D, H, W) in channels-last memory; output alike."""
        if self.weight.shape[3] > _STRIP and not torch.is_autocast_enabled("cpu"):
            # Without types in torch itself.
            convolved: Tensor = _InStrips.apply(  # type: ignore[no-untyped-call]
                image, self.weight, self.bias
            )
            return convolved
        return _convolve(image, self.weight, self.bias)


def _convolve(image: Tensor, weight: Tensor, bias: Tensor | None) -> Tensor:
    return functional.conv2d(
        image,
        weight.contiguous(memory_format=_LAST),
        bias,
        padding=weight.shape[3] // 2,
        groups=len(weight),
    )


class _InStrips(torch.autograd.Function):
    """The gradient of the kernel is computed in strips of `_STRIP` columns."""

    @staticmethod
    def forward(context: Any, image: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
        context.save_for_backward(image, weight)
        return _convolve(image, weight, bias)

    @staticmethod
    def backward(context: Any, *gradients: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        image, weight = context.saved_tensors
        (above,) = gradients
        of_image = _convolve(above, weight.flip(2, 3), None)
        return of_image, _of_kernel(image, weight, above), above.sum((0, 2, 3))


def _of_kernel(image: Tensor, weight: Tensor, above: Tensor) -> Tensor:
    """Return the gradient of the kernel, (D, 1, k, k).

    The image is padded once; each strip is the same memory from some pixels on, since a
    row that ends in the next one's zeros meets the zeros that `above` is widened with.
    """
    _, channels, rows, columns = image.shape
    size = weight.shape[3]
    around = size // 2
    high, wide = rows + 2 * around, columns + 2 * around
    # One row more, into which the last strips reach.
    sides = (0, 0, around, around, around, around + 1)
    padded = functional.pad(image[0].permute(1, 2, 0).contiguous(), sides)
    steps = (high * wide * channels, 1, wide * channels, channels)
    widened = functional.pad(above, (0, wide - (_STRIP - 1) - columns))
    widened = widened.contiguous(memory_format=_LAST)
    kernel = weight[..., :_STRIP].contiguous(memory_format=_LAST)
    gradient = torch.empty_like(weight)
    # The last strip ends with the kernel, over columns that one before may have.
    for first in dict.fromkeys(min(at, size - _STRIP) for at in range(0, size, _STRIP)):
        part = padded.as_strided((1, channels, high, wide), steps, first * channels)
        gradient[..., first : first + _STRIP] = torch.ops.aten.convolution_backward(
            widened,
            part,
            kernel,
            None,
            [1, 1],
            [0, 0],
            [1, 1],
            False,
            [0, 0],
            channels,
            [False, True, False],
        )[1]
    return gradient
