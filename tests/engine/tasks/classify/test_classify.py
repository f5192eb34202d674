"""Classifying with a model: parts, other band orders, and refusals."""

import json
from pathlib import Path

import numpy as np
import pytest
import rasterio

from miaf_engine.errors import (
    BandMismatchError,
    Cancelled,
    ConfigError,
    CubeError,
    FileError,
    MiafError,
    ModelFormatError,
)
from miaf_engine.grid import Window
from miaf_engine.models.card import read_card
from miaf_engine.models.preparation import preparation_of
from miaf_engine.prediction import mapper
from miaf_engine.requests import TrainRequest
from miaf_engine.requests.classify import ClassifyRequest, ClassifyScenesRequest
from miaf_engine.tasks import carry_out
from miaf_engine.tasks.classify.classify import classify as classify_one
from miaf_engine.tasks.inputs import extent_window
from miaf_engine.tasks.train.train import train
from tests import scenes, tiny
from tests.scenes import Recorder


def read(path):
    with rasterio.open(path) as dataset:
        return dataset.read()


@pytest.fixture
def classify(trained, tmp_path):
    def run(progress=None, **more):
        values = {
            "cube": trained.given["cube"],
            "model": trained.made["model"],
            "output": str(tmp_path / "map.tif"),
            "device": "cpu",
        }
        request = ClassifyRequest.from_json(values | more)
        return carry_out(request, progress or Recorder())

    return run


def bounds_of(grid, row, column, height, width):
    """Return the map extent of the middle of a rectangle of pixels."""
    ring = scenes.pixel_box(grid, row + 0.4, column + 0.4, height - 0.8, width - 0.8)
    return list(ring.bounds)


def test_part_on_a_rotated_grid_is_cut_from_the_whole(trained, classify, tmp_path):
    grid = tiny.grid(17.0)
    extent = bounds_of(grid, 8, 11, 3, 4)
    classify(extent=extent, probabilities=str(tmp_path / "part.tif"))
    window = extent_window(extent, grid)
    assert window.row <= 8
    assert window.column <= 11
    assert window.row + window.height >= 11
    assert window.column + window.width >= 15
    assert window.height * window.width < 200
    # The part sees its surroundings: the tile has a margin. Only rounding differs, as
    # the classifiers see the pixels of the part alone.
    whole = read(trained.made["probabilities"])[(slice(None), *window.slices)]
    np.testing.assert_allclose(read(tmp_path / "part.tif"), whole, rtol=1e-6)
    with rasterio.open(tmp_path / "map.tif") as made:
        expected = grid.cut(window).transform
        assert tuple(made.transform)[:6] == pytest.approx(expected, abs=1e-9)
        assert made.shape == (window.height, window.width)


def test_extent_along_pixel_edges_takes_no_pixel_more():
    grid = tiny.grid()
    left, bottom, right, top = grid.bounds
    assert extent_window([left, bottom, right, top], grid) == grid.window
    inner = [left + 40, top - 100, left + 120, top - 20]
    assert extent_window(inner, grid) == Window(1, 2, 4, 4)
    point = [left + 50, top - 50, left + 50, top - 50]
    assert extent_window(point, grid) == Window(2, 2, 1, 1)
    swapped = [right, top, left, bottom]
    assert extent_window(swapped, grid) == grid.window


@pytest.mark.parametrize("rotation", [0.0, 17.0, 90.0, 200.0])
def test_extent_of_any_rotation_holds_its_pixels(rotation):
    grid = tiny.grid(rotation)
    window = extent_window(bounds_of(grid, 3, 5, 6, 7), grid)
    assert window.row <= 3
    assert window.column <= 5
    assert window.row + window.height >= 9
    assert window.column + window.width >= 12
    assert extent_window(list(grid.bounds), grid) == grid.window


@pytest.mark.parametrize(
    "extent",
    [
        [0.0, 0.0, 1.0, 1.0],
        [1.0, 2.0, 3.0],
        [0.0, 0.0, float("nan"), 1.0],
        [0.0, 0.0, float("inf"), 1.0],
        [],
    ],
    ids=str,
)
def test_extent_that_is_none_is_refused(extent):
    with pytest.raises(ConfigError, match="extent"):
        extent_window(extent, tiny.grid())


