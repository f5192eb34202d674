"""Suggest the superpixels to label next."""

from __future__ import annotations

import time
from contextlib import ExitStack
from typing import Any

import numpy as np
from numpy.typing import NDArray

from miaf_engine.cubes.reader import CubeReader
from miaf_engine.errors import ConfigError, CubeError, SampleError
from miaf_engine.io.outputs import check_writable
from miaf_engine.labels.ground_area import PixelSizes, pixel_sizes
from miaf_engine.labels.polygons import CLASS_FIELD, superpixel_writer
from miaf_engine.memory import peak_memory_mb
from miaf_engine.models.card import ModelCard
from miaf_engine.prediction.adaptation import fitted_to_scene, matched_cube
from miaf_engine.prediction.mapper import LoadedModel
from miaf_engine.prediction.tiling import tiles_of_part
from miaf_engine.progress import Progress, Span
from miaf_engine.requests import SuggestAreasRequest
from miaf_engine.requests.suggest_areas import is_taken
from miaf_engine.tasks.inputs import opened_cube
from miaf_engine.tasks.outputs import check_targets
from miaf_engine.tasks.suggest_areas.candidates import (
    CandidateFinder,
    ExcludedAreas,
    read_excluded,
)
from miaf_engine.tasks.suggest_areas.ranking import (
    Candidates,
    ranked,
    reasons,
)
from miaf_engine.tasks.suggest_areas.style import suggestion_style
from miaf_engine.translation import tr

_REASONS_SHOWN = 5  # suggestions that the log names


def suggest_areas(request: SuggestAreasRequest, progress: Progress) -> dict[str, Any]:
    """Write the superpixels whose classes the model would gain most from.

    Raises:
        MiafError: The model does not fit the cube, or a file is wrong.
        Cancelled: The caller asked to stop; nothing was written.
    """
    started = time.perf_counter()
    target = _checked_target(request)
    model = LoadedModel.load(request.model, request.device, progress)
    card, scales = model.card, model.preparation.superpixels.pixels_per_superpixel
    wanted = request.pixels_per_superpixel or scales[len(scales) // 2]
    with ExitStack() as stack:
        reader = opened_cube(request, stack, progress)
        field = _field_to_fill(request, card)
        excluded = read_excluded(request, field, reader.grid, progress)
        finder, run = _searched(request, model, reader, excluded, wanted, progress)
    best = _found(finder)
    known = finder.known[0] if finder.known else None
    chosen = best.take(ranked(best, request.count, wanted, known))
    _write(target, chosen, finder.sizes, card, field)
    _report_suggestions(chosen, request.count, card, field, progress)
    figures = {
        "suggestions": len(chosen),
        "superpixels": finder.looked_at,
        "pixels_per_superpixel": wanted,
        "labelled_areas": len(excluded.labelled),
        "passed_over_areas": len(excluded.passed_over),
        "class_field": field,
        "classes": card.classes.as_json(),
        **run,
        "seconds": round(time.perf_counter() - started, 3),
        "peak_memory_mb": round(peak_memory_mb(), 1),
    }
    return {"outputs": {"output": target}, "figures": figures}


def _searched(
    request: SuggestAreasRequest,
    model: LoadedModel,
    reader: CubeReader,
    excluded: ExcludedAreas,
    wanted: int,
    progress: Progress,
) -> tuple[CandidateFinder, dict[str, Any]]:
    """Classify the cube; return what was found, and figures of the run."""
    card, grid = model.card, reader.grid
    cube = matched_cube(
        reader, card, interpolate=request.interpolate_bands, progress=progress
    )
    bands = len(cube.bands)
    tiles = tiles_of_part(grid.window, grid, bands, card, request, progress)
    preparation, _ = fitted_to_scene(
        model, cube, request.normalise_by, Span(progress, 0.0, 0.02)
    )
    mapper = model.mapper(cube, preparation, request.memory_mb)
    finder = CandidateFinder(
        grid, preparation, wanted, pixel_sizes(grid), excluded, model.applicability
    )
    for _ in mapper.over_tiles(tiles, finder, Span(progress, 0.02, 0.98)):
        pass
    return finder, {"tiles": len(tiles), "device": mapper.device.name}


def _checked_target(request: SuggestAreasRequest) -> str:
    if not request.output:
        raise ConfigError(
            tr("There is nothing to write."),
            hint=tr("Give the output, for example suggestions.gpkg."),
        )
    # Other formats could not hold the list of classes to choose from.
    check_writable(request.output, (".gpkg",))
    sources = (
        *(request.cube, request.model, request.rois, request.rois_more),
        request.mask,
    )
    # Not as "output", which is a raster elsewhere.
    check_targets({"polygons": request.output}, sources)
    return request.output


def _field_to_fill(request: SuggestAreasRequest, card: ModelCard) -> str:
    """Return the name of the field for the classes."""
    known = card.provenance.get("labels")
    of_model = known.get("class_field") if isinstance(known, dict) else None
    if request.class_field:
        return request.class_field
    if isinstance(of_model, str) and of_model and not is_taken(of_model):
        return of_model
    return CLASS_FIELD


def _found(finder: CandidateFinder) -> Candidates:
    if finder.best:
        return finder.best[0]
    if finder.looked_at:
        raise SampleError(
            tr(
                "Every superpixel overlaps an area that already has a class or was "
                "suggested before."
            ),
            hint=tr(
                "There is nothing left to suggest. Areas without a class do not count "
                "as labelled. Earlier suggestions are left out with and without a "
                "class."
            ),
        )
    raise CubeError(
        tr("The cube has no valid pixels."),
        hint=tr("Check the nodata value and the mask."),
    )


def _write(
    target: str, chosen: Candidates, sizes: PixelSizes, card: ModelCard, field: str
) -> None:
    """Write the suggestions in the order of their ranks."""
    count, names = len(chosen), np.array(card.classes.names, dtype=object)
    first, second = chosen.pairs.T
    confidence = chosen.probabilities[np.arange(count), first]
    known = sizes.unit == "ha"
    columns: dict[str, NDArray[Any]] = {
        "rank": np.arange(1, count + 1, dtype=np.int32),
        field: np.full(count, None, dtype=object),
        "predicted": names[first],
        "runner_up": names[second],
        "reason": np.array(reasons(chosen, card.classes.names), dtype=object),
        "confidence": _rounded(confidence),
        "margin": _rounded(chosen.margins),
        "entropy": _rounded(chosen.entropies),
        "pixels": chosen.pixels.astype(np.int32),
        "area_ha": np.round(chosen.areas, 10) if known else np.full(count, np.nan),
    }
    style = suggestion_style(field, card.classes, count)
    with superpixel_writer(target, sizes.grid.crs, len(columns), style) as writer:
        writer.write(chosen.polygons, columns)


def _rounded(values: NDArray[np.float32]) -> NDArray[np.float64]:
    """Return fractions without digits that mean nothing."""
    rounded: NDArray[np.float64] = values.astype(np.float64).round(4)
    return rounded


def _report_suggestions(
    chosen: Candidates, asked: int, card: ModelCard, field: str, progress: Progress
) -> None:
    if len(chosen) < asked:
        progress.warning(
            tr("Only {chosen} of {asked} superpixels can be suggested.").format(
                chosen=len(chosen), asked=asked
            )
        )
    for rank, reason in enumerate(
        reasons(chosen, card.classes.names)[:_REASONS_SHOWN], 1
    ):
        progress.info(f"{rank}. {reason}")
    progress.info(
        tr(
            "Enter the class in the field '{field}' of each area whose cover you know."
        ).format(field=field)
    )
