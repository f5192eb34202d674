"""Superpixels of images whose answer is known."""

import threading
import tracemalloc

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from skimage.measure import label

from miaf_engine.errors import CubeError
from miaf_engine.preprocessing import superpixels
from miaf_engine.preprocessing.superpixels import renumbered, segment, segment_scales


def patchwork(side=60, patch=10, bands=3, seed=0):
    """Return (D, H, W) of patches of random level with noise, and their numbers."""
    rng = np.random.default_rng(seed)
    count = side // patch
    numbers = np.arange(count * count).reshape(count, count)
    numbers = numbers.repeat(patch, axis=0).repeat(patch, axis=1)
    levels = rng.uniform(-30, 30, (bands, count * count))
    image = levels[:, numbers] + rng.normal(0, 1, (bands, side, side))
    return image.astype(np.float32), numbers


def everywhere(image):
    return np.ones(image.shape[1:], dtype=bool)


def purity(segments, truth):
    """Return the share of pixels in the majority patch of their superpixel."""
    counts = np.zeros((segments.max() + 1, truth.max() + 1), dtype=int)
    np.add.at(counts, (segments.ravel(), truth.ravel()), 1)
    return counts.max(axis=1).sum() / truth.size


def same_partition(one, other):
    pairs = np.unique(np.stack([one.ravel(), other.ravel()]), axis=1).shape[1]
    return pairs == len(np.unique(one)) == len(np.unique(other))


def test_two_blocks():
    image = np.zeros((2, 20, 24), dtype=np.float32)
    image[:, :, 12:] = 50.0
    found = segment(image, everywhere(image), 240, 1.0)
    expected = np.zeros((20, 24), dtype=int)
    expected[:, 12:] = 1
    assert same_partition(found, expected)
    assert found.dtype == np.int32


def test_patchwork_has_pure_superpixels_of_the_size_asked_for():
    image, truth = patchwork()
    found = segment(image, everywhere(image), 100, 4.0)
    assert purity(found, truth) > 0.97
    assert 27 <= found.max() + 1 <= 45


def test_compactness_is_a_distance_in_the_image():
    # Not so where slic's scaling of the image to 0..1 is left uncorrected.
    image, truth = patchwork()
    found = segment(image, everywhere(image), 100, 4.0)
    scaled = segment(1000 * image, everywhere(image), 100, 4000.0)
    assert same_partition(found, scaled)
    shifted = segment(image + 500, everywhere(image), 100, 4.0)
    assert (shifted == found).mean() > 0.99
    off = np.roll(image, (5, 5), axis=(1, 2))
    truth = np.roll(truth, (5, 5), axis=(0, 1))
    blind = segment(off, everywhere(image), 100, 1000.0)
    seeing = segment(off, everywhere(image), 100, 4.0)
    assert purity(seeing, truth) > purity(blind, truth) + 0.2


def test_one_bright_pixel_does_not_change_the_rest():
    image, _ = patchwork()
    bright = image.copy()
    bright[:, 57, 57] = 3000.0
    found = segment(image, everywhere(image), 100, 4.0)
    other = segment(bright, everywhere(image), 100, 4.0)
    # Away from the pixel the pairs of neighbours in one superpixel stay the same.
    part = np.s_[:40, :40]
    one, two = found[part], other[part]
    for axis in (0, 1):
        together = np.diff(one, axis=axis) == 0
        assert (together == (np.diff(two, axis=axis) == 0)).mean() > 0.99


def test_nodata_is_in_no_superpixel_and_does_not_influence():
    image, _ = patchwork()
    valid = everywhere(image)
    valid[:, :17] = valid[30:40, 30:34] = False
    other = image.copy()
    other[:, ~valid] = 1e9
    image[:, ~valid] = 0.0
    found = segment(image, valid, 50, 4.0)
    assert ((found == -1) == ~valid).all()
    assert set(np.unique(found)) == {-1, *range(found.max() + 1)}
    np.testing.assert_array_equal(segment(other, valid, 50, 4.0), found)
    assert label(found + 1, background=0, connectivity=1).max() == found.max() + 1


