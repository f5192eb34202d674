"""The benchmark's own machinery: which results are taken up again, and their scores."""

import json

import numpy as np
import pytest
import rasterio
from rasterio.transform import from_origin

from miaf_engine.accuracy.calibration import Reliability
from tests.bench import store
from tests.bench.ablation import ROWS
from tests.bench.click_or_draw import areas_of_both, beside
from tests.bench.floor import request_of
from tests.bench.indian_pines import place
from tests.bench.large_maps import write_mirrored
from tests.bench.methods import calibration_error, mark, options
from tests.bench.per_pixel import spread_out
from tests.bench.salinas_a import fifteen_each
from tests.bench.scene import CUBE, only, read_band, scores, write_labels
from tests.repository import ROOT


def test_a_result_is_taken_up_until_its_fingerprint_changes(tmp_path):
    path, measured = tmp_path / "results" / "run.json", []

    def measure():
        measured.append(1)
        return {"overall_accuracy": 0.5}

    for mark_now in ("one", "one", "two"):
        records = store.carry_out([("run", path, mark_now, measure)], fresh=False)
        assert records[0]["overall_accuracy"] == 0.5
        assert records[0]["versions"]["numpy"] == np.__version__
    assert len(measured) == 2
    store.carry_out([("run", path, "two", measure)], fresh=True)
    assert len(measured) == 3
    path.write_text("{ damaged", encoding="utf-8")
    store.carry_out([("run", path, "two", measure)], fresh=False)
    assert len(measured) == 4
    assert json.loads(path.read_text(encoding="utf-8"))["fingerprint"] == "two"
    assert [entry.name for entry in path.parent.iterdir()] == ["run.json"]


def test_fingerprint_follows_sources_and_settings(tmp_path):
    source = tmp_path / "module.py"
    source.write_text("one = 1\n", encoding="utf-8")
    first = store.fingerprint([source], "d", 0)
    assert first == store.fingerprint([source], "d", 0)
    assert first != store.fingerprint([source], "d", 1)
    source.write_text("one = 2\n", encoding="utf-8")
    assert first != store.fingerprint([source], "d", 0)


def test_the_network_and_the_loop_are_among_the_sources():
    found = {path.relative_to(ROOT).as_posix() for path in store.engine_sources()}
    wanted = {
        *("models/network/miafnet", "models/network/graph_branch", "training/loop"),
        *("requests/settings", "preprocessing/normalisation"),
    }
    assert {f"miaf_engine/{name}.py" for name in wanted} <= found
    assert "miaf_engine/reports/report.py" not in found


def test_settings_tell_results_apart():
    assert mark("miaf-net", "d") != mark("miaf-net", "d", ["--width=16"])
    assert place("miaf-net", "d", 0, []) != place("miaf-net", "d", 0, ["--width=16"])


@pytest.mark.parametrize("row", ROWS)
def test_rows_of_the_ablation_are_settings_of_the_engine(row):
    given = options(ROWS[row])
    request = request_of(["--cube=c.tif", "--labels=l.tif", *given], 3)
    named = {pair.partition("=")[0] for pair in ROWS[row]}
    assert set(request.settings) == named | {"epochs"}


def test_scores_of_four_pixels():
    """Two classes: 2 of 3 and 1 of 1 right; kappa by hand (0.75 - 0.5) / 0.5."""
    found = scores(np.array([1, 1, 1, 2]), np.array([1, 1, 2, 2]))
    assert found["overall_accuracy"] == 0.75
    assert found["average_accuracy"] == pytest.approx(5 / 6)
    assert found["kappa"] == pytest.approx(0.5)
    assert found["producers_accuracy"] == {"1": 0.6667, "2": 1.0}


def test_labels_hold_the_chosen_pixels_and_no_other(tmp_path):
    truth = np.arange(145 * 145).reshape(145, 145) % 5
    path = tmp_path / "labels.tif"
    write_labels(path, only(truth, np.array([1, 7]), np.array([8])), CUBE)
    written = read_band(path)
    assert np.flatnonzero(written).tolist() == [1, 7, 8]
    assert written.flat[[1, 7, 8]].tolist() == [1, 2, 3]


def test_fifteen_pixels_of_each_class():
    truth = np.repeat([0, 3, 5], 40).reshape(12, 10)
    split = fifteen_each(truth, 0)
    values = truth.ravel()
    assert np.unique(values[split.train], return_counts=True)[1].tolist() == [15, 15]
    together = np.sort(np.concatenate([split.train, split.test]))
    assert together.tolist() == np.flatnonzero(values).tolist()


