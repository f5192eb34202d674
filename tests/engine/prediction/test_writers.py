"""Which targets may be written together."""

from contextlib import ExitStack

import numpy as np
import pytest
import rasterio

from miaf_engine.errors import ConfigError, FileError
from miaf_engine.grid import Window
from miaf_engine.prediction import writers
from miaf_engine.prediction.writers import MapWriters
from miaf_engine.requests.classify import ClassifyRequest
from miaf_engine.requests.rasters import MAP_RASTERS, RASTER_NAMES
from miaf_engine.tasks.classify.classify import outputs_of
from miaf_engine.tasks.outputs import check_targets
from tests import scenes, tiny
from tests.scenes import CLASSES


def test_targets_asked_for_come_back(tmp_path):
    asked = {"output": str(tmp_path / "a.tif"), "confidence": None, "model": ""}
    assert check_targets(asked) == {"output": asked["output"]}
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("output", "confidence"),
    [("a.tif", "a.tif"), ("a.tif", "./a.tif"), ("a.dat", "a.img"), ("a.bsq", "a.dat")],
)
def test_outputs_in_each_others_way_are_refused(tmp_path, output, confidence):
    paths = {"output": f"{tmp_path}/{output}", "confidence": f"{tmp_path}/{confidence}"}
    with pytest.raises(ConfigError, match=r"same file.*: output, confidence\."):
        check_targets(paths)
    fine = {"output": f"{tmp_path}/a.tif", "confidence": f"{tmp_path}/a.dat"}
    assert check_targets(fine) == fine


def test_inputs_are_not_written_over(tmp_path):
    cube = tmp_path / "cube.tif"
    cube.touch()
    with pytest.raises(ConfigError, match="is an input"):
        check_targets({"output": f"{tmp_path}/x/../cube.tif"}, [str(cube)])
    (tmp_path / "link.tif").symlink_to(cube)
    with pytest.raises(ConfigError, match="is an input"):
        check_targets({"output": f"{tmp_path}/link.tif"}, [str(cube), None])


def test_the_numbers_of_a_report_replace_nothing_else(tmp_path):
    """A GeoJSON of areas may well be called as the report is."""
    areas, report = tmp_path / "areas.json", tmp_path / "areas.html"
    asked = {"report": str(report)}
    with pytest.raises(ConfigError, match=r"same file.*: report, matrix\."):
        check_targets({**asked, "matrix": str(areas)})
    with pytest.raises(ConfigError, match="would overwrite 'areas"):
        check_targets({"report": str(areas)})
    areas.touch()
    for inputs in ([str(areas)], []):  # QGIS hands over a copy of its layer
        with pytest.raises(ConfigError, match="would overwrite 'areas"):
            check_targets(asked, inputs)
    report.touch()  # now the two are of an older run
    assert check_targets(asked) == asked
    with pytest.raises(ConfigError, match="would overwrite 'areas"):
        check_targets(asked, [str(areas)])


def test_numbers_of_a_report_must_be_writable(tmp_path):
    (tmp_path / "a.html").touch()
    (tmp_path / "a.json").mkdir()
    with pytest.raises(FileError, match="folder"):
        check_targets({"report": f"{tmp_path}/a.html"})


def test_the_header_of_a_cube_is_not_written_over(tmp_path):
    cube = tiny.write_cube(tmp_path / "scene.bsq")
    before = (tmp_path / "scene.hdr").read_bytes()
    with pytest.raises((ConfigError, FileError)):
        check_targets({"output": f"{tmp_path}/scene.dat"}, [str(cube)])
    assert (tmp_path / "scene.hdr").read_bytes() == before


def test_windows_get_values_confidence_and_probabilities(tmp_path):
    request = ClassifyRequest(
        cube="c",
        model="m",
        output=str(tmp_path / "o.tif"),
        confidence=str(tmp_path / "c.tif"),
        probabilities=str(tmp_path / "p.tif"),
    )
    grid = tiny.grid()
    probabilities = np.full((3, grid.height, grid.width), 0.25, dtype=np.float32)
    probabilities[2] = 0.5
    probabilities[:, 0, 0] = np.nan
    with ExitStack() as stack:
        writers = MapWriters.open(request, outputs_of(request), grid, CLASSES, stack)
        classes = writers.write(grid.window, probabilities)
    assert classes[0, 0] == 0
    assert classes[1, 1] == 3
    with rasterio.open(request.output) as made:
        assert made.read(1)[1, 1] == 5  # the third class's own value
        assert made.read(1)[0, 0] == 0
    with rasterio.open(request.confidence) as made:
        assert made.read(1)[1, 1] == 0.5
        assert np.isnan(made.read(1)[0, 0])
    with rasterio.open(request.probabilities) as made:
        np.testing.assert_array_equal(made.read(), probabilities)


