"""What the report of a training shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from miaf_engine.accuracy.advice import advice
from miaf_engine.accuracy.map_accuracy import MapAccuracy
from miaf_engine.accuracy.metrics import Assessment
from miaf_engine.accuracy.split import TrainingSamples
from miaf_engine.cubes.bands import BandTable
from miaf_engine.cubes.reader import Cube
from miaf_engine.cubes.resampling import CubeSource
from miaf_engine.cubes.stack import Readable, places_of
from miaf_engine.grid import Grid, ScenePlace, Window
from miaf_engine.io.fingerprints import Fingerprint, fingerprint, input_fingerprints
from miaf_engine.models.card import ModelCard
from miaf_engine.prediction.map_summary import summary_text
from miaf_engine.progress import SILENT, Progress
from miaf_engine.reports.content import ReportContent, Spectra
from miaf_engine.reports.pictures import (
    TEST,
    TRAINING,
    VALIDATION,
    MapPicture,
    RolePicture,
    role_picture,
    thinning,
)
from miaf_engine.requests import TrainRequest
from miaf_engine.requests.settings import SplitConfig
from miaf_engine.tasks.train.applied import applied_settings
from miaf_engine.tasks.train.plan import Plan
from miaf_engine.training.history import History
from miaf_engine.training.inputs import TrainingWindow, training_spectra
from miaf_engine.translation import marked, tr


class SceneSketch:
    """Reads like the cube it stands for, and keeps a thinned picture of it.

    Attributes:
        step: One pixel in `step` rows and columns is kept.
        grey: float32 (h, w), mean of three bands read; NaN where nothing was read or
            where nodata.
    """

    def __init__(self, source: CubeSource) -> None:
        self._source = source
        self.step = thinning(self.grid.height, self.grid.width)
        shape = (-(-self.grid.height // self.step), -(-self.grid.width // self.step))
        self.grey: NDArray[np.float32] = np.full(shape, np.nan, np.float32)

    @property
    def places(self) -> tuple[ScenePlace, ...]:
        """Where the scenes lie in what is read."""
        return places_of(self._source)

    @property
    def grid(self) -> Grid:
        """The grid of the cube."""
        return self._source.grid

    def read(
        self,
        window: Window | None = None,
        bands: Sequence[int] | None = None,
        progress: Progress = SILENT,
    ) -> Cube:
        """Read values and validity; see `CubeReader.read`."""
        cube = self._source.read(window, bands, progress)
        self._paint(window or self.grid.window, cube)
        return cube

    def _paint(self, window: Window, cube: Cube) -> None:
        step, count = self.step, len(cube.values)
        top, left = -window.row % step, -window.column % step
        some = cube.values[
            [count // 6, count // 2, count * 5 // 6], top::step, left::step
        ]
        grey = np.where(cube.valid[top::step, left::step], some.mean(axis=0), np.nan)
        row, column = -(-window.row // step), -(-window.column // step)
        self.grey[row : row + grey.shape[0], column : column + grey.shape[1]] = grey


@dataclass(frozen=True)
class Outcome:
    """What a training found, for its report.

    Attributes:
        plan: Which pixels were scored, and by which models.
        history: Course of the training of the model that is kept.
        assessment: The scored pixels.
        figures: Figures of the run.
        card: Header of the model.
        spectra: Mean spectra of the training pixels.
        expected: The accuracy to expect of the whole map; None where unknown.
        left_open: Figures of a `MapSummary`.
        head_weights_origin: What the weights of the heads follow from, in a sentence.
    """

    plan: Plan
    history: History
    assessment: Assessment
    figures: dict[str, Any]
    card: ModelCard
    spectra: Spectra
    expected: MapAccuracy | None = None
    left_open: Mapping[str, Any] = field(default_factory=dict)
    head_weights_origin: str = ""


@dataclass(frozen=True)
class Pictures:
    """What a report shows of a scene, painted while the scene is mapped."""

    map: MapPicture
    sketch: SceneSketch

    @classmethod
    def blank(cls, reader: Readable) -> Pictures:
        """Return the pictures of a scene before anything of it is mapped."""
        return cls(MapPicture.blank(reader.grid), SceneSketch(reader))


def load_plots() -> None:
    """Import what draws the report.

    Only where there is one, as it takes half a second, and before the training, so that
    a missing package is reported at once.
    """
    import miaf_engine.reports.report  # noqa: F401


def write_training_report(
    request: TrainRequest,
    found: Outcome,
    pictures: Pictures,
    warnings: Sequence[str],
    progress: Progress = SILENT,
) -> None:
    """Write the report of a training, and its numbers beside it."""
    from miaf_engine.reports.report import write_report

    samples, figures, card = found.plan.reported, found.figures, found.card
    scored = found.assessment if found.assessment.matrix.any() else None
    areas = areas_by_role(samples)
    content = ReportContent(
        title=tr("Land cover of {cube}").format(cube=Path(request.cube).name),
        classes=samples.labels.classes,
        # The note stands in a paragraph of its own.
        accuracy_definition=figures["accuracy_definition"]
        .removesuffix(found.plan.note)
        .rstrip(),
        kept_model=found.plan.note,
        assessment=scored,
        training_overlap=found.plan.nearness.as_json(),
        expected=found.expected,
        expected_doubt=figures["map_accuracy_doubt"] or "",
        left_open=found.left_open,
        left_open_text=summary_text(found.left_open),
        head_weights=figures["head_weights"],
        head_weights_origin=found.head_weights_origin,
        baselines=figures["baselines"],
        calibration=figures["calibration"],
        warnings=warnings,
        advice=advice(scored, areas, could_fold=_could_fold(request)),
        class_map=pictures.map.classes,
        counts=pixels_by_role(samples),
        areas=areas,
        roles=roles_of(found.plan, pictures.sketch),
        history=found.history.as_json(),
        spectra=found.spectra,
        fingerprints=fingerprints(request),
        settings=_settings(card, figures),
        applied=applied_settings(request, card, figures),
        versions=card.provenance["versions"],
        seed=card.seed,
        device=figures["device_reason"],
        seconds=figures["seconds"],
        created_utc=card.provenance["created_utc"],
    )
    write_report(str(request.report), content, progress)


def _settings(card: ModelCard, figures: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Return the settings of a training, and of those that it continued from."""
    # For programs, which read the same words in every language.
    scale = {"range of the semivariogram (pixels)": figures["scene_range_pixels"]}
    before = enumerate(figures["initial_models"], start=1)
    return {
        "hold-out": card.split,
        "training": card.training,
        "network": card.network,
        "superpixels": card.superpixels | scale,
        **{f"earlier model {number}": model for number, model in before},
    }