@settings(max_examples=60, deadline=None)
@given(
    height=st.integers(1, 25),
    width=st.integers(1, 25),
    share=st.sampled_from([0.05, 0.3, 0.9, 1.0]),
    size=st.sampled_from([4, 20, 200, 5000]),
    seed=st.integers(0, 99),
)
def test_every_valid_pixel_is_in_a_superpixel(height, width, share, size, seed):
    rng = np.random.default_rng(seed)
    valid = rng.random((height, width)) < share
    valid[0, 0] = True
    image = rng.normal(size=(2, height, width)).astype(np.float32)
    found = segment(image, valid, size, 4.0)
    assert ((found >= 0) == valid).all()
    assert set(np.unique(found[valid])) == set(range(found.max() + 1))


def pairs_kept(one, other, where):
    """Return the share of neighbours in `where` that both join, or both part."""
    kept = []
    for axis in (0, 1):
        inside = np.logical_and(*(np.delete(where, end, axis) for end in (0, -1)))
        joined = [np.diff(found, axis=axis) == 0 for found in (one, other)]
        kept.append((joined[0] == joined[1])[inside])
    return np.concatenate(kept).mean()


@pytest.mark.parametrize("size", [20, 50, 100])
def test_a_dead_pixel_changes_no_other_superpixel(size):
    image, _ = patchwork(side=120)
    whole = segment(image, everywhere(image), size, 4.0)
    for at in ((61, 47), (0, 0), (119, 60)):
        valid = everywhere(image)
        valid[at] = False
        found = segment(np.where(valid, image, 0), valid, size, 4.0)
        far = everywhere(image)
        far[max(0, at[0] - 12) : at[0] + 13, max(0, at[1] - 12) : at[1] + 13] = False
        assert pairs_kept(whole, found, far) == 1.0
        assert pairs_kept(whole, found, valid) > 0.998


