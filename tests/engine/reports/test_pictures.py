"""Every area is seen in the picture of roles, however large the scene."""

import io

import numpy as np
import pytest
from matplotlib.image import imread

from miaf_engine.reports.pictures import (
    TEST,
    TRAINING,
    VALIDATION,
    role_picture,
)
from miaf_engine.reports.plots import fold_colours, roles_png


def masks(shape, **pixels):
    colours = {"training": TRAINING, "validation": VALIDATION, "test": TEST}
    found = []
    for number, (name, colour) in enumerate(colours.items(), start=1):
        mask = np.zeros(shape, bool)
        for row, column in pixels.get(name, ()):
            mask[row, column] = True
        found.append((name, colour, mask, mask * number))
    return found


def drawn(picture):
    image = imread(io.BytesIO(roles_png(picture)))[..., :3]
    return np.round(image * 255).astype(int)


def shares(picture):
    image = drawn(picture)
    codes = {tuple(int(c[i : i + 2], 16) for i in (1, 3, 5)): c for c in
             (TRAINING, VALIDATION, TEST)}  # fmt: skip
    return {c: (image == np.array(rgb)).all(axis=2).mean() for rgb, c in codes.items()}


def test_counts_and_places():
    picture = role_picture(
        masks((4, 5), training=[(0, 0), (0, 1)], validation=[(1, 1)], test=[(3, 4)])
    )
    assert [(r.name, r.pixels, r.areas) for r in picture.roles] == [
        ("training", 2, 1), ("validation", 1, 1), ("test", 1, 1),
    ]  # fmt: skip
    assert picture.codes.tolist() == [
        [1, 1, 0, 0, 0], [0, 2, 0, 0, 0], [0, 0, 0, 0, 0], [0, 0, 0, 0, 3],
    ]  # fmt: skip
    assert shares(picture)[TRAINING] == pytest.approx(2 / 20)


@pytest.mark.parametrize("shape", [(5000, 3000), (601, 40), (1, 2500)])
def test_single_pixels_of_a_large_scene_are_drawn(shape):
    height, width = shape
    picture = role_picture(
        masks(
            shape,
            training=[(0, 0)],
            validation=[(0, width // 2)],
            test=[(height - 1, width - 1)],
        )
    )
    assert max(picture.codes.shape) <= 600
    assert set(np.unique(picture.codes)) == {0, 1, 2, 3}
    assert len(roles_png(picture)) < 100_000


def test_role_over_the_grey_scene():
    rng = np.random.default_rng(0)
    grey = rng.random((4, 5))
    grey[0, 0] = np.nan
    image = drawn(role_picture(masks((4, 5), test=[(2, 2)]), grey))
    side = image.shape[0] // 4
    cell = image[2 * side + side // 2, 2 * side + side // 2]
    assert cell.tolist() == [0xD5, 0x5E, 0x00]
    assert len(set(image[side // 2, side // 2])) == 1  # grey
    outside = np.delete(image.reshape(-1, 3), [], axis=0)
    assert (np.ptp(outside, axis=1) == 0).mean() == pytest.approx(19 / 20)


def test_scene_without_a_value():
    grey = np.full((4, 5), np.nan)
    assert drawn(role_picture(masks((4, 5)), grey)).std() == 0


def test_folds_have_colours_of_their_own():
    assert len(set(fold_colours(10))) == 10
