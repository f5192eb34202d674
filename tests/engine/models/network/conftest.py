"""What the tests of the network's parts share."""

import pytest
import torch

from miaf_engine.models.network.assignment import GraphTensors


@pytest.fixture
def graph():
    """Three superpixels of eight pixels, without neighbours."""
    node_of = torch.tensor([0, 0, 1, 1, 1, 2, 2, 0])
    sizes = torch.bincount(node_of).float()[:, None]
    return GraphTensors(node_of, sizes, torch.zeros(2, 0, dtype=torch.long), None)
