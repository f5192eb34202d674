"""Confidence intervals of accuracies, for single pixels and for pixels in areas.

Pixels of one area are similar, so they are not as many samples as there are pixels. For
them the interval is Wilson's on the effective sample size (Korn & Graubard 1998, Survey
Methodology 24:193-201): the number of independent pixels whose share would vary as much
as the delete-one-area jackknife says that this one does. The simulation that chose it
is in docs/accuracy.md.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

from miaf_engine.errors import listed
from miaf_engine.translation import marked, tr, tr_n

IntArray = NDArray[np.int64]
_AT_ONCE = 2**20  # pixels that are sorted in one go, to keep memory small
LEVEL = 0.95
DOUBT = (
    0.5  # of an average area, half of it right, that is counted in beside the others
)
Interval = tuple[float, float]
Numbers = NDArray[np.int64] | NDArray[np.float64]
UNKNOWN: Interval = (math.nan, math.nan)
FEWEST_AREAS = 8  # below, no method holds what it promises
MOST_SAMPLES = 1000  # that a user might be advised to draw
FEWEST_OF_A_CLASS = 2  # below, nothing says how areas of the class differ
PIXELS = marked(
    "Wilson score interval (1927) with each scored pixel as an independent sample"
)

AREAS = marked(
    "Wilson score interval on the effective sample size, from a jackknife over "
    "{count} areas with Student's t and each area as an independent sample"
)


@dataclass(frozen=True, eq=False)
class AreaCounts:
    """A confusion matrix for each area, of which only cells with pixels are kept.

    Attributes:
        areas: int64 (n,), number of the area, ascending.
        reference: int64 (n,), row of the matrix, 0..K-1.
        mapped: int64 (n,), column of the matrix, 0..K, K = unclassified.
        pixels: int64 (n,), pixels of this area in this cell.
        classes: K.
    """

    areas: IntArray
    reference: IntArray
    mapped: IntArray
    pixels: IntArray
    classes: int

    @classmethod
    def of(
        cls,
        predicted: NDArray[np.integer],
        reference: NDArray[np.integer],
        areas: NDArray[np.integer],
        classes: int,
    ) -> AreaCounts:
        """Count the pixels of a map, or of a part of it.

        Args:
            predicted: Map class 1..K, 0 = unclassified, any shape.
            reference: Same shape, reference class 1..K, 0 = not scored.
            areas: Same shape, number of the area.
            classes: K.
        """
        predicted, reference = predicted.reshape(-1), reference.reshape(-1)
        areas = areas.reshape(-1)
        starts = range(0, reference.size, _AT_ONCE)
        parts = [
            _counted(
                predicted[start : start + _AT_ONCE],
                reference[start : start + _AT_ONCE],
                areas[start : start + _AT_ONCE],
                classes,
            )
            for start in starts
        ]
        return parts[0] if len(parts) == 1 else cls.joined(parts, classes)

    @classmethod
    def joined(cls, parts: Sequence[AreaCounts], classes: int) -> AreaCounts:
        """Add up the counts of the parts of one map; an area may lie in several."""
        columns = [
            (part.areas, part.reference * (classes + 1) + part.mapped, part.pixels)
            for part in parts
        ]
        columns.append((np.zeros(0, np.int64),) * 3)  # in case there is no part
        areas, cells, pixels = map(np.concatenate, zip(*columns, strict=True))
        return _merged(areas, cells, pixels, classes)

    @property
    def matrix(self) -> IntArray:
        """The confusion matrix of all areas, int64 (K, K + 1)."""
        matrix = np.zeros((self.classes, self.classes + 1), np.int64)
        np.add.at(matrix, (self.reference, self.mapped), self.pixels)
        return matrix

    @property
    def single(self) -> bool:
        """Whether every area is a single pixel, as points are."""
        return len(np.unique(self.areas)) == int(self.pixels.sum())

    def all_pixels(self) -> tuple[IntArray, IntArray]:
        """Return right pixels and pixels of each area, int64 (A,) each."""
        return self._by_area(np.ones(len(self.areas), bool))

    def reference_pixels(self, k: int) -> tuple[IntArray, IntArray]:
        """Return the same of the pixels of reference class k, from 0."""
        return self._by_area(self.reference == k)

    def map_pixels(self, k: int) -> tuple[IntArray, IntArray]:
        """Return the same of the pixels that the map says are of class k, from 0."""
        return self._by_area(self.mapped == k)

    def _by_area(self, chosen: NDArray[np.bool_]) -> tuple[IntArray, IntArray]:
        numbers, place = np.unique(self.areas[chosen], return_inverse=True)
        right, sizes = np.zeros((2, len(numbers)), np.int64)
        correct = (self.reference == self.mapped)[chosen]
        np.add.at(sizes, place, self.pixels[chosen])
        np.add.at(right, place[correct], self.pixels[chosen][correct])
        return right, sizes


def _counted(
    predicted: NDArray[np.integer],
    reference: NDArray[np.integer],
    areas: NDArray[np.integer],
    classes: int,
) -> AreaCounts:
    """Count pixels, (n,), as `AreaCounts.of`."""
    where = reference != 0
    mapped = predicted[where].astype(np.int64) - 1
    mapped[mapped < 0] = classes
    cells = (reference[where].astype(np.int64) - 1) * (classes + 1) + mapped
    numbers = areas[where].astype(np.int64)
    return _merged(numbers, cells, np.ones(len(cells), np.int64), classes)


def _merged(
    areas: IntArray, cells: IntArray, pixels: IntArray, classes: int
) -> AreaCounts:
    """Add up what is of one area and one cell."""
    order = np.lexsort((cells, areas))
    areas, cells, pixels = areas[order], cells[order], pixels[order]
    starts = np.ones(len(areas), bool)
    starts[1:] = (areas[1:] != areas[:-1]) | (cells[1:] != cells[:-1])
    first = np.flatnonzero(starts)
    sums = np.add.reduceat(pixels, first) if len(first) else pixels
    rows, columns = np.divmod(cells[first], classes + 1)
    return AreaCounts(areas[first], rows, columns, sums, classes)


def wilson_interval(successes: int, trials: int, level: float = LEVEL) -> Interval:
    """Return the score interval of a proportion.

    Wilson (1927), Journal of the American Statistical Association 22:209-212. It
    stays within 0..1 and holds for small counts and for proportions near 0 or 1.

    Args:
        successes: Number of trials that succeeded.
        trials: Number of independent trials.
        level: Wanted coverage, 0..1.

    Returns:
        Lower and upper end, NaN without a trial.
    """
    if trials == 0:
        return UNKNOWN
    return score_interval(successes / trials, trials, normal_quantile(level))


def area_interval(
    right: NDArray[np.int64], sizes: NDArray[np.int64], level: float = LEVEL
) -> Interval:
    """Return the interval of a share of pixels that come in areas.

    Args:
        right: int64 (A,), pixels of each area that are right.
        sizes: int64 (A,), pixels of each area; areas without one do not count.
        level: Wanted coverage, 0..1.

    Returns:
        Lower and upper end; NaN for fewer than two areas. Where all pixels are right,
        or none is, each area counts as one trial. Else half an area of average size
        is counted in, half of it right, as Agresti & Coull (1998, The American
        Statistician 52:119-126) add trials: where few areas are wrong, a sample
        without one of them would say too little of how areas differ.
    """
    right, sizes = right[sizes > 0], sizes[sizes > 0]
    count = len(sizes)
    if count < 2:
        return UNKNOWN
    total = int(sizes.sum())
    share = int(right.sum()) / total
    if share in (0.0, 1.0):
        return score_interval(share, count, student_quantile(count - 1, level))
    doubt = DOUBT * total / count
    low, high = _interval_of_areas(
        np.append(right, doubt / 2), np.append(sizes, doubt), level
    )
    return min(low, share), max(high, share)


def _interval_of_areas(right: Numbers, sizes: Numbers, level: float) -> Interval:
    """Return the interval of areas of which some pixels are right, and some wrong."""
    count, total = len(sizes), float(sizes.sum())
    share = float(right.sum()) / total
    moves = jackknife_moves(right, sizes)
    variance = (count - 1) / count * float(moves @ moves)
    # No more than there are pixels: areas may be more even than chance has them.
    effective = min(share * (1 - share) / variance, total) if variance else total
    freedom = degrees_of_freedom(moves, sizes)
    return score_interval(share, effective, student_quantile(freedom, level))


def mean_interval(
    gains: NDArray[np.int64], sizes: NDArray[np.int64], level: float = LEVEL
) -> Interval:
    """Return the interval of gains per pixel, as `area_interval`, of any sign.

    Args:
        gains: int64 (A,), what each area adds, from minus to plus its size.
        sizes: int64 (A,), pixels of each area.
        level: Wanted coverage, 0..1.
    """
    gains, sizes = gains[sizes > 0], sizes[sizes > 0]
    count = len(sizes)
    if count < 2:
        return UNKNOWN
    moves = jackknife_moves(gains, sizes)
    error = math.sqrt((count - 1) / count * float(moves @ moves))
    margin = student_quantile(degrees_of_freedom(moves, sizes), level) * error
    mean = int(gains.sum()) / int(sizes.sum())
    return max(mean - margin, -1.0), min(mean + margin, 1.0)


def jackknife_moves(parts: Numbers, sizes: Numbers) -> NDArray[np.float64]:
    """Return how far the ratio of sums moves when each of the areas is left out."""
    part, size = parts.sum(), sizes.sum()
    moves: NDArray[np.float64] = (part - parts) / (size - sizes) - part / size
    return moves


def degrees_of_freedom(moves: NDArray[np.float64], sizes: Numbers) -> float:
    """Return how much a jackknife variance is worth, from 1 to the areas less one.

    The smaller of two: of areas as many as weigh like these do (Kish's effective
    number), and of a variance that varies as the fourth powers say (Satterthwaite).
    """
    squares = moves**2
    count, total = len(sizes), float(squares.sum())
    spread = float(squares @ squares) - total * total / count
    by_moves = 2 * total * total / spread if spread > 0 else math.inf
    weights = sizes / sizes.sum()
    return max(min(by_moves, 1 / float(weights @ weights) - 1, count - 1), 1.0)


def normal_quantile(level: float = LEVEL) -> float:
    """Return the standard errors to either side that hold `level`, 1.96 for 95 %."""
    return NormalDist().inv_cdf(0.5 + level / 2)


def student_quantile(freedom: float, level: float = LEVEL) -> float:
    """Return the same of Student's t distribution."""
    return float(stdtrit(freedom, 0.5 + level / 2))


