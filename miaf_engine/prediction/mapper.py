"""A cube of any size through the network, tile by tile."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from miaf_engine.cubes.resampling import CubeSource
from miaf_engine.cubes.shared_source import SharedSource
from miaf_engine.cubes.tiles import (
    BASE_MB,
    SMALLEST_TILE,
    Margins,
    PixelBytes,
    Tile,
    budget_mb,
    mapping_bytes,
    quarters,
    reachable_mb,
)
from miaf_engine.grid import Window
from miaf_engine.memory import freed_memory_kept, total_memory_mb
from miaf_engine.models.applicability import Applicability
from miaf_engine.models.devices import (
    Device,
    DeviceFault,
    choose_device,
    fault_of,
    pinned,
    release_memory,
)
from miaf_engine.models.facts import ModelFacts
from miaf_engine.models.file import load_model
from miaf_engine.models.network.miafnet import MiafNet
from miaf_engine.models.network.parallel import calls_in_threads, threads
from miaf_engine.models.network.placement import place
from miaf_engine.models.preparation import Preparation
from miaf_engine.prediction.adaptation import (
    MatchedCube,
)
from miaf_engine.prediction.ahead import Ahead
from miaf_engine.prediction.probabilities import (
    head_probabilities,
    predict,
    try_prediction,
)
from miaf_engine.preprocessing.graph import SuperpixelGraph
from miaf_engine.preprocessing.normalisation import Scene
from miaf_engine.progress import Progress
from miaf_engine.translation import marked, tr

SCORING = marked("Scoring, {share}% of the scene")
CLASSIFYING = marked("Classifying, {share}% of the scene")

# Share of the machine's memory that tiles may take which are computed or prepared at
# once, where the user sets no budget. The map does not depend on their number.
_SHARE_AT_ONCE = 1 / 8

Seen = TypeVar("Seen")
# Given a tile, the scene and the graph of each scale of the padded tile, and float32
# (K, h, w) probabilities of its core.
TileFunction = Callable[
    [Tile, Scene, Sequence[SuperpixelGraph], NDArray[np.float32]], Seen
]
# What such a function is given besides the tile.
_Classified = tuple[Scene, Sequence[SuperpixelGraph], NDArray[np.float32]]
# Given a tile and bool (H, W) of the valid pixels of its padded window, those that are
# asked for; None without any in its core.
WantedFunction = Callable[[Tile, NDArray[np.bool_]], NDArray[np.bool_] | None]


@dataclass(frozen=True, eq=False)
class MappedTile:
    """What a model makes of the core of a tile.

    Attributes:
        tile: The tile.
        probabilities: float32 (K, h, w), NaN where nodata.
        unlikeness: float32 (h, w), dissimilarity index, NaN where nodata; None where
            the model does not know what it applies to.
    """

    tile: Tile
    probabilities: NDArray[np.float32]
    unlikeness: NDArray[np.float32] | None = None


@dataclass(frozen=True, eq=False)
class PreparedTile:
    """What the network is given of a tile.

    Attributes:
        scene: The padded tile, normalised; in the memory of the segmented one, except
            for a graphics card.
        graphs: Its graph for each scale.
        wanted: bool (H, W) of the padded tile, the valid pixels that are asked for.
        unlikeness: As of a `MappedTile`; None where it is not asked for.
    """

    scene: Scene
    graphs: Sequence[SuperpixelGraph]
    wanted: NDArray[np.bool_]
    unlikeness: NDArray[np.float32] | None = None


@dataclass
class SceneMapper:
    """A trained network with all it takes to classify a cube.

    Attributes:
        reader: The open cube, or one whose bands are interpolated.
        bands: 0-based positions of the model's bands in `reader`.
        preparation: Normalisation, projection and superpixels of the model.
        network: The network; it is put on the device.
        device: Where it runs; the CPU from then on where a graphics card fails.
        temperature: Of the model's calibration.
        known: Graphs of parts of the cube that the training cut into superpixels.
        applicability: Which spectra the model applies to; None where unknown.
        memory_mb: Memory budget in MiB; 0 lets the engine choose.
    """

    reader: CubeSource
    bands: Sequence[int]
    preparation: Preparation
    network: MiafNet
    device: Device
    temperature: float = 1.0
    known: Mapping[Window, Sequence[SuperpixelGraph]] = field(default_factory=dict)
    applicability: Applicability | None = None
    memory_mb: int = 0

    def probabilities(
        self, tiles: Sequence[Tile], progress: Progress
    ) -> Iterator[tuple[Tile, NDArray[np.float32]]]:
        """Yield each tile with the class probabilities of its core; see `over_tiles`.

        Yields:
            The tile and float32 (K, core rows, core columns), NaN where nodata.

        Raises:
            Cancelled: The caller asked to stop.
        """
        for found in self.mapped(tiles, progress):
            yield found.tile, found.probabilities

    def mapped(self, tiles: Sequence[Tile], progress: Progress) -> Iterator[MappedTile]:
        """Yield what is known of the core of each tile; see `over_tiles`.

        Raises:
            Cancelled: The caller asked to stop.
        """

        def classified(tile: Tile, prepared: PreparedTile) -> MappedTile:
            found = self._predicted(tile, prepared)
            return MappedTile(tile, found, prepared.unlikeness)

        found_in_turn = self._in_turn(
            tiles, _all_valid, classified, tr(CLASSIFYING), progress, compared=True
        )
        for tile, found in found_in_turn:
            if found is None:
                place = (tile.core.height, tile.core.width)
                nothing = np.full((self.network.classes, *place), np.nan, np.float32)
                yield MappedTile(
                    tile, nothing, None if self.applicability is None else nothing[0]
                )
            else:
                yield found

    def _predicted(self, tile: Tile, prepared: PreparedTile) -> NDArray[np.float32]:
        """Return the class probabilities of the core of a tile."""
        return predict(
            self.network,
            prepared.scene,
            prepared.graphs,
            self.device.name,
            self.temperature_of(prepared.unlikeness),
            part=tile.core_in_padded,
        )

    def temperature_of(
        self, unlikeness: NDArray[np.float32] | None
    ) -> float | NDArray[np.float32]:
        """Return the temperature of pixels, one for all where more is not known.

        Args:
            unlikeness: float32 (h, w), dissimilarity index; None where unknown.
        """
        if self.applicability is None or unlikeness is None:
            return self.temperature
        softening = self.applicability.softening(unlikeness)
        if softening is None:
            return self.temperature
        found: NDArray[np.float32] = np.float32(self.temperature) * softening
        return found

    def over_tiles(
        self, tiles: Sequence[Tile], function: TileFunction[Seen], progress: Progress
    ) -> Iterator[tuple[Tile, Seen | None]]:
        """Yield each tile with what is made of it, so that no more of it is held.

        A tile that does not fit a graphics card is halved along both sides, as are
        those waiting that are as large, and at the smallest size the CPU takes over.

        Args:
            tiles: The tiles, in turn.
            function: Makes of a classified tile what is wanted.
            progress: Stepped once a tile.

        Yields:
            The tile and what `function` made of it, None where its core is all nodata.

        Raises:
            Cancelled: The caller asked to stop.
            DeviceError: The device fails, and the user named it.
            MemoryShortError: As above, where its memory is short.
        """

        def classified(tile: Tile, of: PreparedTile) -> _Classified:
            return of.scene, of.graphs, self._predicted(tile, of)

        found_in_turn = self._in_turn(
            tiles,
            _all_valid,
            classified,
            tr(CLASSIFYING),
            progress,
            compared=True,
            large=True,
        )
        for tile, found in found_in_turn:
            yield tile, None if found is None else function(tile, *found)

    def of_heads(
        self,
        tiles: Sequence[Tile],
        where: NDArray[np.bool_],
        progress: Progress,
    ) -> Iterator[tuple[Tile, NDArray[np.bool_], NDArray[np.float32]]]:
        """Yield each tile with what each head says of the pixels wanted in its core.

        Args:
            tiles: The tiles, in turn.
            where: bool (H, W) of the whole cube, the pixels wanted.
            progress: Stepped once a tile.

        Yields:
            The tile, bool (core rows, core columns) of the wanted pixels with data, and
            float32 (heads, n, K) of these, row by row.
        """

        def wanted(tile: Tile, valid: NDArray[np.bool_]) -> NDArray[np.bool_] | None:
            core = tile.core_in_padded
            found = np.zeros(valid.shape, dtype=bool)
            found[core] = where[tile.core.slices] & valid[core]
            return found if found.any() else None

        def scored(
            tile: Tile, of: PreparedTile
        ) -> tuple[NDArray[np.bool_], NDArray[np.float32]]:
            network, name = self.network, self.device.name
            said = head_probabilities(network, of.scene, of.graphs, of.wanted, name)
            return of.wanted[tile.core_in_padded], said

        for tile, found in self._in_turn(tiles, wanted, scored, tr(SCORING), progress):
            if found is not None:
                yield tile, *found

    def _in_turn(
        self,
        tiles: Sequence[Tile],
        wanted: WantedFunction,
        function: Callable[[Tile, PreparedTile], Seen],
        doing: str,
        progress: Progress,
        *,
        compared: bool = False,
        large: bool = False,
    ) -> Iterator[tuple[Tile, Seen | None]]:
        """Yield each tile and what `function` makes of it, in pieces where need be.

        Args:
            tiles: The tiles, in turn.
            wanted: Says which pixels of a tile are asked for.
            function: Makes of a prepared tile what is wanted; on the CPU in any thread.
            doing: What is said of it, with the share that is done.
            progress: Stepped once a tile.
            compared: Whether it is asked how unlike the training areas a tile is, which
                its probabilities depend on.
            large: Whether what `function` makes holds the memory of the scene.
        """
        waiting = list(reversed(tiles))
        source = SharedSource(self.reader, self.bands, progress)

        def prepare(tile: Tile) -> PreparedTile | None:
            return self._prepared(tile, source, wanted, compared=compared)

        done = 0.0
        total = sum(tile.core.size for tile in tiles)

        def step() -> None:
            part = done / total if total else 1.0
            progress.step(part, doing.format(share=round(100 * part)))

        on_card = self._on_card(waiting, prepare, function, progress)
        on_cpu = self._on_cpu(waiting, prepare, function, progress, large=large)
        with (
            freed_memory_kept(),
            # Threads of numpy's library would wait for each other beside those here.
            threadpool_limits(1, user_api="blas"),
            closing(on_card),
            closing(on_cpu),
            closing(source),
        ):
            step()
            for tile, found in itertools.chain(on_card, on_cpu):
                yield tile, found
                done += tile.core.size
                step()

    def _on_card(
        self,
        waiting: list[Tile],
        prepare: Callable[[Tile], PreparedTile | None],
        function: Callable[[Tile, PreparedTile], Seen],
        progress: Progress,
    ) -> Generator[tuple[Tile, Seen | None]]:
        """Yield the tiles until all are done or the graphics card is left, if any.

        While it computes one, threads read and prepare the tiles that are next.
        """
        if not self.device.is_card:
            return
        place(self.network, self.device.name)
        queue: Ahead[Tile, PreparedTile | None] = Ahead(self._tiles_ahead(waiting))
        with queue as ahead:
            while self.device.is_card and (waiting or len(ahead)):
                self._fill(ahead, waiting, prepare)
                tile, prepared = ahead.take(progress)
                fault, found = self._tried(tile, prepared, function)
                del prepared  # as large as the tile, which is used no more
                if fault is None:
                    yield tile, found
                else:
                    self._give_way(tile, fault, progress)
                    waiting += reversed([tile, *ahead.drop()])

    def _on_cpu(
        self,
        waiting: list[Tile],
        prepare: Callable[[Tile], PreparedTile | None],
        function: Callable[[Tile, PreparedTile], Seen],
        progress: Progress,
        *,
        large: bool,
    ) -> Generator[tuple[Tile, Seen | None]]:
        """Yield the tiles that are left, of which several are computed at once."""
        if not waiting:
            return
        place(self.network, self.device.name)
        at_once = self._tiles_at_once(waiting)

        def made(tile: Tile) -> Seen | None:
            prepared = prepare(tile)
            return None if prepared is None else function(tile, prepared)

        # What is large and waits to be used counts as one that is computed.
        queue: Ahead[Tile, Seen | None] = Ahead(
            at_once if at_once > 1 else 0, at_once if large else None
        )
        with calls_in_threads(max(threads() // at_once, 1)), queue as ahead:
            while waiting or len(ahead):
                while waiting and not ahead.full:
                    tile = waiting.pop()
                    ahead.put(tile, partial(made, tile))
                yield ahead.take(progress)

    def _fill(
        self,
        ahead: Ahead[Tile, PreparedTile | None],
        waiting: list[Tile],
        prepare: Callable[[Tile], PreparedTile | None],
    ) -> None:
        """Fill the queue with what is next."""
        while waiting and not ahead.full:
            tile = waiting.pop()
            if self._too_large(tile):
                waiting += reversed(self._quarters(tile))
                continue
            ahead.put(tile, partial(prepare, tile))

    def _prepared(
        self,
        tile: Tile,
        source: SharedSource,
        wanted: WantedFunction,
        *,
        compared: bool,
    ) -> PreparedTile | None:
        """Read a tile, normalise it and cut superpixels; in any thread.

        The cube's memory becomes the scene's.
        """
        cube = source.read(tile.segmented)
        chosen = wanted(tile, cube.valid[tile.padded_in_segmented])
        if chosen is None:
            return None
        scene = self.preparation.scene(cube, in_place=True)
        del cube
        graphs = self._graphs(tile, scene)
        scene = scene.cut(tile.padded.within(tile.segmented))
        unlikeness = self._unlikeness(tile, scene) if compared else None
        if self.device.is_card:
            image = np.ascontiguousarray(scene.image)
            on_cuda = self.device.torch.type == "cuda"
            scene = replace(scene, image=pinned(image) if on_cuda else image)
        return PreparedTile(scene, graphs, chosen, unlikeness)

    def _unlikeness(self, tile: Tile, scene: Scene) -> NDArray[np.float32] | None:
        """Return how unlike the training areas the core of a tile is, if known."""
        if self.applicability is None:
            return None
        rows, columns = tile.core_in_padded
        return self.applicability.index_of(
            scene.image[:, rows, columns], scene.valid[rows, columns]
        )

    def _tried(
        self,
        tile: Tile,
        prepared: PreparedTile | None,
        function: Callable[[Tile, PreparedTile], Seen],
    ) -> tuple[DeviceFault | None, Seen | None]:
        """Return what `function` makes of a tile, or why the device cannot."""
        if prepared is None:
            return None, None
        try:
            return None, function(tile, prepared)
        except (RuntimeError, TypeError) as error:
            fault = fault_of(error)
            if fault is None:
                raise
            return fault, None

    def _tiles_ahead(self, tiles: Sequence[Tile]) -> int:
        """Return how many tiles are prepared while a graphics card computes another.

        As many as fit the memory budget, and as the threads keep up with, each of which
        cuts superpixels of one scale.
        """
        if len(tiles) < 2:
            return 0
        scales = len(self.network.config.kernel_sizes)
        of_pixel = self.pixel_bytes
        # The card is given a copy of what the network sees.
        each = max(of_pixel.cut(t) + of_pixel.image * t.padded.size for t in tiles)
        return max(0, min(int(self._room / each), max(threads() // scales, 2)))

    def _tiles_at_once(self, tiles: Sequence[Tile]) -> int:
        """Return how many tiles the CPU computes at once: as many as fit the budget."""
        each = max(map(self.pixel_bytes.most, tiles))
        return max(1, min(int(self._room / each), threads(), len(tiles)))

    @property
    def pixel_bytes(self) -> PixelBytes:
        """The memory that a pixel of its tiles takes."""
        network, components = self.network, self.preparation.superpixels.components
        return mapping_bytes(
            len(self.bands), network.classes, components, network.config
        )

    @property
    def _room(self) -> float:
        """Bytes that tiles may take at once."""
        room = budget_mb(self.memory_mb)
        if not self.memory_mb:
            room = max(room, _SHARE_AT_ONCE * (total_memory_mb() or 0.0))
        return (min(room, reachable_mb() or math.inf) - BASE_MB) * 2**20

    def _graphs(self, tile: Tile, scene: Scene) -> Sequence[SuperpixelGraph]:
        """Return the graphs of the padded window, from the scene of the segmented."""
        origin = (tile.segmented.row, tile.segmented.column)
        if tile.padded == tile.segmented:
            found = self.known.get(tile.segmented)
            return self.preparation.graphs(scene, origin) if found is None else found
        padded = tile.padded.within(tile.segmented)
        sizes = self.preparation.superpixels.pixels_per_superpixel
        beyond = [self.margins.beyond(size) for size in sizes]
        return self.preparation.graphs_within(scene, origin, padded, beyond)

    def _give_way(self, tile: Tile, fault: DeviceFault, progress: Progress) -> None:
        """Ask less of the device after a tile that it failed at, or leave it.

        Raises:
            DeviceError: It cannot do less, and the user named it.
            MemoryShortError: As above, where its memory is short.
        """
        if not fault.memory or not _divisible(tile):
            self.device.leave(fault, progress)
            return
        release_memory(self.device.torch)
        if self.device.most_pixels is None:
            progress.warning(
                tr(
                    "The memory of {name} is too small for tiles of this size. The "
                    "map is made in smaller ones."
                ).format(name=self.device.name)
            )
        self.device.most_pixels = tile.padded.size - 1

    def _too_large(self, tile: Tile) -> bool:
        """Return whether a tile as large was too much for the device before."""
        most = self.device.most_pixels
        return most is not None and tile.padded.size > most and _divisible(tile)

    def _quarters(self, tile: Tile) -> list[Tile]:
        return quarters(tile, self.reader.grid, self.margins)

    @property
    def margins(self) -> Margins:
        """How far around its core a tile looks."""
        return Margins.of(self.preparation.superpixels, self.network.config)


def _all_valid(tile: Tile, valid: NDArray[np.bool_]) -> NDArray[np.bool_] | None:
    return valid if valid[tile.core_in_padded].any() else None


def _divisible(tile: Tile) -> bool:
    return max(tile.core.height, tile.core.width) > SMALLEST_TILE


@dataclass(frozen=True, eq=False)
class LoadedModel(ModelFacts):
    """A model that is ready to classify any number of scenes, one after the other.

    Attributes:
        network: Its network.
        device: Where the network runs.
    """

    network: MiafNet
    device: Device

    @classmethod
    def load(cls, path: str, device: str, progress: Progress) -> LoadedModel:
        """Read a model file and put its network on a device, `auto` or a name.

        Raises:
            MiafError: The file is not a model, or there is no such device.
        """
        return cls.of(ModelFacts.read(path), device, progress)

    @classmethod
    def of(cls, facts: ModelFacts, device: str, progress: Progress) -> LoadedModel:
        """Return a model that is loaded, which it may be, on a device; see `load`.

        Raises:
            MiafError: The file is not a model, or there is no such device.
        """
        if isinstance(facts, cls):
            return facts
        chosen = choose_device(device, try_prediction, progress)
        network, _ = load_model(facts.path, chosen.name)
        return cls(**vars(facts), network=network, device=chosen)

    def mapper(
        self, cube: MatchedCube, preparation: Preparation, memory_mb: int
    ) -> SceneMapper:
        """Return what maps a cube with the model's bands, in a budget in MiB."""
        return SceneMapper(
            cube.source,
            cube.bands,
            preparation,
            self.network,
            self.device,
            self.card.temperature,
            applicability=self.applicability,
            memory_mb=memory_mb,
        )
