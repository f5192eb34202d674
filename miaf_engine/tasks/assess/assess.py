"""Score a class map against a reference."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from miaf_engine.accuracy.advice import advice
from miaf_engine.accuracy.area_estimates import AreaEstimates, area_estimates
from miaf_engine.accuracy.map_comparison import Comparison, compare_maps
from miaf_engine.accuracy.metrics import Assessment, assess
from miaf_engine.accuracy.nearness import Nearness
from miaf_engine.classes import ClassTable
from miaf_engine.grid import Grid
from miaf_engine.io.class_maps import read_class_map
from miaf_engine.io.fingerprints import input_fingerprints
from miaf_engine.labels.ground_area import class_areas
from miaf_engine.memory import peak_memory_mb
from miaf_engine.progress import Progress, Recording
from miaf_engine.reports.content import ReportContent, versions
from miaf_engine.reports.matrix import write_matrix_csv
from miaf_engine.reports.pictures import MapPicture
from miaf_engine.reports.report import write_report
from miaf_engine.requests.assess import AssessRequest
from miaf_engine.tasks.assess.overlap import MapModel, Overlap
from miaf_engine.tasks.assess.reference import (
    LEFT_OUT,
    Reference,
    read_excluded,
    read_other_map,
    read_reference,
)
from miaf_engine.tasks.assess.sample import (
    is_designed_sample,
    read_sample,
    score_sample,
)
from miaf_engine.tasks.outputs import check_targets
from miaf_engine.translation import marked, tr

SEVERAL_PIXELS = marked(
    "The reference is declared a probability sample, but its areas hold several "
    "pixels each. The adjusted figures treat every pixel as a separate draw, so "
    "their standard errors are too small."
)
UNWEIGHTED = marked(
    "The comparison of the two maps counts points and not area, so classes that were "
    "sampled densely weigh more. Assess each map separately for figures of the whole "
    "map."
)
_SOURCES = (
    "classification",
    "reference",
    "reference_labels",
    "exclude_rois",
    "model",
    "compare_with",
)


def assess_map(request: AssessRequest, progress: Progress) -> dict[str, Any]:
    """Compare a class map with reference areas or a reference raster.

    Classes are matched by name first, then by value. Where the reference has another
    class the map is wrong.

    Raises:
        MiafError: The input is wrong or a file cannot be read or written.
        Cancelled: The caller asked to stop; nothing was written.
    """
    started = time.perf_counter()
    progress = Recording(progress)
    outputs = check_targets(
        {"report": request.report, "matrix": request.matrix},
        [getattr(request, name) for name in _SOURCES],
    )
    model = MapModel.read(request.model)
    progress.step(0.05, tr("Reading the map"))
    predicted, grid, classes = _read_map(request.classification, progress)
    if model:
        model.check_made(classes, progress)
    progress.step(0.3, tr("Reading the reference"))
    found = _score_with(request, predicted, grid, classes, model, progress)
    scores = found.scores
    figures = {
        **scores.as_json(),
        "accuracy_definition": found.definition,
        **found.facts,
        "device": "cpu",
        "seconds": round(time.perf_counter() - started, 3),
        "peak_memory_mb": round(peak_memory_mb(), 1),
    }
    progress.step(0.8, tr("Writing the results"))
    if request.matrix:
        write_matrix_csv(request.matrix, scores.assessment)
    if request.report:
        content = ReportContent(
            title=tr("Accuracy of the class map"),
            classes=scores.assessment.classes,
            accuracy_definition=found.definition,
            assessment=scores.assessment,
            adjusted=scores.adjusted,
            comparison=scores.comparison,
            training_overlap=found.facts,
            warnings=progress.warnings,
            advice=advice(scores.assessment),
            class_map=MapPicture.of(predicted, grid).classes,
            inputs={
                what: request.name_of(entry) for what, entry in _inputs(request).items()
            },
            fingerprints=input_fingerprints(request, _inputs(request)),
            versions=versions(),
            seconds=figures["seconds"],
        )
        write_report(request.report, content)
    return {"outputs": outputs, "figures": figures}


@dataclass(frozen=True)
class Outcome:
    """What an assessment found, and on what.

    Attributes:
        scores: The figures.
        definition: Which pixels were scored, for the user.
        facts: What is known of the training areas, as JSON values.
    """

    scores: Scores
    definition: str
    facts: dict[str, Any]


@dataclass(frozen=True)
class Scores:
    """The figures of an assessment."""

    assessment: Assessment
    adjusted: AreaEstimates | None
    comparison: Comparison | None

    def as_json(self) -> dict[str, Any]:
        """Return the figures as JSON values."""
        return {
            **self.assessment.as_json(),
            **self._of_whole_map(),
            "area_adjusted": self.adjusted and self.adjusted.as_json(),
            "comparison": self.comparison and self.comparison.as_json(),
        }

    def _of_whole_map(self) -> dict[str, Any]:
        """Return the accuracy of the map, where a sample of known design tells it."""
        if self.adjusted is None or not self.adjusted.design:
            return {}
        overall = self.adjusted.overall.as_json()
        return {
            "map_accuracy": overall["estimate"],
            "map_accuracy_interval": overall["interval"],
        }


def _score_with(
    request: AssessRequest,
    predicted: NDArray[np.uint16],
    grid: Grid,
    classes: ClassTable,
    model: MapModel | None,
    progress: Progress,
) -> Outcome:
    """Read the reference and score the map, uint16 (H, W), on it."""
    if is_designed_sample(request):
        return _score_on_sample(request, predicted, grid, classes, progress)
    reference = read_reference(request, grid, classes, model, progress)
    scores = score(request, predicted, grid, reference, progress)
    nearness = reference.nearness
    facts = {**reference.overlap.as_json(), **(nearness.as_json() if nearness else {})}
    return Outcome(scores, reference.definition, facts)


def _score_on_sample(
    request: AssessRequest,
    predicted: NDArray[np.uint16],
    grid: Grid,
    classes: ClassTable,
    progress: Progress,
) -> Outcome:
    """Score a map, uint16 (H, W), on a sample that was drawn by `drawsample`."""
    sample = read_sample(request, grid, classes, progress)
    excluded = read_excluded(request, grid, progress) if request.exclude_rois else None
    progress.step(0.7, tr("Counting"))
    assessment, adjusted = score_sample(sample, predicted, grid, excluded)
    for note in adjusted.notes:
        if note not in sample.notes:  # which were said where it was read
            progress.warning(note)
    comparison = None
    if request.compare_with:
        other = read_other_map(request.compare_with, grid, sample.classes, progress)
        comparison = compare_maps(
            sample.at_points(predicted),
            sample.at_points(other),
            np.where(sample.inside, sample.reference, 0),
        )
        progress.warning(tr(UNWEIGHTED))
    overall = adjusted.overall.as_json()
    low, high = overall["interval"]
    if low is not None:
        progress.info(
            tr(
                "Overall accuracy of the whole map {estimate:.1%}, 95 % interval "
                "{low:.1%} to {high:.1%}."
            ).format(estimate=overall["estimate"], low=low, high=high)
        )
    definition = tr("Scored points of a random sample ({design}): {points}.").format(
        points=int(assessment.matrix.sum()), design=tr(sample.design)
    )
    facts = Overlap(None, None, "").as_json()
    if excluded is not None:
        mask = np.zeros(predicted.shape, bool)
        mask[sample.rows[sample.inside], sample.columns[sample.inside]] = True
        nearness = Nearness.of([(mask & ~excluded, excluded)])
        definition = f"{definition} {nearness.text(tr(LEFT_OUT))}"
        facts |= nearness.as_json()
    return Outcome(Scores(assessment, adjusted, comparison), definition, facts)


def score(
    request: AssessRequest,
    predicted: NDArray[np.uint16],
    grid: Grid,
    reference: Reference,
    progress: Progress,
) -> Scores:
    """Return the figures of a map, uint16 (H, W), class 1..K, 0 = unclassified."""
    labels = reference.labels
    # Pixels of a raster that were drawn by chance are samples of their own, even where
    # two are neighbours.
    drawn = request.probability_sample and request.reference_labels is not None
    areas = None if drawn else labels.groups
    comparison = adjusted = None
    if request.compare_with:
        progress.step(0.6, tr("Comparing with the other map"))
        other = read_other_map(request.compare_with, grid, labels.classes, progress)
        comparison = compare_maps(predicted, other, labels.values, areas)
    progress.step(0.7, tr("Counting"))
    assessment = assess(predicted, labels.values, labels.classes, areas)
    if request.probability_sample:
        adjusted = adjust(predicted, grid, reference, assessment)
        for note in adjusted.notes:
            progress.warning(note)
    return Scores(assessment, adjusted, comparison)


def adjust(
    predicted: NDArray[np.uint16],
    grid: Grid,
    reference: Reference,
    assessment: Assessment,
) -> AreaEstimates:
    """Return the figures adjusted for area, of the map outside excluded areas."""
    notes = []
    if assessment.uncertainty.by_area:
        notes.append(tr(SEVERAL_PIXELS))
    if reference.excluded is not None:
        predicted = np.where(reference.excluded, 0, predicted)
        notes.append(
            tr("The adjusted figures hold for the map outside the areas left out.")
        )
    classes = assessment.classes
    found = class_areas(predicted, len(classes), grid)
    return area_estimates(
        assessment.matrix,
        found.values,
        classes,
        found.unit,
        measure=found.measure,
        notes=notes,
    )


def _read_map(
    path: str, progress: Progress
) -> tuple[NDArray[np.uint16], Grid, ClassTable]:
    """Return a class map, class 1..K, 0 = unclassified, its grid and its classes."""
    values, grid, classes = read_class_map(path, progress)
    lookup = np.zeros(max(classes.values) + 1, dtype=np.uint16)
    lookup[classes.values] = np.arange(1, len(classes) + 1)
    return lookup[values], grid, classes


def _inputs(request: AssessRequest) -> dict[str, str]:
    """Return the entries of the request that name a file, by what each is."""
    named = {
        marked("class map"): "classification",
        marked("reference"): "reference" if request.reference else "reference_labels",
        marked("excluded areas"): "exclude_rois",
        marked("model"): "model",
        marked("map compared with"): "compare_with",
    }
    return {what: entry for what, entry in named.items() if getattr(request, entry)}
