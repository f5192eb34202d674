"""The cube of a request, with its mask, and the bands to use."""

from __future__ import annotations

from contextlib import ExitStack

import numpy as np
from numpy.typing import NDArray

from miaf_engine.cubes.band_selection import BandChoice, empty_bands
from miaf_engine.cubes.reader import CubeReader, open_cube
from miaf_engine.errors import ConfigError
from miaf_engine.labels.mask import read_mask
from miaf_engine.progress import Progress
from miaf_engine.requests import (
    InspectRequest,
    SuggestAreasRequest,
    SuperpixelsRequest,
    TrainRequest,
)
from miaf_engine.requests.classify import ClassifyRequest
from miaf_engine.requests.settings import BandConfig


def opened_cube(
    request: TrainRequest
    | ClassifyRequest
    | InspectRequest
    | SuperpixelsRequest
    | SuggestAreasRequest,
    stack: ExitStack,
    progress: Progress,
) -> CubeReader:
    """Open a request's cube, closed when `stack` ends; only its mask's pixels count.

    Raises:
        ConfigError: A layer of the mask is named, and no mask.
        MiafError: Cube or mask cannot be read, or do not fit each other.
    """
    reader = stack.enter_context(open_cube(request.cube))
    for note in reader.notes:
        progress.info(note)
    if request.mask is None:
        if request.mask_layer is not None:
            raise ConfigError(
                f"The layer '{request.mask_layer}' of a mask is named, and no mask.",
                hint="Give mask as well.",
            )
        return reader
    mask = read_mask(request.mask, request.mask_layer, reader.grid, progress)
    reader.restrict(mask)
    progress.info(f"The mask keeps {int(mask.sum())} of {mask.size} pixels.")
    return reader


def chosen_bands(
    request: TrainRequest | InspectRequest,
    reader: CubeReader,
    labelled: NDArray[np.bool_],
    progress: Progress,
) -> BandChoice:
    """Return the bands to train on, and say which are left out.

    Args:
        request: The training request.
        reader: Its cube.
        labelled: bool (H, W), where a training area is.
        progress: Told of the choice; asked for a cancel.

    Raises:
        CubeError: Fewer than two bands are left.
        Cancelled: The caller asked to stop.
    """
    config: BandConfig = request.part(BandConfig)
    choice = BandChoice.of(reader.bands, config)
    choice = choice.without(empty_bands(reader, choice.used, labelled, progress))
    for line in choice.lines():
        progress.info(line)
    return choice
