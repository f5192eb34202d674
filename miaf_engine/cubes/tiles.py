"""How a scene is cut into tiles that fit the memory budget and the free memory."""

from __future__ import annotations

import itertools
import math
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from miaf_engine.errors import MemoryShortError
from miaf_engine.grid import Grid, Window
from miaf_engine.memory import free_memory_mb, total_memory_mb, used_memory_mb
from miaf_engine.progress import Progress
from miaf_engine.requests.settings import NetworkConfig, SuperpixelConfig
from miaf_engine.translation import tr

# What the interpreter and its libraries take before the first pixel, in MiB.
BASE_MB = 450
# Budget of a run that states none. It follows from the machine, never from what is
# free just now: the tiling, and with it the last pixel of a large map, stays the same.
_DEFAULT_MB = 4096.0
SMALLEST_TILE = 64

# Of the free memory, for tiles: other programs run meanwhile.
_SHARE = 0.8
# Sides of a superpixel that a margin is wide. SLIC carries the edge of a tile inwards
# with each of its iterations, ever more weakly. A pixel's own superpixel and two hops
# of the graph are three. docs/decisions/margins_of_tiles.md has the measurements.
_SEGMENTED_SIDES, _PADDED_SIDES = 8, 4


@dataclass(frozen=True)
class Margins:
    """How far around its core a tile looks.

    Attributes:
        segmented: Pixels on each side for the superpixels, so that they are those of
            the whole scene; no less than `padded`.
        padded: Pixels on each side for the network.
    """

    segmented: int = 0
    padded: int = 0

    @classmethod
    def of(cls, superpixels: SuperpixelConfig, network: NetworkConfig) -> Margins:
        """Return the margins that the largest superpixels and kernels ask for."""
        largest = max(superpixels.pixels_per_superpixel)
        side = math.sqrt(largest)
        kernels = max(network.kernel_sizes) - 1  # two convolutions, one after the other
        padded = math.ceil(max(_PADDED_SIDES * side, side + kernels))
        return cls(max(_margin_of(largest), padded), padded)

    def beyond(self, pixels_per_superpixel: int) -> int:
        """Return how far beyond `padded` superpixels of a size are cut."""
        return max(_margin_of(pixels_per_superpixel) - self.padded, 0)


def _margin_of(pixels_per_superpixel: int) -> int:
    return math.ceil(_SEGMENTED_SIDES * math.sqrt(pixels_per_superpixel))


@dataclass(frozen=True)
class Tile:
    """A piece of a scene.

    Attributes:
        core: The pixels that this tile answers for; cores cover the scene once.
        padded: The pixels that the network sees: the core and a margin.
        segmented: The pixels that superpixels are cut from: more still.
    """

    core: Window
    padded: Window
    segmented: Window

    @classmethod
    def around(cls, core: Window, margins: Margins, height: int, width: int) -> Tile:
        """Return the tile of a core, its margins cut at the edges of the scene."""
        padded = core.grown(margins.padded, height, width)
        return cls(core, padded, core.grown(margins.segmented, height, width))

    @classmethod
    def whole(cls, window: Window) -> Tile:
        """Return a scene as one tile."""
        return cls(window, window, window)

    @property
    def core_in_padded(self) -> tuple[slice, slice]:
        """Index of the core in an array of the padded window."""
        return self.core.within(self.padded).slices

    @property
    def padded_in_segmented(self) -> tuple[slice, slice]:
        """Index of the padded window in an array of the segmented one."""
        return self.padded.within(self.segmented).slices

    def as_json(self) -> list[list[int]]:
        """Return the windows as JSON values."""
        windows = (self.core, self.padded, self.segmented)
        return [[w.row, w.column, w.height, w.width] for w in windows]

    @classmethod
    def from_json(cls, values: Sequence[Sequence[int]]) -> Tile:
        """Build from what `as_json` returned."""
        return cls(*(Window(*window) for window in values))


@dataclass(frozen=True)
class PixelBytes:
    """About how many bytes one pixel of a map needs.

    Attributes:
        image: Of the normalised bands, from reading until the network is done.
        cutting: Besides, at the peak, while superpixels are cut.
        network: Besides, at the peak, while the network runs.
    """

    image: int
    cutting: int
    network: int

    @property
    def whole(self) -> int:
        """Bytes at the peak of a scene that is one tile, for each pixel."""
        return self.image + max(self.cutting, self.network)

    def cut(self, tile: Tile) -> int:
        """Return the bytes of a tile while its superpixels are cut."""
        return (self.image + self.cutting) * tile.segmented.size

    def most(self, tile: Tile) -> int:
        """Return the bytes of a tile at its peak."""
        mapped = self.image * tile.segmented.size + self.network * tile.padded.size
        return max(self.cut(tile), mapped)


