"""Suggestions are unsure, large enough, unlike each other, and the same each time."""

import dataclasses

import numpy as np
import pytest
import shapely

from miaf_engine.tasks.suggest_areas import ranking
from miaf_engine.tasks.suggest_areas.ranking import (
    Candidates,
    gains,
    information,
    most_informative,
    ranked,
    reasons,
)


def candidates(
    probabilities,
    spectra=None,
    pixels=None,
    spreads=None,
    doubts=None,
    purities=None,
    unlike=None,
):
    """Superpixels; each of its pixels is as unsure as the whole, unless given."""
    shares = np.array(probabilities, np.float32)
    count = len(shares)
    if spectra is None:
        spectra = np.arange(count)[:, None]
    best = -np.sort(-shares, axis=1)
    unsure = 1 - best[:, 0] + best[:, 1] if doubts is None else doubts
    return Candidates(
        shapely.points(np.arange(count), np.zeros(count)),
        shares,
        np.array(spectra, np.float32),
        np.array(np.ones(count) if spreads is None else spreads, np.float32),
        np.array(unsure, np.float32),
        np.array(np.ones(count) if purities is None else purities, np.float32),
        np.array(np.zeros(count) if unlike is None else unlike, np.float32),
        np.full(count, 100) if pixels is None else np.array(pixels),
        np.ones(count),
        np.arange(count),
    )


def random_candidates(count=60, classes=5, seed=0):
    rng = np.random.default_rng(seed)
    shares = rng.dirichlet(np.ones(classes), count)
    pixels = rng.integers(5, 200, count)
    return candidates(shares, rng.normal(0, 1, (count, 3)), pixels)


def test_information_by_hand():
    found = candidates(
        [[0.5, 0.3, 0.2], [0.4, 0.4, 0.2], [0.9, 0.1, 0.0], [0.4, 0.4, 0.2]],
        pixels=[100, 400, 100, 25],
    )
    assert found.margins == pytest.approx([0.2, 0.0, 0.8, 0.0], abs=1e-6)
    assert information(found, 100) == pytest.approx([0.8, 1.0, 0.2, 0.5], abs=1e-6)
    assert found.pairs.tolist() == [[0, 1], [0, 1], [0, 1], [0, 1]]
    shares = found.probabilities[0].astype(float)
    by_hand = -(shares * np.log(shares)).sum() / np.log(3)
    assert found.entropies[0] == pytest.approx(by_hand, rel=1e-5)


def test_a_border_between_sure_classes_is_no_doubt():
    # The same means: pixels that are unsure themselves, and two sure halves.
    found = candidates([[0.5, 0.5, 0]] * 2, doubts=[1.0, 0.0], purities=[1.0, 0.5])
    assert information(found, 100).tolist() == [1.0, 0.0]
    halves = candidates([[0.5, 0.5, 0]] * 2, doubts=[0.8, 0.8], purities=[1.0, 0.5])
    assert information(halves, 100) == pytest.approx([0.8, 0.4])


def test_one_kind_of_ground_goes_before_a_mixture():
    # Far apart and equally unsure; s over the median spread is 0.5, 1 and 3.
    found = candidates(
        [[0.5, 0.5, 0]] * 3, [[0.0], [50.0], [100.0]], spreads=[1.0, 2.0, 6.0]
    )
    features = np.array([[0.0], [50.0], [100.0]])
    by_hand = [1 / 1.25, 1 / 2, 1 / 10]
    assert gains(found, features, 100) == pytest.approx(by_hand, abs=1e-6)
    assert ranked(found, 3, 100).tolist() == [0, 1, 2]


def test_what_stands_for_many_goes_first():
    # One alone, and four at one place: the first of these tells of all four.
    features = np.array([[0.0], [50.0], [50.0], [50.0], [50.0]])
    found = candidates([[0.5, 0.5, 0]] * 5, features)
    assert gains(found, features, 100) == pytest.approx(
        np.sqrt([1, 4, 4, 4, 4]) / 2, abs=1e-6
    )
    assert ranked(found, 2, 100).tolist() == [1, 0]


def test_what_is_like_a_labelled_one_waits():
    shares = [[0.5, 0.5, 0], [0.49, 0.51, 0], [0.48, 0.52, 0]]
    found = candidates(shares, np.eye(3))  # as far from each other
    assert ranked(found, 1, 100).tolist() == [0]
    assert ranked(found, 3, 100, found.take(np.array([0]))).tolist() == [1, 2, 0]
    # Whatever the number of labelled ones, all can still be suggested.
    assert sorted(ranked(found, 3, 100, found).tolist()) == [0, 1, 2]


def test_what_is_settled_takes_away_four_fifths_at_most():
    # Copies of the excluded one, and one a fifth and a quarter as unsure and unlike it.
    for other, first in ((0.25, 2), (0.15, 0)):
        found = candidates(
            [[0.5, 0.5, 0], [0.5, 0.5, 0], [0.2, 0.3, 0.5]],
            [[0.0], [0.0], [50.0]],
            doubts=[1.0, 1.0, other * np.sqrt(2)],  # two twins: density is 2
        )
        excluded = found.take(np.array([0]))
        assert ranked(found, 1, 100).tolist() == [0]
        assert ranked(found, 1, 100, excluded).tolist() == [first]


