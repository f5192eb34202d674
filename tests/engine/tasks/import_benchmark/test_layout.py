"""Axes: whatever the order in the array, a pixel has its spectrum at its place."""

import numpy as np
import pytest

from miaf_engine.errors import (
    ConfigError,
    CubeError,
    GridMismatchError,
    SampleError,
)
from miaf_engine.progress import Progress
from miaf_engine.tasks.import_benchmark.layout import Layout, as_cube, as_labels

CUBE = np.arange(4 * 5 * 6).reshape(4, 5, 6)  # bands, rows, columns
LABELS = np.arange(30).reshape(5, 6) % 4


class Log(Progress):
    def __init__(self):
        self.text = ""

    def info(self, message):
        self.text += message


def flat(cube, order):
    """Return (C, P) with the pixels taken from the image as NumPy's order says."""
    return np.stack([band.ravel(order=order) for band in cube])


@pytest.mark.parametrize(
    ("array", "layout", "labels"),
    [
        (CUBE, Layout(), (5, 6)),
        (CUBE.transpose(1, 2, 0), Layout(), (5, 6)),
        (CUBE.transpose(1, 2, 0), Layout(), None),
        (CUBE, Layout("bands,rows,columns"), None),
        (CUBE, Layout(" Bands, Rows, Columns "), (5, 6)),
        (CUBE, Layout(rows=5, columns=6), None),
        (CUBE.transpose(1, 2, 0), Layout("rows,columns,bands"), None),
        (flat(CUBE, "F"), Layout(rows=5, columns=6), None),
        (flat(CUBE, "F").T, Layout(rows=5, columns=6, order="f"), None),
        (flat(CUBE, "C"), Layout(rows=5, columns=6, order="C"), (1, 30)),
        (flat(CUBE, "C").T, Layout("rows,columns,bands", 5, 6, "C"), None),
        (flat(CUBE, "F"), Layout(), (5, 6)),
    ],
)
def test_every_order_gives_the_same_cube(array, layout, labels):
    assert np.array_equal(as_cube(array, layout, labels), CUBE)


def test_assumptions_are_told():
    log = Log()
    as_cube(CUBE.transpose(1, 2, 0), Layout(), None, log)
    assert "assumed to be rows,columns,bands" in log.text
    assert "5 rows, 6 columns and 4 bands" in log.text
    log = Log()
    as_cube(np.zeros((3, 3, 3)), Layout(), (3, 3), log)
    assert "are assumed to be" in log.text
    log = Log()
    as_cube(CUBE, Layout(), (5, 6), log)
    assert "taken for" not in log.text


@pytest.mark.parametrize(
    ("array", "layout", "labels", "error"),
    [
        (CUBE, Layout(), (6, 5), GridMismatchError),
        (CUBE, Layout("rows,columns,bands"), (5, 6), GridMismatchError),
        (CUBE, Layout(rows=7, columns=6), None, GridMismatchError),
        (flat(CUBE, "F"), Layout(), None, ConfigError),
        (flat(CUBE, "F"), Layout(rows=5, columns=5), None, GridMismatchError),
        (np.zeros((30, 30)), Layout(rows=5, columns=6), None, GridMismatchError),
        (np.zeros((5, 6, 1)), Layout(), None, CubeError),
        (np.zeros(7), Layout(), None, CubeError),
        (np.zeros((2, 2, 2, 2)), Layout(), None, CubeError),
    ],
)
def test_what_does_not_fit_is_refused(array, layout, labels, error):
    with pytest.raises(error):
        as_cube(array, layout, labels)


@pytest.mark.parametrize(
    "given", [{"axes": "rows"}, {"order": "A"}, {"rows": 5}, {"columns": 5}]
)
def test_wrong_layouts_are_refused(given):
    with pytest.raises(ConfigError):
        Layout(**given)


@pytest.mark.parametrize(
    ("array", "order"),
    [
        (LABELS, "F"),
        (LABELS.astype("float64"), "F"),
        (LABELS.ravel(order="F"), "F"),
        (LABELS.ravel(order="F")[np.newaxis], "F"),
        (LABELS.ravel()[:, np.newaxis], "C"),
        (np.where(LABELS, LABELS, np.nan), "F"),
    ],
)
def test_labels(array, order):
    found = as_labels(array, (5, 6), Layout(order=order))
    assert found.dtype == np.uint16
    assert np.array_equal(found, LABELS)


def test_abundances_label_nearly_pure_pixels():
    rng = np.random.default_rng(0)
    shares = rng.dirichlet([0.2] * 3, (5, 6))  # rows, columns, classes
    wanted = np.where(shares.max(axis=2) >= 0.9, shares.argmax(axis=2) + 1, 0)
    planes = shares.transpose(2, 0, 1)
    for array in (shares, planes, flat(planes, "F"), flat(planes, "F").T):
        assert np.array_equal(as_labels(array, (5, 6), Layout(), 90), wanted)
    with pytest.raises(ConfigError, match="more than 50"):
        as_labels(shares, (5, 6), Layout(), 50)


@pytest.mark.parametrize(
    ("array", "error"),
    [
        (LABELS.T, GridMismatchError),
        (LABELS - 1, SampleError),
        (LABELS + 0.5, SampleError),
        (LABELS * 40_000, SampleError),
        (np.full((5, 6), np.inf), SampleError),
        (LABELS * 0, SampleError),
        (np.full((5, 6, 3), 7.0), SampleError),
    ],
)
def test_wrong_labels_are_refused(array, error):
    with pytest.raises(error):
        as_labels(array, (5, 6), Layout())
