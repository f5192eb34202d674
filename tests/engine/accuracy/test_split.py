"""Roles never mix, whatever the areas look like."""

from copy import copy

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from skimage.measure import label as connected_regions

from miaf_engine.accuracy.holdout import GAP, HoldOut, near
from miaf_engine.accuracy.split import split_samples, warnings_of
from miaf_engine.classes import ClassEntry, ClassTable, distinct_colours
from miaf_engine.errors import SampleError
from miaf_engine.labels.label_map import LabelMap
from miaf_engine.requests.settings import SplitConfig
from tests.scenes import real

HOLDOUTS = ("polygons", "blocks", "pixels", "none")

POLYGONS, BLOCKS, PIXELS, NONE = (
    SplitConfig(holdout=method, validation_percent=15)
    for method in ("polygons", "blocks", "pixels", "none")
)


def make_labels(values, groups=None, count=None):
    """Return labels; without groups, touching pixels of a class are one."""
    values = np.asarray(values, np.uint16)
    groups = connected_regions(values, connectivity=2) if groups is None else groups
    count = int(values.max()) if count is None else count
    entries = zip(range(1, count + 1), distinct_colours(count), strict=True)
    table = ClassTable(tuple(ClassEntry(k, f"class {k}", c) for k, c in entries))
    return LabelMap(values, np.asarray(groups, np.int32), table)


def four_fields(edge=20):
    """Two classes of two fields each, apart from one another."""
    values, groups = np.zeros((2 * edge + 4, 2 * edge + 4)), 0
    groups = np.zeros(values.shape)
    corners = [(0, 0), (0, edge + 4), (edge + 4, 0), (edge + 4, edge + 4)]
    for number, (row, column) in enumerate(corners, start=1):
        field = np.s_[row : row + edge, column : column + edge]
        values[field], groups[field] = 1 + number % 2, number
    return make_labels(values, groups)


@st.composite
def label_maps(draw):
    """Random rectangles, later ones over earlier ones, some without a polygon."""
    height, width = draw(st.integers(4, 40)), draw(st.integers(4, 40))
    values, groups = np.zeros((height, width)), np.zeros((height, width))
    for number in range(1, draw(st.integers(1, 12)) + 1):
        row, column = draw(st.integers(0, height - 1)), draw(st.integers(0, width - 1))
        rows, columns = draw(st.integers(1, 15)), draw(st.integers(1, 15))
        window = np.s_[row : row + rows, column : column + columns]
        values[window] = draw(st.integers(1, 4))
        groups[window] = draw(st.integers(1, number))
    present = np.unique(values[values > 0])
    dense = np.searchsorted(np.r_[0, present], values)
    return make_labels(dense, groups)


@settings(deadline=None, max_examples=150)
@given(
    label_maps(),
    st.sampled_from(HOLDOUTS),
    st.floats(1, 90),
    st.sampled_from([0.0, 15.0, 50.0]),
    st.integers(0, 5),
    st.booleans(),
    st.booleans(),
)
def test_roles(labels, holdout, percent, validation_percent, seed, separate, regions):
    config = SplitConfig(
        holdout=holdout, holdout_percent=percent, validation_percent=validation_percent
    )
    split = split_samples(labels, config, seed, separate_test=separate, regions=regions)
    roles = [split.training, split.validation, split.test]
    assert all(
        role.dtype == bool and role.shape == labels.values.shape for role in roles
    )
    assert sum(role.astype(int) for role in roles).max() <= 1
    assert not (labels.values[roles[0] | roles[1] | roles[2]] == 0).any()
    trained = np.unique(labels.values[split.training])
    assert trained.tolist() == list(range(1, len(labels.classes) + 1))
    if separate or holdout == "none":
        assert not split.test.any()
    if validation_percent == 0:
        assert not split.validation.any()
    assert not (split.ends & ~split.validation).any()
    assert not (split.gap & (roles[0] | roles[1] | roles[2])).any()
    assert not (split.gap & (labels.values == 0)).any()
    if holdout == "blocks" and not separate:
        assert not (near(split.test, GAP) & (split.training | split.validation)).any()
        assert not (near(split.validation, GAP) & split.training).any()
    cut = regions and holdout == "polygons" and not separate
    if (holdout in ("polygons", "none") or separate) and not cut:
        whole = [
            split.training | split.ends | split.gap,
            split.validation & ~split.ends,
        ]
        check_areas_whole(labels, split, [*whole, split.test])
    assert f"seed: {seed}." in split.description