@dataclass(frozen=True)
class TrainingBytes:
    """About how many bytes one pixel of a training needs.

    Attributes:
        read: Of each pixel that is read, as long as the training lasts.
        seen: Besides, of each pixel of a step at its peak.
        labelled: Besides, of each labelled pixel of a step.
    """

    read: int
    seen: int
    labelled: int

    def most(self, pixels: int, labelled: int, share: float = 1.0) -> float:
        """Return the bytes of a training at its peak.

        Args:
            pixels: Pixels that are read.
            labelled: Those of them that are labelled.
            share: Largest share of the pixels that a step sees, 0..1.
        """
        in_step = self.seen * pixels + self.labelled * labelled
        return self.read * pixels + share * in_step


def budget_mb(asked: int) -> float:
    """Return the memory budget in MiB: what the user asked, or a default.

    The default is 4096, or half of the machine's memory where that is less.
    """
    if asked > 0:
        return float(asked)
    total = total_memory_mb() or 2 * _DEFAULT_MB
    return max(min(_DEFAULT_MB, total / 2), 2 * BASE_MB)


def training_bytes(
    bands: int, classes: int, components: int, config: NetworkConfig
) -> TrainingBytes:
    """Return about how many bytes one pixel needs at the peak of a training.

    Fitted to measured peaks of scenes of 60 and 200 bands, 6 to 60 classes and width 16
    to 64, with few labels and with all pixels labelled. None exceeds it.
    """
    scales = len(config.kernel_sizes)
    superpixels = 12 * components + 24 * scales
    seen = 4 * config.width * (14 * scales + 13)
    heads = 2 * scales + 3
    labelled = 4 * config.width * (20 * scales + 10) + 28 * classes * heads
    return TrainingBytes(14 * bands + superpixels, seen, labelled)


