"""Classify the scenes of a list in several processes, on this machine or on many."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import replace
from typing import Any

from miaf_engine.errors import Cancelled
from miaf_engine.memory import peak_memory_mb
from miaf_engine.progress import Progress
from miaf_engine.requests.classify import ClassifyManyRequest
from miaf_engine.tasks.classify_many.plan import ManyPlan
from miaf_engine.tasks.classify_many.summary import (
    DONE,
    FAILED,
    KEPT,
    NOT_RUN,
    SceneRow,
    Summary,
)
from miaf_engine.tasks.workers.dask import DaskWorkers
from miaf_engine.tasks.workers.jobs import Job, Words
from miaf_engine.tasks.workers.local import LocalWorkers
from miaf_engine.tasks.workers.worker_count import WorkerCount
from miaf_engine.translation import marked, tr

_SCENES = Words(
    done=marked("Scenes done: {done} of {count}"),
    busy=marked("Scenes done: {done} of {count}; in progress: {busy}"),
    repeated=marked(
        "The worker process for '{title}' ended ({how}). Another one repeats the scene."
    ),
    waiting=marked("Scenes to classify: {count}; workers of the scheduler: {workers}."),
    no_worker=marked(
        "Scenes to classify: {count}. The scheduler has no worker yet, but some may "
        "still come."
    ),
    warning="'{title}': {text}",
    shared=marked(
        "A warning that several scenes share is shown for the first of them. The "
        "summary has those of each scene."
    ),
)
_SAVED_EVERY_S = 2.0  # so much is lost of the notes where this process is killed


def classify_many(request: ClassifyManyRequest, progress: Progress) -> dict[str, Any]:
    """Classify each scene of a list, but those whose maps are there and up to date.

    A scene that cannot be classified is listed in the summary, and the others are still
    classified.

    Raises:
        MiafError: List, model or folder is wrong, no worker can be had, or what became
            of the scenes cannot be written.
        Cancelled: The caller asked to stop; maps that are done stay.
    """
    started = time.perf_counter()
    plan = ManyPlan.of(request, progress)
    rows, kept = plan.rows, len(plan.rows) - len(plan.jobs)
    if kept:
        progress.info(
            tr("Maps that are up to date: {kept} of {rows}.").format(
                kept=kept, rows=len(rows)
            )
        )
    device, summary = None, Summary(plan.table, progress)
    if plan.jobs:
        workers, jobs = _choose_workers(request, plan, progress)
        _carry_out(workers, jobs, rows, summary, progress)
        device = workers.device
    table = summary.finish(rows)
    counts = Counter(row.outcome for row in rows)
    figures = {
        "scenes": [row.as_table() for row in rows],
        "map_count": counts[DONE] + counts[KEPT],
        "done_count": counts[DONE],
        "kept_count": counts[KEPT],
        "failed_count": counts[FAILED],
        "classes": plan.card.classes.as_json(),
        "device": device,
        "seconds": round(time.perf_counter() - started, 3),
        "peak_memory_mb": round(peak_memory_mb(), 1),
    }
    return {"outputs": {"summary": str(table)}, "figures": figures}


def _choose_workers(
    request: ClassifyManyRequest, plan: ManyPlan, progress: Progress
) -> tuple[LocalWorkers | DaskWorkers, list[Job]]:
    """Return who does it, and the jobs with the memory that each may take."""
    if request.scheduler is not None:
        workers = DaskWorkers(request.scheduler, request.threads, plan.folder, _SCENES)
        return workers, plan.jobs
    size = WorkerCount.of(request, len(plan.jobs), progress)
    progress.info(
        tr(
            "Scenes to classify: {jobs}; worker processes: {workers} at most; CPU "
            "threads of each: {threads}."
        ).format(jobs=len(plan.jobs), workers=size.workers, threads=size.threads)
    )
    jobs = [
        replace(job, task={**job.task, "request": {**job.task["request"], **memory}})
        for job in plan.jobs
        for memory in [{"memory_mb": size.memory_mb}]
    ]
    several = request.workers > 0
    local = LocalWorkers(
        plan.setup,
        size.workers,
        size.threads,
        plan.folder,
        _SCENES,
        share_device=several,
    )
    return local, jobs


def _carry_out(
    workers: LocalWorkers | DaskWorkers,
    jobs: list[Job],
    rows: list[SceneRow],
    summary: Summary,
    progress: Progress,
) -> None:
    """Fill in the rows, and keep the summary up to date but for its end."""
    saved = time.monotonic()
    try:
        for job, answer in workers.answers(jobs, progress):
            row = replace(rows[job.number], **{"outcome": FAILED, **answer})
            rows[job.number] = row
            if row.outcome == FAILED:
                progress.warning(
                    tr("'{scene}' was not classified: {error}").format(
                        scene=row.scene, error=row.error
                    )
                )
            if time.monotonic() - saved > _SAVED_EVERY_S:
                summary.save(rows)
                saved = time.monotonic()
    except BaseException as error:
        summary.save(rows)
        if not isinstance(error, Cancelled):
            raise
        left = sum(row.outcome == NOT_RUN for row in rows)
        raise Cancelled(
            tr(
                "Scenes that are finished and kept: {done} of {count}. The same "
                "command continues with the others."
            ).format(done=len(rows) - left, count=len(rows))
        ) from error
