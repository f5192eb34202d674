"""Mixed precision, tried on the CPU: the path a CUDA device takes."""

import numpy as np
import pytest
import torch

from miaf_engine.models.devices import mixed_precision
from miaf_engine.models.network.assignment import encode
from miaf_engine.prediction import probabilities
from miaf_engine.prediction.probabilities import predict
from miaf_engine.prediction.uncertainty import most_likely
from miaf_engine.requests.settings import TrainConfig
from miaf_engine.training import loop
from miaf_engine.training.loop import fit
from tests import tiny


def bfloat16(_device):
    return torch.autocast("cpu", dtype=torch.bfloat16)


def trained(monkeypatch, precision):
    for module in (loop, probabilities):
        monkeypatch.setattr(module, "mixed_precision", precision)
    area, network = tiny.area(tiny.hole()), tiny.network()
    config = TrainConfig(epochs=12, learning_rate=0.02)
    history = fit(network, [area], config, seed=0)
    return area, history, most_likely(predict(network, area.scene, area.graphs))[0]


def test_the_cpu_keeps_float32():
    with mixed_precision("cpu"):
        product = torch.ones(2, 2) @ torch.ones(2, 2)
    assert product.dtype == torch.float32


def test_training_in_bfloat16_learns_the_same_map(monkeypatch):
    area, history, found = trained(monkeypatch, bfloat16)
    assert np.isfinite(history.losses).all()
    assert history.losses[-1] < 0.7 * history.losses[0]
    _, _, exact = trained(monkeypatch, mixed_precision)
    valid = area.scene.valid
    assert (found[valid] == exact[valid]).mean() > 0.95
    assert (found[~valid] == 0).all()


def test_superpixel_means_do_not_lose_digits():
    graph = tiny.tensors(tiny.scene())[-1]
    rows = torch.full((len(graph.node_of), 3), 1.01, dtype=torch.bfloat16)
    means = encode(rows, graph)
    assert means.dtype == torch.float32
    assert means.numpy() == pytest.approx(float(rows[0, 0]), rel=1e-6)
