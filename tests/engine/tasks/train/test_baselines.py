"""Standard classifiers beside the network, against scikit-learn and by hand."""

import json

import numpy as np
import pytest
from sklearn.ensemble import RandomForestClassifier

from miaf_engine.accuracy.folds import make_folds
from miaf_engine.cubes.bands import BandTable
from miaf_engine.cubes.reader import Cube
from miaf_engine.errors import Cancelled
from miaf_engine.grid import Window
from miaf_engine.labels.label_map import LabelMap
from miaf_engine.requests.settings import SplitConfig
from miaf_engine.tasks.train import baselines
from miaf_engine.tasks.train.baselines import ScoredPixels, compared, score_baselines
from miaf_engine.training.inputs import TrainingWindow
from tests import scenes, tiny


def windows_of(values, parts):
    table = BandTable(tuple(f"B{b}" for b in range(len(values))))
    found = []
    for part in parts:
        rows, columns = part.slices
        grid = scenes.grid(part.height, part.width)
        valid = np.ones((part.height, part.width), bool)
        cube = Cube(values[:, rows, columns], valid, grid, table)
        found.append(TrainingWindow(part, cube))
    return found


WHOLE = Window(0, 0, tiny.HEIGHT, tiny.WIDTH)
HALVES = [Window(0, 15, 24, 15), Window(0, 0, 24, 15)]


@pytest.fixture(scope="module")
def folds():
    """Areas are rows of a class, every other one."""
    values = tiny.truth().copy()
    values[1::2] = 0
    rows = np.arange(tiny.HEIGHT, dtype=np.int32)[:, None]
    groups = np.where(values > 0, rows * 3 + values, 0).astype(np.int32)
    return make_folds(LabelMap(values, groups, scenes.CLASSES), 3, seed=1)


@pytest.fixture(scope="module")
def scored(folds):
    """The network is said to be right but for the third class."""
    pixels = np.random.default_rng(0).permutation(np.flatnonzero(folds.number))
    said = folds.labels.values.flat[pixels].astype(np.int64)
    said[said == 3] = 1
    areas = folds.labels.groups.flat[pixels].astype(np.int64)
    return ScoredPixels(pixels, folds.number.flat[pixels].astype(np.int64), said, areas)


def test_the_forest_is_that_of_scikit_learn_in_each_fold(folds, scored):
    values = tiny.cube()
    found = score_baselines(
        windows_of(values, [WHOLE]), folds, scored, 7, scenes.Recorder()
    )
    right, reference = [], folds.labels.values
    for fold in (1, 2, 3):
        trained = folds.split(fold, SplitConfig(validation_percent=0.0), 7).training
        index = np.flatnonzero(trained)
        order = np.random.default_rng([7, 5, fold]).permutation(index)
        forest = RandomForestClassifier(200, random_state=7)
        forest.fit(values.reshape(tiny.BANDS, -1).T[order], reference.flat[order])
        test = folds.number == fold
        right.append(forest.predict(values[:, test].T) == reference[test])
    forest = found[1]
    assert forest.name == "random forest"
    expected = np.concatenate(right).mean()
    assert forest.overall_accuracy == pytest.approx(expected)
    assert forest.gain == pytest.approx(2 / 3 - expected)


def test_both_tell_clear_classes_apart(folds, scored):
    cube = windows_of(tiny.cube(), [WHOLE])
    for one in score_baselines(cube, folds, scored, 1, scenes.Recorder()):
        assert one.overall_accuracy > 0.9
        assert one.gain_interval[0] <= one.gain <= one.gain_interval[1]


def test_windows_are_one_cube(folds, scored):
    whole, halves = (
        score_baselines(
            windows_of(tiny.cube(), parts), folds, scored, 1, scenes.Recorder()
        )
        for parts in ([WHOLE], HALVES)
    )
    assert whole == halves


def test_pixels_beyond_a_number_are_drawn(folds, scored, monkeypatch):
    sizes = []
    monkeypatch.setattr(baselines, "MOST_PIXELS", 60)

    class Constant:
        def predict(self, spectra):
            return np.ones(len(spectra), int)

    def fitted(spectra, values, seed, progress):
        sizes.append(len(values))
        return Constant()

    monkeypatch.setattr(baselines, "CLASSIFIERS", {"constant": fitted})
    cube = windows_of(tiny.cube(), [WHOLE])
    (found,) = score_baselines(cube, folds, scored, 1, scenes.Recorder())
    assert sizes == [60, 60, 60]
    assert found.overall_accuracy == pytest.approx(1 / 3)


def test_it_can_be_cancelled(folds, scored):
    cube = windows_of(tiny.cube(), [WHOLE])
    with pytest.raises(Cancelled):
        score_baselines(cube, folds, scored, 1, scenes.Recorder(cancel_at=0.3))


def test_the_comparison_by_hand():
    reference = np.array([1, 1, 1, 1, 2, 2, 2, 2])
    network = np.array([1, 1, 1, 2, 2, 2, 2, 2])
    said = np.array([1, 1, 2, 2, 2, 2, 1, 1])
    areas = np.array([5, 5, 6, 6, 7, 7, 8, 8])
    found = compared("x", said, network, reference, areas)
    assert found.overall_accuracy == 0.5
    assert found.average_accuracy == 0.5
    assert found.gain == 7 / 8 - 1 / 2
    # Gains of the areas 0, 1, 0 and 2 of two pixels: jackknife error 0.2394, Student's
    # t of three degrees of freedom 3.182.
    assert found.gain_interval == pytest.approx((-0.3868, 1.0), abs=2e-4)


def test_a_single_area_has_no_interval_and_can_be_written_as_json():
    right = np.array([1, 1, 2])
    found = compared("x", right, right, right, np.array([4, 4, 4])).as_json()
    assert json.loads(json.dumps(found, allow_nan=False)) == {
        "name": "x",
        "overall_accuracy": 1.0,
        "average_accuracy": 1.0,
        "gain": 0.0,
        "gain_interval": [None, None],
    }


def test_one_class_to_train_on_gives_no_figures(scored):
    values = np.where(np.arange(24)[:, None] < 12, 1, 2) * np.ones((1, 30), int)
    groups = values.astype(np.int32)
    labels = LabelMap(values.astype(np.uint16), groups, scenes.CLASSES)
    whole = make_folds(labels, 2, seed=0)
    number = np.where(values == 1, 1, 2).astype(np.uint8)
    whole = type(whole)(labels, 2, number, ())
    pixels = np.arange(720)
    own = ScoredPixels(
        pixels, number.ravel().astype(int), values.ravel(), groups.ravel()
    )
    cube = windows_of(tiny.cube(), [WHOLE])
    assert score_baselines(cube, whole, own, 0, scenes.Recorder()) == []


@pytest.mark.filterwarnings("error")
def test_a_class_of_one_pixel_does_not_choose_the_penalty():
    rng = np.random.default_rng(0)
    values = np.repeat([1, 2], [30, 1])
    spectra = rng.normal(size=(31, 4)).astype(np.float32)
    spectra[30] += 9
    machine = baselines._support_vectors(spectra, values, 0, scenes.Recorder())
    assert (machine.predict(spectra) == values).all()