def score_interval(share: float, trials: float, quantile: float) -> Interval:
    """Return Wilson's interval for a share of trials, whole or effective."""
    square = quantile * quantile
    centre = share + square / (2 * trials)
    variance = share * (1 - share) / trials + (quantile / (2 * trials)) ** 2
    spread = quantile * math.sqrt(variance)
    low, high = ((centre + d * spread) / (1 + square / trials) for d in (-1, 1))
    # Rounding must not move the ends that are exact.
    return (low if share > 0 else 0.0), (high if share < 1 else 1.0)


def samples_needed(
    share: float, ends: Interval, samples: int, width: float, *, by_area: bool
) -> int | None:
    """Return how many samples would make an interval about as narrow as `width`.

    More of them are assumed to vary as those at hand do: each adds
    as many effective trials to Wilson's interval.

    Args:
        share: Share of right pixels, 0..1.
        ends: Its interval.
        samples: Areas, or independent pixels, that it comes from; 2 or more.
        width: Wanted difference of the ends, 0..1.
        by_area: Whether samples are areas, which have Student's t.

    Returns:
        The number; None above `MOST_SAMPLES`.
    """

    def width_of(trials: float, count: int) -> float:
        quantile = student_quantile(count - 1) if by_area else normal_quantile()
        low, high = score_interval(share, trials, quantile)
        return high - low

    low, high = 1e-6, float(MOST_SAMPLES)  # effective trials, narrowed by halves
    for _ in range(60):
        middle = math.sqrt(low * high)
        wider = width_of(middle, samples) > ends[1] - ends[0]
        low, high = (middle, high) if wider else (low, middle)
    each = low / samples
    counts = range(samples, MOST_SAMPLES + 1)
    return next((n for n in counts if width_of(n * each, n) <= width), None)