def test_bounds_are_told_to_the_metre():
    with pytest.raises(ConfigError) as caught:
        extent_window([4123456.25, 5412345.5, 4123457.25, 5412346.5], tiny.grid())
    assert "4123456.25, 5412345.5, 4123457.25, 5412346.5" in str(caught.value)
    left, bottom, right, top = (f"{v:.10g}" for v in tiny.grid().bounds)
    assert f"{left}, {bottom}, {right}, {top}" in caught.value.hint


def test_seven_mebibytes_more_or_less_do_not_matter(trained, classify, tmp_path):
    figures = classify(memory_mb=500)["figures"]
    assert figures["tiles"] == 1
    assert figures["classified_pixels"] == tiny.HEIGHT * tiny.WIDTH
    assert figures["device"] == "cpu"
    np.testing.assert_array_equal(
        read(tmp_path / "map.tif"), read(trained.made["output"])
    )


def test_envi_output_has_the_same_values(trained, classify, tmp_path):
    classify(output=str(tmp_path / "map.dat"))
    np.testing.assert_array_equal(
        read(tmp_path / "map.dat"), read(trained.made["output"])
    )


def test_another_scene_is_classified(classify, tmp_path):
    cube = scenes.write_tif(
        tmp_path / "wide.tif", tiny.cube(30, 45, seed=9), scenes.grid(30, 45)
    )
    result = classify(cube=str(cube))
    assert result["figures"]["classified_pixels"] == 30 * 45
    assert read(tmp_path / "map.tif").shape == (1, 30, 45)


def damaged(trained, tmp_path, **changes):
    """Write the model with other header entries; return its path."""
    content = Path(trained.made["model"]).read_bytes()
    length = int.from_bytes(content[:8], "little")
    header = json.loads(content[8 : 8 + length])
    card = json.loads(header["__metadata__"]["miaf"])
    header["__metadata__"]["miaf"] = json.dumps(card | changes)
    text = json.dumps(header).encode()
    path = tmp_path / "damaged.miaf.safetensors"
    path.write_bytes(len(text).to_bytes(8, "little") + text + content[8 + length :])
    return str(path)


@pytest.mark.parametrize(
    "changes",
    [
        {"normalisation": {"mean": [0.0], "scale": [1.0]}},
        {"normalisation": {}},
        {"projection": {"name": "lda", "matrix": [[1.0, 2.0]]}},
        {"projection": {"name": "lda", "matrix": "x"}},
        {"superpixels": {"pixels_per_superpixel": [50]}},
        {"superpixels": {"compactness": 0}},
        {"network": {"width": 9}},
        {"network": {"colour": "red"}},
        {"classes": [{"value": 1, "name": "a", "colour": "#000000"}]},
        {"bands": []},
    ],
    ids=str,
)
def test_damaged_models_are_refused(trained, classify, tmp_path, changes):
    path = damaged(trained, tmp_path, **changes)
    with pytest.raises(ModelFormatError):
        classify(model=path)
    assert not (tmp_path / "map.tif").exists()


def test_header_says_what_a_cube_goes_through(trained):
    card = read_card(trained.made["model"])
    found = preparation_of(card, "model")
    assert found.superpixels.pixels_per_superpixel == (12, 30)
    assert found.projection.matrix.shape == (2, tiny.BANDS)


def test_refusals_write_nothing(trained, classify, tmp_path):
    gone = str(tmp_path / "gone" / "file")
    fewer = scenes.write_tif(tmp_path / "fewer.tif", tiny.cube()[:7], tiny.grid())
    text = tmp_path / "text.miaf.safetensors"
    text.write_text("no model", encoding="utf-8")
    empty = np.full_like(tiny.cube(), -1.0)
    nothing = scenes.write_tif(
        tmp_path / "nothing.tif", empty, tiny.grid(), nodata=-1.0
    )
    before = sorted(tmp_path.iterdir())
    for change, error in (
        ({"model": gone}, FileError),
        ({"model": str(text)}, ModelFormatError),
        ({"model": trained.given["cube"]}, ModelFormatError),
        ({"cube": gone}, FileError),
        ({"cube": str(fewer)}, BandMismatchError),
        ({"cube": str(nothing)}, CubeError),
        (
            {"cube": str(nothing), "extent": bounds_of(tiny.grid(), 1, 1, 2, 2)},
            CubeError,
        ),
        ({"output": gone + ".tif"}, FileError),
        ({"output": None}, ConfigError),
        ({"output": trained.given["cube"]}, ConfigError),
        ({"output": trained.made["model"]}, MiafError),
        ({"extent": [0.0, 0.0, 1.0, 1.0]}, ConfigError),
        ({"extent": "1,2,3,4"}, ConfigError),
        ({"memory_mb": 1}, MiafError),
    ):
        with pytest.raises(error):
            classify(**change)
    assert sorted(tmp_path.iterdir()) == before


