"""Dropout by bytes against torch's own."""

import math

import pytest
import torch
from torch import nn

from miaf_engine.models.network.cpu.dropout import ByteDropout

SHARES = [0.1, 0.25, 0.5, 0.9]


def dropped(kind, share, rows=4000, columns=48, value=3.0):
    torch.manual_seed(1)
    return kind(share).train()(torch.full((rows, columns), value))


@pytest.mark.parametrize("share", SHARES)
def test_as_many_are_dropped_and_the_mean_is_kept_as_by_torch(share):
    own, theirs = (dropped(kind, share) for kind in (ByteDropout, nn.Dropout))
    # Five standard deviations of a binomial share, and the rounding to 1/256.
    spread = 5 * math.sqrt(share * (1 - share) / own.numel())
    for found in (own, theirs):
        assert (found == 0).float().mean().item() == pytest.approx(
            share, abs=spread + 1 / 512
        )
        assert found.mean().item() == pytest.approx(3.0, abs=3.0 * spread / (1 - share))


@pytest.mark.parametrize("share", SHARES)
def test_what_is_kept_is_scaled_by_the_inverse_of_the_share_in_bytes(share):
    kept = 1 - round(256 * share) / 256
    found = dropped(ByteDropout, share).unique()
    torch.testing.assert_close(found, torch.tensor([0.0, 3.0 / kept]))


@pytest.mark.parametrize("side", [0, 1])
def test_neither_rows_nor_features_are_favoured(side):
    own, theirs = (dropped(kind, 0.25) == 0 for kind in (ByteDropout, nn.Dropout))
    spreads = [found.float().mean(dim=side).std().item() for found in (own, theirs)]
    assert spreads[0] == pytest.approx(spreads[1], rel=0.35)


def test_neighbours_are_dropped_independently():
    zero = (dropped(ByteDropout, 0.5) == 0).float() - 0.5
    for apart in (1, 2, 7, 8, 48):
        flat = zero.flatten()
        alike = (flat[apart:] * flat[:-apart]).mean().item() / 0.25
        assert abs(alike) < 5 / math.sqrt(len(flat))


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_none_or_all_are_dropped_as_by_torch(share):
    features = torch.randn(9, 7)
    expected = nn.Dropout(share).train()(features)
    assert torch.equal(ByteDropout(share).train()(features), expected)


def test_the_gradient_passes_what_is_kept():
    features = torch.randn(9, 7, requires_grad=True)
    found = ByteDropout(0.5).train()(features)
    found.sum().backward()
    assert torch.equal(features.grad == 0, found == 0)
    torch.testing.assert_close(features.grad[found != 0].unique(), torch.tensor([2.0]))


def test_the_seed_decides_and_every_call_differs():
    features, dropout = torch.ones(64, 64), ByteDropout(0.5).train()
    torch.manual_seed(4)
    first, second = dropout(features), dropout(features)
    torch.manual_seed(4)
    assert torch.equal(dropout(features), first)
    assert not torch.equal(first, second)


def test_nothing_is_dropped_from_a_map():
    features = torch.randn(9, 7)
    assert torch.equal(ByteDropout(0.5).eval()(features), features)
