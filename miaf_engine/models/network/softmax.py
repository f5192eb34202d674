"""Softmax that is fast for few classes."""

from __future__ import annotations

import torch
from torch import Tensor

# Numbers of a vector register of today's processors, with float32.
_SHORT_ROW = 16


def softmax_of_rows(scores: Tensor) -> Tensor:
    """Return the softmax of each row, float (n, K)."""
    if scores.is_cpu and scores.shape[1] < _SHORT_ROW:
        # Across the rows: torch computes short rows one number at a time.
        return torch.softmax(scores.t().contiguous(), dim=0).t()
    return torch.softmax(scores, dim=1)