def test_beside_a_slanted_edge_a_part_has_the_superpixels_of_the_whole():
    image, _ = patchwork(side=240, patch=12)
    rows, columns = np.mgrid[:240, :240]
    valid = (columns > 20 + rows // 4) & (columns < 160 + rows // 4)
    image[:, ~valid] = 0.0
    whole = segment(image, valid, 50, 4.0)
    part = np.s_[50:, 30:]
    cut = np.ascontiguousarray(image[(slice(None), *part)])
    found = segment(cut, valid[part], 50, 4.0, (50, 30))
    inner = valid[part].copy()
    inner[:64] = inner[:, :40] = False
    assert pairs_kept(whole[part], found, inner) > 0.999


def test_large_scenes_with_holes():
    image, truth = patchwork(side=120)
    rng = np.random.default_rng(3)
    valid = rng.random((120, 120)) > 0.02
    valid[:, 50:53] = valid[:25, :40] = False
    other = image.copy()
    image[:, ~valid], other[:, ~valid] = 0.0, 1e9
    found = segment(image, valid, 50, 4.0)
    np.testing.assert_array_equal(segment(other, valid, 50, 4.0), found)
    assert ((found == -1) == ~valid).all()
    assert set(np.unique(found)) == {-1, *range(found.max() + 1)}
    assert label(found + 1, background=0, connectivity=1).max() == found.max() + 1
    assert purity(found[valid], truth[valid]) > 0.97
    sizes = np.bincount(found[valid])
    assert 35 < np.average(sizes, weights=sizes) < 90  # a patch has 100


def test_memory_of_a_large_scene_with_a_hole_is_bounded():
    # All centres against all others would be 1 GB here, and 40 s.
    image = np.random.default_rng(0).normal(size=(3, 750, 750)).astype(np.float32)
    valid = everywhere(image)
    valid[300, 300] = False
    tracemalloc.start()
    try:
        found = segment(image, valid, 50, 4.0)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert found.max() + 1 > 11_000
    assert peak < 300 * valid.size


def test_a_flat_image_is_cut_all_the_same():
    image = np.full((2, 30, 30), 7.0, dtype=np.float32)
    found = segment(image, everywhere(image), 100, 4.0)
    assert 6 <= found.max() + 1 <= 12


def test_it_repeats():
    image, _ = patchwork()
    valid = everywhere(image)
    valid[:9] = False
    first = segment(image, valid, 50, 4.0)
    np.testing.assert_array_equal(segment(image, valid, 50, 4.0), first)


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_values_that_are_not_finite_are_refused(value):
    image, _ = patchwork()
    image[1, 3, 4] = value
    with pytest.raises(CubeError, match="finite"):
        segment(image, everywhere(image), 100, 4.0)
    valid = everywhere(image)
    valid[3, 4] = False
    assert segment(image, valid, 100, 4.0)[3, 4] == -1


def test_no_valid_pixel_is_refused():
    image = np.zeros((2, 5, 5), dtype=np.float32)
    with pytest.raises(CubeError, match="no valid pixel"):
        segment(image, np.zeros((5, 5), dtype=bool), 10, 4.0)


def test_renumbering_keeps_the_order():
    found = renumbered(np.array([[0, 7], [3, 7]]))
    np.testing.assert_array_equal(found, [[-1, 1], [0, 1]])
    np.testing.assert_array_equal(renumbered(np.array([[9, 4]])), [[1, 0]])


def test_a_part_of_a_scene_has_the_superpixels_of_the_whole():
    rng = np.random.default_rng(7)
    image = rng.normal(size=(2, 120, 130)).astype(np.float32).cumsum(1).cumsum(2) / 50
    whole = segment(image, everywhere(image), 50, 4.0)
    row, column = 17, 26
    part = np.ascontiguousarray(image[:, row:, column:])
    shares = []
    for origin in ((row, column), (0, 0)):
        found = segment(part, everywhere(part), 50, 4.0, origin)
        inner = np.s_[40:-10, 40:-10]
        expected = whole[row:, column:][inner]
        pairs = np.unique(np.stack([expected.ravel(), found[inner].ravel()]), axis=1)
        # A superpixel that has one partner only is the same in both.
        alone = np.isin(expected, [k for k in pairs[0] if (pairs[0] == k).sum() == 1])
        shares.append(alone.mean())
    assert shares[0] > 0.9
    assert shares[1] < 0.5


@pytest.mark.parametrize("holes", [False, True])
def test_scales_cut_at_once_are_those_cut_alone(holes):
    image, _ = patchwork()
    valid = everywhere(image)
    if holes:
        valid[20:28, 5:50] = False
        image[:, ~valid] = 0
    sizes, origin = (25, 60, 144), (3, 11)
    alone = [segment(image, valid, size, 4.0, origin) for size in sizes]
    before = image.copy()
    for threads in (1, 2, 3):
        together = segment_scales(image, valid, sizes, 4.0, origin, threads)
        for one, other in zip(together, alone, strict=True):
            np.testing.assert_array_equal(one, other)
    np.testing.assert_array_equal(image, before)


def test_scales_are_cut_at_the_same_time(monkeypatch):
    image, _ = patchwork()
    both = threading.Barrier(2, timeout=20)
    real = superpixels._on_grid

    def waits(*given):
        both.wait()
        return real(*given)

    monkeypatch.setattr(superpixels, "_on_grid", waits)
    assert len(segment_scales(image, everywhere(image), (25, 60), 4.0, threads=2)) == 2


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(1, 40))
def test_numbers_are_those_of_sorted_labels(seed, most):
    labels = np.random.default_rng(seed).integers(0, most + 1, (9, 11))
    kinds, wanted = np.unique(labels, return_inverse=True)
    found = renumbered(labels)
    np.testing.assert_array_equal(
        found, wanted.reshape(labels.shape) - (1 if kinds[0] == 0 else 0)
    )
    assert found.dtype == np.int32
