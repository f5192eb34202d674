"""Weights of heads against values computed by hand."""

from dataclasses import replace

import numpy as np
import pytest

from miaf_engine.accuracy.head_weights import (
    Evidence,
    area_weights,
    head_scores,
    mean_correlation,
    pool,
    share_left_open,
    weights_near_areas,
)

# Six pixels in four areas: class 0 in areas 1 (3 pixels) and 2, class 1 in 3 and 4.
TARGETS = np.array([0, 0, 0, 0, 1, 1])
AREAS = np.array([1, 1, 1, 2, 3, 4])


def said(*classes):
    """Return probabilities (n, 2) that are sure of the classes."""
    return np.eye(2, dtype=np.float32)[list(classes)] * 0.8 + 0.1


def test_classes_and_areas_of_a_class_count_alike():
    found = area_weights(TARGETS, AREAS)
    expected = [1 / 12, 1 / 12, 1 / 12, 1 / 4, 1 / 4, 1 / 4]
    np.testing.assert_allclose(found, expected)


def test_a_score_is_half_by_pixel_and_half_by_area():
    heads = np.stack([said(0, 0, 0, 1, 1, 1), said(1, 1, 0, 0, 1, 0)])
    # Pixels right: 5 and 3 of 6; by area: 3/4 and 1/12 + 1/4 + 1/4.
    expected = [(5 / 6 + 3 / 4) / 2, (3 / 6 + 7 / 12) / 2]
    np.testing.assert_allclose(head_scores(heads, TARGETS, AREAS), expected)


def shared(spatial_right, spectral_right):
    """Return evidence of a spatial head and one of the spectrum, one pixel an area."""
    heads = np.stack(
        [
            np.where(np.array(right)[:, None], [0.7, 0.3], [0.3, 0.7])
            for right in (spatial_right, spectral_right)
        ]
    ).astype(np.float32)
    count = len(spatial_right)
    zeros = np.zeros(count, np.int64)
    kinds = np.array([True, False])
    return Evidence(heads, zeros, np.arange(count), zeros, kinds, kinds.astype(float))


def test_the_share_follows_the_evidence_and_stays_near_a_half_without():
    right, wrong = np.ones(30, bool), np.arange(30) >= 15
    even = shared(right, right).weights()
    np.testing.assert_allclose(even, [0.5, 0.5])
    # Where they differ the ensemble is right from a share of .5 on; at .5 it is a tie,
    # which argmax gives to class 0, the right one. So six shares are right in all
    # pixels, five in half of them, with a sharpness of 32 times 30 / 50.
    found = shared(right, wrong).weights()
    low = np.exp(-19.2 * 0.5)
    share = (0.5 + 0.6 + 0.7 + 0.8 + 0.9 + 1 + low * (0.1 + 0.2 + 0.3 + 0.4)) / (
        6 + 5 * low
    )
    np.testing.assert_allclose(found, [share, 1 - share], rtol=1e-6)
    few = shared(right[:4], wrong[13:17]).weights()
    assert 0.5 < few[0] < found[0]


def test_beside_training_areas_the_surroundings_weigh_more():
    """By hand: a quarter of the way to 1 where a quarter of the pixels are wrong."""
    wrong = np.arange(32) >= 24
    far = shared(~wrong, ~wrong)
    near = replace(far, correlation=0.5)
    np.testing.assert_allclose(far.weights(), [0.5, 0.5])
    np.testing.assert_allclose(near.weights(), [0.625, 0.375], rtol=1e-6)


def test_surroundings_weigh_less_where_the_spectrum_is_nearly_always_right():
    """By hand: an eighth wrong is 0.625 of the fifth from which they count in full."""
    wrong = np.arange(32) >= 28
    near = replace(shared(~wrong, ~wrong), correlation=0.5)
    expected = 0.5 + 0.5 * 0.25 * 0.625
    np.testing.assert_allclose(near.weights(), [expected, 1 - expected], rtol=1e-6)


def test_where_the_spectrum_is_always_right_distance_changes_nothing():
    right = np.ones(20, bool)
    near = replace(shared(right, right), correlation=1.0)
    np.testing.assert_allclose(near.weights(), [0.5, 0.5])


def test_what_is_left_open_counts_in_full_from_a_fifth():
    """Each pixel is an area of its class, so the score is the share of right ones."""
    for right, wanted in ((20, 0.0), (18, 0.5), (16, 1.0), (5, 1.0)):
        said = np.arange(20) % 2
        said[right:] = 1 - said[right:]
        logits = np.eye(2, dtype=np.float32)[said]
        found = share_left_open(logits, np.arange(20) % 2, np.arange(20))
        assert found == pytest.approx(wanted)


