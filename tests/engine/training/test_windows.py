"""Windows hold every training area, and each pixel once."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from miaf_engine.cubes.tiles import BASE_MB, TrainingBytes
from miaf_engine.errors import MemoryShortError
from miaf_engine.grid import Window
from miaf_engine.training.windows import (
    _GRID_BYTES,
    MARGINS,
    bounding_boxes,
    bytes_of,
    dealt,
    joined,
    training_windows,
    windows_of_scenes,
)

windows = st.builds(Window, *[st.integers(0, 60)] * 2, *[st.integers(1, 20)] * 2)


def read(count):
    """Return that a pixel needs so many bytes, in whatever steps it is seen."""
    return TrainingBytes(count, 0, 0)


def covered(found, shape):
    count = np.zeros(shape, dtype=int)
    for window in found:
        count[window.slices] += 1
    return count


@given(st.lists(windows, max_size=12))
def test_joined_windows_cover_the_same_and_do_not_overlap(given):
    found = joined(given)
    count = covered(found, (90, 90))
    assert count.max() <= 1
    assert (count >= (covered(given, (90, 90)) > 0)).all()
    assert len(found) <= len(given)


def test_windows_that_only_touch_stay_apart():
    apart = [Window(0, 0, 5, 5), Window(0, 5, 5, 5), Window(5, 0, 5, 5)]
    assert joined(apart) == apart
    assert joined([Window(4, 0, 5, 6), Window(0, 0, 5, 5)]) == [Window(0, 0, 9, 6)]
    assert joined([Window(0, 4, 6, 5), Window(0, 0, 5, 5)]) == [Window(0, 0, 6, 9)]


def test_boxes_by_hand():
    groups = np.zeros((9, 9), dtype=np.int32)
    groups[1:3, 2:5], groups[7, 8], groups[0, 0], groups[4, 6] = 3, 9, 1, 1
    expected = [Window(0, 0, 5, 7), Window(1, 2, 2, 3), Window(7, 8, 1, 1)]
    assert bounding_boxes(groups) == expected
    assert bounding_boxes(np.zeros((4, 4), dtype=np.int32)) == []


def test_a_grid_that_fits_is_one_window():
    groups = np.ones((50, 60), dtype=np.int32)
    assert training_windows(groups, read(1000), 4096) == [Window(0, 0, 50, 60)]
    groups = np.zeros((300, 400), dtype=np.int32)
    groups[5, 5] = 1
    assert training_windows(groups, read(1000), 4096) == [Window(0, 0, 300, 400)]
    # 120 000 pixels of 1000 bytes, and 24 for its labels, are 117.1875 MiB.
    assert training_windows(groups, read(1000), BASE_MB + 117.19) == [
        Window(0, 0, 300, 400)
    ]
    assert training_windows(groups, read(1000), BASE_MB + 117.18) == [
        Window(0, 0, 46, 46)
    ]


def test_scenes_share_the_budget_by_their_size():
    """Scenes of 10 000 and 30 000 pixels need 9.995 and 29.98 MiB."""
    groups = np.zeros((450, 100), dtype=np.int32)
    groups[50:60, 50:60], groups[250:260, :10] = 1, 2
    scenes = [Window(0, 0, 100, 100), Window(100, 0, 300, 100), Window(400, 0, 50, 100)]
    found = windows_of_scenes(groups, scenes, read(1024), BASE_MB + 40)
    assert found == scenes[:2]  # the third has no area
    found = windows_of_scenes(groups, scenes, read(1024), BASE_MB + 39.9)
    assert found == [Window(10, 10, 90, 90), Window(210, 0, 90, 50)]


@given(seed=st.integers(0, 50))
def test_each_area_has_its_margin_and_the_budget_is_kept(seed):
    rng = np.random.default_rng(seed)
    groups = np.zeros((700, 800), dtype=np.int32)
    for number in range(1, 6):
        row, column = rng.integers(0, 690), rng.integers(0, 780)
        groups[row : row + 10, column : column + 15] = number
    room = 300_000
    grid_mb = groups.size * _GRID_BYTES / 2**20
    found = training_windows(groups, read(1024), BASE_MB + grid_mb + room / 1024)
    count = covered(found, groups.shape)
    assert count.max() == 1
    assert count.sum() <= room
    margin = MARGINS[0]
    for row, column in np.argwhere(groups):
        around = np.s_[
            max(row - margin, 0) : row + margin + 1,
            max(column - margin, 0) : column + margin + 1,
        ]
        assert count[around].all()


def test_a_small_budget_narrows_the_margin_before_it_refuses():
    groups = np.zeros((700, 800), dtype=np.int32)
    groups[300:310, 300:310], groups[600:610, 600:610] = 1, 2
    grid_mb = groups.size * _GRID_BYTES / 2**20
    for margin in MARGINS:
        room_mb = 2 * (10 + 2 * margin) ** 2 / 1024
        found = training_windows(groups, read(1024), BASE_MB + grid_mb + room_mb)
        assert [window.height for window in found] == [10 + 2 * margin] * 2
    with pytest.raises(MemoryShortError):
        training_windows(groups, read(1024), BASE_MB + grid_mb + room_mb / 2)


def test_areas_that_do_not_fit_are_refused_with_what_is_needed():
    groups = np.zeros((500, 500), dtype=np.int32)
    groups[0, 0], groups[499, 499] = 1, 1
    with pytest.raises(MemoryShortError, match="memory budget is 460 MiB") as caught:
        training_windows(groups, read(10_000), BASE_MB + 10)
    assert "Raise the memory budget" in caught.value.hint


def test_scattered_areas_are_trained_on_in_pieces():
    """Windows around 800 points grow into one; a step on all of it would not fit."""
    rng = np.random.default_rng(0)
    groups = np.zeros((500, 600), dtype=np.int32)
    rows, columns = rng.integers(0, 500, 800), rng.integers(0, 600, 800)
    groups[rows, columns] = np.arange(1, 801)
    groups[:, 280:340] = 0
    each = TrainingBytes(1000, 25_000, 10_000)
    found = training_windows(groups, each, BASE_MB + 2500)
    count = covered(found, groups.shape)
    assert count.max() == 1 and count[groups > 0].all()
    assert max(max(w.height, w.width) for w in found) <= 56
    assert all(groups[window.slices].any() for window in found)
    steps = dealt(found, np.minimum(groups, 1))
    seen = [sum(found[place].size for place in step) for step in steps]
    assert len(seen) > 4 and max(seen) < 35_000
    labelled = np.count_nonzero(groups)
    known = [
        sum(np.count_nonzero(groups[found[place].slices]) for place in step)
        for step in steps
    ]
    peak = max(25_000 * a + 10_000 * b for a, b in zip(seen, known, strict=True))
    assert 1000 * sum(seen) + peak < 1.05 * bytes_of(found, labelled, each)
    assert bytes_of(found, labelled, each) < 2500 * 2**20
    # Of windows that fit as they are, none is cut.
    assert max(w.height for w in training_windows(groups, read(1000), 900)) > 56
    with pytest.raises(MemoryShortError):
        training_windows(groups, each, BASE_MB + 400)


def test_bytes_of_windows():
    each = TrainingBytes(10, 1000, 100)
    one = [Window(0, 0, 100, 300)]
    assert bytes_of(one, 50, each) == 300_000 + 30_000_000 + 5000
    # 18 windows of 3000 pixels are two steps, of which one has a window more.
    many = [Window(50 * n, 0, 50, 60) for n in range(18)]
    expected = 540_000 + (1 / 2 + 1 / 18) * (54_000_000 + 5000)
    assert bytes_of(many, 50, each) == pytest.approx(expected)


def test_few_windows_are_seen_in_one_step():
    for count, side in ((7, 300), (40, 20), (1, 1000)):
        windows = [Window(side * n, 0, side, side) for n in range(count)]
        classes = np.ones((side * count, side), dtype=np.uint16)
        (step,) = dealt(windows, classes)
        np.testing.assert_array_equal(step, np.arange(count))


def test_large_windows_are_dealt_first_to_the_step_that_lacks_their_classes():
    sides = [90 - 17 * n % 50 for n in range(26)]
    windows = [Window(100 * n, 0, side, side) for n, side in enumerate(sides)]
    classes = np.zeros((2600, 100), dtype=np.uint16)
    for number, window in enumerate(windows):
        classes[window.row : window.row + 5, : 3 + number % 4] = 1 + number % 3
    steps = [step.tolist() for step in dealt(windows, classes)]
    assert steps == [
        [0, 7, 8, 9, 11, 16, 18, 25],
        [1, 2, 3, 13, 15, 17, 19, 20, 24],
        [4, 5, 6, 10, 12, 14, 21, 22, 23],
    ]


def test_a_step_that_is_full_takes_no_more_whatever_it_lacks():
    """22 500 and 2025 pixels leave no room in a half of 52 875; the last finds none."""
    sides = [150] + 15 * [45]
    windows = [Window(150 * n, 0, side, side) for n, side in enumerate(sides)]
    classes = np.zeros((2400, 150), dtype=np.uint16)
    classes[0, 0] = 1
    classes[150::150, 0] = 2
    steps = [step.tolist() for step in dealt(windows, classes)]
    assert steps == [[0, 2, 15], [1, *range(3, 15)]]


@given(seed=st.integers(0, 50), count=st.integers(16, 60))
def test_steps_share_windows_and_classes(seed, count):
    rng = np.random.default_rng(seed)
    side = 70
    windows = [
        Window(side * n, 0, *rng.integers(side // 2, side, 2)) for n in range(count)
    ]
    classes = np.zeros((side * count, side), dtype=np.uint16)
    own = rng.permutation(np.arange(count) % 4) + 1
    for window, k in zip(windows, own, strict=True):
        classes[window.row : window.row + 5, :5] = k
    steps = dealt(windows, classes)
    together = np.concatenate(steps)
    np.testing.assert_array_equal(np.sort(together), np.arange(count))
    sizes = np.array([window.height * window.width for window in windows])
    total = sizes.sum()
    assert len(steps) == max(1, min(total // 25_000, count // 8))
    for step in steps:
        assert sizes[step].sum() <= total / len(steps) + sizes.max()
        # Of four classes in as many windows each, each step has its share of three.
        shares = np.bincount(own[step], minlength=5)[1:]
        assert (shares > 0).sum() >= 3
