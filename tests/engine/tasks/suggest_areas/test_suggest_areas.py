"""Suggested areas are unlabelled superpixels, ranked, and training areas once set."""

import json
import re
import sqlite3
import xml.etree.ElementTree as ElementTree
from dataclasses import replace

import numpy as np
import pyogrio
import pytest
import rasterio
import shapely

from miaf_engine.cubes.tiles import tiles_of_side
from miaf_engine.errors import (
    BandMismatchError,
    Cancelled,
    ConfigError,
    CubeError,
    FileError,
    SampleError,
)
from miaf_engine.models.applicability import Applicability
from miaf_engine.models.file import load_model, save_model
from miaf_engine.preprocessing.superpixel_statistics import SuperpixelGroups
from miaf_engine.process.command_line import main
from miaf_engine.requests import (
    InspectRequest,
    SuggestAreasRequest,
    TrainRequest,
)
from miaf_engine.requests.classify import ClassifyRequest
from miaf_engine.requests.suggest_areas import SUGGESTION_FIELDS
from miaf_engine.tasks import carry_out
from miaf_engine.tasks.suggest_areas import candidates, suggest_areas
from tests import scenes, tiny
from tests.scenes import Recorder

ROTATION = 17.0


@pytest.fixture
def suggest(trained, tmp_path):
    """Return a function that runs the task and reads the layer back."""

    def run(output="next.gpkg", recorder=None, **more):
        return suggested(trained, tmp_path / output, recorder, **{"count": 6, **more})

    return lambda *args, **more: run(*args, **{"recorder": Recorder(), **more})


def suggested(trained, output, recorder, **more):
    """Run the task; return the figures and the layer."""
    request = {
        "cube": trained.given["cube"],
        "model": trained.made["model"],
        "output": str(output),
        "device": "cpu",
        **more,
    }
    result = carry_out(SuggestAreasRequest.from_json(request), recorder)
    return result["figures"], read(result["outputs"]["output"])


def read(path):
    layer = str(pyogrio.list_layers(path)[0][0])
    meta, _, shapes, values = pyogrio.raw.read(path, layer=layer)
    columns = dict(zip(meta["fields"], values, strict=True))
    return {**columns, "geometry": shapely.from_wkb(shapes), "crs": meta["crs"]}


def pixels_of(polygon, where):
    """Return which pixels have their centre in a polygon, bool (H, W)."""
    rows, columns = np.indices((where.height, where.width)) + 0.5
    xs, ys = rasterio.Affine(*where.transform) @ (columns, rows)
    return shapely.contains_xy(polygon, xs, ys)


def shared_area(one, other):
    return max(shapely.area(shapely.intersection(a, b)) for a in one for b in other)


def test_figures_are_those_of_the_probability_raster(trained, suggest):
    """Against the rasters that the same model writes."""
    figures, layer = suggest(count=1000)
    where, names = tiny.grid(ROTATION), [c["name"] for c in figures["classes"]]
    assert figures["suggestions"] == figures["superpixels"] == len(layer["rank"])
    assert list(layer["rank"]) == list(range(1, len(layer["rank"]) + 1))
    with rasterio.open(trained.made["probabilities"]) as file:
        probabilities = file.read()
    covered = np.zeros((where.height, where.width), int)
    for row, polygon in enumerate(layer["geometry"]):
        inside = pixels_of(polygon, where)
        covered += inside
        means = probabilities[:, inside].mean(axis=1)
        first, second = np.argsort(-means)[:2]
        assert layer["predicted"][row] == names[first]
        assert layer["runner_up"][row] == names[second]
        assert layer["confidence"][row] == pytest.approx(means[first], abs=1e-4)
        margin = means[first] - means[second]
        assert layer["margin"][row] == pytest.approx(margin, abs=1e-4)
        assert layer["pixels"][row] == inside.sum()
        assert layer["area_ha"][row] == pytest.approx(inside.sum() * 0.04)
        assert layer["reason"][row] == (
            f"{names[first]} or {names[second]}: {means[first]:.2f} against "
            f"{means[second]:.2f}; {inside.sum()} pixels"
        )
    assert (covered == 1).all()
    assert shapely.is_valid(layer["geometry"]).all()
    assert rasterio.CRS.from_user_input(layer["crs"]).to_epsg() == 32616


