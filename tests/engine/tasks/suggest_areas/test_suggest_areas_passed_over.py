"""Round 2 of suggestions: areas left without a class are not asked for again."""

import numpy as np
import pytest
import shapely
from rasterio.warp import transform_geom

from miaf_engine.cubes.tiles import tiles_of_side
from miaf_engine.errors import ConfigError, FileError, SampleError, VectorFileError
from miaf_engine.requests import TrainRequest
from miaf_engine.tasks import carry_out
from miaf_engine.tasks.suggest_areas import suggest_areas
from miaf_engine.tasks.suggest_areas.candidates import ExcludedAreas, mostly_covered
from tests import scenes, tiny
from tests.engine.tasks.suggest_areas.test_suggest_areas import (
    read,
    shared_area,
    suggested,
)
from tests.scenes import Recorder


@pytest.fixture
def suggest(trained, tmp_path):
    """Return a function that runs the task; it returns figures, layer and log."""

    def run(output="next.gpkg", **more):
        recorder = Recorder()
        given = {"count": 1000, **more}
        return *suggested(trained, tmp_path / output, recorder, **given), recorder

    return run


@pytest.fixture
def filled(tmp_path):
    """Return a function that writes a layer with some classes set."""

    def write(shapes, classes, name="filled.gpkg", field="cover", **more):
        path = scenes.write_areas(tmp_path / name, shapes, {field: classes}, **more)
        return str(path)

    return write


def ranks(layer):
    return {shape.wkb: rank for rank, shape in enumerate(layer["geometry"])}


def test_areas_passed_over_and_labelled_ones_do_not_come_again(suggest, filled):
    _, free, _ = suggest()
    shapes = free["geometry"]
    earlier = filled(shapes[:9], ["Wheat", None, ""] * 3)
    figures, layer, recorder = suggest("b.gpkg", rois_more=earlier)
    assert {g.wkb for g in layer["geometry"]} == {g.wkb for g in shapes[9:]}
    assert (figures["labelled_areas"], figures["passed_over_areas"]) == (3, 6)
    expected_text = (
        "Areas that count as labelled: 3. Areas without a class, which are not "
        "suggested again: 6."
    )
    assert [text for text in recorder.infos if expected_text in text]
    assert not [text for text in recorder.warnings if "left out" in text]


def test_what_is_like_an_area_passed_over_counts_as_what_is_like_a_labelled_one(
    suggest, filled
):
    _, free, _ = suggest()
    shapes = free["geometry"][:2]
    _, passed, _ = suggest("p.gpkg", rois_more=filled(shapes, [None, None], "p0.gpkg"))
    rois = filled(shapes, ["Wheat", "Forest"], "l0.gpkg")
    _, labelled, _ = suggest("l.gpkg", rois=rois, class_field="cover")
    _, more, _ = suggest("m.gpkg", rois_more=rois)
    assert ranks(passed) == ranks(labelled) == ranks(more)
    # Otherwise than if they had only been taken out of the list.
    left = [g.wkb for g in free["geometry"][2:]]
    assert [g.wkb for g in passed["geometry"]] != left


def test_both_layers_count_together(trained, suggest, filled):
    rois = {"rois": trained.given["rois"], "class_field": "cover"}
    areas = len(read(trained.given["rois"])["geometry"])
    figures, first, recorder = suggest(**rois)
    assert f"Areas that count as labelled: {areas}." in recorder.infos
    assert (figures["labelled_areas"], figures["passed_over_areas"]) == (areas, 0)
    earlier = filled(first["geometry"][:4], ["Wheat", None, None, None])
    figures, second, _ = suggest("b.gpkg", **rois, rois_more=earlier)
    assert figures["labelled_areas"] == areas + 1
    assert figures["passed_over_areas"] == 3
    assert {g.wkb for g in second["geometry"]} == {g.wkb for g in first["geometry"][4:]}


def test_its_own_output_is_the_next_input_and_that_of_a_training(
    trained, suggest, tmp_path
):
    rois = {"rois": trained.given["rois"], "class_field": "cover"}
    suggest(**rois, count=5)
    first = read(tmp_path / "next.gpkg")
    earlier = str(tmp_path / "next.gpkg")
    # Also without a word on the field: it is the one that was to be filled in.
    for more in (rois, {}):
        figures, second, _ = suggest("b.gpkg", **more, rois_more=earlier, count=5)
        assert figures["passed_over_areas"] == 5
        assert shared_area(first["geometry"], second["geometry"]) == 0
    request = TrainRequest(
        **trained.given,
        rois_more=scenes.write_areas(
            tmp_path / "set.gpkg",
            first["geometry"],
            {"cover": ["Wheat", None, None, None, None]},
        ).as_posix(),
        model=str(tmp_path / "m.miaf.safetensors"),
        initial_model=trained.made["model"],
    )
    recorder = Recorder()
    carry_out(request, recorder)
    assert [
        text
        for text in recorder.warnings
        if "Areas without a class are left out: 4 " in text
    ]


