"""torch's optimisers, for code that is never compiled.

torch wraps some of their methods so that its compiler passes over them; the first call
then imports that compiler, which takes two seconds of every training.
"""

from __future__ import annotations

from inspect import unwrap

import torch
from torch.optim import Optimizer


class _Uncompiled:
    add_param_group = unwrap(Optimizer.add_param_group)
    load_state_dict = unwrap(Optimizer.load_state_dict)
    state_dict = unwrap(Optimizer.state_dict)
    zero_grad = unwrap(Optimizer.zero_grad)


class AdamW(_Uncompiled, torch.optim.AdamW):
    """As `torch.optim.AdamW`."""

    step = torch.no_grad()(unwrap(torch.optim.AdamW.step))


class LBFGS(_Uncompiled, torch.optim.LBFGS):
    """As `torch.optim.LBFGS`."""

    step = torch.no_grad()(unwrap(torch.optim.LBFGS.step))