def test_spread_out_areas_keep_their_pixels():
    labels = np.zeros((6, 6), np.uint8)
    labels[0, :2], labels[4:, 4] = 1, 2
    large = spread_out(labels)
    assert large.shape == (48, 48)
    assert np.bincount(large.ravel())[1:].tolist() == [2, 2]
    assert large[0, :2].tolist() == [1, 1]
    assert large[4:6, 6 + 4].tolist() == [2, 2]


def test_mean_and_sample_deviation():
    assert store.spread([0.5, 0.7], 100) == "60.0 ± 14.1"
    assert store.spread([0.5], 100, 2) == "50.00"


def test_calibration_error_by_hand_and_as_the_engine_has_it():
    confidence = np.array([0.95, 0.95, 0.95, 0.95, 0.5, 0.5])
    right = np.array([True, True, True, False, True, False])
    # Two bins: 4 of 6 pixels are 0.95 sure and 0.75 right, 2 are as sure as right.
    assert calibration_error(right, confidence) == pytest.approx(0.2 * 4 / 6)
    rng = np.random.default_rng(3)
    sure = rng.uniform(0.05, 1, 500)
    hits = rng.random(500) < sure**2
    wanted = Reliability.of(sure, hits).error
    assert calibration_error(hits, sure) == pytest.approx(wanted)


def test_clicks_and_rectangles_are_as_many_of_each_class_and_lie_in_it():
    truth = np.zeros((30, 30), int)
    truth[:14, :14], truth[:14, 16:], truth[16:, 2:28] = 1, 2, 3
    truth[20, 20] = 1  # Too small for a rectangle.
    cells = [
        [
            row * 30 + column
            for row in range(top, top + 3)
            for column in range(left, left + 3)
        ]
        for top in range(0, 30, 3)
        for left in range(0, 30, 3)
    ]
    chosen = areas_of_both(truth, cells, seed=4, count=11)
    values = [[value for value, _ in areas] for areas in chosen.values()]
    assert values[0] == values[1] and np.bincount(values[0]).tolist() == [0, 4, 4, 3]
    clicked, drawn = chosen.values()
    for value, pixels in clicked:
        assert pixels in cells
        assert (truth.flat[pixels] == value).mean() > 0.5
    used = np.zeros(truth.shape, int)
    for value, pixels in drawn:
        rows, columns = np.unravel_index(pixels, truth.shape)
        sides = np.ptp(rows) + 1, np.ptp(columns) + 1
        assert all(2 <= side <= 5 for side in sides)
        assert len(pixels) == sides[0] * sides[1]
        assert (truth.flat[pixels] == value).all()
        assert not used[beside(pixels, truth.shape)].any()
        used.flat[pixels] = 1
    assert len({tuple(pixels) for _, pixels in clicked}) == len(clicked)
    assert areas_of_both(truth, cells, seed=4, count=11) == chosen
    assert areas_of_both(truth, cells, seed=5, count=11) != chosen


def test_a_class_without_room_for_both_gets_no_more_areas():
    truth = np.ones((6, 6), int)
    truth[:, 3:] = 2
    truth[0:1, 0:1] = 3
    cells = [list(range(36))[n::36] for n in range(36)]
    chosen = areas_of_both(truth, cells, seed=0, count=50)
    clicked, drawn = chosen.values()
    assert len(clicked) == len(drawn) < 50
    assert 3 not in {value for value, _ in clicked}


def test_a_mosaic_mirrors_the_scene_and_keeps_its_nodata(tmp_path):
    scene = np.arange(2 * 3 * 4, dtype=np.int16).reshape(2, 3, 4) * 1000
    scene[:, 1, 2] = -9
    scene[1] = -9  # a band without data has no noise
    cube = tmp_path / "cube.tif"
    size = {"driver": "GTiff", "count": 2, "height": 3, "width": 4, "dtype": "int16"}
    place = from_origin(0, 9, 1, 1)
    with rasterio.open(cube, "w", nodata=-9, transform=place, **size) as out:
        out.write(scene)
        out.update_tags(1, wavelength="500")
    form = {"driver": "GTiff", "interleave": "pixel"}
    with rasterio.open(write_mirrored(cube, tmp_path / "mosaic", 9, form)) as file:
        found = file.read()
        assert (file.nodata, file.tags(1)["wavelength"]) == (-9, "500")
    there_and_back = scene[:, [0, 1, 2, 2, 1, 0, 0, 1, 2]]
    wanted = there_and_back[:, :, [0, 1, 2, 3, 3, 2, 1, 0, 0]]
    np.testing.assert_array_equal(found == -9, wanted == -9)
    np.testing.assert_allclose(found, wanted, atol=150)
    assert (found != wanted).any()
