"""A map whose tiles are shared out among workers, put together in their order."""

from __future__ import annotations

import os
from collections.abc import Generator, Mapping, Sequence
from contextlib import ExitStack, closing
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from miaf_engine import __version__
from miaf_engine.cubes.reader import CubeReader
from miaf_engine.cubes.tiles import Tile
from miaf_engine.errors import WorkerError, error_of
from miaf_engine.io.array_files import read_arrays, write_mask
from miaf_engine.io.fingerprints import fingerprint
from miaf_engine.io.outputs import scratch_folder
from miaf_engine.models.preparation import Preparation
from miaf_engine.prediction.writers import MapLayers, MapRules
from miaf_engine.progress import Progress
from miaf_engine.requests.classify import ClassifyRequest
from miaf_engine.requests.rasters import RASTER_NAMES
from miaf_engine.tasks.workers.dask import DaskWorkers
from miaf_engine.tasks.workers.jobs import Job, Words
from miaf_engine.tasks.workers.local import LocalWorkers
from miaf_engine.tasks.workers.worker_count import WorkerCount
from miaf_engine.translation import marked, tr

# Tiles for each worker that may wait on the disk for one that is late.
_AHEAD = 4
_TILES = Words(
    done=marked("Tiles done: {done} of {count}"),
    busy=marked("Tiles done: {done} of {count}; in progress: {busy}"),
    repeated=marked(
        "The worker process for tile {title} ended ({how}). Another one repeats it."
    ),
    waiting=marked("Tiles to map: {count}; workers of the scheduler: {workers}."),
    no_worker=marked(
        "Tiles to map: {count}. The scheduler has no worker yet, but some may still "
        "come."
    ),
)


class ByWorkers:
    """Maps tiles in worker processes, or in the workers of a scheduler.

    A tile depends on its windows, the model and the number of CPU threads, so that the
    map is the one that a single process makes of the same tiles.

    Args:
        request: What to classify; how many workers there are.
        reader: The cube, whose mask the workers take.

    Attributes:
        device: Where the networks run.
        peak_memory_mb: Most memory that a worker has held, in MiB.
    """

    def __init__(self, request: ClassifyRequest, reader: CubeReader) -> None:
        self._request, self._reader = request, reader
        self._said: set[str] = set()
        self._count = WorkerCount(0, request.threads, request.memory_mb)
        self.device, self.peak_memory_mb = "", 0.0

    def memory_mb(self, tiles: int, progress: Progress) -> int:
        """Return the memory budget of a worker in MiB, 0 for the engine's default.

        Args:
            tiles: How many the budget of the request makes.
            progress: Warned where so many workers have to do with less.
        """
        if self._request.scheduler is None:
            self._count = WorkerCount.of(self._request, tiles, progress)
        return self._count.memory_mb

    def layers(
        self,
        tiles: Sequence[Tile],
        preparation: Preparation,
        rules: MapRules,  # noqa: ARG002 - workers make them from the request
        progress: Progress,
    ) -> Generator[tuple[Tile, MapLayers], None, None]:
        """Yield each tile with its layers, in the order of the tiles.

        Args:
            tiles: The tiles.
            preparation: What the cube goes through; workers take its normalisation,
                its gain and its corner.
            rules: How the layers follow from the probabilities.
            progress: Receives how many are done; may cancel.

        Raises:
            MiafError: A tile failed, or workers are not available.
            Cancelled: The caller asked to stop.
        """
        with ExitStack() as stack:
            folder = stack.enter_context(scratch_folder(_first_output(self._request)))
            shared = self._shared(folder, preparation)
            jobs = [
                Job(
                    number,
                    str(number + 1),
                    {
                        **shared,
                        "tile": tile.as_json(),
                        "file": str(_file_of(folder, number)),
                    },
                )
                for number, tile in enumerate(tiles)
            ]
            workers = self._workers(shared, folder, len(jobs), progress)
            answers = stack.enter_context(closing(workers.answers(jobs, progress)))
            done: set[int] = set()
            following = 0
            for job, answer in answers:
                self._take(answer, progress)
                done.add(job.number)
                while following in done:
                    path = _file_of(folder, following)
                    arrays = read_arrays(path)
                    path.unlink()
                    yield tiles[following], MapLayers.from_arrays(arrays)
                    following += 1

    def _shared(self, folder: Path, preparation: Preparation) -> dict[str, Any]:
        """Return what all tasks have in common; see `one_tile.map_tile`."""
        request = self._request
        model = os.path.abspath(request.model)
        mask = None
        if self._reader.mask is not None:
            mask = str(folder / "mask.npy")
            write_mask(mask, self._reader.mask)
        own = replace(request, cube=_whole_path(request.cube), model=model, mask=None)
        return {
            "kind": "tile",
            "engine": __version__,
            "digest": fingerprint("model", model).sha256 or "",
            "request": own.as_json(),
            "normalisation": preparation.normalisation.as_json(),
            "gain": asdict(preparation.gain) if preparation.gain else None,
            "corner": list(preparation.corner),
            "mask": mask,
        }

    def _workers(
        self, shared: Mapping[str, Any], folder: Path, jobs: int, progress: Progress
    ) -> LocalWorkers | DaskWorkers:
        request, count = self._request, self._count
        place = str(folder)
        if request.scheduler is not None:
            return DaskWorkers(
                request.scheduler, request.threads, place, _TILES, ahead=_AHEAD
            )
        progress.info(
            tr(
                "Tiles to map: {jobs}; worker processes: {workers} at most; CPU "
                "threads of each: {threads}."
            ).format(jobs=jobs, workers=count.workers, threads=count.threads)
        )
        setup = {
            "model": shared["request"]["model"],
            "digest": shared["digest"],
            "device": request.device,
        }
        return LocalWorkers(
            setup,
            count.workers,
            count.threads,
            place,
            _TILES,
            share_device=request.workers > 1,
            ahead=_AHEAD,
        )

    def _take(self, answer: Mapping[str, Any], progress: Progress) -> None:
        """Note what a worker says of its tile.

        Raises:
            MiafError: The tile failed.
            RuntimeError: It failed by a defect.
        """
        for warning in answer.get("warnings", ()):
            if warning not in self._said:
                self._said.add(warning)
                progress.warning(warning)
        if "failure" in answer:
            raise error_of(answer["failure"])
        if "worker" not in answer:
            raise WorkerError(answer["error"])
        if "error" in answer:
            raise RuntimeError(answer["error"])
        self.device = answer["device"]
        self.peak_memory_mb = max(self.peak_memory_mb, answer["peak_memory_mb"])


def _first_output(request: ClassifyRequest) -> str:
    """Return an output, beside which the workers write."""
    paths: list[str | None] = [getattr(request, name) for name in RASTER_NAMES]
    return os.path.abspath(next(path for path in paths if path))


def _file_of(folder: Path, number: int) -> Path:
    return folder / f"tile_{number:06d}.npz"


def _whole_path(cube: str) -> str:
    """Return a path as other processes find it; an archive is named by more."""
    return cube if cube.startswith("/vsi") else os.path.abspath(cube)
