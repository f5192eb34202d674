"""Maps scored on points that `drawsample` drew."""

import json
import re

import numpy as np
import pyogrio
import pytest
import shapely

from miaf_engine.classes import ClassEntry, ClassTable
from miaf_engine.errors import ConfigError, SampleError
from miaf_engine.requests.draw_sample import SAMPLE_FIELDS, DrawSampleRequest
from miaf_engine.tasks import carry_out
from tests import scenes, tiny
from tests.assessments import NAMES, TABLE, assess, write_map, wrong_column
from tests.scenes import Recorder

HECTARES = 0.04  # of a pixel


class Sample:
    """Points drawn from a map, looked up, and written again."""

    def __init__(self, folder, change=wrong_column, **options):
        self.folder = folder
        self.map = write_map(folder / "map.tif", change)
        path = str(folder / "sample.gpkg")
        request = {"classification": self.map, "output": path, "minimum": 20}
        carry_out(DrawSampleRequest.from_json({**request, **options}))
        meta, _, shapes, columns = pyogrio.raw.read(path, layer="sample")
        self.points = shapely.from_wkb(shapes)
        self.columns = dict(zip(meta["fields"].tolist(), columns, strict=True))
        a, b, c, d, e, f = tiny.grid().transform
        ends = [shapely.get_x(self.points) - c, shapely.get_y(self.points) - f]
        columns, rows = np.linalg.inv([[a, b], [d, e]]) @ np.array(ends)
        self.rows, self.cols = rows.astype(int), columns.astype(int)
        truth = tiny.truth()[self.rows, self.cols]
        self.columns["class"] = np.array(NAMES, dtype=object)[truth - 1]

    def request(self, keep=slice(None), name="filled.gpkg", **more):
        """Write the points kept; return a request to score the map on them."""
        columns = {n: values[keep].tolist() for n, values in self.columns.items()}
        columns["note"] = ["" for _ in columns["note"]]
        path = scenes.write_areas(self.folder / name, list(self.points[keep]), columns)
        given = {"classification": self.map, "reference": str(path)}
        return {**given, "class_field": "class", **more}


@pytest.fixture
def sample(tmp_path):
    return Sample(tmp_path)


def mapped():
    values = np.array([0, 4, 7, 300])[tiny.truth()]
    wrong_column(values)
    return values


def test_a_drawn_sample_is_known_and_adjusted_at_once(sample, tmp_path):
    recorder, report = Recorder(), tmp_path / "r.html"
    figures = assess(sample.request(), recorder, report=str(report))["figures"]
    adjusted = figures["area_adjusted"]
    assert adjusted["design"] == "stratified" and adjusted["notes"] == []
    assert (
        "points of a random sample (stratified): 184." in figures["accuracy_definition"]
    )
    # By hand: each class of the map weighs its share of 719 pixels.
    values, drawn = mapped(), mapped()[sample.rows, sample.cols]
    truth = np.array([4, 7, 300])[tiny.truth() - 1][sample.rows, sample.cols]
    expected = sum(
        (values == v).sum() / 719 * (truth == v)[drawn == v].mean()
        for v in TABLE.values
    )
    assert figures["map_accuracy"] == pytest.approx(expected)
    low, high = figures["map_accuracy_interval"]
    assert low < expected < high
    assert figures["overall_accuracy"] == pytest.approx((truth == drawn).mean())
    wheat = adjusted["classes"][0]
    right = sum(
        (values == v).sum() * (truth == 4)[drawn == v].mean() for v in TABLE.values
    )
    assert wheat["area"]["estimate"] == pytest.approx(right * HECTARES)
    assert wheat["mapped_area"] == pytest.approx((values == 4).sum() * HECTARES)
    assert f"{expected:.1%}" in recorder.infos[-1] and not recorder.warnings
    text = re.sub(r"[ \n]+", " ", report.read_text(encoding="utf-8"))
    percent = f"<strong>{100 * expected:.1f}\N{NO-BREAK SPACE}%</strong>"
    assert f"{percent} of the map's area has the right class" in text
    assert "Accuracy of the scored points (raw)" in text
    saved = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))
    assert saved["area_adjusted"] == adjusted


