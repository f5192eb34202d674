"""The bar of a training advances evenly enough, whatever is asked for."""

import itertools
from contextlib import ExitStack

import numpy as np
import pytest
import rasterio

from miaf_engine.progress import Progress
from miaf_engine.requests import TrainRequest
from miaf_engine.tasks.train.labels import read_training_labels
from miaf_engine.tasks.train.setup import TrainingCubes, TrainingMeans, TrainingSetup
from miaf_engine.tasks.train.train import train
from miaf_engine.training.stage_costs import Shares, preparing_shares
from tests import scenes, tiny
from tests.scenes import Recorder


@pytest.mark.parametrize(
    ("pixels", "epochs", "mapped", "report", "card"),
    list(
        itertools.product(
            [500, 2_000_000], [1, 2000], [500, 10**8], [True, False], [0, 1]
        )
    ),
)
def test_stages_follow_each_other(pixels, epochs, mapped, report, card):
    found = Shares.of(
        0.03, pixels=pixels, epochs=epochs, mapped=mapped, report=report, card=card
    )
    assert 0.03 <= found.trained < found.mapped < 1


def test_shares_of_indian_pines():
    facts = {"pixels": 21_025, "mapped": 21_025, "report": True}
    slow = Shares.of(0.03, epochs=195, card=False, **facts)
    assert 0.85 < slow.trained < 0.93
    assert 0.04 < 1 - slow.mapped < 0.10
    # Where training is a moment, the report is most of the time.
    quick = Shares.of(0.03, epochs=195, card=True, **facts)
    assert 1 - quick.mapped > 0.5


def test_the_longer_a_training_the_smaller_the_share_of_what_precedes_it():
    read, cut = preparing_shares(195, reads=True)
    assert 0 < read < 0.01
    assert 0.03 < cut < 0.06  # 2.8 s of 65
    assert preparing_shares(195, reads=False)[0] == 0
    assert preparing_shares(6000, reads=True)[1] < 0.002
    assert preparing_shares(195, reads=True, card=True)[1] > 0.4


class Steps(Progress):
    def __init__(self):
        self.seen = []

    def advance(self, fraction, text=""):
        self.seen.append((fraction, text.partition(",")[0].partition(":")[0]))


def test_a_training_never_goes_back_and_shows_the_report_being_drawn(tmp_path):
    steps = Steps()
    files = {"model": "m.miaf.safetensors", "report": "r.html", "output": "map.tif"}
    paths = {name: str(tmp_path / file) for name, file in files.items()}
    train(TrainRequest(**tiny.inputs(tmp_path), **paths), steps)
    fractions = [fraction for fraction, _ in steps.seen]
    assert fractions == sorted(fractions)
    drawn = [f for f, text in steps.seen if text == "Drawing the report"]
    assert len(drawn) >= 5
    assert len(set(drawn)) == len(drawn)


def said_before_the_epochs(request):
    """Return the warnings of a training until its first epoch."""
    said = Recorder()
    means = TrainingMeans.of(request, said)
    with ExitStack() as stack:
        TrainingSetup.read(request, means, stack, said)
    return said.warnings


def test_fill_that_is_not_declared_is_said_before_a_training(tmp_path):
    given = tiny.inputs(tmp_path)
    assert said_before_the_epochs(TrainRequest(**given)) == []
    values = tiny.cube()
    values[:, 15:, :] = -1
    scenes.write_tif(tmp_path / "cube.tif", values, tiny.grid())
    (warning,) = said_before_the_epochs(TrainRequest(**given))
    assert warning.startswith(
        f"Pixels with the value -1 in every band: {9 * tiny.WIDTH}. "
    )
    scenes.write_tif(tmp_path / "cube.tif", values, tiny.grid(), nodata=-1)
    assert said_before_the_epochs(TrainRequest(**given)) == []


def test_odd_class_fields_are_said_before_a_training(tmp_path):
    given = tiny.inputs(tmp_path)
    shapes, names = tiny.boxes(0.0, 1, 8, 14, 19)
    fields = {"cover": [n.upper() if i % 2 else n for i, n in enumerate(names)],
              "id": list(range(1, 13))}  # fmt: skip
    scenes.write_areas(tmp_path / "rois.gpkg", shapes, fields, layer="areas")
    warnings = said_before_the_epochs(TrainRequest(**given))
    assert "'FOREST' and 'Forest'" in warnings[0]
    warnings = said_before_the_epochs(TrainRequest(**given | {"class_field": "id"}))
    assert warnings[0].startswith("Each of the 12 areas has its own class")


def test_labels_from_0_are_three_classes(tmp_path):
    given = tiny.inputs(tmp_path)
    values = np.where(np.arange(tiny.HEIGHT)[:, None] % 6 < 3, tiny.truth() - 1, 255)
    path = scenes.write_tif(
        tmp_path / "labels.tif", values[None].astype("u1"), tiny.grid(), nodata=255
    )
    for name in ("rois", "class_field"):
        del given[name]
    styles = [{"key": 0, "name": "Fallow", "colour": "#123456"}]
    request = TrainRequest(**given, labels=str(path), class_styles=styles)
    said = Recorder()
    labels = read_training_labels(request, tiny.grid(), said).training
    assert labels.classes.names == ["Fallow", "1", "2"]
    wanted = np.where(values == 255, 0, tiny.truth())
    np.testing.assert_array_equal(labels.values, wanted)
    assert "The value 0 of label raster" in said.warnings[0]


def test_bands_of_a_further_cube_are_matched_by_name_and_said(tmp_path):
    names = [f"B{number:02d}" for number in range(2, 2 + tiny.BANDS)]
    given = tiny.inputs(tmp_path)
    for path, order in (("cube.tif", 1), ("more.tif", -1)):
        scenes.write_tif(tmp_path / path, tiny.cube()[::order], tiny.grid())
        with rasterio.open(tmp_path / path, "r+") as dataset:
            dataset.descriptions = names[::order]
    request = TrainRequest(**given, cubes=[str(tmp_path / "more.tif")])
    said = Recorder()
    with ExitStack() as stack:
        cubes = TrainingCubes.opened(request, None, stack, said)
        assert list(cubes.cubes[1][1].values()) == list(range(tiny.BANDS))[::-1]
    assert any("matched by name" in text for text in said.infos)
