"""torch's AdamW, for code that is never compiled.

torch wraps some of its methods so that its compiler passes over them. The first call
then imports that compiler and what it needs, which takes seconds of every training.
"""

from __future__ import annotations

from collections.abc import Iterable
from inspect import unwrap

import torch
from torch import Tensor
from torch.optim import Optimizer


class _AdamW(torch.optim.AdamW):
    add_param_group = unwrap(Optimizer.add_param_group)
    load_state_dict = unwrap(Optimizer.load_state_dict)
    state_dict = unwrap(Optimizer.state_dict)
    zero_grad = unwrap(Optimizer.zero_grad)
    step = torch.no_grad()(unwrap(torch.optim.AdamW.step))


def adamw(
    parameters: Iterable[Tensor], *, lr: float, weight_decay: float
) -> torch.optim.AdamW:
    """Return `torch.optim.AdamW` without the hooks of torch's compiler."""
    # Fused: one call for all of the many small tensors.
    return _AdamW(parameters, lr=lr, weight_decay=weight_decay, fused=True)