def test_every_raster_is_written_and_named(tmp_path):
    paths = {name: str(tmp_path / f"{name}.tif") for name in RASTER_NAMES}
    request = ClassifyRequest("cube", "model", **paths)
    with ExitStack() as stack:
        grid = scenes.grid(1, 4)
        opened = MapWriters.open(request, paths, grid, CLASSES, stack, 0.5)
        opened.write(Window(0, 0, 1, 4), CHANCES, np.zeros((1, 4), np.float32))
    bands = {
        "output": (None,),
        "probabilities": tuple(CLASSES.names),
        "applicability": (writers.INDEX_BAND, writers.MASK_BAND),
    }
    for raster in MAP_RASTERS:
        with rasterio.open(paths[raster.name]) as file:
            assert file.descriptions == bands.get(raster.name, (raster.title,))
            assert not np.isnan(file.read()[:, 0, :3]).any()


def test_a_raster_that_was_not_checked_is_refused(tmp_path, monkeypatch):
    cube = tiny.write_cube(tmp_path / "cube.tif")
    before = cube.read_bytes()
    request = ClassifyRequest("cube", "model", str(tmp_path / "map.tif"), str(cube))
    paths = {"output": request.output}
    with ExitStack() as stack, pytest.raises(ValueError, match=": confidence"):
        MapWriters.open(request, paths, scenes.grid(1, 4), CLASSES, stack)
    # Nor one that is computed and asked for, but declared nowhere.
    made = {**writers._UNCERTAINTIES, "mask": writers.entropy}
    monkeypatch.setattr(writers, "_UNCERTAINTIES", made)
    request = ClassifyRequest("cube", "model", request.output, mask=str(cube))
    with ExitStack() as stack, pytest.raises(ValueError, match=": mask"):
        MapWriters.open(request, paths, scenes.grid(1, 4), CLASSES, stack)
    assert cube.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["cube.tif"]


def written(folder, probabilities, unlikeness=None, threshold=None, **asked):
    """Return the class map, and the raster of applicability where it is asked for."""
    paths = {"output": str(folder / "map.tif"), **asked}
    request = ClassifyRequest("cube", "model", **paths)
    with ExitStack() as stack:
        grid = scenes.grid(1, 4)
        writers = MapWriters.open(request, paths, grid, CLASSES, stack, threshold)
        returned = writers.write(Window(0, 0, 1, 4), probabilities, unlikeness)
    found = {}
    for name in ("output", "applicability"):
        if name in paths:
            with rasterio.open(paths[name]) as file:
                found[name] = (file.read(), file.descriptions)
    assert ((found["output"][0][0] > 0) == (returned > 0)).all()
    return found


CHANCES = np.array(
    [[[0.9, 0.5, 0.3, np.nan]], [[0.05, 0.3, 0.6, np.nan]], [[0.05, 0.2, 0.1, np.nan]]],
    np.float32,
)


def test_pixels_of_less_confidence_get_no_class(tmp_path):
    values = list(CLASSES.values)
    sure = written(tmp_path, CHANCES)["output"][0].ravel()
    assert sure.tolist() == [values[0], values[0], values[1], 0]
    sure = written(tmp_path, CHANCES, min_confidence=0.55)["output"][0].ravel()
    assert sure.tolist() == [values[0], 0, values[1], 0]


def test_pixels_unlike_the_areas_get_no_class_and_are_masked(tmp_path):
    index = np.array([[0.2, 1.0, 1.1, np.nan]], np.float32)
    asked = {"leave_out_unlike": True, "applicability": str(tmp_path / "a.tif")}
    found = written(tmp_path, CHANCES, index, 1.0, **asked)
    values = list(CLASSES.values)
    assert found["output"][0].ravel().tolist() == [values[0], values[0], 0, 0]
    bands, names = found["applicability"]
    np.testing.assert_array_equal(bands[0], index)
    np.testing.assert_array_equal(bands[1], [[1, 1, 0, np.nan]])
    assert names == ("Dissimilarity index", "Inside the area of applicability")


def test_a_confidence_beyond_one_is_refused():
    with pytest.raises(ConfigError, match="must be 0 to 1"):
        ClassifyRequest("cube", "model", min_confidence=50)
