"""A network and a scene of a few pixels, on which a device shows that it works."""

from __future__ import annotations

import numpy as np
import torch

from miaf_engine.grid import Grid
from miaf_engine.models.network.miafnet import MiafNet
from miaf_engine.preprocessing.graph import SuperpixelGraph, build_graph
from miaf_engine.preprocessing.normalisation import Brightness, Normalisation, Scene
from miaf_engine.requests.settings import NetworkConfig

_BANDS, _CLASSES, _SIDE, _BLOCK = 6, 2, 16, 4


def trial_network() -> MiafNet:
    """Return an untrained network with the default settings, so with every module."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        return MiafNet(NetworkConfig(), _BANDS, _CLASSES, unnormalised=True)


def trial_scene() -> tuple[Scene, tuple[SuperpixelGraph, ...]]:
    """Return a scene with nodata in a corner, and its graph for each scale."""
    valid = np.ones((_SIDE, _SIDE), dtype=bool)
    valid[:_BLOCK, :_BLOCK] = False
    blocks = np.arange(_SIDE, dtype=np.int32) // _BLOCK
    numbers = blocks[:, None] * (_SIDE // _BLOCK) + blocks - 1
    segments = np.where(valid, numbers, -1).astype(np.int32)
    grid = Grid((1.0, 0.0, 0.0, 0.0, -1.0, 0.0), None, _SIDE, _SIDE)
    # All spectra alike, so that what is fitted to convergence takes a few turns.
    image = np.broadcast_to(valid, (_BANDS, _SIDE, _SIDE)).astype(np.float32)
    by = Normalisation(np.zeros(_BANDS), np.ones(_BANDS))
    brightness = Brightness(np.ones((2, _SIDE, _SIDE), np.float32), by)
    scene = Scene(image, valid, grid, brightness)
    return scene, (build_graph(segments),) * len(NetworkConfig().kernel_sizes)
