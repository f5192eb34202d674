"""The tiles of a map that fit the memory budget."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from miaf_engine.cubes.stack import places_of
from miaf_engine.cubes.tiles import (
    Tile,
    bytes_per_pixel,
    plan_tiles,
    room_for_tiles,
    shifted,
)
from miaf_engine.grid import Grid, Window
from miaf_engine.models.card import ModelCard
from miaf_engine.prediction.mapper import SceneMapper
from miaf_engine.progress import SILENT, Progress
from miaf_engine.requests import SuggestAreasRequest
from miaf_engine.requests.classify import ClassifyRequest
from miaf_engine.requests.settings import NetworkConfig, SuperpixelConfig


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
    pixel_bytes = bytes_per_pixel(
        bands, len(card.classes), superpixels.components, network, training=False
    )
    smaller = part != grid.window
    (tiles,) = _planned([part], pixel_bytes, request.memory_mb, progress, part=smaller)
    return [shifted(tile, part, grid) for tile in tiles]


def tiles_of_scenes(
    mapper: SceneMapper, memory_mb: int, progress: Progress
) -> list[Tile]:
    """Cut a whole cube into tiles that fit the memory budget.

    In a stack of cubes no tile reaches across two.

    Raises:
        MemoryShortError: Not even the smallest tile fits.
    """
    network, components = mapper.network, mapper.preparation.superpixels.components
    pixel_bytes = bytes_per_pixel(
        len(mapper.bands), network.classes, components, network.config, training=False
    )
    scenes = [place.window for place in places_of(mapper.reader)]
    planned = _planned(scenes, pixel_bytes, memory_mb, progress)
    return [
        Tile(_moved(tile.core, scene), _moved(tile.padded, scene))
        for scene, tiles in zip(scenes, planned, strict=True)
        for tile in tiles
    ]


def _planned(
    windows: Sequence[Window],
    pixel_bytes: int,
    memory_mb: int,
    progress: Progress,
    *,
    part: bool = False,
) -> list[list[Tile]]:
    """Return the tiles of each window, counted from its corner; see `plan_tiles`."""
    largest = max(window.height * window.width for window in windows)
    budget = room_for_tiles(memory_mb, largest, pixel_bytes, progress)
    return [
        plan_tiles(w.height, w.width, pixel_bytes, budget, part=part) for w in windows
    ]


def _moved(window: Window, origin: Window) -> Window:
    return replace(
        window, row=window.row + origin.row, column=window.column + origin.column
    )
