"""Neighbours of superpixels against brute force."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from miaf_engine.preprocessing.graph import build_graph
from miaf_engine.preprocessing.superpixels import renumbered


def pairs(segments):
    return {tuple(edge) for edge in build_graph(np.int32(segments)).edges.T.tolist()}


def brute(segments):
    """Return the pairs of segments that share a side or corner, or are the same."""
    height, width = segments.shape
    found = {(n, n) for n in range(segments.max() + 1)}
    for row, column in np.ndindex(height, width):
        for other_row in range(max(row - 1, 0), min(row + 2, height)):
            for other in range(max(column - 1, 0), min(column + 2, width)):
                pair = int(segments[row, column]), int(segments[other_row, other])
                if min(pair) >= 0:
                    found.add(pair)
    return found


@settings(max_examples=150, deadline=None)
@given(
    arrays.arrays(
        np.int64, st.tuples(*[st.integers(1, 7)] * 2), elements=st.integers(0, 6)
    )
)
def test_edges_are_those_of_brute_force(labels):
    segments = renumbered(labels)
    graph = build_graph(segments)
    assert {tuple(edge) for edge in graph.edges.T.tolist()} == brute(segments)
    assert graph.edges.shape[1] == len(brute(segments))
    assert graph.nodes == segments.max() + 1
    np.testing.assert_array_equal(graph.node_of, segments.ravel())


def test_last_row_and_column_count():
    segments = np.zeros((4, 5), dtype=int)
    segments[3], segments[:3, 4] = 1, 2
    assert pairs(segments) == {(a, b) for a in range(3) for b in range(3)}


def test_corners_touch():
    assert (0, 3) in pairs([[0, 1], [2, 3]])
    assert (1, 2) in pairs([[0, 1], [2, 3]])


def test_an_island_has_itself_alone():
    segments = [[0, 0, -1, -1, 2], [0, 1, -1, -1, 2], [1, 1, -1, -1, 2]]
    found = pairs(segments)
    assert (2, 2) in found
    assert not [pair for pair in found if 2 in pair and pair != (2, 2)]


def test_edges_are_sorted_and_in_both_directions():
    edges = build_graph(np.int32([[0, 1, 2]])).edges
    assert edges.T.tolist() == [[0, 0], [0, 1], [1, 0], [1, 1], [1, 2], [2, 1], [2, 2]]
    assert edges.dtype == np.int64


def test_one_superpixel():
    assert pairs([[0, 0], [0, -1]]) == {(0, 0)}


def test_large_scenes_have_the_edges_of_the_plain_form():
    """A million pairs are sorted and mirrored as numpy's `unique` does it."""
    rng = np.random.default_rng(0)
    segments = np.repeat(np.repeat(rng.integers(-1, 900, (200, 150)), 3, 0), 2, 1)
    graph = build_graph(segments.astype(np.int32))
    nodes, codes = graph.nodes, [np.arange(graph.nodes) * (graph.nodes + 1)]
    for one, other in (
        (segments[:, :-1], segments[:, 1:]),
        (segments[:-1], segments[1:]),
        (segments[:-1, :-1], segments[1:, 1:]),
        (segments[:-1, 1:], segments[1:, :-1]),
    ):
        there = (one != other) & (one >= 0) & (other >= 0)
        codes += [(one * nodes + other)[there], (other * nodes + one)[there]]
    wanted = np.unique(np.concatenate(codes))
    np.testing.assert_array_equal(graph.edges, [wanted // nodes, wanted % nodes])
    assert graph.edges.dtype == np.int64
