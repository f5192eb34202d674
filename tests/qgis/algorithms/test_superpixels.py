"""Parameters of the segmentation and of the comparison become requests."""

import pytest
from qgis.core import (
    QgsPalettedRasterRenderer,
    QgsProcessingException,
    QgsProcessingOutputNumber,
    QgsProcessingOutputVectorLayer,
    QgsProcessingParameterDefinition,
    QgsProject,
    QgsRasterLayer,
)
from qgis.PyQt.QtGui import QColor

from miaf_qgis.engine.answer import Answer
from tests.qgis.helpers import request_of


def test_superpixels_with_defaults(job_of, cube, tmp_path):
    target = str(tmp_path / "s.gpkg")
    job = job_of("superpixels", {"CUBE": cube, "OUTPUT": target})
    request = request_of(job)
    assert job.task == "superpixels" and job.targets == (target,)
    assert (request.cube, request.output, request.mask) == (cube, target, None)
    assert request.settings["pixels_per_superpixel"] == 100
    assert not request.band_means


def test_all_settings_of_superpixels(job_of, cube, new_raster, tmp_path):
    mask = new_raster(tmp_path / "mask.tif", bands=1)
    given = {
        "CUBE": cube, "OUTPUT": str(tmp_path / "s.gpkg"), "PIXELS_PER_SUPERPIXEL": 37,
        "COMPACTNESS": 2.5, "COMPONENTS": 4, "EXCLUDE_WAVELENGTHS": "", "MASK": mask,
        "BAND_MEANS": True, "MEMORY_MB": 900,
    }  # fmt: skip
    request = request_of(job_of("superpixels", given))
    assert request.settings == {
        "pixels_per_superpixel": 37, "compactness": 2.5, "components": 4,
        "exclude_wavelengths": "",
    }  # fmt: skip
    assert request.mask == mask and request.band_means and request.memory_mb == 900


@pytest.mark.parametrize(
    ("name", "value"),
    [("PIXELS_PER_SUPERPIXEL", 2), ("COMPACTNESS", 0), ("EXCLUDE_WAVELENGTHS", "a-b")],
)
def test_wrong_settings_are_refused(job_of, cube, tmp_path, name, value):
    given = {"CUBE": cube, "OUTPUT": str(tmp_path / "s.gpkg"), name: value}
    with pytest.raises(QgsProcessingException):
        job_of("superpixels", given)


def test_one_band_is_no_cube(job_of, new_raster, tmp_path):
    band = new_raster(tmp_path / "one.tif", bands=1)
    with pytest.raises(QgsProcessingException, match="has 1 band"):
        job_of("superpixels", {"CUBE": band, "OUTPUT": str(tmp_path / "s.gpkg")})


def test_size_is_shown_and_the_rest_folded_away(provider):
    found = provider.algorithm("superpixels")
    advanced = QgsProcessingParameterDefinition.Flag.FlagAdvanced
    shown = [p.name() for p in found.parameterDefinitions() if not p.flags() & advanced]
    assert shown == ["CUBE", "PIXELS_PER_SUPERPIXEL", "OUTPUT"]
    size = found.parameterDefinition("PIXELS_PER_SUPERPIXEL")
    assert (size.description(), size.defaultValue()) == ("Pixels per superpixel", 100)
    output = found.outputDefinition("OUTPUT")
    assert isinstance(output, QgsProcessingOutputVectorLayer)


def test_results_of_superpixels(algorithm):
    found = algorithm("superpixels").results(
        {"output": "s.gpkg"}, Answer({}, {"superpixels": 7})
    )
    assert found == {"OUTPUT": "s.gpkg", "SUPERPIXEL_COUNT": 7}


def class_map(path, new_raster, legend=None):
    layer = QgsRasterLayer(new_raster(path, bands=1), path.stem)
    if legend:
        classes = [
            QgsPalettedRasterRenderer.Class(value, QColor(colour), name)
            for value, name, colour in legend
        ]
        layer.setRenderer(QgsPalettedRasterRenderer(layer.dataProvider(), 1, classes))
    QgsProject.instance().addMapLayer(layer)
    return layer


def test_maps_and_their_legends(job_of, context, new_raster, tmp_path):
    legend = [(1, "Corn", "#112233"), (2, "Woods", "#445566")]
    before = class_map(tmp_path / "a.tif", new_raster, legend)
    after = class_map(tmp_path / "b.tif", new_raster)
    targets = {
        "OUTPUT": str(tmp_path / "c.tif"),
        "MATRIX": str(tmp_path / "m.csv"),
        "REPORT": str(tmp_path / "r.html"),
    }
    given = {"BEFORE": before.id(), "AFTER": after.id(), **targets}
    job = job_of("compare", given)
    request = request_of(job)
    assert job.task == "compare" and set(job.targets) == set(targets.values())
    assert (request.before, request.after) == (before.source(), after.source())
    assert (request.before_name, request.after_name) == (before.name(), after.name())
    assert request.before_styles == [
        {"key": 1, "name": "Corn", "colour": "#112233"},
        {"key": 2, "name": "Woods", "colour": "#445566"},
    ]
    assert request.after_styles is None


def test_an_input_is_not_overwritten(job_of, context, new_raster, tmp_path):
    path = new_raster(tmp_path / "a.tif", bands=1)
    other = new_raster(tmp_path / "b.tif", bands=1)
    with pytest.raises(QgsProcessingException, match="also an input"):
        job_of("compare", {"BEFORE": path, "AFTER": other, "OUTPUT": path})


def test_a_map_is_not_compared_with_itself(job_of, context, new_raster, tmp_path):
    layer = class_map(tmp_path / "a.tif", new_raster)
    given = {"BEFORE": layer.id(), "AFTER": layer.source()}
    with pytest.raises(QgsProcessingException, match="are the same file"):
        job_of("compare", {**given, "OUTPUT": str(tmp_path / "c.tif")})


def test_maps_of_several_bands_are_refused(job_of, cube, tmp_path):
    with pytest.raises(QgsProcessingException, match="5 bands"):
        job_of(
            "compare",
            {"BEFORE": cube, "AFTER": cube, "OUTPUT": str(tmp_path / "c.tif")},
        )


@pytest.mark.parametrize(("unit", "hectares"), [("ha", 3.5), ("pixels", None)])
def test_results_of_a_comparison(provider, unit, hectares):
    figures = {
        "changed_share": 0.25, "changed_pixels": 9, "changed_area": 3.5,
        "area_unit": unit, "compared_pixels": 36,
    }  # fmt: skip
    request = {"output": "c.tif", "matrix": None, "report": "r.html"}
    found = provider.algorithm("compare").create()
    assert found.results(request, Answer({}, figures)) == {
        "OUTPUT": "c.tif", "MATRIX": None, "REPORT": "r.html", "CHANGED_SHARE": 0.25,
        "CHANGED_PIXELS": 9, "CHANGED_HECTARES": hectares, "COMPARED_PIXELS": 36,
    }  # fmt: skip
    output = found.outputDefinition("CHANGED_SHARE")
    assert isinstance(output, QgsProcessingOutputNumber)
