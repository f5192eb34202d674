"""An inspection names what is wrong, each kind once, and fails on none of it."""

import json

import numpy as np
import pytest
import shapely

from miaf_engine.errors import ConfigError, VectorFileError
from miaf_engine.requests import InspectRequest
from miaf_engine.tasks import carry_out
from miaf_engine.tasks.inspection.classes import sampled
from tests import scenes, tiny
from tests.scenes import Recorder

WHERE = tiny.grid()
ROWS = (1, 8, 15)


def box(row, column, height=4, width=6):
    return scenes.pixel_box(WHERE, row, column, height, width)


def good():
    """Return three areas of 24 pixels of each class, and their classes."""
    shapes = [box(row, 10 * k + 1) for row in ROWS for k in range(3)]
    return shapes, ["Wheat", "Forest", "Road"] * len(ROWS)


@pytest.fixture
def inspect(tmp_path):
    """Return a function that inspects areas on the tiny cube."""

    def run(shapes=None, names=None, cube=None, field="cover", **more):
        path = cube or tiny.write_cube(tmp_path / "cube.tif")
        request = {"cube": str(path), **more}
        if shapes is not None:
            rois = tmp_path / "rois.gpkg"
            scenes.write_areas(rois, shapes, {"cover": names}, layer="areas")
            request |= {"rois": str(rois), "class_field": field}
        progress = Recorder()
        result = carry_out(InspectRequest.from_json(request), progress)
        figures = result["figures"]
        json.dumps(figures, allow_nan=False)
        grades = [item["grade"] for item in figures["problems"]]
        assert figures["has_problems"] == ("problem" in grades)
        assert figures["problem_count"] == grades.count("problem")
        assert len(progress.warnings) == grades.count("problem")
        assert all(item["message"] for item in figures["problems"])
        return figures

    return run


def found(figures, kind):
    (item,) = [item for item in figures["problems"] if item["kind"] == kind]
    return item


def test_good_areas_have_no_problem(inspect):
    figures = inspect(*good())
    kinds = {item["kind"] for item in figures["problems"]}
    assert not figures["has_problems"]
    assert kinds <= {"no_wavelengths", "alike"}
    assert [item["pixels"] for item in figures["classes"]] == [72, 72, 72]
    assert [item["polygons"] for item in figures["classes"]] == [3, 3, 3]
    assert [item["valid_pixels"] for item in figures["classes"]] == [72, 72, 72]
    measured = figures["separability"]
    assert measured["pixels"] == 216
    assert len(measured["pairs"]) == 3
    assert all(1.9 < pair["jeffries_matusita"] <= 2 for pair in measured["pairs"])
    assert figures["cube"]["bands"]["used"] == tiny.BANDS
    assert figures["cube"]["pixels_looked_at"] == tiny.HEIGHT * tiny.WIDTH
    assert figures["cube"]["nodata_share"] == 0


def test_a_cube_alone(inspect):
    figures = inspect()
    assert figures["classes"] == []
    assert figures["separability"] is None
    assert not figures["has_problems"]


@pytest.mark.parametrize(
    ("kind", "grade", "shape", "name", "features"),
    [
        ("overlap", "problem", box(2, 1), "Road", [1, 10]),
        ("no_class", "problem", box(20, 1), None, [10]),
        ("no_geometry", "note", None, "Wheat", [10]),
        ("outside", "note", box(2000, 1), "Wheat", [10]),
        ("small", "note", box(20.1, 3.1, 0.2, 0.2), "Wheat", [10]),
        ("hidden", "note", box(2, 2, 2, 2), "Wheat", [10]),
        ("class_of_one_area", "note", box(20, 1), "Mud", []),
        ("class_not_held_out", "problem", box(20, 1, 1, 2), "Mud", []),
        ("class_without_pixels", "problem", box(2000, 1), "Mud", []),
    ],
)
def test_one_bad_area(inspect, kind, grade, shape, name, features):
    shapes, names = good()
    item = found(inspect([*shapes, shape], [*names, name]), kind)
    assert item["grade"] == grade
    assert item["features"] == features
    assert item["advice"]
    if name == "Mud":
        assert item["classes"] == ["Mud"]


def test_an_invalid_outline(inspect):
    shapes, names = good()
    corners = list(box(20, 2, 3, 6).exterior.coords)
    bow = shapely.Polygon([corners[i] for i in (0, 2, 1, 3)])
    item = found(inspect([*shapes, bow], [*names, "Wheat"]), "invalid")
    assert (item["grade"], item["features"]) == ("note", [10])


def test_few_pixels(inspect):
    shapes, names = good()
    more = [box(20, 1, 1, 3), box(22, 5, 1, 3)]
    item = found(
        inspect([*shapes, *more], [*names, "Mud", "Mud"]), "class_of_few_pixels"
    )
    assert item["classes"] == ["Mud"]
    assert "6 pixels" in item["message"]


def test_an_area_of_another_cover(inspect):
    shapes = [box(row, 10 * k + 1, 3) for row in range(0, 24, 4) for k in range(3)]
    names = ["Wheat", "Forest", "Road"] * 6
    names[4] = "Road"  # the second area in the stripe of forest
    item = found(inspect(shapes, names), "outlier")
    assert item["features"] == [5]
    assert "most like 'Forest'" in item["message"]


