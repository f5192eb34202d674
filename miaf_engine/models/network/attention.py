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


def left_out(*, training: bool) -> bool:
    """Draw whether an attention is left out of a step; it never is in a map.

    Stochastic depth leaves out the layers of a residual network in this way (Huang,
    Sun, Liu, Sedra & Weinberger 2016, Deep networks with stochastic depth).
    """
    return training and bool(torch.rand(()) < LEFT_OUT)
