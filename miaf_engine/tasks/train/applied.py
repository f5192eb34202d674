"""Which settings of a training had an effect, in the words of the dialog."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from typing import Any

from miaf_engine.models.card import ModelCard
from miaf_engine.requests import TrainRequest
from miaf_engine.requests.settings import (
    NetworkConfig,
    Settings,
    SplitConfig,
    SuperpixelConfig,
    TrainConfig,
    title_of,
)
from miaf_engine.translation import tr


def applied_settings(
    request: TrainRequest, card: ModelCard, figures: Mapping[str, Any]
) -> list[tuple[str, str]]:
    """Return (title, value) of each setting that had an effect on a training.

    Args:
        request: Of the training.
        card: Header of its model, with the settings as they were used.
        figures: Figures of the run, with the number of folds and earlier models.
    """
    unused = _unused(request, card, figures)
    split = {**card.split, "folds": figures["folds"]}
    scene_range = figures["scene_range_pixels"]
    rows = [
        *_rows(SplitConfig, split, unused),
        *_rows(TrainConfig, card.training, unused),
        *_rows(NetworkConfig, card.network, unused),
        *_rows(SuperpixelConfig, card.superpixels, unused),
        (tr("range of the semivariogram (pixels)"), _text(scene_range)),
    ]
    return rows + _models_before(figures["initial_models"])


def _unused(
    request: TrainRequest, card: ModelCard, figures: Mapping[str, Any]
) -> set[str]:
    """Return the settings that nothing depended on."""
    method, apart = card.split["holdout"], request.validation_rois is not None
    folds, continued = figures["folds"] is not None, request.initial_model is not None
    share = not (folds or apart or method == "none")  # of the areas is held out
    refit = card.split["refit"] and share
    validated = card.split["validation_percent"] > 0 and not continued
    used = {
        "holdout": not apart,
        "holdout_percent": share,
        "folds": folds,
        "refit": refit,
        "validation_percent": validated,
        "final_percent": validated,
        "continue_percent": continued or refit,
        "continue_rate_percent": continued or refit,
    }
    return {name for name, had_effect in used.items() if not had_effect}


def _rows(
    kind: type[Settings], values: Mapping[str, Any], unused: set[str]
) -> Iterator[tuple[str, str]]:
    for item in fields(kind):
        if item.name in values and item.name not in unused:
            yield tr(title_of(item)), _text(values[item.name])


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return tr("yes") if value else tr("no")
    if isinstance(value, float):
        return f"{value:g}"
    if isinstance(value, (list, tuple)):
        return ", ".join(map(str, value))
    return str(value)


def _models_before(chain: Sequence[Mapping[str, Any]]) -> list[tuple[str, str]]:
    """Return what a report says of the models that a training continued from."""
    rows: list[tuple[str, str]] = []
    for number, model in enumerate(chain, start=1):
        own = [
            (tr("file"), model["file"]),
            ("sha256", model["sha256"]),
            (tr("created (UTC)"), model["created_utc"]),
            (tr("seed"), model["seed"]),
            (tr("cube"), model["cube"]),
            (tr("training areas"), model["labels"]),
            *_rows(TrainConfig, model["training"], set()),
        ]
        before = tr("earlier model {number}").format(number=number)
        rows += [(f"{before}: {name}", _text(value)) for name, value in own]
    return rows