def test_doubts_purities_and_spreads_pixel_by_pixel():
    rng = np.random.default_rng(4)
    segments = rng.integers(-1, 6, (9, 11)).astype(np.int32)
    groups = SuperpixelGroups(segments)
    chances = rng.dirichlet(np.ones(4), len(groups.members)).T.astype(np.float32)
    spectra = rng.normal(0, 1, (3, len(groups.members))).astype(np.float32)
    unlike = rng.random(len(groups.members)) < 0.3
    doubts, purities, shares = candidates.doubts(groups, chances, unlike)
    spreads = candidates.spreads(groups, spectra)
    for number in range(6):
        own = groups.members == number
        ordered = np.sort(chances[:, own], axis=0)
        by_pixel = np.where(unlike[own], 1, 1 - ordered[-1] + ordered[-2])
        assert doubts[number] == pytest.approx(by_pixel.mean(), abs=1e-6)
        assert shares[number] == pytest.approx(unlike[own].mean(), abs=1e-6)
        classes = chances[:, own].argmax(axis=0).tolist()
        most = max(classes.count(one) for one in classes)
        assert purities[number] == pytest.approx(most / len(classes))
        off = spectra[:, own] - spectra[:, own].mean(axis=1, keepdims=True)
        wanted = np.sqrt((off**2).sum(axis=0).mean())
        assert spreads[number] == pytest.approx(wanted, rel=1e-5)


@pytest.mark.parametrize(("times", "unlike"), [(0.99, False), (1.01, True)])
def test_what_is_unlike_all_training_areas_says_so(suggest, monkeypatch, times, unlike):
    def index(self, spectra):
        return np.full(spectra.shape[1:], times * self.threshold, np.float32)

    monkeypatch.setattr(Applicability, "index", index)
    _, layer = suggest(count=10)
    told = [
        reason.startswith("unlike the training areas") for reason in layer["reason"]
    ]
    assert told == [unlike] * 10


def test_none_overlaps_an_area_that_has_a_class(trained, suggest):
    rois = trained.given["rois"]
    areas = read(rois)["geometry"]
    _, free = suggest(count=1000)
    figures, layer = suggest(count=1000, rois=rois, class_field="cover")
    assert shared_area(free["geometry"], areas) > 0
    assert shared_area(layer["geometry"], areas) == 0
    assert 0 < len(layer["rank"]) < figures["superpixels"] == len(free["rank"])
    # All that overlap no area are there.
    apart = [g for g in free["geometry"] if shared_area([g], areas) == 0]
    assert {g.wkb for g in apart} == {g.wkb for g in layer["geometry"]}


def test_areas_without_a_class_do_not_count(suggest, tmp_path):
    _, free = suggest(count=1000)
    classes = ["Wheat" if n < 3 else None for n in range(len(free["rank"]))]
    rois = scenes.write_areas(
        tmp_path / "rois.gpkg", free["geometry"], {"cover": classes}
    )
    _, layer = suggest("second.gpkg", count=1000, rois=str(rois), class_field="cover")
    assert {g.wkb for g in layer["geometry"]} == {g.wkb for g in free["geometry"][3:]}
    with pytest.raises(SampleError, match="Every superpixel overlaps an area"):
        suggest("third.gpkg", rois=str(rois))


def test_points_and_neighbours(suggest, tmp_path):
    _, free = suggest(count=1000)
    chosen = free["geometry"][0]
    point = scenes.write_areas(
        tmp_path / "point.gpkg", [shapely.point_on_surface(chosen)], {"n": [1]}
    )
    _, layer = suggest("p.gpkg", count=1000, rois=str(point))
    assert len(layer["rank"]) == len(free["rank"]) - 1
    assert chosen.wkb not in {g.wkb for g in layer["geometry"]}


def test_the_field_is_that_of_the_training_areas(trained, suggest, tmp_path):
    _, layer = suggest()
    assert "cover" in layer and set(layer["cover"]) == {None}
    figures, layer = suggest("b.gpkg", class_field="My class")
    assert figures["class_field"] == "My class" and "My class" in layer


def test_a_model_whose_field_is_one_of_the_layers_own(trained, suggest, tmp_path):
    network, card = load_model(trained.made["model"])
    labels = {**card.provenance["labels"], "class_field": "Rank"}
    path = tmp_path / "m.miaf.safetensors"
    save_model(path, network, replace(card, provenance={"labels": labels}))
    figures, layer = suggest(model=str(path))
    assert figures["class_field"] == "class"
    assert list(layer)[:2] == ["rank", "class"]