@dataclass(frozen=True)
class Uncertainty:
    """95 % intervals of accuracy figures; NaN where there is none.

    Attributes:
        method: What they were computed by, and what was taken for independent.
        by_area: Whether that is areas, not pixels.
        overall: Of the overall accuracy.
        producers: Of each class's producer's accuracy.
        users: Of each class's user's accuracy.
        areas: Number of areas with scored pixels, None where they are not known.
        areas_of_class: The same for each reference class.
        notes: Why the intervals are not to be relied on; empty where they are.
    """

    method: str
    by_area: bool
    overall: Interval
    producers: tuple[Interval, ...]
    users: tuple[Interval, ...]
    areas: int | None = None
    areas_of_class: tuple[int, ...] | None = None
    notes: tuple[str, ...] = ()


def uncertainty(
    matrix: NDArray[np.int64], counts: AreaCounts | None, names: Sequence[str]
) -> Uncertainty:
    """Return the intervals of a confusion matrix.

    Args:
        matrix: int64 (K, K + 1), rows are reference classes, the last column
            unclassified.
        counts: The same by area; None where the pixels are independent.
        names: K names of classes, for the notes.
    """
    if counts is None or counts.single:
        return _of_pixels(matrix, counts)
    overall = counts.all_pixels()
    producers = [counts.reference_pixels(k) for k in range(len(names))]
    users = [counts.map_pixels(k) for k in range(len(names))]
    total, of_class = len(overall[1]), tuple(len(sizes) for _, sizes in producers)
    return Uncertainty(
        method=tr(AREAS).format(count=total),
        by_area=True,
        overall=area_interval(*overall),
        producers=tuple(area_interval(*pair) for pair in producers),
        # A class that the reference hardly has says nothing of what the map calls it.
        users=tuple(
            area_interval(*pair) if count >= FEWEST_OF_A_CLASS else UNKNOWN
            for pair, count in zip(users, of_class, strict=True)
        ),
        areas=total,
        areas_of_class=of_class,
        notes=_notes(total, of_class, names),
    )