def test_another_map_than_the_one_drawn_from(sample, tmp_path):
    def change(values):
        values[12:] = np.where(values[12:] == 300, 4, values[12:])

    other = write_map(tmp_path / "other.tif", change)
    values = np.array([0, 4, 7, 300])[tiny.truth()]
    change(values)
    figures = assess(sample.request(classification=other))["figures"]
    drawn, found = (part[sample.rows, sample.cols] for part in (mapped(), values))
    truth = np.array([4, 7, 300])[tiny.truth() - 1][sample.rows, sample.cols]
    weight = np.array([1 / sample.columns["incl_prob"]])[0]
    assert figures["map_accuracy"] == pytest.approx(
        weight[found == truth].sum() / weight.sum()
    )
    adjusted = figures["area_adjusted"]
    assert "indicator functions" in adjusted["method"]
    wheat = adjusted["classes"][0]["users_accuracy"]["estimate"]
    own = found == 4
    assert wheat == pytest.approx(weight[own & (truth == 4)].sum() / weight[own].sum())
    assert wheat != pytest.approx((truth == 4)[own].mean(), abs=1e-4)
    assert len(set(drawn)) == 3


@pytest.mark.parametrize("method", ["simple", "systematic"])
def test_samples_of_the_whole_map(tmp_path, method):
    sample = Sample(tmp_path, method=method)
    adjusted = assess(sample.request())["figures"]["area_adjusted"]
    assert adjusted["design"] == method and "post-stratified" in adjusted["method"]
    assert ("variance of a simple" in adjusted["method"]) == (method == "systematic")
    values, drawn = mapped(), mapped()[sample.rows, sample.cols]
    truth = np.array([4, 7, 300])[tiny.truth() - 1][sample.rows, sample.cols]
    expected = sum(
        (values == v).sum() / 719 * (truth == v)[drawn == v].mean()
        for v in TABLE.values
    )
    assert adjusted["overall_accuracy"]["estimate"] == pytest.approx(expected)
    # A map that is classified elsewhere says nothing of the strata.
    whole = write_map(tmp_path / "whole.tif", lambda values: None)
    found = assess(sample.request(classification=whole))["figures"]["area_adjusted"]
    assert "estimated as one stratum" in found["method"]
    assert found["overall_accuracy"]["estimate"] == 1


def test_points_without_a_class(sample):
    sample.columns["class"][:10] = None
    recorder = Recorder()
    notes = assess(sample.request(), recorder)["figures"]["area_adjusted"]["notes"]
    assert notes == recorder.warnings
    assert notes[0].startswith("Drawn points without a class: 10 of 184. ")
    notes = assess(sample.request(slice(30, None)))["figures"]["area_adjusted"]["notes"]
    assert ": 30 of 184 (missing from the layer: 30)." in notes[0]
    sample.columns["class"][:] = None
    with pytest.raises(SampleError, match="No point of the sample has a class"):
        assess(sample.request())


def test_points_that_were_looked_up_twice_are_refused(sample):
    all_points = np.arange(len(sample.points))
    with pytest.raises(SampleError, match="184 too many"):
        assess(sample.request(keep=np.tile(all_points, 2)))


def test_halves_of_a_sample_may_be_merged(sample):
    once = assess(sample.request())["figures"]
    sample.points = np.tile(sample.points, 2)
    half = len(sample.points) // 4
    for name, values in sample.columns.items():
        sample.columns[name] = np.tile(values, 2)
    sample.columns["class"][half : 3 * half] = ""
    merged = assess(sample.request(name="merged.gpkg"))["figures"]
    assert merged["area_adjusted"] == once["area_adjusted"]


def test_cover_that_the_map_does_not_have_counts_as_wrong(sample):
    before = assess(sample.request())["figures"]
    forest = np.flatnonzero(sample.columns["class"] == "Forest")[:6]
    sample.columns["class"][forest] = "other"
    recorder = Recorder()
    figures = assess(sample.request(), recorder)["figures"]
    assert "that the map does not have: 'other'" in recorder.warnings[0]
    assert [entry["name"] for entry in figures["classes"]] == [*NAMES, "other"]
    other = figures["area_adjusted"]["classes"][3]
    assert other["area"]["estimate"] > 0 and other["mapped_area"] == 0
    assert other["producers_accuracy"]["estimate"] == 0
    assert figures["map_accuracy"] < before["map_accuracy"] - 0.02


