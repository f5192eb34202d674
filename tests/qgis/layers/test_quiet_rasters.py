"""A raster is read without a file beside it that QGIS would leave there."""

import gc
from pathlib import Path

import numpy as np
import pytest
from osgeo import gdal
from qgis.core import QgsPalettedRasterRenderer, QgsProject, QgsRasterLayer

from miaf_qgis.layers.composites import COMPOSITES, show_composite
from miaf_qgis.layers.quiet_rasters import quiet_raster

RASTERS = ("CUBE", "CUBES", "LABELS", "MASK", "CLASSIFICATION", "REFERENCE_LABELS")
RASTERS += ("COMPARE_WITH", "BEFORE", "AFTER")


@pytest.fixture
def measured(new_raster, tmp_path):
    """Return a function that makes a raster whose values differ, and its path."""

    def make(name, bands=5, kind=gdal.GDT_Float32):
        path = new_raster(tmp_path / name, bands=bands, kind=kind)
        dataset = gdal.Open(path, gdal.GA_Update)
        values = np.random.default_rng(0).integers(0, 200, (bands, 30, 40))
        dataset.WriteArray(values.astype("f4"))
        dataset.FlushCache()
        return path

    return make


def beside(path):
    """Return what lies beside a raster once QGIS has let go of it."""
    gc.collect()
    return sorted(file.name for file in Path(path).parent.glob(f"{Path(path).name}.*"))


def test_qgis_itself_leaves_a_histogram(measured):
    path = measured("plain.tif")
    QgsRasterLayer(path, "plain")
    assert beside(path) == ["plain.tif.aux.xml"]


@pytest.mark.parametrize("name", ["cube.tif", "Würfel & <b>.tif"])
def test_a_quiet_layer_is_like_that_of_qgis_and_leaves_nothing(measured, name):
    path = measured(name)
    layer = quiet_raster(path)
    found = (layer.source(), layer.name(), layer.bandCount(), layer.crs().authid())
    extent, drawn = layer.extent(), layer.renderer().type()
    del layer
    assert beside(path) == []
    usual = QgsRasterLayer(path, Path(path).stem)
    assert found == (path, usual.name(), 5, usual.crs().authid())
    assert extent == usual.extent()
    assert drawn == usual.renderer().type()


def test_a_legend_in_the_file_is_kept(measured):
    path = measured("labels.tif", bands=1, kind=gdal.GDT_Byte)
    dataset = gdal.Open(path, gdal.GA_Update)
    colours = gdal.ColorTable()
    for value in range(4):
        colours.SetColorEntry(value, (60 * value, 0, 0, 255))
    dataset.GetRasterBand(1).SetColorTable(colours)
    dataset = None
    assert isinstance(quiet_raster(path).renderer(), QgsPalettedRasterRenderer)


def test_what_is_no_raster(tmp_path):
    (tmp_path / "text.tif").write_text("no raster")
    assert quiet_raster(str(tmp_path / "text.tif")) is None


@pytest.mark.parametrize(
    "algorithm_name",
    ["train", "classify", "assess", "inspect", "superpixels", "suggestareas",
     "compare", "drawsample", "classifymany"],
)  # fmt: skip
def test_no_algorithm_leaves_anything_beside_its_rasters(
    algorithm, context, measured, algorithm_name
):
    ready = algorithm(algorithm_name)
    names = [p.name() for p in ready.parameterDefinitions() if p.name() in RASTERS]
    given = {name: measured(f"{name}.tif", bands=5) for name in names}
    paths = list(given.values())
    if "CUBES" in given:
        given["CUBES"] = [given["CUBES"]]
    assert paths
    for name in names:  # The first that qgis_process does.
        ready.parameterDefinition(name).checkValueIsAcceptable(given[name], context)
    ready.checkParameterValues(given, context)
    ready.parameterAsLayerList(given, "CUBES", context)  # As classifymany does later.
    context.temporaryLayerStore().removeAllMapLayers()
    assert [beside(path) for path in paths] == [[]] * len(paths)


def test_a_layer_of_the_project_is_taken_as_it_is(algorithm, context, measured):
    layer = QgsRasterLayer(measured("cube.tif"), "cube")
    QgsProject.instance().addMapLayer(layer)
    algorithm("inspect").checkParameterValues({"CUBE": layer.source()}, context)
    assert context.temporaryLayerStore().count() == 0


def test_a_composite_leaves_nothing(measured):
    path = measured("cube.tif")
    layer = quiet_raster(path)
    assert "has no wavelengths" in show_composite(layer, COMPOSITES["infrared"])
    stretch = layer.renderer().redContrastEnhancement()
    assert 0 <= stretch.minimumValue() < 10 and 190 < stretch.maximumValue() <= 200
    del layer, stretch
    assert beside(path) == []
