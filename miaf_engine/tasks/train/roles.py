"""From labelled pixels to samples: which pixel plays which role."""

from __future__ import annotations

from functools import partial

import numpy as np
from numpy.typing import NDArray

from miaf_engine.accuracy.holdout import Locate, as_they_lie
from miaf_engine.accuracy.split import TrainingSamples, split_samples
from miaf_engine.cubes.stack import Readable, on_first_grid, places_of
from miaf_engine.errors import SampleError
from miaf_engine.labels.label_map import LabelMap, without_nodata
from miaf_engine.progress import Progress
from miaf_engine.requests import TrainRequest
from miaf_engine.requests.settings import SplitConfig
from miaf_engine.tasks.train.labels import TrainingLabels
from miaf_engine.translation import tr


def locate_in(reader: Readable) -> Locate:
    """Return where pixels of a cube lie, or of several stacked that may overlap."""
    places = places_of(reader)
    return partial(on_first_grid, places) if len(places) > 1 else as_they_lie


def assign_roles(
    request: TrainRequest,
    all_labels: TrainingLabels,
    valid: NDArray[np.bool_],
    progress: Progress,
    locate: Locate = as_they_lie,
) -> TrainingSamples:
    """Give each labelled pixel its role.

    Args:
        request: The training request.
        all_labels: What the user labelled.
        valid: bool (H, W), where the cube has data around the training areas.
        progress: Receives warnings.
        locate: Where pixels lie: cubes of one place may be stacked.

    Raises:
        SampleError: Fewer than two classes are left on valid pixels.
    """
    labels = usable_labels(all_labels.training, valid)
    apart = all_labels.test is not None
    config: SplitConfig = request.part(SplitConfig)
    split = split_samples(
        labels,
        config,
        request.seed,
        separate_test=apart,
        regions=request.labels is not None,
        locate=locate,
    )
    for warning in split.warnings:
        progress.warning(warning)
    if all_labels.test is None:
        test = np.where(split.test, labels.values, 0).astype(np.uint16)
        areas = None if config.holdout == "pixels" else labels.groups
        return TrainingSamples(labels, split, test, split.description, areas)
    reference = all_labels.test
    definition = tr(
        "Scored pixels of the test areas: {pixels}. None of them is in the training "
        "or validation set."
    ).format(pixels=int((reference.values > 0).sum()))
    definition = f"{definition} {split.description}"
    return TrainingSamples(
        labels, split, reference.values, definition, reference.groups
    )


def usable_labels(all_labels: LabelMap, valid: NDArray[np.bool_]) -> LabelMap:
    """Return the labels of the pixels that are valid, bool (H, W).

    Raises:
        SampleError: Fewer than two classes are left.
    """
    labels = without_nodata(all_labels, valid)
    found = [labels.classes.names[k - 1] for k in np.unique(labels.values) if k > 0]
    if len(found) < 2:
        raise SampleError(
            tr(
                "All training areas with valid pixels are of the class '{name}'."
            ).format(name=found[0])
            if found
            else tr("No training area covers a valid pixel of the cube."),
            hint=tr("Draw areas of at least two classes where the cube has data."),
        )
    return labels
