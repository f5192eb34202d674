"""What the plan of a training says of the models that are scored."""

from dataclasses import replace

import numpy as np

from miaf_engine.accuracy.split import Split, TrainingSamples
from miaf_engine.classes import ClassEntry, ClassTable
from miaf_engine.labels.label_map import LabelMap
from miaf_engine.tasks.train.plan import Plan

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