def test_where_a_class_is_known_an_area_passed_over_changes_nothing(
    trained, suggest, filled
):
    rois = {"rois": trained.given["rois"], "class_field": "cover"}
    _, alone, _ = suggest(**rois)
    # In a superpixel that has a class already it changes nothing.
    inside = shapely.point_on_surface(read(trained.given["rois"])["geometry"][0])
    _, more, _ = suggest("b.gpkg", **rois, rois_more=filled([inside], [None]))
    assert ranks(alone) == ranks(more)
    assert alone["reason"].tolist() == more["reason"].tolist()


def test_another_crs_and_tiles(suggest, filled, monkeypatch):
    _, free, _ = suggest()
    moved = [
        shapely.geometry.shape(
            transform_geom(scenes.UTM16, "EPSG:4326", shapely.geometry.mapping(shape))
        )
        for shape in free["geometry"][:3]
    ]
    earlier = filled(moved, [None] * 3, crs="EPSG:4326")

    def tiles(part, grid, *_):
        return tiles_of_side(grid.height, grid.width, 11)

    _, layer, _ = suggest("b.gpkg", rois_more=earlier)
    gone = {g.wkb for g in free["geometry"][:3]}
    assert not gone & {g.wkb for g in layer["geometry"]}
    monkeypatch.setattr(suggest_areas, "tiles_of_part", tiles)
    _, layer, _ = suggest("c.gpkg", rois_more=earlier)
    shrunk = shapely.buffer(free["geometry"][:3], -0.01)
    assert len(layer["rank"]) and shared_area(layer["geometry"], shrunk) == 0


def test_a_superpixel_that_is_grazed_is_taken_and_tells_nothing():
    polygons = np.array([shapely.box(x, 0, x + 2, 2) for x in (0, 2, 4, 6)])
    passed = shapely.STRtree([shapely.box(0, 0, 3, 2), shapely.box(4, 0, 4.9, 2)])
    labelled = shapely.STRtree([shapely.box(6, 0, 6.1, 2)])
    taken, excluded = ExcludedAreas(labelled, passed).cover(polygons)
    assert taken.tolist() == [True] * 4
    assert excluded.tolist() == [True, True, False, True]
    none = shapely.STRtree([])
    taken, excluded = ExcludedAreas(none, none).cover(polygons)
    assert not taken.any() and not excluded.any()
    halves = shapely.STRtree([shapely.box(0, 0, 0.6, 2), shapely.box(1, 0, 1.6, 2)])
    assert mostly_covered(polygons, halves).tolist() == [True, False, False, False]


def test_nothing_left_is_said(suggest, filled):
    _, free, _ = suggest()
    every = filled(free["geometry"], [None] * len(free["rank"]))
    with pytest.raises(
        SampleError, match="already has a class or was suggested before"
    ):
        suggest("b.gpkg", rois_more=every)


@pytest.mark.parametrize(
    ("more", "error", "text"),
    [
        ({"rois_more_layer": "areas"}, ConfigError, "without areas"),
        ({"rois_more": "nowhere.gpkg"}, FileError, "no file"),
        ({"class_field": "kind"}, VectorFileError, "has no field 'kind'"),
        ({"rois_more_layer": "other"}, VectorFileError, "has no layer 'other'"),
    ],
)
def test_refusals(suggest, filled, tmp_path, more, error, text):
    box = scenes.pixel_box(tiny.grid(17.0), 3, 4, 3, 3)
    if "rois_more" not in more and text != "without areas":
        more = {"rois_more": filled([box], [None]), **more}
    before = sorted(tmp_path.iterdir())
    with pytest.raises(error, match=text):
        suggest(**more)
    assert sorted(tmp_path.iterdir()) == before


def test_a_layer_that_lacks_the_models_field_is_refused(suggest, filled):
    box = scenes.pixel_box(tiny.grid(17.0), 3, 4, 3, 3)
    with pytest.raises(VectorFileError, match="has no field 'cover'"):
        suggest(rois_more=filled([box], [None], field="kind"))


def test_it_is_not_overwritten(suggest, filled):
    box = scenes.pixel_box(tiny.grid(17.0), 3, 4, 3, 3)
    earlier = filled([box], [None])
    with pytest.raises(ConfigError, match="is an input"):
        suggest("filled.gpkg", rois_more=earlier)
