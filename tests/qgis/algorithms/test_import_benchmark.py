"""The import of benchmark scenes: parameters become a request, outputs are styled."""

from functools import partial
from pathlib import Path

import pytest
from qgis.core import QgsProcessingException

from miaf_engine.requests import TASKS
from tests.qgis.helpers import request_of


@pytest.fixture
def files(tmp_path):
    """Files that exist; nothing here opens them."""
    names = ("cube.mat", "labels.npy", "list.csv", "names.txt")
    for name in names:
        (tmp_path / name).write_text("x")
    return {name: str(tmp_path / name) for name in names}


@pytest.fixture
def job_of(job_of):
    return partial(job_of, "importbenchmark")


def test_defaults(job_of, files, tmp_path):
    given = {"CUBE_FILE": files["cube.mat"], "OUTPUT": str(tmp_path / "c.tif")}
    job = job_of(given)
    request = request_of(job)
    wanted = TASKS["import"](
        cube=files["cube.mat"], output=str(tmp_path / "c.tif"), creation_options=[]
    )
    assert request == wanted
    assert job.task == "import"
    assert job.targets == (str(tmp_path / "c.tif"),)


def test_all_parameters_as_text(job_of, files, tmp_path):
    given = {
        "CUBE_FILE": files["cube.mat"], "CUBE_VARIABLE": " Y ",
        "LABELS_FILE": files["labels.npy"], "LABELS_VARIABLE": "gt",
        "WAVELENGTHS": files["list.csv"], "CLASS_NAMES": files["names.txt"],
        "AXES": "bands,rows,columns", "ROWS": "100", "COLUMNS": "90", "ORDER": "C",
        "DROPPED_BANDS": "1-3,7", "ABUNDANCE_PERCENT": "70", "NODATA": "-9999",
        "CRS": "EPSG:32616", "ORIGIN": "500000.5,4480000", "PIXEL_SIZE": "20,30",
        "CREATION_OPTIONS": "COMPRESS=ZSTD", "OUTPUT": str(tmp_path / "c.dat"),
        "LABELS": str(tmp_path / "l.tif"), "ROIS": str(tmp_path / "r.gpkg"),
    }  # fmt: skip
    request = request_of(job_of(given))
    assert request == TASKS["import"](
        cube=files["cube.mat"], cube_variable="Y", labels=files["labels.npy"],
        labels_variable="gt", wavelengths=files["list.csv"],
        class_names=files["names.txt"], axes="bands,rows,columns", rows=100,
        columns=90, order="C", dropped_bands="1-3,7", abundance_percent=70,
        nodata=-9999, crs="EPSG:32616", origin=[500000.5, 4480000.0],
        pixel_size=[20.0, 30.0], creation_options=["COMPRESS=ZSTD"],
        output=str(tmp_path / "c.dat"), labels_output=str(tmp_path / "l.tif"),
        rois_output=str(tmp_path / "r.gpkg"),
    )  # fmt: skip


def test_choices_by_number_and_an_origin_in_another_crs(job_of, files, tmp_path):
    given = {
        "CUBE_FILE": files["cube.mat"], "AXES": "1", "ORDER": 1, "CRS": "EPSG:32616",
        "ORIGIN": "-87,40 [EPSG:4326]", "OUTPUT": str(tmp_path / "c.tif"),
    }  # fmt: skip
    request = request_of(job_of(given))
    assert (request.axes, request.order) == ("rows,columns,bands", "C")
    x, y = request.origin
    assert x == pytest.approx(500_000, abs=1)
    assert y == pytest.approx(4_427_757, abs=1)


def test_without_labels_their_outputs_are_left_out(job_of, files):
    given = {
        "CUBE_FILE": files["cube.mat"], "OUTPUT": "TEMPORARY_OUTPUT",
        "LABELS": "TEMPORARY_OUTPUT", "ROIS": "TEMPORARY_OUTPUT",
    }  # fmt: skip
    request = request_of(job_of(given))
    assert request.labels_output is request.rois_output is None
    request = request_of(job_of({**given, "LABELS_VARIABLE": "gt"}))
    assert request.labels_output.endswith(".tif")
    assert request.rois_output.endswith(".gpkg")


@pytest.mark.parametrize(
    ("given", "text"),
    [
        ({"CUBE_FILE": "gone.mat"}, "gone.mat"),
        ({"WAVELENGTHS": "gone.csv"}, "gone.csv"),
        ({"PIXEL_SIZE": "big"}, "big"),
        ({"AXES": "rows"}, "AXES|Order of the axes"),
        ({"OUTPUT": "list.csv", "WAVELENGTHS": "list.csv"}, "also an input"),
        ({"OUTPUT": "gone/c.tif"}, "does not exist"),
    ],
    ids=str,
)
def test_refusals(job_of, files, given, text, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    parameters = {"CUBE_FILE": files["cube.mat"], "OUTPUT": "c.tif", **given}
    with pytest.raises(QgsProcessingException, match=text):
        job_of(parameters)


def test_rare_parameters_are_folded_away(provider):
    found = provider.algorithm("importbenchmark")
    plain = {
        p.name()
        for p in found.parameterDefinitions()
        if not p.flags() & p.Flag.FlagAdvanced
    }
    assert plain == {
        "CUBE_FILE", "LABELS_FILE", "CLASS_NAMES", "WAVELENGTHS", "DROPPED_BANDS",
        "OUTPUT", "LABELS", "ROIS",
    }  # fmt: skip
    assert provider.supportedOutputVectorLayerExtensions() == ["gpkg"]
    path = Path(found.parameterDefinition("ROIS").generateTemporaryDestination())
    assert path.suffix == ".gpkg"
