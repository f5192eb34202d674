"""Comparing two class maps: matrix, areas, map and names, on one grid and on two."""

import csv
import json

import numpy as np
import pytest
import rasterio

from miaf_engine.classes import ClassEntry, ClassTable
from miaf_engine.errors import Cancelled, ConfigError, InputError
from miaf_engine.io.class_maps import read_class_map
from miaf_engine.tasks.compare import compare
from tests import scenes
from tests.changes import (
    WHERE,
    made,
    run,
    values_after,
    values_before,
    write,
    write_maps,
)
from tests.scenes import Recorder


@pytest.fixture
def maps(tmp_path):
    return write_maps(tmp_path)


def test_matrix_and_areas_by_hand(maps, tmp_path):
    paths = made(tmp_path)
    result = run(maps, **paths)
    figures = result["figures"]
    assert result["outputs"] == paths
    # By name, not by value: 1 is corn before and woods after.
    assert [item["name"] for item in figures["map_classes"]] == [
        "Corn",
        "Lake",
        "Woods",
    ]
    assert [item["value"] for item in figures["map_classes"]] == [1, 2, 3]
    expected = [[20, 0, 3], [0, 0, 0], [0, 2, 21]]
    assert figures["matrix_pixels"] == expected
    assert figures["matrix_areas"] == (np.array(expected) * 0.04).round(10).tolist()
    assert figures["changed_pixels"] == 5 and figures["compared_pixels"] == 46
    assert figures["changed_share"] == pytest.approx(5 / 46)
    assert figures["changed_area"] == pytest.approx(0.2)
    assert (figures["only_before_pixels"], figures["only_after_pixels"]) == (1, 1)
    assert [item["name"] for item in figures["changes"]] == [
        "Corn -> Woods",
        "Woods -> Lake",
    ]


def test_the_map_has_codes_names_and_colours(maps, tmp_path):
    paths = made(tmp_path, "output")
    figures = run(maps, **paths)["figures"]
    values, grid, classes = read_class_map(paths["output"])
    assert grid == WHERE
    assert {entry.value: entry.name for entry in classes} == {
        11: "Corn (unchanged)",
        13: "Corn -> Woods",
        32: "Woods -> Lake",
        33: "Woods (unchanged)",
    }
    to = np.array([0, 3, 1, 2])[values_after()]
    both = (values_before() > 0) & (to > 0)
    assert np.array_equal(values, np.where(both, values_before() * 10 + to, 0))
    assert classes.as_json() == figures["classes"]
    with rasterio.open(paths["output"]) as dataset:
        assert dataset.nodata == 0
    brightness = {
        entry.value: max(bytes.fromhex(entry.colour[1:])) for entry in classes
    }
    darkest = {e.value: min(bytes.fromhex(e.colour[1:])) for e in classes}
    # Unchanged ones are pale tints, changes are strong.
    assert min(darkest[11], darkest[33]) > 180 > max(darkest[13], darkest[32])
    assert brightness[11] > 240


def test_the_files_hold_the_same_numbers(maps, tmp_path):
    paths = made(tmp_path)
    figures = run(maps, **paths)["figures"]
    with (tmp_path / "m.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0] == [
        "pixels, rows: before, columns: after", "Corn", "Lake", "Woods", "sum",
    ]  # fmt: skip
    assert rows[1:5] == [
        ["Corn", "20", "0", "3", "23"],
        ["Lake", "0", "0", "0", "0"],
        ["Woods", "0", "2", "21", "23"],
        ["sum", "20", "2", "24", "46"],
    ]
    assert rows[6][0].startswith("ha, ")
    assert [float(cell) for cell in rows[10][1:]] == pytest.approx(
        [0.8, 0.08, 0.96, 1.84]
    )
    assert json.loads((tmp_path / "r.json").read_text(encoding="utf-8")) == figures
    page = (tmp_path / "r.html").read_text(encoding="utf-8")
    for text in ("Corn → Woods", "10.9", "vor.tif", "Errors of either map"):
        assert text in page
    assert "<script" not in page and "http:" not in page and "https:" not in page
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted(
        ["vor.tif", "nach.tif", "vor.tif.aux.xml", "nach.tif.aux.xml", "m.csv",
         "r.html", "r.json", "Änderung.tif", "Änderung.tif.aux.xml"]
    )  # fmt: skip


def test_the_report_calls_the_maps_by_their_names(maps, tmp_path):
    run(maps, **made(tmp_path), before_name="May <2023>", after_name="May 2024")
    page = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert "May &lt;2023&gt;" in page and "May 2024" in page
    assert "vor.tif" not in page


