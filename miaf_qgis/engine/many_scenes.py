"""Classifies many scenes with one engine process, in which the model is loaded once."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from typing import Any

from qgis.core import QgsProcessingException, QgsProcessingFeedback

from miaf_qgis.engine.answer import Answer
from miaf_qgis.engine.child_process import Stopped
from miaf_qgis.engine.process import Job, run_engine
from miaf_qgis.translation import tr

# Fields that all scenes have in common.
_SHARED = ("model", "device")


def classify_together(
    python: str, jobs: Sequence[Job], feedback: QgsProcessingFeedback
) -> list[dict[str, Any]]:
    """Return for each job its `outputs` and `figures`, or its `error`.

    Where the engine dies, of too little memory for one scene, each scene gets a process
    of its own. A run that was cancelled returns nothing.

    Args:
        python: The engine's interpreter.
        jobs: Jobs of the task `classify`, with one model; their folders are removed.
        feedback: Receives the progress; asked for a cancel.
    """
    if not jobs:
        return []
    try:
        try:
            answer = run_engine(python, _together(jobs), feedback)
            return [_checked(entry) for entry in answer.figures["maps"]]
        except QgsProcessingException as error:
            feedback.reportError(str(error))
            feedback.pushInfo(tr("Each cube is now tried on its own."))
        return [_alone(python, job, feedback) for job in jobs]
    except Stopped:
        return []
    finally:
        for job in jobs:
            shutil.rmtree(job.folder, ignore_errors=True)


def _checked(entry: dict[str, Any]) -> dict[str, Any]:
    """Return what became of a scene, an `error` where it cannot be used."""
    error = entry.get("error")
    if error:
        known = isinstance(error, dict)
        return {"error": error if known else {"message": str(error)}}
    try:
        answer = Answer.of(entry, "classify")
    except QgsProcessingException as unusable:
        return {"error": {"message": str(unusable)}}
    return {"outputs": answer.outputs, "figures": answer.figures}


def _together(jobs: Sequence[Job]) -> Job:
    request: dict[str, Any] = {key: jobs[0].request[key] for key in _SHARED}
    request["scenes"] = [
        {key: value for key, value in job.request.items() if key not in _SHARED}
        for job in jobs
    ]
    targets = tuple(path for job in jobs for path in job.targets)
    return Job("classifyscenes", request, targets)


def _alone(python: str, job: Job, feedback: QgsProcessingFeedback) -> dict[str, Any]:
    try:
        answer = run_engine(python, job, feedback)
    except QgsProcessingException as error:
        return {"error": {"message": str(error)}}
    return {"outputs": answer.outputs, "figures": answer.figures}
