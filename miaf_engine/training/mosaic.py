"""Puts windows of a large cube side by side, so that one step sees them all.

Batch norm needs the classes together: a step on the surroundings of one field would
measure the statistics of that field. Windows are kept apart by nodata pixels, which the
network leaves out, and their graphs never touch.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from miaf_engine.accuracy.split import TrainingSamples
from miaf_engine.grid import Window
from miaf_engine.models.preparation import Preparation
from miaf_engine.preprocessing.graph import build_graph
from miaf_engine.preprocessing.normalisation import Brightness, Scene
from miaf_engine.progress import Progress
from miaf_engine.requests.settings import NetworkConfig
from miaf_engine.training.batch import TrainingScene
from miaf_engine.training.inputs import TrainingWindow
from miaf_engine.training.windows import dealt
from miaf_engine.translation import tr

# Lengths of a row that are tried, against the side of a square of the same area.
_LENGTHS = [0.8 + 0.1 * step for step in range(13)]

_Value = TypeVar("_Value", bound=np.generic)


@dataclass(frozen=True)
class Mosaic:
    """Where each window lies in the mosaic.

    Attributes:
        places: Window of the mosaic for each window of the cube, in their order.
        height: Rows of the mosaic.
        width: Columns of the mosaic.
    """

    places: tuple[Window, ...]
    height: int
    width: int

    @classmethod
    def plan(cls, windows: Sequence[Window], gap: int) -> Mosaic:
        """Lay windows out in rows of about equal length; one window needs no gap.

        Args:
            windows: Windows of the cube.
            gap: Nodata pixels between windows: half of the largest kernel at least, and
                no more than needed, as they are convolved as well.
        """
        widest = max(window.width for window in windows)
        area = sum((w.height + gap) * (w.width + gap) for w in windows)
        # Which length leaves least of a row empty is hard to foresee, quick to try.
        lengths = {max(widest, int(share * area**0.5)) for share in _LENGTHS}
        tried = [cls._in_rows(windows, gap, length) for length in sorted(lengths)]
        return min(tried, key=lambda mosaic: mosaic.height * mosaic.width)

    @classmethod
    def _in_rows(cls, windows: Sequence[Window], gap: int, length: int) -> Mosaic:
        """Put each window, the highest first, in the first row that has room."""
        places: list[Window] = list(windows)
        rows: list[tuple[int, int]] = []  # where each begins, and where it has room
        bottom = 0
        for number in sorted(range(len(windows)), key=lambda n: -windows[n].height):
            window = windows[number]
            fits = (
                n for n, (_, end) in enumerate(rows) if end + window.width <= length
            )
            chosen = next(fits, len(rows))
            if chosen == len(rows):
                rows.append((bottom, 0))
                bottom += window.height + gap
            row, column = rows[chosen]
            places[number] = replace(window, row=row, column=column)
            rows[chosen] = (row, column + window.width + gap)
        width = max(end for _, end in rows) - gap
        return cls(tuple(places), bottom - gap, width)

    def scene(self, scenes: Sequence[Scene]) -> Scene:
        """Return the windows' scenes as one; nodata between them."""
        first = scenes[0]
        if len(scenes) == 1:
            return first
        shape = (len(first.image), self.height, self.width)
        image = np.zeros(shape, dtype=np.float32)
        valid = np.zeros(shape[1:], dtype=bool)
        for place, scene in zip(self.places, scenes, strict=True):
            rows, columns = place.slices
            image[:, rows, columns] = scene.image
            valid[place.slices] = scene.valid
        return Scene(image, valid, first.grid, self._brightness(scenes))

    def _brightness(self, scenes: Sequence[Scene]) -> Brightness | None:
        """Return the brightness of the windows; None where one has none."""
        known = [scene.brightness for scene in scenes if scene.brightness]
        if len(known) < len(scenes):
            return None
        values = np.zeros((2, self.height, self.width), dtype=np.float32)
        for place, of in zip(self.places, known, strict=True):
            rows, columns = place.slices
            values[:, rows, columns] = of.values
        return replace(known[0], values=values)

    def segments(self, parts: Sequence[NDArray[np.int32]]) -> NDArray[np.int32]:
        """Return the windows' superpixels as one segmentation, numbered on."""
        whole = np.full((self.height, self.width), -1, dtype=np.int32)
        count = 0
        for place, part in zip(self.places, parts, strict=True):
            whole[place.slices] = np.where(part >= 0, part + count, -1)
            count += int(part.max(initial=-1)) + 1
        return whole

    def gather(
        self, array: NDArray[_Value], windows: Sequence[Window]
    ) -> NDArray[_Value]:
        """Return the windows of an array of the cube's size (H, W); 0 between them."""
        found = np.zeros((self.height, self.width), dtype=array.dtype)
        for place, window in zip(self.places, windows, strict=True):
            found[place.slices] = array[window.slices]
        return found


def training_scenes(
    windows: list[TrainingWindow],
    samples: TrainingSamples,
    preparation: Preparation,
    network: NetworkConfig,
    progress: Progress,
) -> list[TrainingScene]:
    """Make scene, superpixel graphs and roles of what each training step sees.

    The windows' values are freed one by one: `windows` is empty afterwards. They lie so
    far apart that no kernel of the network reaches from one into another.
    """
    places = [window.window for window in windows]
    scenes: list[Scene] = []
    segments: list[tuple[NDArray[np.int32], ...]] = []
    while windows:
        progress.step(
            len(scenes) / len(places), tr("Dividing the scene into superpixels")
        )
        scenes.append(preparation.scene(windows.pop(0).cube))
        place = places[len(segments)]
        segments.append(preparation.segments(scenes[-1], (place.row, place.column)))
    trained = np.where(samples.split.training, samples.labels.values, 0)
    gap = max(network.kernel_sizes) // 2
    return [
        _area(
            [places[n] for n in step],
            [scenes[n] for n in step],
            [segments[n] for n in step],
            samples,
            gap,
        )
        for step in dealt(places, trained)
    ]


def _area(
    windows: Sequence[Window],
    scenes: Sequence[Scene],
    segments: Sequence[Sequence[NDArray[np.int32]]],
    samples: TrainingSamples,
    gap: int,
) -> TrainingScene:
    """Put windows side by side, `gap` nodata pixels apart."""
    mosaic = Mosaic.plan(windows, gap)
    graphs = [
        build_graph(mosaic.segments(parts)) for parts in zip(*segments, strict=True)
    ]
    labels, split = samples.labels, samples.split
    return TrainingScene(
        mosaic.scene(scenes),
        graphs,
        mosaic.gather(labels.values, windows),
        mosaic.gather(split.training, windows),
        mosaic.gather(split.validation, windows),
        mosaic.gather(labels.groups, windows),
        ends=None if split.ends is None else mosaic.gather(split.ends, windows),
        gap=None if split.gap is None else mosaic.gather(split.gap, windows),
        places=tuple(zip(mosaic.places, windows, strict=True)),
    )