def test_blocks_make_no_difference(tmp_path, monkeypatch):
    rng, where = np.random.default_rng(0), scenes.grid(150, 170, rotation=20)
    one, other = rng.integers(0, 5, (2, 150, 170))
    table = ClassTable(tuple(ClassEntry(v, f"c{v}", f"#00000{v}") for v in range(1, 5)))
    maps = {
        "before": write(tmp_path / "a.tif", one, table, where),
        "after": write(tmp_path / "b.tif", other, table, where),
    }
    monkeypatch.setattr(compare, "LARGEST_MAP", 40)
    pictures = []
    monkeypatch.setattr(
        compare, "write_change_report", lambda _, c: pictures.append(c.picture)
    )
    whole = run(
        maps, output=str(tmp_path / "whole.tif"), report=str(tmp_path / "r.html")
    )
    monkeypatch.setattr(compare, "_SIDE", 47)
    parts = run(
        maps, output=str(tmp_path / "parts.tif"), report=str(tmp_path / "r.html")
    )
    timeless = [
        {
            k: v
            for k, v in r["figures"].items()
            if k not in ("seconds", "peak_memory_mb")
        }
        for r in (whole, parts)
    ]
    assert timeless[0] == timeless[1]
    expected = np.where((one > 0) & (other > 0), one * 10 + other, 0)
    for name in ("whole.tif", "parts.tif"):
        assert np.array_equal(read_class_map(tmp_path / name)[0], expected)
    codes = np.array([0, *(e["value"] for e in whole["figures"]["classes"])])
    for picture in pictures:
        assert np.array_equal(codes[picture], expected[::5, ::5])
    crosstab = np.zeros((5, 5), int)
    np.add.at(crosstab, (one, other), 1)
    assert whole["figures"]["matrix_pixels"] == crosstab[1:, 1:].tolist()


def test_layers_styles_name_classes(tmp_path):
    maps = {}
    for name in ("before", "after"):
        values = (values_before() if name == "before" else values_after()).astype("u1")
        path = scenes.write_tif(tmp_path / f"{name}.tif", values[None], WHERE)
        maps[name] = str(path)
    style = [{"key": 1, "name": "Maize", "colour": "#ff0000"}]
    figures = run(maps, after_styles=style, **made(tmp_path, "matrix"))["figures"]
    assert [c["name"] for c in figures["map_classes"]] == ["Maize", "2", "3"]
    assert any("because of its value" in note for note in figures["class_notes"])


def test_large_values_are_numbered(tmp_path):
    table = ClassTable(
        (ClassEntry(7, "a", "#000000"), ClassEntry(30_000, "b", "#111111"))
    )
    one, other = np.full((2, 6, 8), 7)
    other[0] = 30_000
    maps = {
        "before": write(tmp_path / "a.tif", one, table),
        "after": write(tmp_path / "b.tif", other, table),
    }
    figures = run(maps, **made(tmp_path, "output"))["figures"]
    assert [(c["value"], c["name"]) for c in figures["classes"]] == [
        (1, "a -> b"), (2, "a (unchanged)"),
    ]  # fmt: skip
    assert "numbered" in figures["change_values"]


def test_a_map_against_itself(maps, tmp_path):
    maps["after"] = maps["before"]
    figures = run(maps, **made(tmp_path))["figures"]
    assert figures["changed_share"] == 0 and figures["changes"] == []


@pytest.mark.parametrize(
    ("more", "error", "text"),
    [
        ({}, ConfigError, "nothing to write"),
        ({"output": "vor.tif"}, ConfigError, "is an input"),
        ({"output": "x.png"}, InputError, "x.png"),
        ({"matrix": "no/m.csv"}, OSError, "does not exist"),
        ({"before": "gone.tif", "matrix": "m.csv"}, OSError, "no file"),
    ],
)
def test_refusals_leave_nothing(maps, tmp_path, more, error, text):
    more = {name: str(tmp_path / path) for name, path in more.items()}
    before = sorted(tmp_path.rglob("*"))
    error = (error, OSError) if error is InputError else error
    with pytest.raises(error, match=text):
        run({**maps, **more})
    assert sorted(tmp_path.rglob("*")) == before


def test_values_that_are_no_classes_are_refused(maps, tmp_path):
    values = np.full((1, 6, 8), -3, np.int16)
    maps["after"] = str(scenes.write_tif(tmp_path / "n.tif", values, WHERE))
    with pytest.raises(InputError, match="holds the value -3"):
        run(maps, **made(tmp_path))
    values = np.full((2, 6, 8), 3, np.int16)
    maps["after"] = str(scenes.write_tif(tmp_path / "n.tif", values, WHERE))
    with pytest.raises(InputError, match="2 bands"):
        run(maps, **made(tmp_path))


@pytest.mark.parametrize("at", [0.0, 0.5, 0.95])
def test_a_cancel_leaves_nothing(maps, tmp_path, at):
    before = sorted(tmp_path.iterdir())
    with pytest.raises(Cancelled):
        run(maps, Recorder(cancel_at=at), **made(tmp_path))
    assert sorted(tmp_path.iterdir()) == before
