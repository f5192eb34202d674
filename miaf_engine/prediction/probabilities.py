"""Class probabilities of a whole scene or tile in one forward pass."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import NDArray

from miaf_engine.models.devices import mixed_precision, on_device
from miaf_engine.models.network.assignment import GraphTensors
from miaf_engine.models.network.convolution_branch import Layout
from miaf_engine.models.network.miafnet import MiafNet
from miaf_engine.models.network.placement import place
from miaf_engine.models.network.spectral import Spectra, valid_rows
from miaf_engine.models.trial import trial_network, trial_scene
from miaf_engine.preprocessing.graph import SuperpixelGraph
from miaf_engine.preprocessing.normalisation import Scene


@torch.no_grad()
def predict(
    network: MiafNet,
    scene: Scene,
    graphs: Sequence[SuperpixelGraph],
    device: torch.device | str = "cpu",
    temperature: float | NDArray[np.float32] = 1.0,
    part: tuple[slice, slice] = (slice(None), slice(None)),
) -> NDArray[np.float32]:
    """Return the probability of each class at each pixel.

    What lies between branches and classifier is per pixel, and is computed in the part
    wanted alone.

    Args:
        network: Trained network, on `device`.
        scene: Normalised scene or tile.
        graphs: One superpixel graph a scale.
        device: Where the network is.
        temperature: What logits are divided by, so that probabilities are calibrated,
            one for all pixels or float32 (h, w) of the part; the most likely class does
            not depend on it.
        part: Rows and columns wanted; all unless stated.

    Returns:
        float32 (K, h, w) of the part, 0..1 and summing to 1 over the classes; NaN where
        nodata.
    """
    network.eval()
    inside = scene.valid[part]
    wanted = None
    if inside.shape != scene.valid.shape:
        wanted = np.zeros_like(scene.valid)
        wanted[part] = True
    given = _given(scene, graphs, wanted, device)
    with mixed_precision(device):
        logits = network.score(*given).t().contiguous()
    divisor: float | torch.Tensor
    if isinstance(temperature, np.ndarray):
        divisor = torch.from_numpy(temperature[inside]).to(device)
    else:
        divisor = temperature
    found = torch.softmax(logits.float() / divisor, dim=0).cpu().numpy()
    if inside.all():
        return found.reshape(-1, *inside.shape)
    probabilities = np.full((len(found), *inside.shape), np.nan, np.float32)
    probabilities[:, inside] = found
    return probabilities


def try_prediction(device: torch.device) -> None:
    """Classify a few pixels.

    Raises:
        RuntimeError: The device cannot, or computes no numbers.
    """
    scene, graphs = trial_scene()
    found = predict(place(trial_network(), device), scene, graphs, device)
    if not np.isfinite(found[:, scene.valid]).all():
        raise RuntimeError("the probabilities are no numbers")


@torch.no_grad()
def head_probabilities(
    network: MiafNet,
    scene: Scene,
    graphs: Sequence[SuperpixelGraph],
    where: NDArray[np.bool_],
    device: torch.device | str = "cpu",
) -> NDArray[np.float32]:
    """Return the class probabilities of each head by itself.

    Args:
        network: Trained network, on `device`.
        scene: Normalised scene or tile.
        graphs: One superpixel graph a scale.
        where: bool (H, W), the pixels wanted, all of them valid.
        device: Where the network is.

    Returns:
        float32 (heads, n, K), in the order of `network.head_names`; pixels row by row.
    """
    network.eval()
    given = _given(scene, graphs, where, device)
    with mixed_precision(device):
        heads = network.heads(*given)
    return np.stack([head.probabilities().cpu().numpy() for head in heads])


def _given(
    scene: Scene,
    graphs: Sequence[SuperpixelGraph],
    wanted: NDArray[np.bool_] | None,
    device: torch.device | str,
) -> tuple[
    torch.Tensor | Spectra,
    list[GraphTensors],
    Layout,
    torch.Tensor | None,
    torch.Tensor | None,
]:
    """Return what `MiafNet.score` and `MiafNet.heads` take of a scene, on a device.

    Args:
        scene: Normalised scene or tile.
        graphs: One superpixel graph a scale.
        wanted: bool (H, W), where pixels are wanted; None is everywhere.
        device: Where the network is.
    """
    tensors = [GraphTensors.build(graph, device) for graph in graphs]
    height, width = scene.valid.shape
    layout = Layout(height, width, tensors[0].pixels)
    image = on_device(scene.image, device)
    spectra = (Spectra if image.is_cpu else valid_rows)(image, layout.pixels)
    at = None
    if wanted is not None:
        at = torch.from_numpy(np.flatnonzero(wanted[scene.valid])).to(device)
    brightness = None
    if scene.brightness is not None:
        values = on_device(scene.brightness.values, device)
        brightness = valid_rows(values, layout.pixels)
    return spectra, tensors, layout, at, brightness
