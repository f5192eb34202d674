"""Files of vector layers are not replaced by outputs, though the engine gets copies."""

from pathlib import Path

import pytest
from osgeo import gdal
from qgis.core import (
    QgsProcessingException,
    QgsProcessingFeatureSourceDefinition,
    QgsProject,
    QgsRasterLayer,
    QgsVectorLayer,
)

from miaf_qgis.layers.layer_files import layer_files, layer_of_file
from miaf_qgis.layers.rasters import checked_target


def test_files_of_areas_and_mask(algorithm, context, saved, areas, cube):
    train = algorithm("train")
    layer = f"{saved}|layername={saved.stem}"
    given = {"CUBE": cube, "ROIS": layer, "VALIDATION_ROIS": areas.id(), "MASK": layer}
    assert QgsVectorLayer(layer).isValid()
    assert layer_files(train, given, context) == (str(saved), str(saved))
    assert layer_files(train, {"CUBE": cube, "ROIS": areas.id()}, context) == ()
    assert layer_files(train, {**given, "MASK": cube}, context) == (str(saved),)


def test_the_file_of_selected_areas(algorithm, context, saved):
    layer = QgsVectorLayer(str(saved), "saved")
    QgsProject.instance().addMapLayer(layer)
    layer.selectByIds([1])
    given = {"ROIS": QgsProcessingFeatureSourceDefinition(layer.id(), True)}
    assert layer_files(algorithm("train"), given, context) == (str(saved),)


def test_files_named_from_the_working_folder(algorithm, context, saved, monkeypatch):
    monkeypatch.chdir(saved.parent)
    given = {"ROIS": saved.name}
    assert layer_files(algorithm("train"), given, context) == (str(saved),)


def test_a_layer_is_found_by_its_file_however_it_is_named(
    context, cube, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    layer = QgsRasterLayer(Path(cube).name, "cube")
    QgsProject.instance().addMapLayer(layer)
    assert layer_of_file(cube) is layer
    assert layer_of_file(Path(cube).name) is layer
    assert layer_of_file(tmp_path / "another.tif") is None


def test_the_areas_are_not_overwritten(
    fake_python, algorithm, context, new_listener, saved, cube, tmp_path
):
    before = saved.read_bytes()
    given = {"CUBE": cube, "ROIS": str(saved), "CLASS_FIELD": "cover"}
    for name in ("MODEL", "REPORT"):
        model = {"MODEL": str(tmp_path / "m.miaf.safetensors")}
        listener = new_listener()
        parameters = {**given, **model, name: str(saved)}
        _results, fine = algorithm("train").run(parameters, context, listener)
        assert not fine
        assert "also an input" in str(listener.told)
        assert saved.read_bytes() == before


def test_a_vrt_of_areas_counts_with_its_sources(algorithm, context, saved, cube):
    vrt = saved.with_name("areas.vrt")
    vrt.write_text(
        f'<OGRVRTDataSource><OGRVRTLayer name="{saved.stem}"><SrcDataSource '
        f'relativeToVRT="1">{saved.name}</SrcDataSource></OGRVRTLayer>'
        "</OGRVRTDataSource>",
        encoding="utf-8",
    )
    assert QgsVectorLayer(str(vrt)).isValid()
    given = {"CUBE": cube, "ROIS": str(vrt)}
    found = layer_files(algorithm("train"), given, context)
    assert found == (str(vrt), str(saved))


@pytest.mark.parametrize("link", ["symlink_to", "hardlink_to"])
def test_another_name_of_an_input_is_that_input(saved, link):
    other = saved.with_name("other.gpkg")
    getattr(other, link)(saved)
    with pytest.raises(QgsProcessingException, match="also an input"):
        checked_target(str(other), (str(saved),))
    assert checked_target(str(saved.with_name("new.gpkg")), (str(saved),))


@pytest.mark.parametrize("depth", [1, 3])
def test_a_source_of_a_mosaic_is_not_overwritten(
    fake_python, algorithm, context, new_listener, saved, cube, tmp_path, depth
):
    source = Path(QgsRasterLayer(cube).source())
    stack = source
    for floor in range(depth):
        below, stack = stack, tmp_path / f"stack{floor}.vrt"
        gdal.BuildVRT(str(stack), [str(below)], separate=False)
    before = source.read_bytes()
    given = {"CUBE": str(stack), "ROIS": str(saved), "CLASS_FIELD": "cover"}
    given["MODEL"] = str(source)
    listener = new_listener()
    _results, fine = algorithm("train").run(given, context, listener)
    assert not fine
    assert "also an input" in str(listener.told)
    assert source.read_bytes() == before
