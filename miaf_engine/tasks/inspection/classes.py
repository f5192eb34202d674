"""Statistics of the classes of training areas, and problems with them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from miaf_engine.accuracy.holdout import SMALLEST_TO_DIVIDE
from miaf_engine.cubes.bands import BandTable
from miaf_engine.cubes.reader import CubeReader
from miaf_engine.grid import Window
from miaf_engine.labels.rasterising import RasterisedAreas
from miaf_engine.preprocessing.normalisation import Normalisation
from miaf_engine.progress import Progress
from miaf_engine.reports.content import Spectra
from miaf_engine.tasks.inspection.findings import (
    ClassFacts,
    Finding,
    Grade,
    listed,
)
from miaf_engine.tasks.inspection.separability import (
    HOPELESS,
    POOR,
    Outlier,
    Separability,
    components,
    outlier_areas,
    separability,
)
from miaf_engine.training.windows import bounding_boxes, joined
from miaf_engine.translation import marked, tr, tr_n

# Memory of the spectra that are held, and of a piece of the cube while it is read.
_HELD_BYTES = 128 * 2**20

_PIECE_BYTES = 64 * 2**20
_MOST_PIXELS = 100_000

# Below this many pixels an accuracy of 90 % has a 95 % interval of over 30 points
# (Wilson 1927), and a mean spectrum is of few pixels.
FEW_PIXELS = 20
# What is said of classes: grade, kind, text before their names, advice.
_KINDS: tuple[tuple[Grade, str, str, str], ...] = (
    (
        "problem",
        "class_without_pixels",
        marked("No pixel with data is labelled {classes}."),
        marked("Draw areas where the cube has data, or remove the class."),
    ),
    (
        "problem",
        "class_not_held_out",
        marked(
            "Too small to hold out a part, with a single area of fewer than {least} "
            "pixels: {classes}."
        ),
        marked(
            "Draw more and larger areas. Otherwise the report has no accuracy for it."
        ),
    ),
    (
        "note",
        "class_of_one_area",
        marked("With a single area, or with areas that all touch: {classes}."),
        marked(
            "Draw a second area elsewhere. Otherwise a part of the same area is held "
            "out, and the accuracy is too high."
        ),
    ),
    (
        "note",
        "class_of_few_pixels",
        marked("Fewer than {few} pixels with data: {classes}."),
        marked("Draw more areas. The accuracy measured on so few pixels is uncertain."),
    ),
)


@dataclass(frozen=True, eq=False)
class AreaSpectra:
    """Spectra of labelled pixels.

    Attributes:
        values: float32 (C, n) file values of the sampled pixels.
        classes: uint16 (n,), class 1..K.
        areas: int32 (n,), number of the area, from 1.
        valid: bool (H, W), labelled pixels where the cube has data.
    """

    values: NDArray[np.float32]
    classes: NDArray[np.uint16]
    areas: NDArray[np.int32]
    valid: NDArray[np.bool_]

    def of_classes(self, bands: BandTable, count: int) -> Spectra:
        """Return mean and standard deviation of each class, in file values."""
        shape = (count, len(self.values))
        means, spreads = np.full(shape, np.nan), np.full(shape, np.nan)
        for k in range(1, count + 1):
            own = self.values[:, self.classes == k]
            if own.shape[1]:
                means[k - 1] = own.mean(axis=1, dtype=np.float64)
                spreads[k - 1] = own.std(axis=1, dtype=np.float64)
        centres = bands.wavelengths_nm
        waves = None if centres is None else np.asarray(centres)
        return Spectra(means, spreads, waves, pixels=marked("sampled pixels"))

    def compared(
        self, normalisation: Normalisation, count: int
    ) -> tuple[Separability | None, list[Outlier]]:
        """Measure the distances of the classes, and find areas unlike their class.

        Args:
            normalisation: Measured on the cube; it makes of the values what the
                network sees.
            count: Number of classes.
        """
        if not len(self.classes):
            return None, []
        spectra = normalisation.spectra(self.values).T
        points = components(spectra, self.classes)
        distances = separability(points, self.classes, count) if count > 1 else None
        return distances, outlier_areas(points, self.classes, self.areas)


def read_area_spectra(
    reader: CubeReader,
    bands: Sequence[int],
    rasterised: RasterisedAreas,
    progress: Progress,
) -> AreaSpectra:
    """Read the cube where areas lie, and keep spectra of a sample of their pixels.

    Small areas are sampled as a whole, large ones up to a number that they share.

    Raises:
        Cancelled: The user asked to stop.
    """
    most = min(_MOST_PIXELS, _HELD_BYTES // (4 * len(bands)))
    chosen = sampled(rasterised.numbers, most)
    valid = np.zeros_like(chosen)
    values, classes, areas = [np.empty((len(bands), 0), np.float32)], [], []
    pieces = list(_pieces(rasterised, len(bands)))
    for done, window in enumerate(pieces):
        progress.step(done / len(pieces), tr("Reading the areas"))
        cube = reader.read(window, bands)
        numbers = rasterised.numbers[window.slices]
        there = cube.valid & (numbers > 0)
        valid[window.slices] |= there
        there &= chosen[window.slices]
        values.append(cube.values[:, there])
        classes.append(rasterised.values[window.slices][there])
        areas.append(numbers[there])
    return AreaSpectra(
        np.concatenate(values, axis=1),
        np.concatenate([np.empty(0, np.uint16), *classes]),
        np.concatenate([np.empty(0, np.int32), *areas]),
        valid,
    )


def sampled(numbers: NDArray[np.int32], most: int) -> NDArray[np.bool_]:
    """Return which labelled pixels to keep, bool (H, W), about `most` of them.

    Args:
        numbers: int32 (H, W), number of the area, 0 where none is.
        most: How many to keep; each area keeps one at least.
    """
    chosen = numbers > 0
    index = np.flatnonzero(chosen)
    if len(index) <= most:
        return chosen
    own = numbers.ravel()[index]
    # Random within each area, the same in every run.
    order = np.lexsort((np.random.default_rng(0).random(len(own)), own))
    _, starts, counts = np.unique(own[order], return_index=True, return_counts=True)
    rank = np.arange(len(own)) - np.repeat(starts, counts)
    quota = int(counts.max())
    while quota > 1 and np.minimum(counts, quota).sum() > most:
        quota = quota * 9 // 10
    chosen.flat[index[order[rank >= quota]]] = False
    return chosen


def class_facts(
    rasterised: RasterisedAreas, spectra: AreaSpectra | None
) -> list[ClassFacts]:
    """Count areas and pixels of each class.

    Args:
        rasterised: The areas on the grid.
        spectra: What was read of them; None where nothing could be read.
    """
    count = len(rasterised.classes)
    labelled = rasterised.numbers > 0
    values = rasterised.values[labelled]
    numbers, first = np.unique(rasterised.numbers[labelled], return_index=True)
    class_of = values[first]
    pixels = _by_class(values, count)
    valid = _by_class(rasterised.values[spectra.valid], count) if spectra else None
    sampled = _by_class(spectra.classes, count) if spectra else np.zeros(count + 1, int)
    areas = _by_class(class_of, count)
    # One number of each group; the first of a group may have no pixel of its own.
    _, heads = np.unique(rasterised.joined[numbers], return_index=True)
    joined = _by_class(class_of[heads], count)
    return [
        ClassFacts(
            entry,
            int(areas[k]),
            int(joined[k]),
            int(pixels[k]),
            None if valid is None else int(valid[k]),
            int(sampled[k]),
        )
        for k, entry in enumerate(rasterised.classes, 1)
    ]


def of_classes(facts: Sequence[ClassFacts]) -> list[Finding]:
    """Return the problems with training on these classes."""
    usable = {
        item.entry.name: item.pixels if item.valid is None else item.valid
        for item in facts
    }
    empty = [name for name, pixels in usable.items() if pixels == 0]
    rest = [item for item in facts if usable[item.entry.name]]
    single = [item.entry.name for item in rest if item.joined == 1]
    tiny = [name for name in single if usable[name] < SMALLEST_TO_DIVIDE]
    ends = [name for name in single if name not in tiny]
    few = [
        name
        for name, pixels in usable.items()
        if 0 < pixels < FEW_PIXELS and name not in tiny
    ]
    named = (empty, tiny, ends, few)
    return [
        Finding(
            grade,
            kind,
            tr(text).format(
                classes=_quoted(names, usable), least=SMALLEST_TO_DIVIDE, few=FEW_PIXELS
            ),
            tr(advice),
            (),
            tuple(names),
        )
        for names, (grade, kind, text, advice) in zip(named, _KINDS, strict=True)
        if names
    ]


def of_nodata(rasterised: RasterisedAreas, spectra: AreaSpectra) -> list[Finding]:
    """Say which areas lie on pixels without data."""
    lost = (rasterised.numbers > 0) & ~spectra.valid
    if not lost.any():
        return []
    places = np.unique(rasterised.numbers[lost]) - 1
    ids = tuple(rasterised.areas.ids[i] for i in places.tolist())
    message = tr_n(
        "{n} labelled pixel without data will not be used: feature {ids}.",
        "{n} labelled pixels without data will not be used: feature {ids}.",
        n=int(lost.sum()),
        ids=listed(ids),
    )
    advice = tr("Move these areas to where the cube has data.")
    return [Finding("note", "nodata", message, advice, ids)]


def of_outliers(
    rasterised: RasterisedAreas, outliers: Sequence[Outlier]
) -> list[Finding]:
    """Name the areas whose mean spectrum lies far from their class's."""
    found = []
    names = rasterised.classes.names
    for item in outliers:
        place = int(np.argmax(rasterised.numbers == item.area))
        name = names[int(rasterised.values.flat[place]) - 1]
        feature = rasterised.areas.ids[item.area - 1]
        like = names[item.nearest - 1]
        text = tr(
            "The mean spectrum of feature {feature} ('{name}') lies {times:.0f} times "
            "as far from those of its class as they lie from each other."
        )
        if like != name:
            text = tr(
                "The mean spectrum of feature {feature} ('{name}') lies {times:.0f} "
                "times as far from those of its class as they lie from each other; it "
                "is most like '{like}'."
            )
        found.append(
            Finding(
                "problem",
                "outlier",
                text.format(feature=feature, name=name, times=item.distance, like=like),
                tr("Check its class and what it covers: cloud, shadow, another cover."),
                (feature,),
                (name,),
            )
        )
    return found