def twenty_fields():
    """Fields of two classes in turn, of several sizes, five in a row."""
    values, groups = np.zeros((60, 90)), np.zeros((60, 90))
    for number in range(20):
        row, column = 6 * (number // 5), 10 * (number % 5)
        field = np.s_[row : row + 2 + number % 3, column : column + 3 + number % 4]
        values[field], groups[field] = 1 + number % 2, number + 1
    return make_labels(values, groups)


def test_a_seed_gives_the_split_that_it_always_gave():
    """Stored numbers of fields and pixels: a report can be repeated."""
    labels = twenty_fields()
    found = {}
    for holdout in ("polygons", "blocks", "pixels"):
        config = SplitConfig(holdout=holdout, validation_percent=20)
        split = split_samples(labels, config, 5)
        masks = split.test, split.validation, split.training
        counts = [int(mask.sum()) for mask in masks]
        found[holdout] = (
            [np.unique(labels.groups[mask]).tolist() for mask in masks[:2]],
            counts,
        )
    assert found["polygons"] == ([[3, 4, 8, 11, 18], [7, 10, 13, 16]], [81, 36, 148])
    assert found["blocks"] == (
        [[5, 10, 15, 16, 17, 18, 19, 20], [3, 4, 8, 9, 13, 14]],
        [84, 80, 83],
    )
    validation = [2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 14, 15, 17, 18, 19, 20]
    assert found["pixels"] == ([[*range(1, 21)], validation], [79, 37, 149])


def test_the_description_counts_every_role():
    """Of 1600 pixels 800 are tested; two rows or columns beside an end are a gap."""
    config = SplitConfig(holdout="polygons", validation_percent=50)
    split = split_samples(four_fields(), config, 0)
    assert split.description.startswith(
        "Scored pixels, held out of training (whole polygons): 800, or 54 % of the "
        "labelled pixels used. Validation pixels, which chose the epoch (whole "
        "polygons, ends of large areas): 432. Training pixels: 256; seed: 0."
    )
    assert (split.test.sum(), split.validation.sum()) == (800, 432)
    assert (split.training.sum(), split.gap.sum()) == (256, 112)


def test_shares_of_half_to_twice_the_wanted_are_no_news():
    """Of 100 pixels each 30 are wanted; 21, 14, 59 and 62 are held out."""
    values = np.repeat([1, 2, 3, 4], 100)
    place = np.arange(400) % 100
    held_out = place < np.repeat([21, 14, 59, 62], 100)
    found = warnings_of(
        "polygons", ["a", "b", "c", "d"], values, HoldOut(held_out, ~held_out), 0.3
    )
    assert found == (
        "Classes of which much more or less than 30 % was held out, because their "
        "areas differ in size: 'b' (14 pixels), 'd' (62 pixels).",
    )


def check_areas_whole(labels, split, roles):
    for k, name in enumerate(labels.classes.names, start=1):
        if name in split.divided:
            continue
        for group in np.unique(labels.groups[labels.values == k]):
            area = (labels.values == k) & (labels.groups == group)
            sides = [role for role in roles if (role & area).any()]
            assert len(sides) == 1
            assert sides[0][area].all()


@pytest.mark.parametrize("holdout", HOLDOUTS)
def test_depends_on_seed_and_not_on_dtype(holdout):
    labels, config = four_fields(), SplitConfig(holdout=holdout, validation_percent=15)
    split = split_samples(labels, config, 3)
    wide = copy(labels)
    object.__setattr__(wide, "values", labels.values.astype(np.int64))
    object.__setattr__(wide, "groups", labels.groups.astype(np.int64))
    again = split_samples(wide, config, 3)
    for role in ("training", "validation", "test"):
        assert np.array_equal(getattr(split, role), getattr(again, role))
    others = [split_samples(labels, config, seed) for seed in range(8)]
    if holdout != "none":
        assert any(not np.array_equal(o.test, split.test) for o in others)


def test_validation_share_leaves_test_alone():
    labels = four_fields()
    for holdout in ("polygons", "blocks", "pixels"):
        few, many = (
            split_samples(
                labels, SplitConfig(holdout=holdout, validation_percent=percent), 0
            )
            for percent in (0, 50)
        )
        assert np.array_equal(few.test, many.test)


def test_ends_of_large_areas_validate_and_the_rest_of_them_trains():
    labels = four_fields()
    split = split_samples(labels, NONE, 0)
    assert not split.test.any()
    for number in range(1, 5):
        area = labels.groups == number
        if (split.validation & area).sum() == area.sum():
            continue
        end = split.ends & area
        assert end.sum() == 40  # a tenth of 20 x 20 pixels: two rows or columns
        assert (split.gap & area).sum() == GAP * 20
        assert (split.training & area).sum() == 400 - 40 - GAP * 20
        assert not (near(end, GAP) & split.training).any()
    assert split.ends.any()
    small = split_samples(four_fields(edge=7), NONE, 0)
    assert not small.ends.any()  # 49 pixels
    pixels = split_samples(labels, PIXELS, 0)
    assert not pixels.ends.any()


def test_polygons_are_held_out_beside_others_of_their_class():
    """Two of each class side by side, two far off: no far one is scored."""
    values, groups = np.zeros((60, 90)), np.zeros((60, 90))
    for k in (1, 2):
        for place, column in enumerate((2, 10, 45, 80)):
            area = np.s_[30 * k - 20 : 30 * k - 15, column : column + 5]
            values[area], groups[area] = k, 10 * k + place
    labels = make_labels(values, groups)
    found = {
        tuple(np.unique(labels.groups[split.test]).tolist())
        for split in (split_samples(labels, POLYGONS, seed) for seed in range(20))
    }
    assert {number % 10 for pair in found for number in pair} == {0, 1}


def test_large_regions_of_a_label_raster_give_an_end_each():
    """Nobody drew them as areas, and the map is mostly of the rest of them."""
    labels = four_fields()
    split = split_samples(labels, POLYGONS, 0, regions=True)
    for number in range(1, 5):
        region = labels.groups == number
        assert (split.test & region).sum() == 120  # 30 % of 20 x 20 pixels
        assert (split.training & region).any()
    assert not (near(split.test, GAP) & (split.training | split.validation)).any()
    assert not (split.validation & ~split.ends).any()
    assert "ends of labelled regions" in split.description
    assert "Fields without a label" in split.description
    whole = split_samples(labels, POLYGONS, 0)
    assert "Other fields are classified much less accurately" in whole.description


def test_classes_of_small_regions_alone_give_whole_ones():
    labels = four_fields(edge=4)  # 16 pixels each
    split = split_samples(labels, POLYGONS, 0, regions=True)
    for number in range(1, 5):
        assert np.unique(split.test[labels.groups == number]).size == 1
    assert split.test.any()


def test_takes_the_nearest_total():
    values, groups = np.zeros((1, 100)), np.zeros((1, 100))
    for number, (start, length) in enumerate([(0, 50), (50, 31), (81, 12), (93, 7)], 1):
        values[0, start : start + length] = 1
        groups[0, start : start + length] = number
    labels = make_labels(values, groups)
    config = SplitConfig(holdout="polygons", holdout_percent=30)
    split = split_samples(labels, config, 0)
    assert split.test.sum() == 31
    assert split.training.sum() == 69
    assert split.warnings == ()


def test_single_area_loses_its_far_end():
    values = np.zeros((30, 10))
    values[2:28, 3:8] = 1  # 26 rows long
    labels = make_labels(values)
    split = split_samples(labels, SplitConfig(holdout="polygons"), 0)
    test, training = (np.flatnonzero(m.any(1)) for m in (split.test, split.training))
    assert len(test) == 8  # 30 % of 26 rows
    assert len(training) == 16
    gap = max(test.min() - training.max(), training.min() - test.max())
    assert gap == GAP + 1
    assert split.divided == ("class 1",)
    assert "far end" in split.warnings[0]


def test_diagonal_area_is_cut_across():
    rows, columns = np.indices((40, 40))
    labels = make_labels(np.abs(rows - columns) <= 2)
    split = split_samples(labels, SplitConfig(holdout="polygons"), 0)
    sums = rows + columns
    apart = [sums[split.test], sums[split.training]]
    assert min(apart[0].min() - apart[1].max(), 99) > 2 or (
        apart[1].min() - apart[0].max() > 2
    )


def test_tiny_class_trains_and_is_named():
    values = np.zeros((20, 20))
    values[:8, :8], values[15, 3:8] = 1, 2
    split = split_samples(make_labels(values), POLYGONS, 0)
    assert split.counts()["class 2"] == {"training": 5, "validation": 0, "test": 0}
    assert any("'class 2' (5 pixels)" in text for text in split.warnings)


def test_small_area_gets_a_smaller_gap():
    values = np.zeros((5, 12))
    values[1:3, 1:5] = 1  # 2 x 4 pixels
    config = SplitConfig(holdout="polygons")
    split = split_samples(make_labels(values), config, 0)
    assert split.test.sum() == 2
    assert split.training.sum() == 4


def test_pixels_warns_and_takes_the_share():
    config = SplitConfig(holdout="pixels", holdout_percent=25, validation_percent=20)
    split = split_samples(four_fields(), config, 0)
    assert split.counts()["class 1"] == {
        "training": 480,
        "validation": 120,
        "test": 200,
    }
    assert "too high" in split.warnings[0]


def test_blocks_reach_the_share():
    values = np.ones((120, 120))
    values[:, 60:] = 2
    split = split_samples(make_labels(values), BLOCKS, 0)
    for roles in split.counts().values():
        assert 0.2 < roles["test"] / 7200 < 0.4
        assert roles["training"] > 2000


def test_with_blocks_the_end_of_an_area_keeps_off_another_class():
    values = np.ones((9, 11))
    values[0, 1:3] = values[1, :3] = 2
    config = SplitConfig(holdout="blocks", holdout_percent=1, validation_percent=15)
    split = split_samples(make_labels(values, np.ones((9, 11))), config, 0)
    assert split.validation.any()
    assert not (near(split.validation, GAP) & split.training).any()


def test_separate_test_takes_validation_by_polygon():
    config = SplitConfig(holdout="pixels", validation_percent=50)
    split = split_samples(four_fields(), config, 0, separate_test=True)
    assert not split.test.any()
    assert (split.validation & ~split.ends).sum() == 800
    assert split.warnings == ()
    assert "separate" in split.description


def test_class_without_pixels():
    labels = make_labels(np.ones((4, 4)), count=2)
    with pytest.raises(SampleError, match="'class 2' has no labelled pixel"):
        split_samples(labels, POLYGONS, 0)


def test_indian_pines_by_field():
    labels = make_labels(np.load(real("indian_pines/Indian_pines_gt.npy")))
    for seed in range(3):
        split = split_samples(labels, POLYGONS, seed)
        share = split.test.sum() / (labels.values > 0).sum()
        assert 0.2 < share < 0.45
        assert all(roles["test"] for roles in split.counts().values())
