"""A tiny scene of three classes in stripes, and the network that fits it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch

from miaf_engine.grid import Grid
from miaf_engine.models.network.assignment import GraphTensors
from miaf_engine.models.network.convolution_branch import Layout
from miaf_engine.models.network.miafnet import MiafNet
from miaf_engine.models.preparation import Preparation
from miaf_engine.preprocessing.graph import SuperpixelGraph, build_graph
from miaf_engine.preprocessing.normalisation import Normalisation, Scene
from miaf_engine.preprocessing.projection import Projection
from miaf_engine.preprocessing.superpixels import segment
from miaf_engine.requests.settings import NetworkConfig, SuperpixelConfig
from miaf_engine.training.batch import TrainingScene
from tests import scenes

BANDS, HEIGHT, WIDTH = 12, 24, 30
SMALL = {
    "epochs": 6,
    "width": 8,
    "kernel_sizes": "3,5",
    "pixels_per_superpixel": "12,30",
    "learning_rate": 0.02,
    # Most tests hold polygons out, with a validation set; tests of folds say so.
    "holdout": "polygons",
    "validation_percent": 15.0,
}
SUPERPIXELS = SuperpixelConfig(pixels_per_superpixel=(12, 30))


def config(**more: object) -> NetworkConfig:
    """Return the settings of a small network with two scales."""
    return NetworkConfig(**{"width": 8, "kernel_sizes": (3, 5), "dropout": 0.0} | more)


def truth(height: int = HEIGHT, width: int = WIDTH) -> np.ndarray:
    """Return uint16 (H, W): three stripes of the classes 1, 2, 3."""
    columns = np.arange(width) * 3 // width + 1
    return np.broadcast_to(columns, (height, width)).astype(np.uint16)


def cube(height: int = HEIGHT, width: int = WIDTH, seed: int = 0) -> np.ndarray:
    """Return float32 (C, H, W), spectra of three shapes with noise and shade."""
    rng = np.random.default_rng(seed)
    place = np.linspace(0, 1, BANDS)
    shapes = np.stack(
        [1 + place, 2 - place + 0.3 * np.sin(9 * place), 1.5 + np.sin(6 * place)]
    )
    values = 1000 * shapes[truth(height, width) - 1].transpose(2, 0, 1)
    shade = rng.uniform(0.7, 1.3, (height, width))
    noise = rng.normal(0, 60, values.shape)
    return (values * shade + noise + 400).astype(np.float32)


def hole(height: int = HEIGHT, width: int = WIDTH) -> np.ndarray:
    """Return bool (H, W), valid but for a corner, a block and single pixels."""
    valid = np.ones((height, width), dtype=bool)
    valid[:5, :4] = False
    valid[10:14, 12:17] = False
    valid[20, 3] = valid[-1, -1] = valid[7, 25] = False
    return valid


def scene(values: np.ndarray | None = None, valid: np.ndarray | None = None) -> Scene:
    """Return the normalised scene."""
    values = cube() if values is None else values
    valid = np.ones(values.shape[1:], dtype=bool) if valid is None else valid
    where = Grid((20.0, 0.0, 0.0, 0.0, -20.0, 0.0), None, *values.shape[1:])
    return Normalisation.fit(values[:, valid]).apply(values, valid, where)


def graphs(of: Scene) -> tuple[SuperpixelGraph, ...]:
    """Return the superpixel graphs of both scales."""
    projected = Projection.fit_pca(of.image[:, of.valid].T, 3).apply(of)
    sizes = SUPERPIXELS.pixels_per_superpixel
    return tuple(build_graph(segment(projected, of.valid, n, 4.0)) for n in sizes)


def tensors(of: Scene) -> list[GraphTensors]:
    """Return the graphs as the network takes them."""
    return [GraphTensors.build(graph) for graph in graphs(of)]


def layout(of: Scene) -> Layout:
    """Return how the valid pixels lie, as the network takes it."""
    return Layout(*of.valid.shape, tensors(of)[0].pixels)


def network(seed: int = 0, **more: object) -> MiafNet:
    """Return an untrained network for the scene."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        return MiafNet(config(**more), BANDS, 3)


def unlike(module: torch.nn.Module, seed: int = 0) -> torch.nn.Module:
    """Fill all weights and statistics with random numbers, and return the module."""
    generator = torch.Generator().manual_seed(seed)
    for name, tensor in module.state_dict().items():
        if tensor.is_floating_point():
            torch.nn.init.normal_(tensor, 0.0, 0.5, generator=generator)
        if name.endswith("running_var"):
            tensor.abs_().add_(0.5)
    return module.eval()


def area(valid: np.ndarray | None = None, **masks: np.ndarray) -> TrainingScene:
    """Return the scene with training pixels on top and validation pixels below."""
    made = scene(valid=valid)
    training = np.zeros((HEIGHT, WIDTH), dtype=bool)
    validation = training.copy()
    training[:10:2, ::2] = True
    validation[16:20, ::3] = True
    facts = {"labels": truth(), "training": training, "validation": validation} | masks
    return TrainingScene(made, graphs(made), **facts)


def preparation(values: np.ndarray) -> Preparation:
    """Return what `values` go through, fitted on their true classes."""
    made = scene(values)
    pixels = made.image.reshape(BANDS, -1).T
    classes = truth(*values.shape[1:]).ravel()
    return Preparation(
        Normalisation.fit(values.reshape(BANDS, -1)),
        Projection.fit_lda(pixels, classes, 8),
        SUPERPIXELS,
    )


def write_cube(path: Path, rotation: float = 0.0, **more: object) -> Path:
    """Write the cube, by its suffix as GeoTIFF or ENVI."""
    where = grid(rotation)
    writer = scenes.write_tif if path.suffix == ".tif" else scenes.write_envi
    return writer(path, cube(), where, **more)


def grid(rotation: float = 0.0) -> Grid:
    """Return the grid of the written cube."""
    return scenes.grid(HEIGHT, WIDTH, rotation=rotation)


def boxes(rotation: float, *rows: int) -> tuple[list[object], list[str]]:
    """Return a rectangle of 5 x 8 pixels in each stripe at each row, and its class."""
    where = grid(rotation)
    names = ["Wheat", "Forest", "Road"]
    shapes = [
        scenes.pixel_box(where, row, 10 * k + 1, 5, 8) for row in rows for k in range(3)
    ]
    return shapes, names * len(rows)


def write_rois(
    path: Path, rotation: float = 0.0, rows: tuple[int, ...] = (1, 8)
) -> Path:
    """Write areas of all classes with the field `cover`."""
    shapes, names = boxes(rotation, *rows)
    return scenes.write_areas(path, shapes, {"cover": names}, layer="areas")


def inputs(folder: Path, rotation: float = 0.0) -> dict[str, object]:
    """Write cube, training and validation areas; return a request's fields."""
    return {
        "cube": str(write_cube(folder / "cube.tif", rotation)),
        "rois": str(write_rois(folder / "rois.gpkg", rotation)),
        "class_field": "cover",
        "settings": dict(SMALL),
        "device": "cpu",
    }
