"""How a scene is cut into tiles that fit the memory budget and the free memory."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

from miaf_engine.errors import MemoryShortError
from miaf_engine.grid import Grid, Window
from miaf_engine.memory import free_memory_mb, total_memory_mb, used_memory_mb
from miaf_engine.progress import Progress
from miaf_engine.requests.settings import NetworkConfig

# What the interpreter and its libraries take before the first pixel, in MiB.
BASE_MB = 450
# Budget of a run that states none. It follows from the machine, never from what is
# free just now: the tiling, and with it the last pixel of a large map, stays the same.
_DEFAULT_MB = 4096.0
# Two hops of the graph over superpixels of 200 pixels (15 pixels across), and the
# reach of two 11 x 11 convolutions: a pixel's surroundings end within this margin.
MARGIN = 64
SMALLEST_TILE = 64

# Of the free memory, for tiles: other programs run meanwhile.
_SHARE = 0.8


@dataclass(frozen=True)
class Tile:
    """A piece of a scene.

    Attributes:
        core: The pixels that this tile answers for; cores cover the scene once.
        padded: The pixels that the network sees: the core and a margin.
    """

    core: Window
    padded: Window

    @property
    def core_in_padded(self) -> tuple[slice, slice]:
        """Index of the core in an array of the padded window."""
        return self.core.within(self.padded).slices


def budget_mb(asked: int) -> float:
    """Return the memory budget in MiB: what the user asked, or a default.

    The default is 4096, or half of the machine's memory where that is less.
    """
    if asked > 0:
        return float(asked)
    total = total_memory_mb() or 2 * _DEFAULT_MB
    return max(min(_DEFAULT_MB, total / 2), 2 * BASE_MB)


def bytes_per_pixel(
    bands: int, classes: int, components: int, config: NetworkConfig, *, training: bool
) -> int:
    """Return about how many bytes one pixel needs at the peak.

    In training, counted from the arrays alive at once (float32): the cube as read,
    normalised and as rows; the projection in float64 twice and slic's copy; the
    features of all scales with their gradients; the scores of all heads and their mean.
    In prediction, fitted to measured peaks of scenes of 60 and 184 bands, 6 to 60
    classes, width 16 to 64 and 8 to 30 components, none of which exceeds it.
    """
    scales = len(config.kernel_sizes)
    scores = 2 * scales + 5 if config.committee or training else 3
    if training:
        superpixels = 8 * components * 3 + 16 * scales
        features = 4 * config.width * (40 * scales + 10)
        return 20 * bands + superpixels + features + 4 * classes * (scores + 4)
    cutting = 8 * bands + 32 * components + 16 * scales
    features = 4 * config.width * (4 * scales + 8)
    network = 10 * bands + features + 4 * classes * scores + 16 * scales
    return max(cutting, network)


def plan_tiles(
    height: int, width: int, pixel_bytes: int, budget: float, *, part: bool = False
) -> list[Tile]:
    """Cut a scene into the largest square tiles whose padded size fits the budget.

    A scene that fits as a whole is one tile without a seam.

    Args:
        height: Rows of the scene.
        width: Columns of the scene.
        pixel_bytes: Memory of one pixel at the peak.
        budget: Memory budget in MiB, the interpreter included.
        part: Whether this is a part of a larger scene, which `shifted` gives a margin.

    Raises:
        MemoryShortError: Not even the smallest tile fits.
    """
    room = (budget - BASE_MB) * 2**20 / pixel_bytes
    around = 2 * MARGIN if part else 0
    if (height + around) * (width + around) <= room:
        whole = Window(0, 0, height, width)
        return [Tile(whole, whole)]
    side = int(max(room, 0) ** 0.5) - 2 * MARGIN
    if side < SMALLEST_TILE:
        needed = BASE_MB + (SMALLEST_TILE + 2 * MARGIN) ** 2 * pixel_bytes / 2**20
        raise MemoryShortError(
            f"The memory budget of {budget:.0f} MiB is too small for this cube.",
            hint=f"It needs at least {needed:.0f} MiB.",
        )
    return tiles_of_side(height, width, side)


def tiles_of_side(height: int, width: int, side: int) -> list[Tile]:
    """Cut a scene into tiles of about `side` pixels, all of nearly the same size."""
    tiles = []
    for top, bottom in _cuts(height, side):
        for left, right in _cuts(width, side):
            core = Window(top, left, bottom - top, right - left)
            tiles.append(Tile(core, core.grown(MARGIN, height, width)))
    return tiles


def shifted(tile: Tile, part: Window, grid: Grid) -> Tile:
    """Return a tile planned for a part of a scene, in pixels of the whole scene.

    The margin then reaches beyond the part, into the rest of the scene.
    """
    core = Window(
        part.row + tile.core.row,
        part.column + tile.core.column,
        tile.core.height,
        tile.core.width,
    )
    return Tile(core, core.grown(MARGIN, grid.height, grid.width))


def quarters(tile: Tile, height: int, width: int) -> list[Tile]:
    """Return the tile as four smaller ones (fewer where it is one pixel thin)."""
    core = tile.core
    parts = []
    for top, bottom in _cuts(core.height, -(-core.height // 2)):
        for left, right in _cuts(core.width, -(-core.width // 2)):
            part = Window(
                core.row + top, core.column + left, bottom - top, right - left
            )
            parts.append(Tile(part, part.grown(MARGIN, height, width)))
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
    facts = f"The map would take about {needed:.0f} MiB; {reachable:.0f} MiB are free."
    if asked:
        said.warning(
            f"{facts} The memory budget of {asked} MiB is kept as you asked; if the "
            "system ends the engine, lower it."
        )
        return budget
    least = BASE_MB + (4 * SMALLEST_TILE) ** 2 * pixel_bytes / 2**20
    said.warning(
        f"{facts} It is made in smaller tiles, so that a few pixels along their seams "
        "may differ from a run with more free memory."
    )
    return min(budget, max(_SHARE * reachable, least))


def warn_of_training(pixels: int, pixel_bytes: int, said: Progress) -> None:
    """Warn where a training would take more than is free; it is not made smaller.

    Other windows would make another model, so that is left to the user.
    """
    needed, reachable = BASE_MB + pixels * pixel_bytes / 2**20, reachable_mb()
    if reachable is not None and needed > reachable:
        said.warning(
            f"The training would take about {needed:.0f} MiB; {reachable:.0f} MiB are "
            "free. Close other programs, or lower the memory budget. If the system "
            "ends the engine, the next run continues where this one stopped."
        )


def _cuts(length: int, side: int) -> list[tuple[int, int]]:
    count = -(-length // side)
    edges = [round(place * length / count) for place in range(count + 1)]
    return list(itertools.pairwise(edges))
