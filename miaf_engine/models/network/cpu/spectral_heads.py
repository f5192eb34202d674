"""The heads of the spectrum by one matrix product for all."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional

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
    weights of the linear heads side by side. The Fourier features of a block of
    pixels overwrite those of the last one: they are the largest array of a map.
    """

    def of_spectra(
        self, spectra: Tensor, brightness: Tensor | None = None
    ) -> list[Head]:
        """Return the heads that see the spectra (n, C) alone; see the base class."""
        if not may_overwrite():
            return super().of_spectra(spectra, brightness)
        half, scale = KERNEL_FEATURES // 2, (2 / KERNEL_FEATURES) ** 0.5
        kernel, linear = self.of_kernel.linear, (self.of_spectrum, self.of_discriminant)
        classes, size = kernel.out_features, min(ROWS, len(spectra))
        more = [] if brightness is None else self.unnormalised
        layers = [self.of_kernel.frequencies, *(layer.weight.t() for layer in linear)]
        layers += [head.of_bands.weight.t() for head in more]
        weights = torch.cat(layers, dim=1)
        biases = torch.cat([layer.bias for layer in linear])
        biases = functional.pad(biases, (0, len(more) * classes))
        of_cosines, of_sines = (kernel.weight.t() * scale).split(half)
        count = (len(linear) + len(more)) * classes
        products = spectra.new_empty(size, half + count)
        # Each in memory of its own: torch shares no strided output among threads.
        cosines, sines = spectra.new_empty(2, size, half)
        of_linear = spectra.new_empty(len(spectra), count)
        of_kernel = spectra.new_empty(len(spectra), classes)
        for start in range(0, len(spectra), ROWS):
            part = spectra[start : start + ROWS]
            product, rows = products[: len(part)], slice(start, start + len(part))
            torch.mm(part, weights, out=product)
            torch.add(product[:, half:], biases, out=of_linear[rows])
            angles = product[:, :half]
            torch.cos(angles, out=cosines[: len(part)])
            torch.sin(angles, out=sines[: len(part)])
            logits = of_kernel[rows]
            torch.addmm(kernel.bias, cosines[: len(part)], of_cosines, out=logits)
            logits.addmm_(sines[: len(part)], of_sines)
        first, last, *rest = of_linear.split(classes, dim=1)
        found = [first, of_kernel, last]
        if brightness is not None:
            parts = zip(more, rest, strict=True)
            found += [head.combined(of_bands, brightness) for head, of_bands in parts]
        return heads_of_spectrum(found)
