"""One scene of many, as a worker process does it with the network that it keeps."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

from miaf_engine.errors import Cancelled, MiafError, as_user_error, write_defect
from miaf_engine.io.outputs import together
from miaf_engine.progress import Progress
from miaf_engine.requests.classify import ClassifyRequest
from miaf_engine.tasks.classify.classify import classify_with
from miaf_engine.tasks.classify_many.summary import (
    DONE,
    FAILED,
    stamp,
)
from miaf_engine.tasks.workers.doing import check_version, kept_model
from miaf_engine.translation import tr


def classify_task(task: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """Classify a scene and move its outputs into place together.

    To do it twice is no harm: each time whole files take the places of whole files,
    with the same bytes.

    Args:
        task: `request`, the fields of a `ClassifyRequest`; `digest` of the model file;
            and `engine`, the version of the engine that asks.
        progress: Receives each step; may cancel.

    Returns:
        JSON values: `outcome`, `seconds`, and `outputs` (stamps by path) where it is
        done, else `error`, a sentence.

    Raises:
        Cancelled: The caller asked to stop; nothing was written.
    """
    started = time.perf_counter()
    answer: dict[str, Any]
    try:
        outputs = _outputs_of(task, progress)
    except Cancelled:
        raise
    except Exception as error:  # noqa: BLE001 - one scene must not end the others
        answer = {"outcome": FAILED, "error": sentence_of(error)}
    else:
        stamps = {path: stamp(path) for path in outputs.values()}
        answer = {"outcome": DONE, "outputs": stamps}
    return {**answer, "seconds": round(time.perf_counter() - started, 3)}


def sentence_of(error: Exception) -> str:
    """Return the error for the user; a defect's traceback goes to standard error."""
    known: MiafError | None = as_user_error(error)
    if known is not None:
        return str(known)
    write_defect(error)
    return tr("The engine failed: {name}: {error}").format(
        name=type(error).__name__, error=error
    )


def _outputs_of(task: Mapping[str, Any], progress: Progress) -> dict[str, str]:
    check_version(task)
    request = ClassifyRequest.from_json(dict(task["request"]))
    model = kept_model(request.model, request.device, task["digest"])
    with together():
        result = classify_with(model, request, progress)
        if progress.cancelled():
            raise Cancelled
    outputs: dict[str, str] = result["outputs"]
    return outputs
