"""From the files of a training request to labelled pixels with roles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from miaf_engine.class_keys import Key
from miaf_engine.class_raster import read_label_raster
from miaf_engine.classes import ClassTable
from miaf_engine.config import SplitConfig
from miaf_engine.errors import ConfigError, SampleError
from miaf_engine.grid import Grid
from miaf_engine.labels import LabelMap, class_table, label_map_from_raster, rasterise
from miaf_engine.progress import Progress
from miaf_engine.requests import TrainRequest
from miaf_engine.samples import Split, split_samples
from miaf_engine.vectors import Areas, read_areas


@dataclass(frozen=True)
class GivenLabels:
    """What the user labelled, on the cube's grid.

    Attributes:
        training: The training areas.
        reference: The validation areas, with the classes of the training areas; None
            where there are none.
    """

    training: LabelMap
    reference: LabelMap | None


@dataclass(frozen=True)
class TrainingSamples:
    """Labelled pixels of a cube and their roles.

    Attributes:
        labels: Classes of the training areas.
        split: Which of them train, choose the epoch, or are scored.
        test: uint16 (H, W), class 1..K of each pixel that is only scored, 0 elsewhere.
        definition: What the accuracy figures are measured on, for the user.
        test_areas: int32 (H, W), number of the area of each such pixel; None where
            each was drawn by itself.
    """

    labels: LabelMap
    split: Split
    test: NDArray[np.uint16]
    definition: str
    test_areas: NDArray[np.int32] | None = None


def read_given_labels(
    request: TrainRequest, grid: Grid, progress: Progress
) -> GivenLabels:
    """Read training and validation areas, or the label raster.

    Raises:
        ConfigError: Training areas and label raster are both given, or neither.
        InputError: The areas do not serve; see `read_areas`.
    """
    if (request.rois is None) == (request.labels is None):
        raise ConfigError(
            "A training needs either training areas or a label raster.",
            hint="Give rois with class_field, or labels.",
        )
    class_of_key: dict[Key, int]
    if request.labels is not None:
        values, table = read_label_raster(request.labels, grid)
        styles = request.class_styles
        training = label_map_from_raster(values, table, progress, styles)
        # Validation areas may say a class by its name or by its value.
        entries = list(enumerate(training.classes, 1))
        class_of_key = {entry.value: k for k, entry in entries}
        class_of_key |= {entry.name: k for k, entry in entries}
    else:
        field = needed_field(request.class_field)
        areas = read_areas(
            str(request.rois), field, grid, layer=request.rois_layer, progress=progress
        )
        table, class_of_key = class_table(areas.keys, request.class_styles, progress)
        training = rasterise(areas, class_of_key, table, grid, progress)
    reference = None
    if request.validation_rois is not None:
        areas = read_areas(
            request.validation_rois,
            needed_field(request.class_field),
            grid,
            layer=request.validation_rois_layer,
            least_classes=1,
            progress=progress,
        )
        found = reference_on_grid(areas, class_of_key, training.classes, grid, progress)
        reference = apart_from(training, found, progress)
    return GivenLabels(training, reference)


def assign_roles(
    request: TrainRequest,
    given: GivenLabels,
    valid: NDArray[np.bool_],
    progress: Progress,
) -> TrainingSamples:
    """Give each labelled pixel its role.

    Args:
        request: The training request.
        given: What the user labelled.
        valid: bool (H, W), where the cube has data around the training areas.
        progress: Told of warnings.

    Raises:
        SampleError: Fewer than two classes are left on valid pixels.
    """
    labels = usable_labels(given.training, valid)
    apart = given.reference is not None
    config: SplitConfig = request.part(SplitConfig)
    split = split_samples(labels, config, request.seed, separate_test=apart)
    for warning in split.warnings:
        progress.warning(warning)
    if given.reference is None:
        test = np.where(split.test, labels.values, 0).astype(np.uint16)
        areas = None if config.holdout == "pixels" else labels.groups
        return TrainingSamples(labels, split, test, split.description, areas)
    reference = given.reference
    definition = (
        f"{int((reference.values > 0).sum())} pixels of the validation areas, none of "
        f"which was trained on or chose the epoch. {split.description}"
    )
    return TrainingSamples(
        labels, split, reference.values, definition, reference.groups
    )


def usable_labels(given: LabelMap, valid: NDArray[np.bool_]) -> LabelMap:
    """Return the labels of the pixels that are valid, bool (H, W).

    Raises:
        SampleError: Fewer than two classes are left.
    """
    labels = without_nodata(given, valid)
    found = [labels.classes.names[k - 1] for k in np.unique(labels.values) if k > 0]
    if len(found) < 2:
        raise SampleError(
            f"The training areas hold {len(found)} class on valid pixels "
            f"({', '.join(found) or 'none'}).",
            hint="Draw areas of at least two classes where the cube has data.",
        )
    return labels


def reference_on_grid(
    areas: Areas,
    class_of_key: Mapping[Key, int],
    classes: ClassTable,
    grid: Grid,
    progress: Progress,
) -> LabelMap:
    """Rasterise areas of the known classes; others are named and left out.

    Raises:
        SampleError: No area has a known class, or no pixel is labelled.
    """
    unknown = sorted({str(key) for key in areas.keys if key not in class_of_key})
    if unknown:
        progress.warning(
            f"Areas of classes that the map does not have are left out: "
            f"{', '.join(unknown)}."
        )
    if len(unknown) == len({*areas.keys}):
        raise SampleError(
            "The reference areas have none of the map's classes.",
            hint=f"The map has {', '.join(classes.names)}.",
        )
    return rasterise(areas, class_of_key, classes, grid, progress)


def apart_from(training: LabelMap, reference: LabelMap, progress: Progress) -> LabelMap:
    """Return the reference without the pixels of training areas.

    Raises:
        SampleError: Nothing is left.
    """
    shared = (reference.values > 0) & (training.values > 0)
    if not shared.any():
        return reference
    progress.warning(
        f"{int(shared.sum())} pixels of the validation areas lie in training areas and "
        "are not scored."
    )
    apart = without_nodata(reference, ~shared)
    if not apart.values.any():
        raise SampleError(
            "Every pixel of the validation areas lies in a training area.",
            hint="Draw validation areas apart from the training areas.",
        )
    return apart


def without_nodata(labels: LabelMap, valid: NDArray[np.bool_]) -> LabelMap:
    """Return the labels of the pixels that are valid, bool (H, W)."""
    values = np.where(valid, labels.values, 0).astype(labels.values.dtype)
    groups = np.where(valid, labels.groups, 0).astype(labels.groups.dtype)
    return LabelMap(values, groups, labels.classes)


def needed_field(class_field: str | None) -> str:
    """Return the class field.

    Raises:
        ConfigError: None is given.
    """
    if not class_field:
        raise ConfigError(
            "No class field is given.",
            hint="Name the field of the areas that holds the class.",
        )
    return class_field
