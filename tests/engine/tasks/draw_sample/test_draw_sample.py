"""Points drawn from a class map, as a layer to fill in."""

import json
import sqlite3
import xml.etree.ElementTree as ElementTree
from contextlib import closing

import numpy as np
import pyogrio
import pytest
import shapely

from miaf_engine.classes import ClassEntry, ClassTable
from miaf_engine.errors import ConfigError, FileError, SampleError
from miaf_engine.requests.draw_sample import SAMPLE_FIELDS, DrawSampleRequest
from miaf_engine.tasks import carry_out
from tests import scenes, tiny
from tests.assessments import NAMES, TABLE, write_map, wrong_column
from tests.scenes import Recorder


@pytest.fixture
def given(tmp_path):
    return {
        "classification": write_map(tmp_path / "map.tif", wrong_column),
        "output": str(tmp_path / "sample.gpkg"),
        "minimum": 20,
    }


def draw(values, progress=None, **more):
    request = DrawSampleRequest.from_json({**values, **more})
    return carry_out(request, progress or Recorder())["figures"]


def read(path):
    """Return points and columns of the layer of a sample."""
    layer = next(n for n, kind in pyogrio.list_layers(path) if kind is not None)
    meta, _, shapes, columns = pyogrio.raw.read(path, layer=layer)
    found = dict(zip(meta["fields"].tolist(), columns, strict=True))
    return shapely.from_wkb(shapes), found, meta["crs"]


def map_values(given):
    values = np.array([0, 4, 7, 300])[tiny.truth()]
    wrong_column(values)
    return values


def pixels_of(points):
    a, b, c, d, e, f = tiny.grid().transform
    ends = np.array([shapely.get_x(points) - c, shapely.get_y(points) - f])
    columns, rows = np.linalg.inv([[a, b], [d, e]]) @ ends
    assert np.allclose(columns % 1, 0.5) and np.allclose(rows % 1, 0.5)
    return rows.astype(int), columns.astype(int)


def test_stratified_sample(given):
    recorder = Recorder()
    figures = draw(given, recorder)
    points, columns, crs = read(given["output"])
    rows, cols = pixels_of(points)
    drawn = map_values(given)[rows, cols]
    assert crs and (drawn > 0).all()
    counts = {entry["value"]: entry["points"] for entry in figures["classes"]}
    assert counts == {v: int((drawn == v).sum()) for v in TABLE.values}
    assert figures["points"] == len(points) == sum(counts.values())
    assert figures["expected_half_width"] == pytest.approx(0.05, abs=0.002)
    assert "184 points (stratified)" in recorder.infos[0]
    # The design: what a point stands for is the same within a class of the map.
    assert set(columns["design"]) == {"stratified"}
    for value in TABLE.values:
        own = drawn == value
        assert len(set(columns["stratum"][own])) == 1
        size = int((map_values(given) == value).sum())
        assert set(columns["strat_pix"][own]) == {size}
        assert set(columns["strat_pts"][own]) == {own.sum()}
        assert columns["incl_prob"][own] == pytest.approx(own.sum() / size)
        assert columns["strat_ha"][own] == pytest.approx(size * 0.04)
    assert set(columns["map_pix"]) == {719}


def test_the_class_of_the_map_is_hidden_unless_asked_for(given):
    draw(given)
    points, columns, _ = read(given["output"])
    assert list(columns)[:3] == ["number", "class", "note"]
    assert all(value is None for value in columns["class"])
    assert columns["number"].tolist() == list(range(1, len(points) + 1))
    assert "map_class" not in columns
    # Strata are numbered in random order, and the points come in one.
    drawn = map_values(given)[pixels_of(points)]
    assert (np.diff(drawn) != 0).mean() > 0.5
    orders = set()
    for seed in range(8):
        draw(given, seed=seed)
        points, columns, _ = read(given["output"])
        drawn = map_values(given)[pixels_of(points)]
        orders.add(tuple(columns["stratum"][drawn == v][0] for v in TABLE.values))
    assert len(orders) > 2
    draw(given, show_map_class=True)
    points, columns, _ = read(given["output"])
    names = dict(zip(TABLE.values, NAMES, strict=True))
    drawn = map_values(given)[pixels_of(points)]
    assert columns["map_class"].tolist() == [names[v] for v in drawn.tolist()]


def test_the_form(given):
    draw(given)
    with closing(sqlite3.connect(given["output"])) as base:
        ((style, default),) = base.execute(
            "SELECT styleQML, useAsDefault FROM layer_styles"
        )
    assert default
    root = ElementTree.fromstring(style)
    widgets = {
        field.get("name"): field.find("editWidget")
        for field in root.find("fieldConfiguration")
    }
    choices = widgets["class"].findall("config/Option/Option/Option/Option")
    names = [choice.get("name") for choice in choices]
    assert names == ["(not set)", *NAMES, "other"]
    assert {n for n, w in widgets.items() if w.get("type") == "Hidden"} == {
        "fid", *SAMPLE_FIELDS
    }  # fmt: skip
    locked = {field.get("name") for field in root.find("editable")}
    assert {"number", *SAMPLE_FIELDS} <= locked and "class" not in locked
    table = root.find("attributetableconfig/columns")
    shown = [c.get("name") for c in table if c.get("hidden") == "0"]
    assert shown == ["number", "class", "note", "map_class"]


