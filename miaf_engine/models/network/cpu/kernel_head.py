"""The kernel head with its Fourier features in one block of memory."""

from __future__ import annotations

import torch
from torch import Tensor

from miaf_engine.models.network.ensemble import KERNEL_FEATURES, ROWS, KernelHead


class KernelHeadInPlace(KernelHead):
    """The kernel head, whose features of each block of pixels overwrite the last ones.

    They are the largest array of a map: joining cosines and sines to one matrix, and
    its scaled copy, took as long as the cosines.
    """

    def forward(self, spectra: Tensor) -> Tensor:
        """Return the logits of spectra (n, C), float32 (n, K)."""
        if torch.is_grad_enabled() or torch.is_autocast_enabled("cpu"):
            return super().forward(spectra)
        half, scale = KERNEL_FEATURES // 2, (2 / KERNEL_FEATURES) ** 0.5
        size = min(ROWS, len(spectra))
        weight, bias = self.linear.weight.t(), self.linear.bias
        phases = weight.new_empty(size, half)
        features = weight.new_empty(size, KERNEL_FEATURES)
        logits = weight.new_empty(len(spectra), self.linear.out_features)
        for start in range(0, len(spectra), ROWS):
            part = spectra[start : start + ROWS].float()
            angles, block = phases[: len(part)], features[: len(part)]
            torch.mm(part, self.frequencies, out=angles)
            torch.cos(angles, out=block[:, :half])
            torch.sin(angles, out=block[:, half:])
            block *= scale
            torch.addmm(bias, block, weight, out=logits[start : start + ROWS])
        return logits
