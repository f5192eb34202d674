"""Look at a cube and at training areas before a training."""

from __future__ import annotations

import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from miaf_engine.io.outputs import check_writable
from miaf_engine.labels.rasterising import RasterisedAreas
from miaf_engine.memory import peak_memory_mb
from miaf_engine.preprocessing.normalisation import Normalisation
from miaf_engine.progress import Progress, Span
from miaf_engine.requests import InspectRequest
from miaf_engine.tasks.inputs import opened_cube
from miaf_engine.tasks.inspection.areas import look_at_areas
from miaf_engine.tasks.inspection.classes import (
    AreaSpectra,
    class_facts,
    of_classes,
    of_nodata,
    of_outliers,
    of_separability,
    read_area_spectra,
)
from miaf_engine.tasks.inspection.cube import (
    CubeFacts,
    cube_json,
    cube_rows,
    look_at_cube,
)
from miaf_engine.tasks.inspection.findings import Finding, Inspection, write_inspection
from miaf_engine.tasks.outputs import check_targets
from miaf_engine.translation import tr


def inspect_scene(request: InspectRequest, progress: Progress) -> dict[str, Any]:
    """Say what a user should know before a training.

    What is wrong with the areas, or makes the cube useless, is a finding; only what
    cannot be read is an error.

    Raises:
        MiafError: A file cannot be read or written, or an option is wrong.
        Cancelled: The caller asked to stop; nothing was written.
    """
    started = time.perf_counter()
    inputs = (request.cube, request.rois, request.mask)
    outputs = check_targets({"report": request.report}, inputs)
    if request.report:
        check_writable(Path(request.report).with_suffix(".json"))
    findings: list[Finding] = []
    with ExitStack() as stack:
        reader = opened_cube(request, stack, progress)
        rasterised = look_at_areas(request, reader.grid, findings, progress)
        labelled = rasterised.values > 0 if rasterised else None
        span = Span(progress, 0.2, 0.5)
        facts = look_at_cube(request, reader, labelled, findings, span)
        spectra = None
        if rasterised and facts.choice and facts.sample:
            span, bands = Span(progress, 0.5, 0.9), facts.choice.used
            spectra = read_area_spectra(reader, bands, rasterised, span)
        found = _inspection(request, facts, rasterised, spectra, findings)
    for item in found.findings:
        (progress.warning if item.grade == "problem" else progress.info)(item.text)
    progress.step(0.95, tr("Writing the report"))
    figures = {
        **found.as_json(),
        "seconds": round(time.perf_counter() - started, 3),
        "peak_memory_mb": round(peak_memory_mb(), 1),
    }
    if request.report:
        write_inspection(request.report, found)
    return {"outputs": outputs, "figures": figures}


def _inspection(
    request: InspectRequest,
    facts: CubeFacts,
    rasterised: RasterisedAreas | None,
    spectra: AreaSpectra | None,
    findings: list[Finding],
) -> Inspection:
    """Compare the classes, and put all together; problems come first."""
    counts = class_facts(rasterised, spectra) if rasterised else []
    findings += of_classes(counts)
    distances = shown = None
    if rasterised and spectra and facts.choice and facts.sample:
        classes = rasterised.classes
        normalisation = Normalisation.fit(facts.sample.spectra)
        distances, outliers = spectra.compared(normalisation, len(classes))
        findings += [
            *of_nodata(rasterised, spectra),
            *of_outliers(rasterised, outliers),
        ]
        findings += of_separability(distances, classes.names) if distances else []
        table = facts.reader.bands.take(list(facts.choice.used))
        shown = spectra.of_classes(table, len(classes))
    files = {"cube": request.cube, "training areas": request.rois, "mask": request.mask}
    return Inspection(
        title=tr("Inspection of {cube}").format(cube=Path(request.cube).name),
        findings=sorted(findings, key=lambda item: item.grade != "problem"),
        cube=cube_rows(facts),
        facts=cube_json(facts),
        classes=rasterised.classes if rasterised else None,
        class_facts=counts,
        spectra=shown,
        separability=distances,
        inputs={what: Path(path).name for what, path in files.items() if path},
    )