@pytest.mark.parametrize("field", [*SUGGESTION_FIELDS, "Predicted", "fid", "geom"])
def test_a_class_field_called_like_a_column_is_refused(suggest, tmp_path, field):
    """Round 2 would take what the model predicted for what a person said."""
    suggest()
    earlier = str(tmp_path / "next.gpkg")
    for more in ({}, {"rois_more": earlier}):
        with pytest.raises(
            ConfigError, match="name of a field that suggestions already have"
        ) as error:
            suggest("b.gpkg", class_field=field, **more)
        assert "Rename the class field" in error.value.hint
    assert not (tmp_path / "b.gpkg").exists()


@pytest.mark.parametrize("field", ["predicted", "rank", "reason"])
def test_what_suggestions_say_of_themselves_is_no_class(
    trained, suggest, tmp_path, field
):
    suggest()
    layer = str(tmp_path / "next.gpkg")
    requests = (
        TrainRequest(trained.given["cube"], rois=layer, class_field=field, model="m"),
        InspectRequest(trained.given["cube"], rois=layer, class_field=field),
    )
    for request in requests:
        with pytest.raises(ConfigError, match="holds suggested areas"):
            carry_out(request)
    # An area layer may have such a field where it is none of suggestions.
    own = scenes.write_areas(
        tmp_path / "own.gpkg", tiny.boxes(ROTATION, 1)[0], {field: ["a", "b", "c"]}
    )
    request = InspectRequest(trained.given["cube"], rois=str(own), class_field=field)
    assert len(carry_out(request)["figures"]["classes"]) == 3


def test_the_style_offers_the_classes_of_the_model(trained, suggest, tmp_path):
    figures, _ = suggest()
    base = sqlite3.connect(tmp_path / "next.gpkg")
    (text,) = base.execute("SELECT styleQML FROM layer_styles").fetchone()
    base.close()
    root = ElementTree.fromstring(text)
    field = root.find("fieldConfiguration/field[@name='cover']/editWidget")
    options = field.findall("config/Option/Option/Option/Option")
    names = [item["name"] for item in figures["classes"]]
    assert field.get("type") == "ValueMap"
    assert [o.get("value") for o in options][1:] == names
    assert [o.get("name") for o in options][1:] == names
    ranges = root.findall("renderer-v2/ranges/range")
    assert root.find("renderer-v2").get("attr") == "rank"
    edges = [(float(r.get("lower")), float(r.get("upper"))) for r in ranges]
    inside = [sum(low <= rank < high for low, high in edges) for rank in range(1, 7)]
    assert inside == [1] * 6


def test_set_classes_make_training_areas(trained, suggest, tmp_path):
    _, layer = suggest(count=9)
    classes = ["Wheat", "Forest", None] * 3
    rois = scenes.write_areas(
        tmp_path / "rois.gpkg", layer["geometry"], {"cover": classes}
    )
    request = InspectRequest(trained.given["cube"], rois=str(rois), class_field="cover")
    found = carry_out(request)["figures"]["classes"]
    wanted = int(sum(layer["pixels"][[n for n in range(9) if n % 3 < 2]]))
    assert sum(item["pixels"] for item in found) == wanted


def test_more_begin_with_the_same_and_runs_repeat(suggest):
    _, few = suggest(count=3)
    _, many = suggest("b.gpkg", count=8)
    _, again = suggest("c.gpkg", count=8)
    assert [g.wkb for g in few["geometry"]] == [g.wkb for g in many["geometry"][:3]]
    assert many["geometry"].tolist() == again["geometry"].tolist()
    assert many["reason"].tolist() == again["reason"].tolist()


def test_tiles_cover_all_once(suggest, monkeypatch):
    def tiles(part, grid, *_):
        return tiles_of_side(grid.height, grid.width, 11)

    monkeypatch.setattr(suggest_areas, "tiles_of_part", tiles)
    figures, layer = suggest(count=1000)
    assert figures["tiles"] == 9
    where = tiny.grid(ROTATION)
    covered = sum(pixels_of(g, where).astype(int) for g in layer["geometry"])
    assert (covered == 1).all()