def mapping_bytes(
    bands: int, classes: int, components: int, config: NetworkConfig
) -> PixelBytes:
    """Return about how many bytes one pixel needs at the peak of each step of a map.

    Fitted to measured peaks of scenes of 60 and 184 bands, 6 to 60 classes, width 16 to
    64 and 8 to 30 components, none of which exceeds it.
    """
    scales = len(config.kernel_sizes)
    # Of further scales that are cut at the same time; `Preparation.segments` cuts no
    # more of them than fit in as many bytes as the bands take.
    more = min(scales - 1, bands // (4 * components))
    cutting = 16 * components * (1 + more) + 40 * scales
    features = 4 * config.width * 3 * (scales + 1)
    return PixelBytes(4 * bands, cutting, features + 16 * classes + 16 * scales)


def plan_tiles(
    height: int,
    width: int,
    pixel_bytes: PixelBytes,
    budget: float,
    margins: Margins,
    *,
    part: bool = False,
) -> list[Tile]:
    """Cut a scene into the largest square tiles that fit the budget.

    A scene that fits as a whole is one tile without a seam. Otherwise the superpixels
    of a tile fit beside the network's arrays of another, unless tiles would be too
    small: both may be computed at the same time.

    Args:
        height: Rows of the scene.
        width: Columns of the scene.
        pixel_bytes: Memory of one pixel at the peak of each step.
        budget: Memory budget in MiB, the interpreter included.
        margins: How far around its core a tile looks.
        part: Whether this is a part of a larger scene, which `shifted` gives a margin.

    Raises:
        MemoryShortError: Not even the smallest tile fits.
    """
    room = max((budget - BASE_MB) * 2**20, 0)
    around = margins if part else Margins()
    if _needed(height, width, pixel_bytes, around) <= room:
        return [Tile.whole(Window(0, 0, height, width))]
    # Two at once, unless tiles would be too small.
    side = _side_within(room / 2, pixel_bytes, margins)
    if side < SMALLEST_TILE:
        side = _side_within(room, pixel_bytes, margins)
    if side < SMALLEST_TILE:
        least = _needed(SMALLEST_TILE, SMALLEST_TILE, pixel_bytes, margins)
        needed = BASE_MB + least / 2**20
        raise MemoryShortError(
            tr(
                "The memory budget of {budget:.0f} MiB is too small for this cube."
            ).format(budget=budget),
            hint=tr("It needs at least {needed:.0f} MiB.").format(needed=needed),
        )
    return tiles_of_side(height, width, side, margins)


def _side_within(room: float, pixel_bytes: PixelBytes, margins: Margins) -> int:
    """Return the side of the largest square core that fits with its margins, or 0."""

    def too_large(side: int) -> bool:
        return _needed(side, side, pixel_bytes, margins) > room

    return bisect_left(range(1, int(room**0.5) + 2), 1, key=too_large)


def _needed(height: int, width: int, pixel_bytes: PixelBytes, margins: Margins) -> int:
    """Return the bytes that a core takes with its margins, at the peak."""
    m = margins.segmented
    core = Window(m, m, height, width)
    tile = Tile.around(core, margins, height + 2 * m, width + 2 * m)
    return pixel_bytes.most(tile)


def tiles_of_side(
    height: int, width: int, side: int, margins: Margins | None = None
) -> list[Tile]:
    """Cut a scene into tiles of about `side` pixels, all of nearly the same size.

    Args:
        height: Rows of the scene.
        width: Columns of the scene.
        side: Most rows and columns of a core.
        margins: How far around its core a tile looks; None is not at all.
    """
    tiles = []
    for top, bottom in even_parts(height, side):
        for left, right in even_parts(width, side):
            core = Window(top, left, bottom - top, right - left)
            tiles.append(Tile.around(core, margins or Margins(), height, width))
    return tiles


def shifted(tile: Tile, part: Window, grid: Grid, margins: Margins) -> Tile:
    """Return a tile planned for a part of a scene, in pixels of the whole scene.

    The margins then reach beyond the part, into the rest of the scene.
    """
    core = Window(
        part.row + tile.core.row,
        part.column + tile.core.column,
        tile.core.height,
        tile.core.width,
    )
    return Tile.around(core, margins, grid.height, grid.width)


def quarters(tile: Tile, grid: Grid, margins: Margins) -> list[Tile]:
    """Return the tile as four smaller ones (fewer where it is one pixel thin)."""
    core = tile.core
    parts = []
    for top, bottom in even_parts(core.height, -(-core.height // 2)):
        for left, right in even_parts(core.width, -(-core.width // 2)):
            part = Window(
                core.row + top, core.column + left, bottom - top, right - left
            )
            parts.append(Tile.around(part, margins, grid.height, grid.width))
    return parts


def reachable_mb() -> float | None:
    """Return what this process may come to hold in MiB; None if it is not known."""
    free = free_memory_mb()
    return None if free is None else free + used_memory_mb()


def room_for_tiles(asked: int, pixels: int, pixel_bytes: int, said: Progress) -> float:
    """Return the budget in MiB for mapping, less than the default if memory is short.

    A budget that the user asked for is kept, with a warning. The map of a scene that
    needs less than is free never depends on what is free.

    Args:
        asked: The user's budget in MiB; 0 is none.
        pixels: Pixels of the scene.
        pixel_bytes: Memory of one pixel at the peak.
        said: Receives what is changed and why.
    """
    budget, reachable = budget_mb(asked), reachable_mb()
    needed = min(BASE_MB + pixels * pixel_bytes / 2**20, budget)
    if reachable is None or needed <= reachable:
        return budget
    facts = tr(
        "The map needs about {needed:.0f} MiB, but only {reachable:.0f} MiB are free."
    ).format(needed=needed, reachable=reachable)
    if asked:
        said.warning(
            tr(
                "{facts} The memory budget of {asked} MiB is kept because you set it. "
                "Lower it if the system ends the engine."
            ).format(facts=facts, asked=asked)
        )
        return budget
    least = BASE_MB + (4 * SMALLEST_TILE) ** 2 * pixel_bytes / 2**20
    said.warning(
        tr(
            "{facts} It is made in smaller tiles. A few pixels along the edges of the "
            "tiles may differ from a run with more free memory."
        ).format(facts=facts)
    )
    return min(budget, max(_SHARE * reachable, least))


def warn_of_training(needed_bytes: float, said: Progress) -> None:
    """Warn where a training would take more than is free; it is not made smaller.

    Other windows would make another model, so that is left to the user.
    """
    needed, reachable = BASE_MB + needed_bytes / 2**20, reachable_mb()
    if reachable is not None and needed > reachable:
        said.warning(
            tr(
                "The training needs about {needed:.0f} MiB, but only {reachable:.0f} "
                "MiB are free. Close other programs, or lower the memory budget. If "
                "the system ends the engine, the next run continues where this one "
                "stopped."
            ).format(needed=needed, reachable=reachable)
        )


def even_parts(length: int, side: int) -> list[tuple[int, int]]:
    """Return where parts of about one length begin and end, each `side` at most."""
    count = -(-length // side)
    edges = [round(place * length / count) for place in range(count + 1)]
    return list(itertools.pairwise(edges))
