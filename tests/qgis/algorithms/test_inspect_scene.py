"""Parameters of an inspection become a request; bad areas are handed over."""

from functools import partial

import pytest
from qgis.core import QgsProcessingException

from miaf_qgis.engine.answer import Answer
from tests.qgis.helpers import request_of


@pytest.fixture
def job_of(job_of):
    return partial(job_of, "inspect")


def test_areas_and_settings(job_of, cube, areas, tmp_path):
    report = str(tmp_path / "r.html")
    given = {
        "CUBE": cube, "ROIS": areas.id(), "CLASS_FIELD": "cover", "REPORT": report,
        "EXCLUDE_WAVELENGTHS": "",
    }  # fmt: skip
    job = job_of(given)
    request = request_of(job)
    assert job.task == "inspect"
    assert (request.cube, request.report) == (cube, report)
    assert (request.rois_layer, request.class_field) == ("rois", "cover")
    assert request.settings == {"exclude_wavelengths": ""}
    assert job.targets == (report,)


def test_a_cube_alone(job_of, cube):
    request = request_of(job_of({"CUBE": cube, "CLASS_FIELD": "cover"}))
    assert request.rois is None and request.class_field is None
    assert request.report is None


@pytest.mark.parametrize("classes", [[None, None], ["Wheat", "Wheat"]])
def test_what_a_training_refuses_is_handed_over(job_of, cube, new_areas, classes):
    layer = new_areas(classes)
    given = {"CUBE": cube, "ROIS": layer.id(), "CLASS_FIELD": "cover"}
    assert request_of(job_of(given)).rois


def test_areas_elsewhere_are_handed_over(job_of, cube, new_areas):
    layer = new_areas(["Wheat"], crs="EPSG:32633")
    given = {"CUBE": cube, "ROIS": layer.id(), "CLASS_FIELD": "cover"}
    assert request_of(job_of(given)).rois


def test_a_missing_field_is_refused(job_of, cube, areas):
    with pytest.raises(QgsProcessingException, match="no field"):
        job_of({"CUBE": cube, "ROIS": areas.id(), "CLASS_FIELD": "none"})


def test_results(algorithm):
    answer = Answer({}, {"has_problems": True, "problem_count": 2})
    assert algorithm("inspect").results({"report": None}, answer) == {
        "REPORT": None,
        "HAS_PROBLEMS": True,
        "PROBLEM_COUNT": 2,
    }
