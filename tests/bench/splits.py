"""Training and test pixels of Indian Pines, the same for whoever runs the benchmark.

Four kinds, all fixed by a seed: `a` random 10 % of each class; `b` 30 pixels a class
(15 of a tiny one); `c` whole fields held out, about 30 % of each class trained on; `d`
every field cut across its longer axis, about 30 % at one end trained on, a gap of 4
pixels, the rest tested. Results are reported on seeds 0 to 2; settings are chosen on
seeds 10 to 12. A field is a connected region of one class, corners included.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

KINDS = ("a", "b", "c", "d")
REPORTED, CHOSEN_ON = (0, 1, 2), (10, 11, 12)
SHARE = 0.3  # of each class or field, for training, in kinds c and d
NEAR_SHARE = (0.2, 0.4)  # what whole fields may come to instead
GAP, NARROW_GAP = 4, 1  # pixels between training and test end of a field
LONG = 12  # pixels along a field from which the wide gap is left

Truth = NDArray[np.integer]
Index = NDArray[np.int64]


@dataclass(frozen=True)
class Split:
    """Flat pixel indices (row-major), int64, ascending; no pixel is in two of them.

    Attributes:
        train: What a method learns from.
        val: A tenth of the training pixels, or less, that a method may choose by.
        test: What is scored, and never seen by a method.
    """

    train: Index
    val: Index
    test: Index


def make_split(truth: Truth, kind: str, seed: int) -> Split:
    """Divide the labelled pixels of a scene.

    Args:
        truth: integer (H, W), classes 1..K, 0 = unlabelled.
        kind: One of `KINDS`.
        seed: Same seed, same split.
    """
    rng = np.random.default_rng(100 * KINDS.index(kind) + seed)
    parts = [
        _METHODS[kind](truth == value, rng) for value in np.unique(truth[truth > 0])
    ]
    return Split(
        *(np.sort(np.concatenate(roles)) for roles in zip(*parts, strict=True))
    )


def _tenth(of_class: NDArray[np.bool_], rng: np.random.Generator) -> Iterator[Index]:
    index = rng.permutation(np.flatnonzero(of_class))
    train, val = max(math.ceil(len(index) / 10), 5), math.ceil(len(index) / 100)
    yield from np.split(index, [train, train + val])


def _thirty(of_class: NDArray[np.bool_], rng: np.random.Generator) -> Iterator[Index]:
    index = rng.permutation(np.flatnonzero(of_class))
    train = 30 if len(index) >= 60 else 15
    yield from np.split(index, [train, train + 1])


def _whole_fields(
    of_class: NDArray[np.bool_], rng: np.random.Generator
) -> Iterator[Index]:
    found = list(fields(of_class))
    if len(found) == 1:
        known, test = cut(found[0], of_class.shape, far=rng.random() < 0.5)
    else:
        choices = _near_the_share([len(field) for field in found])
        chosen = choices[rng.integers(len(choices))]
        known = np.sort(np.concatenate([found[place] for place in chosen]))
        test = np.setdiff1d(np.flatnonzero(of_class), known)
    yield from (*_validated(known, rng), test)


def _field_ends(
    of_class: NDArray[np.bool_], rng: np.random.Generator
) -> Iterator[Index]:
    ends = [
        cut(field, of_class.shape, far=rng.random() < 0.5) for field in fields(of_class)
    ]
    known, test = (np.concatenate(part) for part in zip(*ends, strict=True))
    yield from (*_validated(known, rng), test)


_Method = Callable[[NDArray[np.bool_], np.random.Generator], Iterator[Index]]
_METHODS: dict[str, _Method] = {
    "a": _tenth,
    "b": _thirty,
    "c": _whole_fields,
    "d": _field_ends,
}


def fields(of_class: NDArray[np.bool_]) -> Iterator[Index]:
    """Yield the flat pixel indices of each connected region, corners included."""
    numbers, count = ndimage.label(of_class, structure=np.ones((3, 3)))
    for number in range(1, count + 1):
        yield np.flatnonzero(numbers == number)


def cut(field: Index, shape: tuple[int, ...], *, far: bool) -> tuple[Index, Index]:
    """Cut a field across the longer side of its box.

    Args:
        field: int64 (n,), flat pixel indices.
        shape: Rows and columns of the scene.
        far: Whether the training end is at the bottom or right.

    Returns:
        Training and test pixels, whose share comes nearest to `SHARE`; the pixels of
        the gap are in neither.
    """
    sides = [line - line.min() for line in np.unravel_index(field, shape)]
    along = max(sides, key=np.max)
    length = int(along.max()) + 1
    if far:
        along = length - 1 - along
    gap = GAP if length >= LONG else NARROW_GAP

    def miss(lines: int) -> float:
        known, rest = (along < lines).sum(), (along >= lines + gap).sum()
        return float(abs(known / (known + rest) - SHARE))

    lines = min(range(1, length - gap), key=miss)
    return field[along < lines], field[along >= lines + gap]


def _near_the_share(sizes: list[int]) -> list[tuple[int, ...]]:
    """Return all choices of fields whose pixels are near the share of the class.

    Where there is none, the one that comes nearest.
    """
    low, high = NEAR_SHARE
    choices = [
        (sum(sizes[place] for place in chosen) / sum(sizes), chosen)
        for many in range(1, len(sizes))
        for chosen in itertools.combinations(range(len(sizes)), many)
    ]
    near = [chosen for share, chosen in choices if low <= share <= high]
    return near or [min(choices, key=lambda choice: abs(choice[0] - SHARE))[1]]


def _validated(known: Index, rng: np.random.Generator) -> tuple[Index, Index]:
    """Part training pixels into those that stay so and a tenth for validation."""
    order = rng.permutation(known)
    count = max(round(len(order) / 10), 1)
    return order[count:], order[:count]
