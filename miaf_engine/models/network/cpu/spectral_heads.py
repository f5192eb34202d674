"""The heads of the spectrum by one matrix product for all."""

from __future__ import annotations

import torch
from torch import Tensor

from miaf_engine.models.network.cpu.overwriting import may_overwrite
from miaf_engine.models.network.ensemble import (
    KERNEL_FEATURES,
    ROWS,
    BranchClassifiers,
    Head,
    heads_of_spectrum,
)


class ClassifiersTogether(BranchClassifiers):
    """The classifiers, whose heads of the spectrum are computed together.

    The spectra are multiplied once, by the frequencies of the kernel head and the
    weights of the two linear heads side by side. The Fourier features of a block of
    pixels overwrite those of the last one: they are the largest array of a map.
    """

    def of_spectra(self, spectra: Tensor) -> list[Head]:
        """Return the heads that see the spectra (n, C) alone."""
        if not may_overwrite():
            return super().of_spectra(spectra)
        half, scale = KERNEL_FEATURES // 2, (2 / KERNEL_FEATURES) ** 0.5
        kernel, linear = self.of_kernel.linear, (self.of_spectrum, self.of_discriminant)
        classes, size = kernel.out_features, min(ROWS, len(spectra))
        layers = [self.of_kernel.frequencies, *(layer.weight.t() for layer in linear)]
        weights = torch.cat(layers, dim=1)
        biases = torch.cat([layer.bias for layer in linear])
        of_cosines, of_sines = (kernel.weight.t() * scale).split(half)
        products = spectra.new_empty(size, half + 2 * classes)
        # Each in memory of its own: torch shares no strided output among threads.
        cosines, sines = spectra.new_empty(2, size, half)
        of_linear = spectra.new_empty(len(spectra), 2 * classes)
        of_kernel = spectra.new_empty(len(spectra), classes)
        for start in range(0, len(spectra), ROWS):
            part = spectra[start : start + ROWS]
            found, rows = products[: len(part)], slice(start, start + len(part))
            torch.mm(part, weights, out=found)
            torch.add(found[:, half:], biases, out=of_linear[rows])
            angles = found[:, :half]
            torch.cos(angles, out=cosines[: len(part)])
            torch.sin(angles, out=sines[: len(part)])
            logits = of_kernel[rows]
            torch.addmm(kernel.bias, cosines[: len(part)], of_cosines, out=logits)
            logits.addmm_(sines[: len(part)], of_sines)
        first, last = of_linear.split(classes, dim=1)
        return heads_of_spectrum([first, of_kernel, last])
