"""What the training loop takes: scenes with roles, and the same on a device."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from miaf_engine.graph import SuperpixelGraph
from miaf_engine.network.assignment import GraphTensors
from miaf_engine.network.convolution_branch import Layout
from miaf_engine.network.spectral import valid_rows
from miaf_engine.scene import Scene


@dataclass(frozen=True)
class TrainingArea:
    """A scene, or a window of one, with its labels.

    Attributes:
        scene: The normalised scene.
        graphs: One superpixel graph a scale.
        labels: integer (H, W), classes 1..K, 0 = unlabelled.
        training: bool (H, W), pixels that are trained on.
        validation: bool (H, W), pixels that choose the epoch.
        groups: integer (H, W), number of the area of each labelled pixel; None where
            each is a sample of its own.
    """

    scene: Scene
    graphs: Sequence[SuperpixelGraph]
    labels: NDArray[np.integer]
    training: NDArray[np.bool_]
    validation: NDArray[np.bool_]
    groups: NDArray[np.integer] | None = None


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
    validation_areas: Tensor  # number of the area of each validation pixel

    @classmethod
    def build(cls, area: TrainingArea, device: torch.device | str) -> Batch:
        """Move a training area to a device."""
        graphs = tuple(GraphTensors.build(graph, device) for graph in area.graphs)
        height, width = area.labels.shape
        layout = Layout(height, width, graphs[0].pixels)
        image = torch.from_numpy(area.scene.image).to(device)
        labels = area.labels[area.scene.valid].astype(np.int64)  # (V,)
        found = []
        for chosen in (area.training, area.validation):
            rows = np.flatnonzero(chosen[area.scene.valid] & (labels > 0))
            found += [torch.from_numpy(rows), torch.from_numpy(labels[rows] - 1)]
        numbers = np.arange(area.labels.size).reshape(area.labels.shape)
        groups = numbers if area.groups is None else area.groups
        found.append(torch.from_numpy(groups[area.scene.valid].astype(np.int64)[rows]))
        return cls(
            valid_rows(image, layout.pixels),
            graphs,
            layout,
            *(tensor.to(device) for tensor in found),
        )

    def together(self) -> Batch:
        """Return the area with its validation pixels among the training pixels."""
        return replace(
            self,
            rows=torch.cat([self.rows, self.validation_rows]),
            targets=torch.cat([self.targets, self.validation_targets]),
            validation_rows=self.validation_rows[:0],
            validation_targets=self.validation_targets[:0],
            validation_areas=self.validation_areas[:0],
        )


def class_weights(batches: Sequence[Batch], classes: int, power: float) -> Tensor:
    """Return the loss weight of each class, (K,), with a mean of 1 over the pixels."""
    targets = torch.cat([batch.targets for batch in batches])
    counts = torch.bincount(targets, minlength=classes).float()
    weights = counts.clamp(min=1.0).pow(-power)
    mean = (weights * counts).sum() / counts.sum()
    return weights / mean