def _of_pixels(matrix: NDArray[np.int64], counts: AreaCounts | None) -> Uncertainty:
    correct = np.diagonal(matrix).tolist()
    of_reference, of_map = matrix.sum(axis=1), matrix[:, :-1].sum(axis=0)
    known = counts is not None
    return Uncertainty(
        method=tr(PIXELS),
        by_area=False,
        overall=wilson_interval(sum(correct), int(matrix.sum())),
        producers=_wilson(correct, of_reference.tolist()),
        users=_wilson(correct, of_map.tolist()),
        areas=int(matrix.sum()) if known else None,
        areas_of_class=tuple(of_reference.tolist()) if known else None,
    )


def _wilson(correct: Sequence[int], totals: Sequence[int]) -> tuple[Interval, ...]:
    pairs = zip(correct, totals, strict=True)
    return tuple(wilson_interval(n, of) if of else UNKNOWN for n, of in pairs)


def _notes(
    total: int, of_class: Sequence[int], names: Sequence[str]
) -> tuple[str, ...]:
    notes = []
    if 0 < total < FEWEST_AREAS:
        notes.append(
            tr_n(
                "Only {n} area was scored. With fewer than {least} areas, the "
                "intervals are not reliable.",
                "Only {n} areas were scored. With fewer than {least} areas, the "
                "intervals are not reliable.",
                n=total,
                least=FEWEST_AREAS,
            )
        )
    pairs = zip(names, of_class, strict=True)
    few = [name for name, count in pairs if 0 < count < FEWEST_OF_A_CLASS]
    if few:
        notes.append(
            tr(
                "Classes scored in a single area: {classes}. How much other areas of "
                "these classes would differ is unknown. Their figures therefore have "
                "no interval, and the overall interval is not reliable."
            ).format(classes=listed(few))
        )
    return tuple(notes)
