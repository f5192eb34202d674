"""What the training loop takes: scenes with roles on a device, weights and noise."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from miaf_engine.grid import Window
from miaf_engine.models.network.assignment import GraphTensors, Wanted
from miaf_engine.models.network.convolution_branch import Layout
from miaf_engine.models.network.spectral import valid_rows
from miaf_engine.preprocessing.graph import SuperpixelGraph
from miaf_engine.preprocessing.normalisation import Scene

# Up to this many training areas the regularisation has its full strength.
FEW_AREAS = 100

# The stock of errors is this many pixels longer than the scene, and each step starts at
# another place in it: drawing new ones costs as much as the network's first layer.
_SPARE = 4096


@dataclass(frozen=True)
class TrainingScene:
    """A scene, or a window of one, with its labels.

    Attributes:
        scene: The normalised scene.
        graphs: One superpixel graph a scale.
        labels: integer (H, W), classes 1..K, 0 = unlabelled.
        training: bool (H, W), pixels that are trained on.
        validation: bool (H, W), validation pixels, which choose the epoch.
        groups: integer (H, W), number of the area of each labelled pixel; None where
            each is a sample of its own.
        ends: bool (H, W), validation pixels at the end of an area whose rest is
            trained on; None for none.
        gap: bool (H, W), labelled pixels that wait until the epoch is chosen; None
            for none.
        places: Windows of the scene, each with the window of the cube that it shows.
    """

    scene: Scene
    graphs: Sequence[SuperpixelGraph]
    labels: NDArray[np.integer]
    training: NDArray[np.bool_]
    validation: NDArray[np.bool_]
    groups: NDArray[np.integer] | None = None
    ends: NDArray[np.bool_] | None = None
    gap: NDArray[np.bool_] | None = None
    places: Sequence[tuple[Window, Window]] = ()


# Of a batch, in the order in which they are found.
_ROLES = (
    *("rows", "targets", "validation_rows", "validation_targets"),
    *("waiting_rows", "waiting_targets", "validation_areas", "validation_ends"),
    "groups",
)


@dataclass(frozen=True)
class Batch:
    """A training area on the device, its labelled pixels by their row."""

    spectra: Tensor  # (V, C)
    graphs: tuple[GraphTensors, ...]
    layout: Layout
    rows: Tensor  # training pixels among the valid ones
    targets: Tensor  # their classes 0..K-1
    validation_rows: Tensor
    validation_targets: Tensor
    waiting_rows: Tensor  # pixels between both, trained on once the epoch is chosen
    waiting_targets: Tensor
    validation_areas: Tensor  # number of the area of each validation pixel
    validation_ends: Tensor  # bool, whether it lies at the end of a trained area
    groups: Tensor  # number of the area of each valid pixel, (V,)
    areas: int  # that hold training pixels
    places: tuple[tuple[Window, Window], ...]  # in the scene, and in the cube
    # Mean and standard deviation of the file values of each valid pixel, (V, 2), and
    # mean and scale of each band after the standard normal variate, (2, C); None where
    # the brightness is not to be used.
    brightness: Tensor | None
    of_bands: Tensor | None

    @classmethod
    def build(cls, area: TrainingScene, device: torch.device | str) -> Batch:
        """Move a training area to a device."""
        graphs = tuple(GraphTensors.build(graph, device) for graph in area.graphs)
        height, width = area.labels.shape
        layout = Layout(height, width, graphs[0].pixels)
        image = torch.from_numpy(area.scene.image).to(device)
        valid = area.scene.valid
        labels = area.labels[valid].astype(np.int64)  # (V,)
        none = np.zeros_like(valid)
        gap = none if area.gap is None else area.gap
        ends = none if area.ends is None else area.ends
        numbers = np.arange(labels.size)
        groups = numbers if area.groups is None else area.groups[valid].astype(np.int64)
        found = []
        for chosen in (area.training, area.validation, gap):
            rows = np.flatnonzero(chosen[valid] & (labels > 0))
            found += [rows, labels[rows] - 1]
        found += [groups[found[2]], ends[valid][found[2]], groups]
        tensors = [torch.from_numpy(part).to(device) for part in found]
        brightness = of_bands = None
        if (known := area.scene.brightness) is not None:
            by = np.stack([known.normalisation.mean, known.normalisation.scale])
            of_bands = torch.from_numpy(by.astype(np.float32)).to(device)
            values = torch.from_numpy(known.values).to(device)
            brightness = valid_rows(values, layout.pixels)
        return cls(
            spectra=valid_rows(image, layout.pixels),
            graphs=graphs,
            layout=layout,
            areas=len(np.unique(groups[found[0]])),
            places=tuple(area.places),
            brightness=brightness,
            of_bands=of_bands,
            **dict(zip(_ROLES, tensors, strict=True)),
        )

    @cached_property
    def wanted(self) -> tuple[Wanted, ...]:
        """The training pixels, with what their features follow from at each scale."""
        return tuple(Wanted.of(self.rows, graph) for graph in self.graphs)

    def unnormalised(self, at: Tensor) -> Tensor:
        """Return the spectra in file values at pixels (n,), float32 (n, C).

        Raises:
            ValueError: The brightness is not known.
        """
        if self.brightness is None or self.of_bands is None:
            raise ValueError("the scene has no brightness")
        mean, scale = self.of_bands
        level, spread = self.brightness.index_select(0, at).float().split(1, dim=1)
        variates = self.spectra.index_select(0, at).float() * scale + mean
        values: Tensor = level + spread * variates
        return values

    def together(self) -> Batch:
        """Return the area with all its labelled pixels among the training pixels."""
        rows = [self.rows, self.validation_rows, self.waiting_rows]
        targets = [self.targets, self.validation_targets, self.waiting_targets]
        return replace(
            self,
            rows=torch.cat(rows),
            targets=torch.cat(targets),
            validation_rows=self.validation_rows[:0],
            validation_targets=self.validation_targets[:0],
            waiting_rows=self.waiting_rows[:0],
            waiting_targets=self.waiting_targets[:0],
            validation_areas=self.validation_areas[:0],
            validation_ends=self.validation_ends[:0],
        )


def class_weights(batches: Sequence[Batch], classes: int, power: float) -> Tensor:
    """Return the loss weight of each class, (K,), with a mean of 1 over the pixels."""
    targets = torch.cat([batch.targets for batch in batches])
    counts = torch.bincount(targets, minlength=classes).float()
    weights = counts.clamp(min=1.0).pow(-power)
    mean = (weights * counts).sum() / counts.sum()
    return weights / mean


def strength(areas: int, pixels: int) -> float:
    """Return how strong noise, dropout and the weight of few areas should be, 0..1.

    Pixels of one area are similar, so a network learns the variety of a class from
    areas. With few of them it needs the strongest regularisation; with thousands of
    scattered pixels, noise and smoothing only blur it. Half as much is enough for
    single pixels, which no neighbour repeats.

    Args:
        areas: Number of training areas.
        pixels: Number of training pixels, as many at least.
    """
    repeated = 1 - areas / max(pixels, 1)
    return (1 + repeated) / 2 * min(1.0, math.sqrt(FEW_AREAS / max(areas, 1)))


@dataclass(frozen=True)
class SpectralNoise:
    """Errors for the pixels of one training area.

    Attributes:
        batch: The training area.
        scale: Standard deviation of the error in each normalised band.
        stock: float32 (H W + `_SPARE`, C), standard normal: the error of a pixel does
            not depend on which others are valid; None without errors.
    """

    batch: Batch
    scale: float
    stock: Tensor | None

    @classmethod
    def of(cls, batch: Batch, scale: float) -> SpectralNoise:
        """Prepare the errors of a training area; draws from torch's generator."""
        stock = None
        if scale > 0:
            bands = batch.spectra.shape[1]
            length = batch.layout.size + _SPARE
            stock = torch.randn(length, bands, device=batch.spectra.device)
        return cls(batch, scale, stock)

    def spectra(self, out: Tensor | None = None) -> Tensor:
        """Return the spectra with other errors than before, (V, C); in `out` if any."""
        spectra = self.batch.spectra
        if self.stock is None:
            return spectra if out is None else out.copy_(spectra)
        start = int(torch.randint(_SPARE, ()))
        layout = self.batch.layout
        drawn = layout.valid(self.stock[start : start + layout.size])
        return torch.add(spectra, drawn, alpha=self.scale, out=out)
