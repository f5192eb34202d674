"""One tile of a cube, as a worker maps it with the model that it keeps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from miaf_engine.cubes.reader import open_cube
from miaf_engine.cubes.tiles import Tile
from miaf_engine.errors import Cancelled, as_user_error, write_defect
from miaf_engine.grid import Window
from miaf_engine.io.array_files import mapped_mask, write_arrays
from miaf_engine.memory import peak_memory_mb
from miaf_engine.prediction.adaptation import matched_cube
from miaf_engine.prediction.writers import MapRules
from miaf_engine.preprocessing.normalisation import Gain, Normalisation
from miaf_engine.progress import SILENT, Progress
from miaf_engine.requests.classify import ClassifyRequest
from miaf_engine.tasks.workers.doing import check_version, kept_model
from miaf_engine.translation import tr

Arrays = dict[str, NDArray[Any]]


def map_tile(task: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """Map a tile and write its layers into a file.

    To do it twice is no harm: the file is there whole or not at all, with the same
    bytes.

    Args:
        task: `request`, the fields of a `ClassifyRequest`; `digest` of the model file;
            `engine`, the version of the engine that asks; `normalisation`; `gain`, the
            fields of a `Gain`, or null; `corner`, that of a `Preparation`; `mask`, a
            file of `array_files.write_mask`, or null; `tile`, its windows; and `file`,
            where its layers go.
        progress: Receives each step; may cancel.

    Returns:
        JSON values: `peak_memory_mb`; and `device`, or `failure`, the `facts` of a
        `MiafError`, or `error`, a sentence on a defect.

    Raises:
        Cancelled: The caller asked to stop; nothing was written.
    """
    answer: dict[str, Any] = {}
    try:
        answer["device"] = _mapped(task, progress)
    except Cancelled:
        raise
    except Exception as error:  # noqa: BLE001 - reported to whoever asked
        if (known := as_user_error(error)) is not None:
            answer["failure"] = known.facts
        else:
            write_defect(error)
            answer["error"] = tr("The worker failed: {name}: {error}").format(
                name=type(error).__name__, error=error
            )
    return {**answer, "peak_memory_mb": round(peak_memory_mb(), 1)}


def _mapped(task: Mapping[str, Any], progress: Progress) -> str:
    """Write the layers of a tile; return where the network ran."""
    check_version(task)
    request = ClassifyRequest.from_json(dict(task["request"]))
    model = kept_model(request.model, request.device, task["digest"])
    tile, rules = Tile.from_json(task["tile"]), MapRules.of(request, model.threshold)
    normalisation = Normalisation.from_json(task["normalisation"])
    gain = None if task["gain"] is None else Gain(**task["gain"])
    with open_cube(request.cube) as reader:
        if task["mask"] is not None:
            reader.restrict(mapped_mask(task["mask"]))
        # What is to be said of the bands was said by whoever asks.
        cube = matched_cube(
            reader, model.card, interpolate=request.interpolate_bands, progress=SILENT
        )
        row, column = task["corner"]
        preparation = replace(
            model.preparation,
            normalisation=normalisation,
            gain=gain,
            corner=(row, column),
        )
        mapper = model.mapper(cube, preparation, request.memory_mb)
        parts = [
            (
                found.tile.core.within(tile.core),
                rules.layers(found.probabilities, found.unlikeness).as_arrays(),
            )
            for found in mapper.mapped([tile], progress)
        ]
    if progress.cancelled():
        raise Cancelled
    write_arrays(task["file"], _joined(parts, tile.core))
    return mapper.device.name


def _joined(parts: Sequence[tuple[Window, Arrays]], core: Window) -> Arrays:
    """Return the arrays of a core from those of its parts.

    Where a graphics card is short of memory, it maps a tile in parts.
    """
    if len(parts) == 1:
        return parts[0][1]
    joined: Arrays = {}
    for window, arrays in parts:
        rows, columns = window.slices
        for name, values in arrays.items():
            if name not in joined:
                shape = (*values.shape[:-2], core.height, core.width)
                joined[name] = np.empty(shape, values.dtype)
            joined[name][..., rows, columns] = values
    return joined
