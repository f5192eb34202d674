"""Dropout that costs little on a CPU."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

_STEPS = 256  # values of a byte


class Dropout(nn.Module):
    """Set features to zero at random and scale the others up (Srivastava et al. 2014).

    A CPU draws a byte for each feature, so that the share is a multiple of 1/256
    there: `torch.nn.functional.dropout` draws eight times as many and took 6 % of a
    training step.

    Args:
        p: Share of the features, 0..1, that are set to zero while training.
    """

    def __init__(self, p: float) -> None:
        super().__init__()
        self.p = p

    def forward(self, features: Tensor) -> Tensor:
        """Return the features, float (V, D), less those that are dropped."""
        if features.device.type != "cpu":
            return functional.dropout(features, self.p, self.training)
        dropped = round(_STEPS * self.p)
        if not self.training or dropped == 0:
            return features
        if dropped == _STEPS:
            return features * 0.0
        kept = _bytes(features.numel()).view(features.shape) >= dropped
        return features * kept.to(features.dtype).mul_(_STEPS / (_STEPS - dropped))


def _bytes(count: int) -> Tensor:
    """Draw `count` bytes, uint8, from torch's generator."""
    words = torch.empty(-(-count // 8), dtype=torch.int64)
    return words.random_(torch.iinfo(torch.int64).min, None).view(torch.uint8)[:count]
