"""From the files of a training request to labelled pixels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from miaf_engine.classes import ClassTable
from miaf_engine.errors import ConfigError, SampleError
from miaf_engine.grid import Grid, ScenePlace
from miaf_engine.io.class_maps import read_label_raster
from miaf_engine.labels.area_digests import Digests, GroupDigests, digests_of_regions
from miaf_engine.labels.area_layers import (
    AreaFile,
    rasterise_layers,
    read_layers,
)
from miaf_engine.labels.areas import needed_field
from miaf_engine.labels.class_keys import Key, class_an_area
from miaf_engine.labels.class_matching import (
    classes_of_areas,
    refuse_unknown,
    with_known,
    with_reference,
)
from miaf_engine.labels.label_map import LabelMap, label_map_from_raster, without_nodata
from miaf_engine.progress import Progress
from miaf_engine.requests import TrainRequest
from miaf_engine.translation import tr, tr_n


@dataclass(frozen=True)
class TrainingLabels:
    """What the user labelled, on the cube's grid.

    Attributes:
        training: The training areas.
        test: The test areas, with the classes of the training areas; None
            where there are none.
        digests: Digests of the training areas by the number of their group.
        test_digests: Those of the test areas.
    """

    training: LabelMap
    test: LabelMap | None
    digests: GroupDigests = field(default_factory=dict)
    test_digests: GroupDigests = field(default_factory=dict)


def read_training_labels(
    request: TrainRequest,
    grid: Grid,
    progress: Progress,
    *,
    places: Sequence[ScenePlace] | None = None,
    known: ClassTable | None = None,
    held_out: Digests = frozenset(),
    trained: Digests = frozenset(),
) -> TrainingLabels:
    """Read training and test areas, or the label raster.

    Args:
        request: The training request.
        grid: Grid of the cube, or of the stack of cubes.
        progress: Receives warnings.
        places: The scenes of the stack; None is the cube alone.
        known: Classes of an initial model, kept as they are.
        held_out: Digests of the areas that it was not trained on; new ones that touch
            them are areas of their own.
        trained: Digests of the areas that it was trained on.

    Raises:
        ConfigError: Training areas and label raster are both given, or neither.
        InputError: The areas do not serve; see `read_areas`.
    """
    places = places or [ScenePlace(request.cube, grid.window, grid)]
    check_sources(request)
    if request.labels is not None:
        training, class_of_key = _from_raster(request, grid, known, progress)
        digests = digests_of_regions(training.groups, grid)
    else:
        name = needed_field(request.class_field)
        files = [AreaFile(str(request.rois), request.rois_layer)]
        if request.rois_more is not None:
            files.append(AreaFile(request.rois_more, request.rois_more_layer))
        layers = read_layers(files, name, places, progress)
        fact, advice = class_an_area(layers.keys, name)
        if fact:
            progress.warning(f"{fact} {advice}")
        table, class_of_key = classes_of_areas(
            layers.keys, request.class_styles, known, progress
        )
        training, digests = rasterise_layers(
            layers, class_of_key, table, grid, progress, held_out, trained
        )
    if request.validation_rois is None:
        return TrainingLabels(training, None, digests)
    layers = read_layers(
        [AreaFile(request.validation_rois, request.validation_rois_layer)],
        needed_field(request.class_field),
        places,
        progress,
        least_classes=1,
    )
    # Of a label raster, values and names are those of the raster.
    styles, model = (None, None) if request.labels else (request.class_styles, known)
    class_of_key = with_reference(layers.keys, class_of_key, styles, model, progress)
    refuse_unknown(layers.keys, class_of_key, training.classes)
    found, held = rasterise_layers(
        layers, class_of_key, training.classes, grid, progress, known=held_out | trained
    )
    return TrainingLabels(
        training, apart_from(training, found, progress), digests, held
    )


def check_sources(request: TrainRequest) -> None:
    """Refuse a request with no labels, with two kinds, or with a layer of nothing.

    Raises:
        ConfigError: So it is.
    """
    if (request.rois is None) == (request.labels is None):
        raise ConfigError(
            tr("Training needs either training areas or a label raster."),
            hint=tr("Give areas and their class field, or a label raster."),
        )
    if request.labels is None:
        return
    if request.rois_more is not None:
        raise ConfigError(
            tr(
                "'More training areas' can be combined with training areas, but not "
                "with a label raster."
            ),
            hint=tr(
                "Give training areas in place of the label raster, or leave "
                "'More training areas' empty."
            ),
        )
    if request.cubes:
        raise ConfigError(
            tr("A label raster belongs to one cube, but several cubes are given."),
            hint=tr("Give training areas instead: they may lie across several cubes."),
        )


def _from_raster(
    request: TrainRequest, grid: Grid, known: ClassTable | None, progress: Progress
) -> tuple[LabelMap, dict[Key, int]]:
    raster = read_label_raster(str(request.labels), grid, progress)
    styles = raster.styles(request.class_styles)
    labels = label_map_from_raster(raster.values, raster.classes, progress, styles)
    classes, place = with_known(labels.classes, known, progress)
    lookup = np.array([0, *place], np.uint16)
    # Test areas may give a class by its name or by its value.
    entries = list(zip(place, labels.classes, strict=True))
    in_file = {new: old for old, new in raster.numbers.items()}
    class_of_key: dict[Key, int] = {
        in_file.get(entry.value, entry.value): k for k, entry in entries
    }
    class_of_key |= {entry.name: k for k, entry in entries}
    return LabelMap(lookup[labels.values], labels.groups, classes), class_of_key


def apart_from(training: LabelMap, reference: LabelMap, progress: Progress) -> LabelMap:
    """Return the reference without the pixels of training areas.

    Raises:
        SampleError: Nothing is left.
    """
    shared = (reference.values > 0) & (training.values > 0)
    if not shared.any():
        return reference
    progress.warning(
        tr_n(
            "{n} pixel of the test areas lies in training areas and is not scored.",
            "{n} pixels of the test areas lie in training areas and are not scored.",
            n=int(shared.sum()),
        )
    )
    apart = without_nodata(reference, ~shared)
    if not apart.values.any():
        raise SampleError(
            tr("Every pixel of the test areas lies in a training area."),
            hint=tr("Draw test areas apart from the training areas."),
        )
    return apart