def test_one_class_is_no_error(inspect):
    figures = inspect([box(1, 1), box(8, 1)], ["Wheat", "Wheat"])
    assert found(figures, "one_class")["classes"] == ["Wheat"]
    assert figures["separability"] is None


def test_classes_of_one_cover_are_too_much_alike(inspect):
    rows = range(0, 24, 4)
    shapes = [box(row, column, 3, 4) for row in rows for column in (0, 5)]
    figures = inspect(shapes, ["Wheat", "Barley"] * 6)
    item = found(figures, "alike")
    assert (item["grade"], item["classes"]) == ("problem", ["Barley", "Wheat"])
    assert figures["separability"]["pairs"][0]["jeffries_matusita"] < 1


def test_a_running_number_for_a_class(inspect):
    shapes, _ = good()
    shapes = [*shapes, box(20, 1)]
    item = found(inspect(shapes, [f"area {n}" for n in range(10)]), "class_per_area")
    assert item["grade"] == "problem"


def test_names_in_a_wrong_encoding_are_a_problem(inspect):
    shapes, names = good()
    figures = inspect(shapes, [name.replace("Wheat", "MaÃ¯s") for name in names])
    item = found(figures, "areas")
    assert item["grade"] == "problem" and "'MaÃ¯s'" in item["message"]
    assert item["advice"].startswith("Correct its .cpg file")


@pytest.mark.parametrize(
    ("shapes", "names", "text"),
    [
        ([box(1, 1)], [None], "both a geometry and a class"),
        ([box(3000, 1)], ["Wheat"], "outside the cube"),
    ],
)
def test_no_usable_area_is_a_problem(inspect, shapes, names, text):
    figures = inspect(shapes, names)
    assert text in found(figures, "areas")["message"]
    assert figures["classes"] == []


def test_nodata_bands_and_place(inspect, tmp_path):
    values = tiny.cube()
    values[:, :, :20] = -1
    values[3] = 7
    where = scenes.unplaced(tiny.HEIGHT, tiny.WIDTH)
    cube = scenes.write_tif(tmp_path / "n.tif", values, where, nodata=-1)
    figures = inspect(cube=cube)
    assert not figures["has_problems"]
    assert "67% of the 720" in found(figures, "much_nodata")["message"]
    assert "band 4" in found(figures, "constant_bands")["message"]
    assert found(figures, "no_georeference") and found(figures, "no_wavelengths")
    values[:] = -1
    cube = scenes.write_tif(tmp_path / "n.tif", values, where, nodata=-1)
    assert inspect(cube=cube)["has_problems"]


def test_areas_on_nodata(inspect, tmp_path):
    values = tiny.cube()
    values[:, 1:3, :] = -1
    cube = scenes.write_tif(tmp_path / "n.tif", values, WHERE, nodata=-1)
    figures = inspect(*good(), cube=cube)
    assert found(figures, "nodata")["features"] == [1, 2, 3]
    assert [item["valid_pixels"] for item in figures["classes"]] == [60, 60, 60]


def test_excluded_bands_and_too_few(inspect, tmp_path):
    fields = {
        "wavelength": "{" + ",".join(str(400 + 100 * n) for n in range(12)) + "}",
        "wavelength units": "Nanometers",
    }
    cube = scenes.write_envi(tmp_path / "c.dat", tiny.cube(), WHERE, fields)
    figures = inspect(*good(), cube=cube)
    assert figures["cube"]["bands"]["excluded"] == 1
    assert "in Nanometers" in figures["cube"]["wavelengths_from"]
    figures = inspect(*good(), cube=cube, settings={"exclude_wavelengths": "300-1450"})
    assert found(figures, "bands")["grade"] == "problem"
    assert [item["pixels"] for item in figures["classes"]] == [72, 72, 72]


def test_what_cannot_be_read_is_an_error(inspect, tmp_path):
    with pytest.raises(ConfigError, match="class field"):
        inspect(*good(), field=None)
    with pytest.raises(VectorFileError, match="no field"):
        inspect(*good(), field="other")
    with pytest.raises(VectorFileError, match="no file"):
        inspect(rois=str(tmp_path / "none.gpkg"), class_field="cover")


def test_report_and_its_numbers(inspect, tmp_path):
    report = tmp_path / "r.html"
    shapes, names = good()
    names = [name.replace("Wheat", "<b>Wheat & co</b>") for name in names]
    figures = inspect([*shapes, box(2, 1)], [*names, "Road"], report=str(report))
    page = report.read_text(encoding="utf-8")
    assert "&lt;b&gt;Wheat &amp; co&lt;/b&gt;" in page and "<b>" not in page
    assert "Jeffries-Matusita" in page and 'src="data:image/png' in page
    assert "http" not in page.split("<body>")[1]
    beside = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))
    assert beside["problems"] == figures["problems"]
    assert beside["separability"] == figures["separability"]
    assert len(beside["spectra"]["mean"]["Road"]) == tiny.BANDS


def test_large_areas_share_the_sample():
    numbers = np.zeros((60, 50), np.int32)
    numbers[:40], numbers[45:47], numbers[55, 3] = 1, 2, 3
    chosen = sampled(numbers, 300)
    counts = np.bincount(numbers[chosen], minlength=4)
    assert counts[0] == 0 and counts[3] == 1
    assert counts[2] == 100 and 150 < counts[1] <= 200
    assert np.array_equal(chosen, sampled(numbers, 300))
    assert np.array_equal(sampled(numbers, 9999), numbers > 0)
