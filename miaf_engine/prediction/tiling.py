"""The tiles in which a cube is mapped, so that each fits the memory budget."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from miaf_engine.cubes.stack import places_of
from miaf_engine.cubes.tiles import (
    Margins,
    PixelBytes,
    Tile,
    mapping_bytes,
    plan_tiles,
    room_for_tiles,
    shifted,
)
from miaf_engine.grid import Grid, Window
from miaf_engine.models.card import ModelCard
from miaf_engine.progress import SILENT, Progress
from miaf_engine.requests import SuggestAreasRequest
from miaf_engine.requests.classify import ClassifyRequest
from miaf_engine.requests.settings import NetworkConfig, SuperpixelConfig

if TYPE_CHECKING:  # tiles are planned before torch is loaded, or without it
    from miaf_engine.prediction.mapper import SceneMapper


def tiles_of_part(
    part: Window,
    grid: Grid,
    bands: int,
    card: ModelCard,
    request: ClassifyRequest | SuggestAreasRequest,
    progress: Progress = SILENT,
) -> list[Tile]:
    """Cut a part of a cube into tiles that fit the memory budget.

    Raises:
        MemoryShortError: Not even the smallest tile fits.
    """
    superpixels: SuperpixelConfig = SuperpixelConfig.from_json(card.superpixels)
    network: NetworkConfig = NetworkConfig.from_json(card.network)
    pixel_bytes = mapping_bytes(
        bands, len(card.classes), superpixels.components, network
    )
    margins = Margins.of(superpixels, network)
    smaller = part != grid.window
    (tiles,) = _planned(
        [part], pixel_bytes, margins, request.memory_mb, progress, part=smaller
    )
    return [shifted(tile, part, grid, margins) for tile in tiles]


def tiles_of_scenes(
    mapper: SceneMapper, memory_mb: int, progress: Progress
) -> list[Tile]:
    """Cut a whole cube into tiles that fit the memory budget.

    In a stack of cubes no tile reaches across two.

    Raises:
        MemoryShortError: Not even the smallest tile fits.
    """
    scenes = [place.window for place in places_of(mapper.reader)]
    planned = _planned(scenes, mapper.pixel_bytes, mapper.margins, memory_mb, progress)
    return [
        Tile(
            _moved(tile.core, scene),
            _moved(tile.padded, scene),
            _moved(tile.segmented, scene),
        )
        for scene, tiles in zip(scenes, planned, strict=True)
        for tile in tiles
    ]


def _planned(
    windows: Sequence[Window],
    pixel_bytes: PixelBytes,
    margins: Margins,
    memory_mb: int,
    progress: Progress,
    *,
    part: bool = False,
) -> list[list[Tile]]:
    """Return the tiles of each window, counted from its corner; see `plan_tiles`."""
    largest = max(window.size for window in windows)
    budget = room_for_tiles(memory_mb, largest, pixel_bytes.whole, progress)
    return [
        plan_tiles(w.height, w.width, pixel_bytes, budget, margins, part=part)
        for w in windows
    ]


def _moved(window: Window, origin: Window) -> Window:
    return replace(
        window, row=window.row + origin.row, column=window.column + origin.column
    )