def test_the_correlation_halves_over_the_range():
    labelled = np.zeros((3, 4000), bool)
    labelled[:, 0] = True
    # The mean of 2^(-d / 100) over whole distances from 0 to 3999.
    expected = (1 - 2.0**-40) / (1 - 2.0**-0.01) / 4000
    assert mean_correlation(labelled, 100.0, 0) == pytest.approx(expected, rel=0.05)
    assert mean_correlation(np.ones((5, 5), bool), 3.0, 0) == 1.0


def test_heads_weigh_by_their_own_scores_and_those_of_the_spectrum_gently():
    """By hand: right in all and in half of 30 areas; 16 and 8 times 30 / 50."""
    right, half = np.ones(30, bool), np.arange(30) >= 15
    one = shared(right, half)
    heads = one.probabilities[[0, 1, 0, 1]]
    kinds = np.array([True, True, False, False])
    near = np.array([1.0, 0, 0, 0])
    found = Evidence(heads, one.targets, one.areas, one.folds, kinds, near).weights()
    assert found[0] / found[1] == pytest.approx(np.exp(9.6 * 0.5))
    assert found[2] / found[3] == pytest.approx(np.exp(4.8 * 0.5))
    assert found.sum() == pytest.approx(1.0)


def test_near_training_areas_the_graph_branch_weighs_more():
    """By hand: two pixels an area, a correlation of 0.4, so a fifth of the way."""
    wrong = np.arange(40) >= 20
    one = shared(~wrong, ~wrong)
    names = np.array(["fused", "convolution", "graph", "spectrum"])
    near = weights_near_areas(names == "fused", names == "graph")
    np.testing.assert_allclose(near, [1 / 3, 0, 2 / 3, 0])
    found = Evidence(
        one.probabilities[[0, 0, 0, 1]],
        one.targets,
        np.arange(40) // 2,
        one.folds,
        names != "spectrum",
        near,
        correlation=0.4,
    )
    within = (1 - 0.2) / 3 + 0.2 * near[:3]
    share = 0.5 + 0.5 * 0.4**2
    expected = [*(share * within), 1 - share]
    np.testing.assert_allclose(found.weights(), expected, rtol=1e-6)
    # Single pixels are no areas, and far from areas nothing moves.
    single = replace(found, areas=np.arange(40)).weights()
    np.testing.assert_allclose(single[:3], single[:3].mean())
    far = replace(found, correlation=0.0).weights()
    np.testing.assert_allclose(far, [1 / 6, 1 / 6, 1 / 6, 1 / 2])


def test_without_a_graph_branch_the_fused_head_weighs_more():
    fused = np.array([True, False, False])
    found = weights_near_areas(fused, np.zeros(3, bool))
    np.testing.assert_allclose(found, [1, 0, 0])


def test_equal_heads_of_a_kind_share_its_weight_alike():
    one = shared(np.ones(12, bool), np.arange(12) >= 6)
    heads = one.probabilities[[0, 0, 1, 1, 1]]
    kinds = np.array([True, True, False, False, False])
    five = Evidence(heads, one.targets, one.areas, one.folds, kinds, kinds / 2)
    share = one.weights()[0]
    expected = [share / 2] * 2 + [(1 - share) / 3] * 3
    np.testing.assert_allclose(five.weights(), expected, rtol=1e-6)


def test_heads_of_one_kind_alone_have_equal_weights():
    one = shared(np.ones(6, bool), np.zeros(6, bool))
    alone = Evidence(
        one.probabilities,
        one.targets,
        one.areas,
        one.folds,
        np.zeros(2, bool),
        np.zeros(2),
    )
    np.testing.assert_allclose(alone.weights(), [0.5, 0.5])


def test_the_pool_is_that_of_the_network():
    torch = pytest.importorskip("torch")
    from miaf_engine.models.network.ensemble import Head, combine

    rng = np.random.default_rng(0)
    logits = rng.normal(size=(3, 7, 4)).astype(np.float32)
    weights = np.array([0.5, 0.3, 0.2])
    heads = [Head(str(n), [torch.from_numpy(part)]) for n, part in enumerate(logits)]
    expected = combine(heads, torch.from_numpy(weights)).numpy()
    probabilities = np.stack([head.probabilities().numpy() for head in heads])
    np.testing.assert_allclose(pool(probabilities, weights), expected, atol=1e-5)


def test_a_pixel_is_weighed_without_its_own_fold():
    """In fold 0 the first head is right, in fold 1 the second: each misleads."""
    count = 40
    first = np.arange(count) < count // 2
    found = shared(first, ~first)
    folds = (~first).astype(np.int64)
    found = replace(found, folds=folds)
    right = found.pooled().argmax(axis=1) == found.targets
    assert not right.any()
    assert found.weights().sum() == pytest.approx(1.0)