def test_a_twin_waits_for_what_is_unlike():
    # Two twins, unsure; one a little surer that is unlike them; all of other pairs.
    shares = [[0.5, 0.5, 0, 0], [0.5, 0, 0.499, 0], [0, 0.1, 0.45, 0.45]]
    found = candidates(shares, [[0.0], [0.0], [9.0]])
    assert ranked(found, 3, 100).tolist() == [0, 2, 1]
    alone = ranked(candidates(shares[:2], [[0.0], [0.0]]), 2, 100)
    assert alone.tolist() == [0, 1]


def test_one_pair_of_classes_does_not_take_all():
    # Far apart, but all but the last are Corn or Oats, whichever is the likelier.
    shares = [[0.5 + 0.001 * s, 0.5 - 0.001 * s, 0] for s in range(-4, 5)]
    found = candidates([*shares, [0.1, 0.2, 0.7]], 50 * np.arange(10)[:, None])
    order = ranked(found, 10, 100).tolist()
    assert order[1] == 9  # by the cap, though it is the surest of all
    assert sorted(order) == list(range(10))


def test_at_most_one_in_five_is_of_one_pair_where_there_are_others():
    found = random_candidates(400, 6)
    order = ranked(found, 15, 100)
    pairs = [frozenset(pair) for pair in found.pairs[order].tolist()]
    for length in (5, 10, 15):
        most = max(pairs[:length].count(pair) for pair in set(pairs))
        assert most <= length // 5


def test_more_suggestions_begin_with_the_same():
    found = random_candidates()
    all_of_them = ranked(found, 60, 100)
    assert sorted(all_of_them.tolist()) == list(range(60))
    for count in (1, 5, 17, 59):
        assert ranked(found, count, 100).tolist() == all_of_them[:count].tolist()
    assert len(ranked(found, 99, 100)) == 60


def test_the_order_of_the_tiles_does_not_matter():
    found = random_candidates()
    best = most_informative(found, 100)
    shuffled = found.take(np.random.default_rng(1).permutation(len(found)))
    again = most_informative(Candidates.joined([shuffled]), 100)
    assert best.places.tolist() == again.places.tolist()
    assert (np.diff(information(best, 100)) <= 0).all()


def test_only_so_many_are_kept(monkeypatch):
    monkeypatch.setattr(ranking, "MOST_CANDIDATES", 7)
    found = random_candidates()
    best = most_informative(found, 100)
    wanted = np.sort(information(found, 100))[::-1][:7]
    assert information(best, 100) == pytest.approx(wanted)


def test_suggestions_are_spread_further_than_the_least_sure():
    rng = np.random.default_rng(3)
    # Most unsure ones are of one kind; a few others are of many kinds.
    centres = np.concatenate([np.zeros((40, 2)), rng.uniform(-9, 9, (20, 2))])
    spectra = centres + rng.normal(0, 0.1, centres.shape)
    lead = np.concatenate([rng.uniform(0, 0.1, 40), rng.uniform(0.1, 0.3, 20)])
    shares = np.stack([(1 + lead) / 2, (1 - lead) / 2], axis=1)
    found = candidates(shares, spectra)
    picked = spectra[ranked(found, 10, 100)]
    unsure = spectra[np.argsort(found.margins)[:10]]
    assert shapely.MultiPoint(picked).convex_hull.area > (
        50 * shapely.MultiPoint(unsure).convex_hull.area
    )


def test_reasons_in_words():
    found = candidates([[0.39, 0.42, 0.19], [1.0, 0.0, 0.0]], pixels=[118, 1])
    names = ["Soybean-mintill", "Corn-notill", "Oats"]
    assert reasons(found, names) == [
        "Corn-notill or Soybean-mintill: 0.42 against 0.39; 118 pixels",
        "Soybean-mintill or Corn-notill: 1.00 against 0.00; 1 pixel",
    ]


def test_what_is_unlike_the_areas_says_so():
    shares, pixels = [[0.9, 0.1], [0.9, 0.1]], [40, 1]
    found = candidates(shares, pixels=pixels, unlike=[0.5, 0.49])
    assert reasons(found, ["Woods", "Corn"]) == [
        "unlike the training areas, mapped as Woods; 40 pixels",
        "Woods or Corn: 0.90 against 0.10; 1 pixel",
    ]


def test_of_two_alike_the_farther_one_goes_first():
    # Equal in all but place: 10 x 10 units of 100 pixels, the third two fields off.
    found = candidates([[0.5, 0.5, 0]] * 3, [[0.0]] * 3)
    boxes = shapely.box([0, 10, 60], [0, 0, 0], [10, 20, 70], [10, 10, 10])
    placed = dataclasses.replace(found, polygons=boxes)
    assert ranked(placed, 3, 100).tolist() == [0, 2, 1]
    labelled = placed.take(np.array([2]))
    assert ranked(placed, 1, 100, labelled).tolist() == [0]
    assert ranked(placed, 3, 100, placed.take(np.array([0]))).tolist() == [2, 1, 0]


def test_places_count_alike_in_metres_and_in_degrees():
    found = random_candidates()
    corners = np.random.default_rng(1).uniform(0, 300, (2, len(found)))
    metres = shapely.box(*corners, *(corners + 10))
    degrees = shapely.box(*(corners / 1e5 + 50), *((corners + 10) / 1e5 + 50))
    orders = [
        ranked(dataclasses.replace(found, polygons=polygons), 20, 100).tolist()
        for polygons in (metres, degrees)
    ]
    assert orders[0] == orders[1]
    assert orders[0] != ranked(found, 20, 100).tolist()
