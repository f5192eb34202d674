"""What the attentions of the network have in common.

An attention multiplies features, so a network can overfit the training areas through
it. Against this each one begins with the same weight everywhere, and is left out of
half of the training steps, at random: what follows has to work with it and without it.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

# Chance that an attention is left out of a training step. Both cases are seen equally
# often; the value was not tuned.
LEFT_OUT = 0.5


class Gate(nn.Sequential):
    """A weight for each feature, at first 1.

        A(x) = 2 sigmoid(W2 LeakyReLU(W1 x)),   W2 = 0 at first

    Shape:
        input (N, D), output (N, D), in 0..2.
    """

    def __init__(self, width: int) -> None:
        hidden = max(width // 4, 4)
        last = neutral(nn.Linear(hidden, width))
        super().__init__(nn.Linear(width, hidden), nn.LeakyReLU(), last)

    def forward(self, features: Tensor) -> Tensor:
        """Return the weights of the features."""
        for layer in self:
            features = layer(features)
        return 2.0 * torch.sigmoid(features)


def neutral(layer: nn.Linear) -> nn.Linear:
    """Set a layer to zero, so that what it scores is all the same, and return it."""
    nn.init.zeros_(layer.weight)
    nn.init.zeros_(layer.bias)
    return layer


class Switched(nn.Module):
    """An attention that is left out of some training steps; it never is in a map.

    Stochastic depth leaves out the layers of a residual network in this way (Huang,
    Sun, Liu, Sedra & Weinberger 2016, Deep networks with stochastic depth).

    Attributes:
        taken: float32 scalar, 1 where the step takes the attention and 0 where not;
            None draws it. A recorded step always computes the attention, as what is
            recorded has no branches, and is given this number.
    """

    taken: Tensor | None = None

    def left_out(self) -> bool:
        """Draw whether the attention is left out of this step."""
        return self.training and self.taken is None and drawn_out()

    def switched(self, weights: Tensor, without: float = 1.0) -> Tensor:
        """Return the weights, or `without` where a recorded step leaves them out."""
        if self.taken is None:
            return weights
        return torch.where(self.taken > 0, weights, without)


def drawn_out() -> bool:
    """Return true in a share of `LEFT_OUT` of the calls, by torch's generator."""
    return bool(torch.rand(()) < LEFT_OUT)
