"""What the dialog of 'Classify with a model' asks for a scene of another make."""

import pytest
from qgis.core import QgsProcessingException, QgsProcessingParameterDefinition

from miaf_engine.models import card
from miaf_engine.requests import TASKS


@pytest.fixture
def request_of(algorithm, context, listener, cube, tmp_path, monkeypatch):
    model = tmp_path / "m.miaf.safetensors"
    model.write_text("x")
    monkeypatch.setattr(card, "read_card", lambda _path: None)
    given = {"CUBE": cube, "MODEL": str(model), "OUTPUT": str(tmp_path / "o.tif")}

    def made(**more):
        ready = algorithm("classify")
        parameters = {**given, **more}
        fine, message = ready.checkParameterValues(parameters, context)
        if not fine:
            raise QgsProcessingException(message)
        job = ready.job(parameters, context, listener)
        return TASKS["classify"].from_json(job.request)

    return made


def test_the_defaults_repeat_the_training(request_of, provider):
    request = request_of()
    assert request.interpolate_bands is False
    assert request.normalise_by == "model"
    flag = QgsProcessingParameterDefinition.Flag.FlagAdvanced
    found = provider.algorithm("classify")
    for name in ("INTERPOLATE_BANDS", "NORMALISE_BY"):
        assert found.parameterDefinition(name).flags() & flag
        assert found.parameterDefinition(name).help()


@pytest.mark.parametrize("value", [True, "true", 1])
def test_interpolation(request_of, value):
    assert request_of(INTERPOLATE_BANDS=value).interpolate_bands is True


@pytest.mark.parametrize("value", ["scene", "1", 1])
def test_normalising_by_the_scene(request_of, value):
    assert request_of(NORMALISE_BY=value).normalise_by == "scene"


def test_refuses_other_statistics(request_of):
    with pytest.raises(QgsProcessingException, match=r"NORMALISE_BY|model or"):
        request_of(NORMALISE_BY="date")


def test_an_extent_that_overlaps_in_part(request_of):
    """The engine cuts it to the cube."""
    assert request_of(EXTENT="0,500100,4499900,9000000 [EPSG:32616]").extent == [
        0, 4499900, 500100, 9000000,
    ]  # fmt: skip


def test_an_extent_in_another_crs(request_of):
    west, east, south, north = -87.001, -86.998, 40.648, 40.650
    text = f"{west},{east},{south},{north} [EPSG:4326]"
    xmin, ymin, xmax, ymax = request_of(EXTENT=text).extent
    assert 499_900 < xmin < 500_000 < xmax < 500_200
    assert 4_499_600 < ymin < 4_499_800 < ymax < 4_500_000
    with pytest.raises(QgsProcessingException, match="does not overlap"):
        request_of(EXTENT="10,11,50,51 [EPSG:4326]")