def test_cancel_writes_nothing(classify, tmp_path):
    with pytest.raises(Cancelled):
        classify(progress=Recorder(cancel_at=0.0))
    assert list(tmp_path.iterdir()) == []


def test_measuring_the_scene_has_no_share_of_the_bar(classify):
    """It takes a moment or a fifth of the run; a time left would be made of it."""
    recorder = Recorder()
    classify(progress=recorder)
    steps = list(zip(recorder.texts, recorder.fractions, strict=True))
    measuring = [fraction for text, fraction in steps if "Measuring" in text]
    assert measuring and set(measuring) == {0.0}
    assert recorder.fractions[-1] == pytest.approx(1.0)


@pytest.fixture(scope="module")
def model(tmp_path_factory):
    folder = tmp_path_factory.mktemp("model")
    path = str(folder / "m.safetensors")
    train(TrainRequest(**tiny.inputs(folder), model=path), Recorder())
    return path


def cubes(folder):
    """Write two cubes, and one that lacks bands between them."""
    where = tiny.grid()
    return [
        str(scenes.write_tif(folder / "a.tif", tiny.cube(seed=1), where)),
        str(scenes.write_tif(folder / "b.tif", tiny.cube()[:5], where)),
        str(scenes.write_tif(folder / "c.tif", tiny.cube(seed=2), where)),
    ]


def asked(model, paths, folder):
    entries = [{"cube": path, "output": f"{path}.map.tif"} for path in paths]
    return ClassifyScenesRequest(model=model, scenes=entries, device="cpu")


def test_each_map_is_that_of_a_run_of_its_own(model, tmp_path, monkeypatch):
    loaded = []
    load = mapper.load_model
    monkeypatch.setattr(
        mapper, "load_model", lambda *args: loaded.append(args) or load(*args)
    )
    paths, recorder = cubes(tmp_path), Recorder()
    figures = carry_out(asked(model, paths, tmp_path), recorder)["figures"]
    assert len(loaded) == 1
    assert (figures["map_count"], figures["failed_count"]) == (2, 1)
    assert "bands" in figures["maps"][1]["error"]["message"]
    assert any("b.tif" in warning for warning in recorder.warnings)
    assert not (tmp_path / "b.tif.map.tif").exists()
    for path in (paths[0], paths[2]):
        alone = f"{path}.alone.tif"
        request = ClassifyRequest(cube=path, model=model, output=alone, device="cpu")
        classify_one(request, Recorder())
        with rasterio.open(alone) as one, rasterio.open(f"{path}.map.tif") as other:
            assert (one.read() == other.read()).all()


def test_nothing_to_do_and_nothing_done_are_errors(model, tmp_path):
    with pytest.raises(ConfigError, match="no scene"):
        carry_out(asked(model, [], tmp_path), Recorder())
    figures = carry_out(asked(model, cubes(tmp_path)[1:2], tmp_path), Recorder())
    assert (figures["figures"]["map_count"], figures["figures"]["failed_count"]) == (
        0,
        1,
    )
    with pytest.raises(ConfigError, match="Unknown entry"):
        entries = [{"cube": "a", "colour": "red"}]
        request = ClassifyScenesRequest(model=model, scenes=entries)
        carry_out(request, Recorder())


def test_fill_that_is_not_declared_is_said(classify, tmp_path):
    values = tiny.cube()
    values[:, :4, :] = 0
    path = scenes.write_tif(tmp_path / "next.tif", values, tiny.grid())
    said = Recorder()
    classify(said, cube=str(path))
    words = f"Pixels with the value 0 in every band: {4 * tiny.WIDTH}. "
    assert [text for text in said.warnings if text.startswith(words)]
    scenes.write_tif(path, values, tiny.grid(), nodata=0)
    said = Recorder()
    classify(said, cube=str(path))
    assert not [text for text in said.warnings if "in every band" in text]
    assert (read(tmp_path / "map.tif")[0, :4] == 0).all()
