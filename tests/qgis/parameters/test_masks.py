"""The parameter MASK becomes a raster's path or a file of polygons."""

import pytest
from osgeo import ogr
from qgis.core import QgsProcessingException

from miaf_engine.models import card


@pytest.fixture
def job_of(job_of, monkeypatch, cube, areas, tmp_path):
    monkeypatch.setattr(card, "read_card", lambda _path: None)
    model = tmp_path / "m.miaf.safetensors"
    model.write_text("x")
    given = {
        "train": {"ROIS": areas.id(), "CLASS_FIELD": "cover", "MODEL": str(model)},
        "classify": {"MODEL": str(model), "OUTPUT": str(tmp_path / "o.tif")},
    }

    def job(name, mask, **more):
        return job_of(name, {"CUBE": cube, "MASK": mask, **given[name], **more})

    return job


@pytest.mark.parametrize("name", ["train", "classify"])
def test_no_mask(job_of, name):
    for nothing in (None, ""):
        request = job_of(name, nothing).request
        assert (request["mask"], request["mask_layer"]) == (None, None)


@pytest.mark.parametrize("name", ["train", "classify"])
def test_a_raster_goes_by_its_path(job_of, name, new_raster, tmp_path):
    path = new_raster(tmp_path / "mäsk.tif", bands=1)
    request = job_of(name, path).request
    assert (request["mask"], request["mask_layer"]) == (path, None)


@pytest.mark.parametrize("name", ["train", "classify"])
def test_polygons_go_as_the_layer_has_them_now(job_of, name, new_areas):
    layer = new_areas(["a", "b", "c"])
    layer.setSubsetString("cover != 'b'")
    layer.startEditing()
    layer.deleteFeature(next(layer.getFeatures()).id())
    job = job_of(name, layer.id())
    assert job.request["mask_layer"] == "mask"
    assert job.request["mask"].startswith(str(job.folder))
    written = ogr.Open(job.request["mask"])
    assert written.GetLayer(0).GetFeatureCount() == layer.featureCount()
    layer.rollBack()


def test_refusals(job_of, cube, new_areas):
    points = new_areas(["a"], geometry="Point")
    for mask, words in (
        (cube, "has 5 bands"),
        (points.id(), "holds no polygons"),
        ("/none.tif", "neither a raster nor a vector layer"),
        (new_areas([]).id(), "no features"),
    ):
        with pytest.raises(QgsProcessingException, match=words):
            job_of("classify", mask)


def test_a_raster_mask_is_not_overwritten(job_of, new_raster, tmp_path):
    path = new_raster(tmp_path / "mask.tif", bands=1)
    with pytest.raises(QgsProcessingException, match="also an input"):
        job_of("classify", path, OUTPUT=path)


def test_the_wavelengths_left_out_are_a_setting(job_of, algorithm):
    train = algorithm("train")
    parameter = train.parameterDefinition("EXCLUDE_WAVELENGTHS")
    assert parameter.defaultValue() == "1350-1430,1800-1970"
    settings = job_of("train", None).request["settings"]
    assert settings["exclude_wavelengths"] == "1350-1430,1800-1970"
    settings = job_of("train", None, EXCLUDE_WAVELENGTHS="").request["settings"]
    assert settings["exclude_wavelengths"] == ""
    with pytest.raises(QgsProcessingException, match="not understood"):
        job_of("train", None, EXCLUDE_WAVELENGTHS="water")
