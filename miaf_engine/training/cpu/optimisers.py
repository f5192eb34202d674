"""torch's optimisers, for code that is never compiled.

torch wraps some of their methods so that its compiler passes over them; the first call
then imports that compiler, which takes two seconds of every training. On a graphics
card, whose first call takes as long for other reasons, torch's own are used.
"""

from __future__ import annotations

from collections.abc import Iterable
from inspect import unwrap

import torch
from torch import Tensor
from torch.optim import Optimizer


class _Uncompiled:
    add_param_group = unwrap(Optimizer.add_param_group)
    load_state_dict = unwrap(Optimizer.load_state_dict)
    state_dict = unwrap(Optimizer.state_dict)
    zero_grad = unwrap(Optimizer.zero_grad)


class _AdamW(_Uncompiled, torch.optim.AdamW):
    step = torch.no_grad()(unwrap(torch.optim.AdamW.step))


class _LBFGS(_Uncompiled, torch.optim.LBFGS):
    step = torch.no_grad()(unwrap(torch.optim.LBFGS.step))


def adamw(
    parameters: Iterable[Tensor], *, lr: float, weight_decay: float
) -> torch.optim.AdamW:
    """Return `torch.optim.AdamW` in the form that suits the parameters' device."""
    own = list(parameters)
    kind = _AdamW if own[0].is_cpu else torch.optim.AdamW
    # Fused: one call for all of the many small tensors.
    return kind(own, lr=lr, weight_decay=weight_decay, fused=True)


def lbfgs(parameters: Iterable[Tensor], *, max_iter: int) -> torch.optim.LBFGS:
    """Return `torch.optim.LBFGS` with line search, for the parameters' device."""
    own = list(parameters)
    kind = _LBFGS if own[0].is_cpu else torch.optim.LBFGS
    return kind(own, max_iter=max_iter, history_size=10, line_search_fn="strong_wolfe")
