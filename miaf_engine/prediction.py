"""Class probabilities of a whole scene or tile in one forward pass."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import NDArray

from miaf_engine.devices import mixed_precision
from miaf_engine.graph import SuperpixelGraph
from miaf_engine.network.assignment import GraphTensors
from miaf_engine.network.miafnet import MiafNet
from miaf_engine.scene import Scene


@torch.no_grad()
def predict(
    network: MiafNet,
    scene: Scene,
    graphs: Sequence[SuperpixelGraph],
    device: torch.device | str = "cpu",
) -> NDArray[np.float32]:
    """Return the probability of each class at each pixel.

    Args:
        network: Trained network, on `device`.
        scene: Normalised scene or tile.
        graphs: One superpixel graph a scale.
        device: Where the network is.

    Returns:
        float32 (K, H, W), 0..1 and summing to 1 over the classes; NaN where nodata.
    """
    network.eval()
    tensors = [GraphTensors.build(graph, device) for graph in graphs]
    image = torch.from_numpy(scene.image).to(device)
    with mixed_precision(device):
        logits = network(image, tensors)
    probabilities = torch.softmax(logits.float(), dim=0).cpu().numpy()
    probabilities[:, ~scene.valid] = np.nan
    return probabilities


def most_likely(
    probabilities: NDArray[np.float32],
) -> tuple[NDArray[np.uint16], NDArray[np.float32]]:
    """Return the most likely class and its probability.

    Args:
        probabilities: float32 (K, H, W), NaN where nodata.

    Returns:
        Classes 1..K as uint16 (H, W), 0 where nodata; confidence float32 (H, W), NaN
        where nodata.
    """
    valid = ~np.isnan(probabilities[0])
    known = np.where(valid, probabilities, -1.0)
    classes = np.where(valid, known.argmax(axis=0) + 1, 0).astype(np.uint16)
    confidence = np.where(valid, known.max(axis=0), np.nan).astype(np.float32)
    return classes, confidence