def test_areas_left_out(sample, tmp_path):
    shapes, _ = tiny.boxes(0.0, 1)
    excluded = scenes.write_areas(tmp_path / "rois.gpkg", shapes, {"number": [1, 2, 3]})
    figures = assess(sample.request(exclude_rois=str(excluded)))["figures"]
    share = figures["near_training_share"]
    assert 0 < share < 1
    assert f"{100 * share:.0f} % of the scored pixels" in figures["accuracy_definition"]
    adjusted = figures["area_adjusted"]
    assert "outside the areas left out" in adjusted["notes"][0]
    total = sum(entry["mapped_area"] for entry in adjusted["classes"])
    assert total < 719 * HECTARES
    found = sum(entry["area"]["estimate"] for entry in adjusted["classes"])
    # Only the points say how much lies inside.
    assert found == pytest.approx(total, rel=0.1)


def test_points_where_a_map_says_nothing(sample, tmp_path):
    def change(values):
        wrong_column(values)
        values[:6] = 0

    part, recorder = write_map(tmp_path / "part.tif", change), Recorder()
    figures = assess(sample.request(classification=part), recorder)["figures"]
    blank = int((sample.rows < 6).sum())
    notes = figures["area_adjusted"]["notes"]
    assert f"because the map is unclassified there: {blank}." in notes[0]
    assert sum(row[-1] for row in figures["matrix"]) == blank
    assert notes == recorder.warnings


def test_a_map_of_more_land_than_the_sample_says_so(tmp_path):
    """A crop was sampled, the map of the whole scene is assessed."""

    def crop(values):
        values[12:] = 0

    sample, recorder = Sample(tmp_path, crop), Recorder()
    whole = write_map(tmp_path / "whole.tif", lambda values: None)
    figures = assess(sample.request(classification=whole), recorder)["figures"]
    (note,) = figures["area_adjusted"]["notes"]
    assert "shows 28.8 ha" in note and "a map of 14.4 ha" in note
    assert recorder.warnings == [note]


def test_two_maps_are_compared_on_points(sample, tmp_path):
    other = write_map(tmp_path / "other.tif", lambda values: None)
    recorder = Recorder()
    found = assess(sample.request(), recorder, compare_with=other)["figures"]
    assert found["comparison"]["second_overall_accuracy"] == 1
    assert found["comparison"]["pixels"] == 184
    assert "counts points and not area" in recorder.warnings[0]


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("strat_pix", 7, "record different sample designs"),
        ("strat_pts", None, "record different sample designs"),
        ("design", "simple", "record different sample designs"),
        ("map_pix", 9999, "record different sample designs"),
    ],
)
def test_a_damaged_design_is_refused(sample, field, value, message):
    values = sample.columns[field].tolist()
    values[3] = value
    sample.columns[field] = np.array(values, dtype=object)
    with pytest.raises(SampleError, match=message):
        assess(sample.request())


@pytest.mark.parametrize("field", ["strat_pix", "strat_pts", "strat_ha"])
def test_a_design_of_text_is_refused(sample, field):
    values = sample.columns[field]
    sample.columns[field] = np.array([f"{value} px" for value in values], object)
    with pytest.raises(SampleError, match=r"px' where a number is needed"):
        assess(sample.request())


def test_a_stratum_without_its_points_is_missed(sample):
    kept = sample.columns["stratum"] != 2
    with pytest.raises(SampleError, match="clear the filter"):
        assess(sample.request(kept))


def test_a_layer_without_its_design_is_an_ordinary_reference(sample):
    for name in SAMPLE_FIELDS:
        sample.columns.pop(name)
    figures = assess(sample.request())["figures"]
    assert figures["area_adjusted"] is None and "map_accuracy" not in figures


def test_names_and_numbers_stand_for_the_classes_of_the_map(sample, tmp_path):
    numbers = dict(zip(NAMES, TABLE.values, strict=True))
    known = assess(sample.request())["figures"]["map_accuracy"]
    sample.columns["class"] = np.array([numbers[n] for n in sample.columns["class"]])
    assert assess(sample.request())["figures"]["map_accuracy"] == known
    table = ClassTable(
        tuple(ClassEntry(k, n.upper(), "#123456") for n, k in numbers.items())
    )
    shouted = write_map(tmp_path / "loud.tif", wrong_column, table)
    request = sample.request(classification=shouted)
    assert assess(request)["figures"]["map_accuracy"] == known


@pytest.mark.parametrize("field", ["design", "stratum", "map_class"])
def test_what_the_draw_has_set_is_no_class(tmp_path, field):
    sample = Sample(tmp_path, show_map_class=True)
    with pytest.raises(ConfigError, match="is a reference sample"):
        assess(sample.request(class_field=field))
