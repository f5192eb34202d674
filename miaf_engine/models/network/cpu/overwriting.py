"""Whether a module may write over its intermediate results."""

from __future__ import annotations

import torch


def may_overwrite() -> bool:
    """Return whether no gradient needs them and all are float32, as in a map."""
    return not (torch.is_grad_enabled() or torch.is_autocast_enabled("cpu"))
