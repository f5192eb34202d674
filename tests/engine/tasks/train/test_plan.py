"""What the plan of a training says of the models that are scored."""

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

from miaf_engine.accuracy.split import Split, TrainingSamples
from miaf_engine.classes import ClassEntry, ClassTable
from miaf_engine.grid import Window
from miaf_engine.labels.label_map import LabelMap
from miaf_engine.requests import TrainRequest
from miaf_engine.tasks.train.labels import TrainingLabels
from miaf_engine.tasks.train.plan import Plan, plan_training
from miaf_engine.training.inputs import TrainingWindow
from tests import scenes
from tests.scenes import Recorder

TABLE = ClassTable((ClassEntry(1, "Wheat", "#d1b43c"),))


def row(*columns):
    mask = np.zeros((1, 20), bool)
    mask[0, list(columns)] = True
    return mask


def samples(training, validation, test):
    everything = training | validation | test
    labels = LabelMap(everything.astype(np.uint16), everything.astype(np.int32), TABLE)
    split = Split(training, validation, test, labels, "by hand")
    return TrainingSamples(labels, split, test.astype(np.uint16), "by hand")


def test_how_near_test_pixels_lie_to_what_was_trained_on():
    # Columns 3 and 15 lie within 3 of columns 0 and 12; 7 and 8 do not.
    found = Plan(samples(row(0), row(12), row(3, 7, 8, 15))).nearness
    assert (found.pixels, found.scored) == (2, 4)


def test_folds_count_each_pixel_against_the_model_that_scored_it():
    first = samples(row(0), row(), row(3, 10))
    second = samples(row(3, 10), row(), row(0))
    reported = replace(first, test=row(0, 3, 10).astype(np.uint16))
    found = Plan(reported, (first, second)).nearness
    assert (found.pixels, found.scored) == (2, 3)
    assert Plan(samples(row(0), row(5), row())).nearness.scored == 0


def window(row, column, height, width):
    """Return a window of a cube without nodata, of which no value is looked at."""
    cube = SimpleNamespace(valid=np.ones((height, width), bool))
    return TrainingWindow(Window(row, column, height, width), cube)


def test_folds_of_a_large_cube_lie_as_far_off_as_its_map():
    """Read around its areas alone, it has the folds that it has when read whole."""
    side, centres = (
        400,
        [(30 + 70 * i, 30 + 70 * j) for i in range(3) for j in range(3)],
    )
    values, groups = np.zeros((side, side), np.uint16), np.zeros((side, side), np.int32)
    for number, (row, column) in enumerate(centres):
        for k in range(6):
            top, left = row + 8 * (k // 3), column + 8 * (k % 3)
            values[top : top + 3, left : left + 3] = 1 + k % 2
            groups[top : top + 3, left : left + 3] = 6 * number + k + 1
    table = ClassTable((ClassEntry(1, "a", "#d1b43c"), ClassEntry(2, "b", "#3cd1b4")))
    labels = TrainingLabels(LabelMap(values, groups, table), None)
    request = TrainRequest(cube="cube.tif")
    reader = SimpleNamespace(grid=scenes.grid(side, side))
    sampled = np.zeros(values.shape, bool)
    sampled[::7, ::7] = True

    def villages_apart(windows, spread):
        plan = plan_training(request, labels, windows, reader, Recorder(), None, spread)
        of_area = [np.unique(plan.folds.number[groups == n]) for n in range(1, 55)]
        of_village = np.reshape(of_area, (9, 6))
        return all(len(np.unique(own)) == 1 for own in of_village)

    around = [window(row - 20, column - 20, 51, 59) for row, column in centres]
    assert villages_apart([window(0, 0, side, side)], sampled)
    assert not villages_apart(around, None)
    assert villages_apart(around, sampled)


@pytest.mark.parametrize(("holdout", "folds"), [("matched", 1), ("polygons", 2)])
def test_classes_of_a_single_pixel_are_not_scored(holdout, folds):
    values = np.zeros((30, 30), np.uint16)
    values[3, 3], values[20, 20] = 1, 2
    table = ClassTable((ClassEntry(1, "a", "#d1b43c"), ClassEntry(2, "b", "#3cd1b4")))
    labels = TrainingLabels(LabelMap(values, values.astype(np.int32), table), None)
    settings = {"holdout": holdout, "folds": folds}
    request = TrainRequest(cube="cube.tif", settings=settings)
    reader = SimpleNamespace(grid=scenes.grid(30, 30))
    progress = Recorder()
    plan = plan_training(request, labels, [window(0, 0, 30, 30)], reader, progress)
    assert plan.folds is None and plan.evidence is None and not plan.note
    assert plan.reported.definition == "Nothing was held out, so the map is not scored."
    assert plan.reported.split.training.sum() == 2
    assert "none is scored" in " ".join(progress.warnings)
