"""One training of the tiny scene that the tests of the pipeline share."""

from types import SimpleNamespace

import pytest

from miaf_engine.pipeline import carry_out
from miaf_engine.requests import TrainRequest
from tests import tiny
from tests.scenes import Recorder

STAMP = "2026-01-02T03:04:05+00:00"


@pytest.fixture(scope="session")
def trained(tmp_path_factory):
    """Train and classify on a rotated grid in one run; return request and result."""
    folder = tmp_path_factory.mktemp("träned scene")
    given = tiny.inputs(folder, rotation=17.0)
    given["validation_rois"] = str(
        tiny.write_rois(folder / "validation.gpkg", 17.0, rows=(17,))
    )
    made = {
        "model": str(folder / "model.miaf.safetensors"),
        "output": str(folder / "map.tif"),
        "confidence": str(folder / "confidence.tif"),
        "probabilities": str(folder / "probabilities.tif"),
        "entropy": str(folder / "entropy.tif"),
        "margin": str(folder / "margin.dat"),
        "report": str(folder / "report.html"),
    }
    recorder = Recorder()
    request = TrainRequest(**given, **made, seed=3, created_utc=STAMP)
    result = carry_out(request, recorder)
    return SimpleNamespace(
        folder=folder,
        given=given,
        made=made,
        request=request,
        result=result,
        figures=result["figures"],
        recorder=recorder,
    )


@pytest.fixture(scope="session")
def inputs(tmp_path_factory):
    """Return the fields of a request for the scene, north up."""
    return tiny.inputs(tmp_path_factory.mktemp("inputs"))