def of_separability(distances: Separability, names: Sequence[str]) -> list[Finding]:
    """Name the pairs of classes that are hard to tell apart, the nearest first."""
    pairs = distances.pairs()
    bad = [pair for pair in pairs if pair[2] < HOPELESS]
    poor = [pair for pair in pairs if HOPELESS <= pair[2] < POOR]
    found = []
    for some, limit in ((bad, HOPELESS), (poor, POOR)):
        pair = tr("'{one}' and '{other}' ({distance:.2f})")
        shown = [
            pair.format(one=names[i], other=names[j], distance=d) for i, j, d in some
        ]
        concerned = {k for i, j, _ in some for k in (i, j)}
        if some:
            found.append(
                Finding(
                    "problem" if some is bad else "note",
                    "alike",
                    tr(
                        "Classes with similar spectra, Jeffries-Matusita distance "
                        "below {limit} of 2: {pairs}."
                    ).format(limit=limit, pairs=listed(shown)),
                    tr(
                        "Merge such classes if the purpose of the map allows it, or "
                        "draw more areas of both."
                    ),
                    classes=tuple(names[k] for k in sorted(concerned)),
                )
            )
    return found


def _pieces(rasterised: RasterisedAreas, bands: int) -> Iterator[Window]:
    """Yield windows that cover all areas, none of them large, no pixel twice."""
    for box in joined(bounding_boxes(rasterised.numbers)):
        columns = min(box.width, max(_PIECE_BYTES // (4 * bands), 1))
        rows = max(_PIECE_BYTES // (4 * bands * columns), 1)
        for row in range(0, box.height, rows):
            for column in range(0, box.width, columns):
                yield Window(
                    box.row + row,
                    box.column + column,
                    min(rows, box.height - row),
                    min(columns, box.width - column),
                )


def _by_class(values: NDArray[np.integer], count: int) -> NDArray[np.intp]:
    return np.bincount(values, minlength=count + 1)


def _quoted(names: Sequence[str], pixels: dict[str, int]) -> str:
    return listed(
        [
            tr_n(
                "'{name}' ({n} pixel)",
                "'{name}' ({n} pixels)",
                n=pixels[name],
                name=name,
            )
            for name in names
        ]
    )
