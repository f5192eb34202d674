"""What a model file tells about how it came to be."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from miaf_engine.accuracy.split import TrainingSamples
from miaf_engine.cubes.band_selection import BandChoice
from miaf_engine.cubes.bands import BAND_TOLERANCE_NM
from miaf_engine.cubes.stack import Readable
from miaf_engine.labels.area_digests import AreaRecord
from miaf_engine.models.card import ModelCard
from miaf_engine.models.preparation import Preparation
from miaf_engine.models.tie_points import TiePoints
from miaf_engine.reports.content import versions
from miaf_engine.requests import TrainRequest
from miaf_engine.requests.settings import BandConfig, SplitConfig
from miaf_engine.training.history import History
from miaf_engine.training.inputs import Configs

_SCORES = ("overall_accuracy", "average_accuracy", "kappa", "accuracy_definition")


def model_card(
    request: TrainRequest,
    reader: Readable,
    choice: BandChoice,
    samples: TrainingSamples,
    preparation: Preparation,
    configs: Configs,
    history: History,
    figures: dict[str, Any],
    record: AreaRecord,
    brightness: list[list[float]] | None,
    tie_points: Sequence[TiePoints],
) -> ModelCard:
    """Return the header of a model file; file names without folders."""
    split: SplitConfig = request.part(SplitConfig)
    return ModelCard(
        bands=reader.bands.take(list(choice.used)),
        band_tolerance_nm=BAND_TOLERANCE_NM,
        normalisation=preparation.normalisation.as_json(),
        projection=preparation.projection.as_json(),
        classes=samples.labels.classes,
        network=configs.network.as_json(),
        superpixels=configs.superpixels.as_json(),
        split={**split.as_json(), "description": samples.split.description},
        training={**configs.training.as_json(), "best_epoch": history.best_epoch},
        seed=request.seed,
        scores={
            **{key: figures[key] for key in _SCORES},
            "pixels_per_class": figures["pixels_per_class"],
            "calibration_pixels": figures["calibration"]["fitted_pixels"],
        },
        provenance=_provenance(request, reader, choice, figures, record),
        temperature=history.calibration.temperature,
        brightness=brightness,
        tie_points=[points.as_json() for points in tie_points],
    )


def _provenance(
    request: TrainRequest,
    reader: Readable,
    choice: BandChoice,
    figures: dict[str, Any],
    record: AreaRecord,
) -> dict[str, Any]:
    """Return what a model was trained on, when, where and with what."""
    return {
        "created_utc": created_utc(request),
        "versions": versions(),
        "device": figures["device"],
        "cube": {
            "file": Path(request.cube).name,
            "crs": reader.grid.crs,
            "shape": [reader.bands.count, reader.grid.height, reader.grid.width],
        },
        "bands": {**choice.as_json(), **request.part(BandConfig).as_json()},
        "labels": {
            "file": request.name_of("rois" if request.rois else "labels"),
            "class_field": request.class_field if request.rois else None,
        },
        "areas": record.as_json(),
        "normalised_by": request.normalise_by,
        **_more_inputs(request, figures),
    }


def _more_inputs(request: TrainRequest, figures: dict[str, Any]) -> dict[str, Any]:
    """Return what most trainings have not: more cubes, more areas, models before."""
    found: dict[str, Any] = {}
    if request.cubes:
        found["more_cubes"] = [Path(path).name for path in request.cubes]
    if request.rois_more:
        found["more_labels"] = {"file": request.name_of("rois_more")}
    if figures["initial_models"]:
        found["initial_models"] = figures["initial_models"]
    return found


def created_utc(request: TrainRequest) -> str:
    """Return the time stamp asked for, or the present time."""
    return request.created_utc or datetime.now(timezone.utc).isoformat(
        timespec="seconds"
    )
