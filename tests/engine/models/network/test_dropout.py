"""Features that are dropped at random in training."""

import pytest
import torch

from miaf_engine.models.network.dropout import Dropout


@pytest.mark.parametrize("share", [0.0, 0.1, 0.25, 0.5, 0.9, 1.0])
def test_the_share_is_dropped_and_the_mean_kept(share):
    features = torch.full((400, 48), 3.0)
    found = Dropout(share).train()(features)
    dropped = found == 0
    assert dropped.float().mean() == pytest.approx(share, abs=0.015)
    if share < 1:
        torch.testing.assert_close(
            found[~dropped], found.max().expand((~dropped).sum())
        )
        assert found.mean() == pytest.approx(3.0, rel=0.05)
    # Neither rows nor features are favoured.
    for side in (0, 1):
        spread = dropped.float().mean(dim=side)
        assert (spread - share).abs().max() < 0.45


def test_the_gradient_passes_what_is_kept():
    features = torch.randn(9, 7, requires_grad=True)
    found = Dropout(0.5).train()(features)
    found.sum().backward()
    assert torch.equal(features.grad == 0, found == 0)
    torch.testing.assert_close(features.grad[found != 0].unique(), torch.tensor([2.0]))


def test_the_seed_decides_and_every_call_differs():
    features, dropout = torch.ones(64, 64), Dropout(0.5).train()
    torch.manual_seed(4)
    first, second = dropout(features), dropout(features)
    torch.manual_seed(4)
    assert torch.equal(dropout(features), first)
    assert not torch.equal(first, second)


def test_nothing_is_dropped_from_a_map():
    features = torch.randn(9, 7)
    assert torch.equal(Dropout(0.5).eval()(features), features)
