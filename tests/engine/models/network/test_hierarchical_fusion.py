"""Shares of the scales at each pixel."""

import numpy as np
import pytest
import torch
from scipy.special import softmax

from miaf_engine.models.network.hierarchical_fusion import (
    HierarchicalFusion,
    ScaleAttention,
)
from tests.tiny import unlike

WIDTH, SCALES, PIXELS = 6, 3, 10


@pytest.fixture
def scales():
    return [torch.randn(PIXELS, WIDTH) for _ in range(SCALES)]


@pytest.fixture
def fusion():
    return unlike(HierarchicalFusion(WIDTH, SCALES, attention=True))


def test_shares_sum_to_one_and_differ_by_pixel(fusion, scales):
    shares = fusion.between(scales)
    assert shares.shape == (PIXELS, SCALES)
    torch.testing.assert_close(shares.sum(dim=1), torch.ones(PIXELS))
    assert shares.min() > 0
    assert shares.std(dim=0).min() > 0


def test_shares_are_the_softmax_of_the_scores_of_the_scales(fusion, scales):
    with torch.no_grad():
        scores = [
            rows.numpy() @ score.weight.numpy()[0] + float(score.bias)
            for rows, score in zip(scales, fusion.between, strict=True)
        ]
        found = fusion.between(scales).numpy()
    np.testing.assert_allclose(found, softmax(np.stack(scores, 1), axis=1), rtol=1e-4)


def test_output_is_the_share_weighted_sum(fusion, scales):
    weighted = torch.stack([g(r) for g, r in zip(fusion.within, scales, strict=True)])
    shares = fusion.between(list(weighted)).T[:, :, None]  # (S, V, 1)
    torch.testing.assert_close(fusion(scales), (weighted * shares).sum(dim=0))


def test_a_pixel_depends_on_itself_only(fusion, scales):
    moved = [rows.clone() for rows in scales]
    moved[1][4] += 1.0
    changed = (fusion(moved) != fusion(scales)).any(dim=1)
    assert changed.nonzero().ravel().tolist() == [4]


def test_without_attention_it_is_the_mean(scales):
    fusion = HierarchicalFusion(WIDTH, SCALES, attention=False)
    assert not list(fusion.parameters())
    torch.testing.assert_close(fusion(scales), torch.stack(scales).mean(dim=0))


def test_one_scale_has_the_whole_share(scales):
    fusion = unlike(HierarchicalFusion(WIDTH, 1, attention=True))
    found = fusion(scales[:1])
    torch.testing.assert_close(found, fusion.within[0](scales[0]))


def test_the_gate_is_the_formula_of_its_docstring(scales):
    gate = unlike(ScaleAttention(WIDTH))
    first, _, second = gate.gate
    with torch.no_grad():
        hidden = scales[0] @ first.weight.T + first.bias
        hidden = torch.where(hidden > 0, hidden, 0.01 * hidden).numpy()
        wanted = hidden @ second.weight.numpy().T + second.bias.numpy()
        found = gate(scales[0]).numpy()
    expected = scales[0].numpy() * 2 / (1 + np.exp(-wanted))
    np.testing.assert_allclose(found, expected, rtol=1e-4, atol=1e-5)


def test_at_first_it_is_the_mean_of_the_scales(scales):
    fusion = HierarchicalFusion(WIDTH, SCALES, attention=True).eval()
    torch.testing.assert_close(fusion(scales), torch.stack(scales).mean(dim=0))


def test_training_leaves_out_the_shares_and_each_gate_on_its_own(fusion, scales):
    fusion.train()
    torch.manual_seed(0)
    found = torch.stack([fusion(scales).detach() for _ in range(400)])
    # Three gates and the shares, each there or not.
    kinds = torch.unique(found.flatten(1), dim=0)
    assert len(kinds) == 2 ** (SCALES + 1)
    mean = torch.stack(scales).mean(dim=0)
    plain = sum(torch.allclose(one, mean) for one in found)
    assert 5 < plain < 50  # 25 of 400 to expect, and four standard deviations
    fusion.eval()
    assert all(torch.equal(fusion(scales), fusion(scales)) for _ in range(20))
