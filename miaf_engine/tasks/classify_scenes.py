"""Classify many scenes, one after the other, with a network that is loaded once."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

from miaf_engine.errors import ConfigError, MiafError
from miaf_engine.memory import peak_memory_mb
from miaf_engine.prediction.mapper import LoadedModel
from miaf_engine.progress import Progress, Stage
from miaf_engine.requests.classify import ClassifyRequest, ClassifyScenesRequest
from miaf_engine.tasks.classify import classify_with


def classify_scenes(
    request: ClassifyScenesRequest, progress: Progress
) -> dict[str, Any]:
    """Classify several cubes and write what is asked for of each.

    A scene that cannot be classified is told of, and the others are done all the same.

    Raises:
        ConfigError: There is no scene, or a scene's entries are wrong.
        MiafError: The model cannot be read.
        Cancelled: The caller asked to stop; maps that are done stay.
    """
    started = time.perf_counter()
    own = {"model": request.model, "device": request.device}
    asked = [ClassifyRequest.from_json({**s, **own}) for s in request.scenes or ()]
    if not asked:
        raise ConfigError("There is no scene to classify.", hint="Name some cubes.")
    model = LoadedModel.load(request.model, request.device, progress)
    maps = classify_each(model, asked, progress)
    done = [entry for entry in maps if "error" not in entry]
    figures = {
        "maps": maps,
        "map_count": len(done),
        "failed_count": len(maps) - len(done),
        "classes": model.card.classes.as_json(),
        "device": model.device.name,
        "seconds": round(time.perf_counter() - started, 3),
        "peak_memory_mb": round(peak_memory_mb(), 1),
    }
    return {"outputs": {}, "figures": figures}


def classify_each(
    model: LoadedModel, asked: Sequence[ClassifyRequest], progress: Progress
) -> list[dict[str, Any]]:
    """Classify scenes in turn; return for each its outputs and figures, or its error.

    Args:
        model: The model, used for all; `model` and `device` of requests are not.
        asked: What to classify and write.
        progress: Told of each step; may cancel.

    Raises:
        Cancelled: The caller asked to stop; maps that are done stay.
    """
    maps: list[dict[str, Any]] = []
    for number, scene in enumerate(asked):
        text = f"Scene {number + 1} of {len(asked)}: "
        stage = Stage(progress, number / len(asked), (number + 1) / len(asked), text)
        try:
            result = classify_with(model, scene, stage)
        except MiafError as error:
            progress.warning(f"'{scene.cube}' was not classified: {error}")
            facts = {"message": error.message, "hint": error.hint, "kind": error.kind}
            maps.append({"cube": scene.cube, "error": facts})
        else:
            maps.append({"cube": scene.cube, **result})
    return maps
