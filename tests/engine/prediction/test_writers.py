"""Which targets may be written together."""

from contextlib import ExitStack

import numpy as np
import pytest
import rasterio

from miaf_engine.errors import ConfigError, FileError
from miaf_engine.prediction.writers import MapWriters
from miaf_engine.requests.classify import ClassifyRequest
from miaf_engine.tasks.outputs import check_targets
from tests import tiny
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
    with pytest.raises(ConfigError, match="as output and as confidence"):
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
    with pytest.raises(ConfigError, match="as report and as matrix"):
        check_targets({**asked, "matrix": str(areas)})
    with pytest.raises(ConfigError, match="would replace 'areas"):
        check_targets({"report": str(areas)})
    areas.touch()
    for inputs in ([str(areas)], []):  # QGIS hands over a copy of its layer
        with pytest.raises(ConfigError, match="would replace 'areas"):
            check_targets(asked, inputs)
    report.touch()  # now the two are of an older run
    assert check_targets(asked) == asked
    with pytest.raises(ConfigError, match="would replace 'areas"):
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
        writers = MapWriters.open(request, grid, CLASSES, stack)
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
