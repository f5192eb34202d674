"""The benchmark's splits: the same as those handed out, and sound on any seed."""

from pathlib import Path

import numpy as np
import pytest
import rasterio

from tests.bench.splits import CHOSEN_ON, KINDS, REPORTED, cut, fields, make_split
from tests.repository import ROOT

SHARED = Path(ROOT).parent / "shared" / "data" / "indian_pines" / "splits"


@pytest.fixture(scope="module")
def truth():
    with rasterio.open(ROOT / "resources" / "demo" / "ground_truth.tif") as file:
        return file.read(1)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("seed", REPORTED)
def test_splits_are_those_handed_out(truth, kind, seed):
    path = SHARED / f"{kind}_seed{seed}.npz"
    if not path.is_file():
        pytest.skip("the splits as files are not beside this checkout")
    ours = make_split(truth, kind, seed)
    with np.load(path) as given:
        for role in ("train", "val", "test"):
            assert np.array_equal(getattr(ours, role), given[role])


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("seed", CHOSEN_ON)
def test_roles_are_disjoint_and_each_class_has_both(truth, kind, seed):
    split = make_split(truth, kind, seed)
    together = np.concatenate([split.train, split.val, split.test])
    assert len(np.unique(together)) == len(together)
    classes = set(range(1, 17))
    for part in (split.train, split.test):
        assert set(truth.ravel()[part].tolist()) == classes
    assert (truth.ravel()[split.val] > 0).all()


@pytest.mark.parametrize("kind", "cd")
@pytest.mark.parametrize("seed", CHOSEN_ON)
def test_training_share_is_near_the_wanted(truth, kind, seed):
    split = make_split(truth, kind, seed)
    counts = [
        np.bincount(truth.ravel()[part], minlength=17)[1:]
        for part in (np.concatenate([split.train, split.val]), split.test)
    ]
    shares = counts[0] / sum(counts)
    assert (shares >= 0.2).all()
    assert (shares <= 0.4).all()


@pytest.mark.parametrize("kind", "cd")
@pytest.mark.parametrize("seed", CHOSEN_ON)
def test_ends_of_a_field_lie_a_gap_apart(truth, kind, seed):
    split = make_split(truth, kind, seed)
    known = np.concatenate([split.train, split.val])
    divided = 0
    for value in range(1, 17):
        for field in fields(truth == value):
            ends = [np.intersect1d(field, part) for part in (known, split.test)]
            if not all(map(len, ends)):
                continue
            divided += 1
            rows, columns = (np.unravel_index(end, truth.shape) for end in ends)
            apart = max(
                max(one.min() - other.max(), other.min() - one.max()) - 1
                for one, other in zip(rows, columns, strict=True)
            )
            box = np.unravel_index(field, truth.shape)
            assert apart >= (4 if max(map(np.ptp, box)) >= 11 else 1)
    assert divided == {"c": 7, "d": 42}[kind]


def test_other_seeds_divide_differently(truth):
    for kind in KINDS:
        tests = [make_split(truth, kind, seed).test for seed in (0, 10)]
        assert not np.array_equal(*tests)


def test_a_bar_is_cut_where_arithmetic_says():
    """20 pixels in a row less a gap of 4: 5 of 16 come nearest to 30 %."""
    bar = np.arange(20)
    train, test = cut(bar, (1, 20), far=False)
    assert train.tolist() == list(range(5))
    assert test.tolist() == list(range(9, 20))
    train, test = cut(bar, (1, 20), far=True)
    assert train.tolist() == list(range(15, 20))
    assert test.tolist() == list(range(11))