def _could_fold(request: TrainRequest) -> bool:
    """Return whether cross-validation would score more of the training areas."""
    config: SplitConfig = request.part(SplitConfig)
    single = config.folds == 1 and request.validation_rois is None
    single = single and request.initial_model is None
    return single and config.holdout == "polygons"


def fingerprints(request: TrainRequest) -> list[Fingerprint]:
    """Return what identifies the inputs of a training."""
    entries = {
        marked("cube"): "cube",
        marked("training areas"): "rois",
        marked("more training areas"): "rois_more",
        marked("initial model"): "initial_model",
        marked("label raster"): "labels",
        marked("test areas"): "validation_rois",
        marked("mask"): "mask",
    }
    found = input_fingerprints(request, entries)
    return found + [
        fingerprint(marked("more cube"), path) for path in request.cubes or ()
    ]


def pixels_by_role(samples: TrainingSamples) -> dict[str, dict[str, int]]:
    """Return the pixels by class name and role."""
    counts = samples.split.counts()
    for k, name in enumerate(samples.labels.classes.names, start=1):
        counts[name]["test"] = int((samples.test == k).sum())
    return counts


def areas_by_role(samples: TrainingSamples) -> dict[str, dict[str, int]] | None:
    """Return the areas by class name and role; None where pixels were drawn singly."""
    if samples.test_areas is None:
        return None
    split, labels = samples.split, samples.labels
    roles = {
        "training": (split.training, labels.groups, labels.values),
        "validation": (split.validation, labels.groups, labels.values),
        "test": (samples.test > 0, samples.test_areas, samples.test),
    }
    table: dict[str, dict[str, int]] = {name: {} for name in labels.classes.names}
    for role, (mask, groups, values) in roles.items():
        pairs = np.unique(np.stack([values[mask], groups[mask]]), axis=1)
        numbers = np.bincount(pairs[0].astype(np.int64), minlength=len(table) + 1)
        for name, count in zip(table, numbers[1:].tolist(), strict=True):
            table[name][role] = count
    return table


def roles_of(plan: Plan, sketch: SceneSketch) -> RolePicture:
    """Return where the roles lie; of folds, which fold scored which pixels."""
    samples, folds = plan.reported, plan.folds
    split, groups = samples.split, samples.labels.groups
    if folds:
        from miaf_engine.reports.plots import fold_colours

        shades = fold_colours(folds.count)
        parts = [
            (
                tr("scored in fold {number}").format(number=i),
                shades[i - 1],
                folds.number == i,
                groups,
            )
            for i in range(1, folds.count + 1)
        ]
        return role_picture(parts, sketch.grey)
    test = samples.test > 0
    test_groups = groups if samples.test_areas is None else samples.test_areas
    parts = [
        (tr("training"), TRAINING, split.training, groups),
        (tr("validation (chose the epoch)"), VALIDATION, split.validation, groups),
        (tr("test (only scored)"), TEST, test, test_groups),
    ]
    return role_picture(parts, sketch.grey)


def class_spectra(
    samples: TrainingSamples,
    windows: Sequence[TrainingWindow],
    table: BandTable,
    used: Sequence[int],
) -> Spectra:
    """Return mean and standard deviation of each class's training pixels.

    Args:
        samples: Their training pixels are taken.
        windows: The cube around them.
        table: All bands of the cube.
        used: 0-based positions of the bands that the network sees.
    """
    classes = len(samples.labels.classes)
    values, member = training_spectra(windows, samples)
    means = np.full((classes, len(values)), np.nan)
    spreads = np.full((classes, len(values)), np.nan)
    for k in range(1, classes + 1):
        own = values[:, member == k]
        if own.shape[1]:
            means[k - 1] = own.mean(axis=1, dtype=np.float64)
            spreads[k - 1] = own.std(axis=1, dtype=np.float64)
    known = table.wavelengths_nm
    places = np.arange(1.0, table.count + 1) if known is None else np.asarray(known)
    left_out = np.setdiff1d(np.arange(table.count), used)
    return Spectra(
        means,
        spreads,
        None if known is None else places[list(used)],
        pixels=marked("training pixels"),
        band_numbers=np.asarray(used) + 1,
        left_out=places[left_out][np.isfinite(places[left_out])],
    )