def test_a_class_that_is_called_other_is_in_the_list_once(given, tmp_path):
    table = ClassTable((*TABLE.entries[:2], ClassEntry(300, "Other", "#777777")))
    given["classification"] = write_map(tmp_path / "o.tif", wrong_column, table)
    draw(given)
    with closing(sqlite3.connect(given["output"])) as base:
        ((style,),) = base.execute("SELECT styleQML FROM layer_styles")
    assert style.count('value="Other"') == 1 and 'value="other"' not in style


def test_the_seed_decides_and_is_kept(given):
    def drawn(seed):
        draw(given, seed=seed)
        return shapely.to_wkb(read(given["output"])[0]).tolist()

    assert drawn(1) == drawn(1) != drawn(2)
    info = pyogrio.read_info(given["output"], layer="sample")
    facts = json.loads(info["layer_metadata"]["miaf_sample"])
    assert facts["seed"] == 2 and facts["map"] == "map.tif"
    assert facts["method"] == "stratified" and facts["half_width"] == 0.05


@pytest.mark.parametrize("method", ["simple", "systematic"])
def test_samples_of_the_whole_map(given, method):
    recorder = Recorder()
    figures = draw(given, recorder, method=method, minimum=200)
    points, columns, _ = read(given["output"])
    assert figures["allocation"] is None
    assert set(columns["design"]) == {method} and set(columns["stratum"]) == {1}
    assert set(columns["strat_pix"]) == set(columns["map_pix"]) == {719}
    assert set(columns["strat_pts"]) == {len(points)}
    # Cochran's 246 points of an accuracy of 0.8, corrected for 719 pixels.
    assert columns["incl_prob"] == pytest.approx(184 / 719)
    if method == "simple":
        assert len(points) == 184
    assert "Fewer than 200 points are in" in recorder.warnings[0]


def test_expected_accuracies_of_classes(given):
    several = draw(given, expected_accuracy=[0.9, 0.95, 0.99], half_width=3)
    assert several["points"] == 138
    assert several["half_width"] == 0.03
    with pytest.raises(ConfigError, match=r"expected accuracies \(2\).*\(3\)"):
        draw(given, expected_accuracy=[0.9, 0.95])


def test_the_half_width_is_kept_where_many_classes_are_rare(tmp_path):
    """Twelve classes of 1 % take the minimum; the large one still gets its share."""
    values = np.ones((200, 200), np.uint16)
    for k in range(12):
        values[:20, 16 * k : 16 * k + 16] = k + 2
    grid = scenes.grid(200, 200)
    path = scenes.write_tif(tmp_path / "many.tif", values[None], grid)
    given = {"classification": str(path), "output": str(tmp_path / "many.gpkg")}
    figures = draw(given, minimum=20)
    # By eq. 13 there are 245 points, of which the minimum takes 240 and leaves the
    # large class, 90 % of the map, 20: a half width of 15 points.
    large = figures["classes"][0]
    assert large["share"] == pytest.approx(0.904)
    assert figures["expected_half_width"] <= 0.05
    assert 190 <= large["points"] <= 220
    assert {entry["points"] for entry in figures["classes"][1:]} == {20}
    # Where the interval is a little wider, as in the example of the paper, all stays.
    equal = draw(given, minimum=20, allocation="equal")
    assert {entry["points"] for entry in equal["classes"]} == {20}


def test_the_size_of_the_paper(tmp_path):
    """Olofsson et al. (2014), section 5.1: W, U and S(O) as printed, n = 641."""
    shares = np.array([20, 15, 320, 645])
    values = np.repeat(np.repeat([1, 2, 3, 4], shares)[None], 4000, axis=0)
    path = scenes.write_tif(
        tmp_path / "p.tif", values[None].astype(np.uint8), scenes.grid(4000, 1000)
    )
    given = {"classification": str(path), "output": str(tmp_path / "p.gpkg")}
    given |= {"expected_accuracy": [0.7, 0.6, 0.9, 0.95], "half_width": 1.96 * 0.01}
    for allocation, minimum, points in (
        ("proportional", 2, [13, 10, 205, 413]),
        ("compromise", 75, [75, 75, 163, 328]),
        ("compromise", 100, [100, 100, 146, 295]),
    ):
        figures = draw(given, allocation=allocation, minimum=minimum)
        assert [entry["points"] for entry in figures["classes"]] == points


def test_what_cannot_be_drawn_from(given, tmp_path):
    with pytest.raises(ConfigError, match="nothing to write"):
        draw(given, output=None)
    with pytest.raises(FileError, match="gpkg"):
        draw(given, output=str(tmp_path / "sample.shp"))

    def one_pixel(values):
        values[values == 300] = 7
        values[5, 5] = 300

    lonely = write_map(tmp_path / "lonely.tif", one_pixel)
    figures = draw(given, classification=lonely)
    assert figures["classes"][2] == {
        "value": 300, "name": "Road", "colour": "#000003",
        "map_pixels": 1, "share": 1 / 720, "points": 1,
    }  # fmt: skip

    def unclassified(values):
        values[:] = 0

    empty = write_map(tmp_path / "empty.tif", unclassified)
    with pytest.raises(SampleError, match="every pixel is 0"):
        draw(given, classification=empty)
    cube = scenes.write_tif(
        tmp_path / "cube.tif", np.ones((3, 4, 4)), scenes.grid(4, 4)
    )
    with pytest.raises(ValueError, match="3 bands"):
        draw(given, classification=str(cube))


def test_cancel_leaves_nothing(given, tmp_path):
    from miaf_engine.errors import Cancelled

    with pytest.raises(Cancelled):
        draw(given, Recorder(cancel_at=0.8))
    assert not (tmp_path / "sample.gpkg").exists()
