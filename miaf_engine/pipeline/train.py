"""Train a model from training areas; classify the cube with it in the same run."""

from __future__ import annotations

import time
from contextlib import ExitStack
from typing import Any

import numpy as np
import torch

from miaf_engine.devices import choose_device
from miaf_engine.mapping import SceneMapper
from miaf_engine.memory import peak_memory_mb
from miaf_engine.metrics import Assessment, assess, joined
from miaf_engine.model_file import save_model
from miaf_engine.network.miafnet import MiafNet
from miaf_engine.pipeline.cube_input import chosen_bands, opened_cube
from miaf_engine.pipeline.provenance import model_card
from miaf_engine.pipeline.rasters import RASTER_NAMES, MapWriters, check_targets
from miaf_engine.pipeline.samples_input import (
    TrainingSamples,
    assign_roles,
    read_given_labels,
)
from miaf_engine.pipeline.training_input import (
    Configs,
    fit_preparation,
    read_windows,
    training_area,
    validity,
)
from miaf_engine.pipeline.training_report import (
    MapPicture,
    class_spectra,
    write_training_report,
)
from miaf_engine.progress import Progress, Recording, Span
from miaf_engine.requests import TrainRequest
from miaf_engine.tiles import budget_mb, bytes_per_pixel, plan_tiles
from miaf_engine.training import History, fit


def train(request: TrainRequest, progress: Progress) -> dict[str, Any]:
    """Train a model, score it on what was held out, and write what was asked for.

    Raises:
        MiafError: The input is wrong or a file cannot be read or written.
        Cancelled: The caller asked to stop; nothing was written.
    """
    started = time.perf_counter()
    progress = Recording(progress)
    names = (*RASTER_NAMES, "model", "report")
    outputs = check_targets(
        {name: getattr(request, name) for name in names},
        (
            request.cube,
            request.rois,
            request.labels,
            request.validation_rois,
            request.mask,
        ),
    )
    configs = Configs.of(request)
    device = choose_device(request.device)
    progress.info(f"Device: {device.reason}.")
    with ExitStack() as stack:
        reader = opened_cube(request, stack, progress)
        given = read_given_labels(request, reader.grid, progress)
        labelled = given.training.values > 0
        choice = chosen_bands(request, reader, labelled, progress)
        bands = choice.used
        windows = read_windows(
            reader,
            bands,
            given.training,
            configs,
            request.memory_mb,
            Span(progress, 0.0, 0.03),
        )
        valid = validity(windows, reader.grid)
        samples = assign_roles(request, given, valid, progress)
        progress.info(_counts_text(samples))
        # Opened now: what the format or an option refuses is said before the epochs.
        classes = samples.labels.classes
        writers = MapWriters.open(request, reader.grid, classes, stack)
        preparation = fit_preparation(windows, samples, configs.superpixels)
        spectra = class_spectra(samples, windows, reader.bands.take(list(bands)))
        stage = Span(progress, 0.03, 0.08)
        areas = iter([training_area(windows, samples, preparation, stage)])
        network = new_network(configs, len(bands), samples, request.seed)
        history = fit(
            network,
            areas,
            configs.training,
            seed=request.seed,
            device=device.torch,
            progress=Span(progress, 0.08, 0.9),
        )
        mapper = SceneMapper(reader, bands, preparation, network, device.name)
        picture = MapPicture.blank(reader.grid)
        assessment = map_and_score(
            request, mapper, samples, picture, writers, Span(progress, 0.9, 0.98)
        )
        figures = {
            **figures_of(samples, history, assessment),
            "device": mapper.device,
            "device_reason": device.reason,
            "seed": request.seed,
            "seconds": round(time.perf_counter() - started, 3),
            "peak_memory_mb": round(peak_memory_mb(), 1),
        }
        progress.step(0.98, "Writing the results")
        card = model_card(
            request, reader, choice, samples, preparation, configs, history, figures
        )
        if request.model:
            save_model(request.model, network.to("cpu"), card)
        if request.report:
            write_training_report(
                request.report,
                samples,
                history,
                assessment,
                figures,
                card,
                spectra,
                picture,
                progress.warnings,
            )
    return {"outputs": outputs, "figures": figures}


def new_network(
    configs: Configs, bands: int, samples: TrainingSamples, seed: int
) -> MiafNet:
    """Return a network whose first weights follow from the seed alone."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        return MiafNet(configs.network, bands, len(samples.labels.classes))


def map_and_score(
    request: TrainRequest,
    mapper: SceneMapper,
    samples: TrainingSamples,
    picture: MapPicture,
    writers: MapWriters,
    progress: Progress,
) -> Assessment:
    """Classify the cube, or just the tiles with held-out pixels, and score those.

    Nodata pixels are not scored: the map makes no statement there.
    """
    grid, classes = mapper.reader.grid, samples.labels.classes
    superpixels = mapper.preparation.superpixels
    pixel_bytes = bytes_per_pixel(
        len(mapper.bands),
        len(classes),
        superpixels.components,
        mapper.network.config,
        training=False,
    )
    tiles = plan_tiles(
        grid.height, grid.width, pixel_bytes, budget_mb(request.memory_mb)
    )
    if not writers.writers and not request.report:
        tiles = [tile for tile in tiles if samples.test[tile.core.slices].any()]
    parts = []
    for tile, probabilities in mapper.probabilities(tiles, progress):
        found = writers.write(tile.core, probabilities)
        picture.paint(tile.core, found)
        inside = tile.core.slices
        reference = np.where(found > 0, samples.test[inside], 0)
        areas = None if samples.test_areas is None else samples.test_areas[inside]
        parts.append(assess(found, reference, classes, areas))
    return joined(parts, classes)


def figures_of(
    samples: TrainingSamples, history: History, assessment: Assessment
) -> dict[str, Any]:
    """Return the figures of a training, with the keys of the design."""
    final = history.final_epochs
    return {
        **assessment.as_json(),
        "accuracy_definition": definition_of(samples, history),
        "epochs": len(history.losses) - final,
        "best_epoch": history.best_epoch,
        "final_epochs": final,
        "seconds_per_epoch": round(history.seconds / len(history.losses), 4),
        "pixels_per_class": samples.split.counts(),
    }


def definition_of(samples: TrainingSamples, history: History) -> str:
    """Return which pixels were scored, and what became of those that were not."""
    if not history.final_epochs:
        return samples.definition
    return (
        f"{samples.definition} The pixels that chose the epoch were learnt as well in "
        f"{history.final_epochs} final epochs; scored pixels never were."
    )


def _counts_text(samples: TrainingSamples) -> str:
    split = samples.split
    return (
        f"{len(samples.labels.classes)} classes; {int(split.training.sum())} pixels "
        f"train, {int(split.validation.sum())} choose the epoch, "
        f"{int((samples.test > 0).sum())} are only scored."
    )