def test_size_nodata_and_mask(trained, suggest, tmp_path):
    small, _ = suggest(count=1000, pixels_per_superpixel=12)
    large, _ = suggest("b.gpkg", count=1000, pixels_per_superpixel=60)
    assert small["superpixels"] > 2 * large["superpixels"]
    where = tiny.grid(ROTATION)
    box = scenes.pixel_box(where, 3, 4, 9, 11)
    mask = scenes.write_areas(tmp_path / "mask.gpkg", [box], {"n": [1]})
    _, layer = suggest("c.gpkg", count=1000, mask=str(mask))
    covered = sum(pixels_of(g, where) for g in layer["geometry"])
    expected = np.zeros(covered.shape, bool)
    expected[3:12, 4:15] = True
    assert np.array_equal(covered > 0, expected)


def test_fewer_than_asked_for_is_said(suggest):
    recorder = Recorder()
    _, layer = suggest(count=1000, recorder=recorder)
    expected_text = f"Only {len(layer['rank'])} of 1000 superpixels can be suggested"
    assert [w for w in recorder.warnings if expected_text in w]


@pytest.mark.parametrize(
    ("more", "error", "text"),
    [
        ({"output": None}, ConfigError, "nothing to write"),
        ({"output": "x.shp"}, FileError, "ends in '.shp'"),
        ({"count": 0}, ConfigError, "1 to 1000 .got 0"),
        ({"count": 1001}, ConfigError, "1 to 1000"),
        ({"pixels_per_superpixel": 3}, ConfigError, "4 to 100000, or 0"),
        ({"normalise_by": "date"}, ConfigError, "normalise_by"),
        ({"rois_layer": "areas"}, ConfigError, "without areas"),
        ({"rois": "nowhere.gpkg"}, FileError, "no file"),
        ({"model": "nowhere.miaf.safetensors"}, FileError, "nowhere"),
    ],
)
def test_refusals_leave_nothing(trained, suggest, tmp_path, more, error, text):
    if more.get("output"):
        more = {"output": more["output"]}
    with pytest.raises(error, match=text):
        if "output" in more and more["output"] is None:
            request = {"cube": "a.tif", "model": "m", "output": None}
            carry_out(SuggestAreasRequest(**request))
        else:
            suggest(**more)
    assert not list(tmp_path.iterdir())


def test_an_input_is_not_overwritten(trained, suggest):
    request = SuggestAreasRequest(
        trained.given["cube"],
        trained.made["model"],
        trained.given["rois"],
        rois=trained.given["rois"],
    )
    with pytest.raises(ConfigError, match="is an input"):
        carry_out(request)


def test_another_scene_is_refused_as_in_a_classification(trained, suggest, tmp_path):
    cube = scenes.write_tif(tmp_path / "c.tif", tiny.cube()[:7], tiny.grid())
    messages = []
    for kind in (SuggestAreasRequest, ClassifyRequest):
        request = kind(str(cube), trained.made["model"], str(tmp_path / "o.gpkg"))
        if kind is ClassifyRequest:
            request = kind(str(cube), trained.made["model"], str(tmp_path / "o.tif"))
        with pytest.raises(BandMismatchError) as error:
            carry_out(request)
        messages.append(re.sub(r"\s+", " ", str(error.value)))
    assert messages[0] == messages[1]


def test_a_cube_without_data_is_refused(trained, tmp_path):
    values = np.full_like(tiny.cube(), np.nan)
    cube = scenes.write_tif(tmp_path / "c.tif", values, tiny.grid())
    request = SuggestAreasRequest(
        str(cube), trained.made["model"], str(tmp_path / "o.gpkg"), device="cpu"
    )
    with pytest.raises(CubeError):
        carry_out(request)
    assert [path.name for path in tmp_path.iterdir()] == ["c.tif"]


def test_a_cancel_leaves_nothing(suggest, tmp_path):
    for at in (0.0, 0.02):
        with pytest.raises(Cancelled):
            suggest(recorder=Recorder(cancel_at=at))
    assert not list(tmp_path.iterdir())


def test_the_command_line_takes_a_size(trained, tmp_path, capsys):
    output = tmp_path / "o.gpkg"
    words = {
        "cube": trained.given["cube"],
        "model": trained.made["model"],
        "output": output,
        "count": 4,
        "pixels-per-superpixel": 12,
        "device": "cpu",
    }
    arguments = [f"--{name}={value}" for name, value in words.items()]
    assert main(["suggestareas", *arguments, "--json"]) == 0
    figures = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert (figures["suggestions"], figures["pixels_per_superpixel"]) == (4, 12)
    assert len(read(output)["rank"]) == 4
