"""Files of vector layers are not replaced by outputs, though the engine gets copies."""

import pytest
from qgis.core import QgsVectorFileWriter, QgsVectorLayer

from miaf_qgis.layers.layer_files import layer_files


@pytest.fixture
def saved(areas, context, tmp_path):
    """Return the path of the areas as a GeoPackage."""
    path = tmp_path / "äreas one.gpkg"
    QgsVectorFileWriter.writeAsVectorFormatV3(
        areas,
        str(path),
        context.transformContext(),
        QgsVectorFileWriter.SaveVectorOptions(),
    )
    return path


def test_files_of_areas_and_mask(algorithm, context, saved, areas, cube):
    train = algorithm("train")
    layer = f"{saved}|layername={saved.stem}"
    given = {"CUBE": cube, "ROIS": layer, "VALIDATION_ROIS": areas.id(), "MASK": layer}
    assert QgsVectorLayer(layer).isValid()
    assert layer_files(train, given, context) == (str(saved), str(saved))
    assert layer_files(train, {"CUBE": cube, "ROIS": areas.id()}, context) == ()
    assert layer_files(train, {**given, "MASK": cube}, context) == (str(saved),)


def test_files_named_from_the_working_folder(algorithm, context, saved, monkeypatch):
    monkeypatch.chdir(saved.parent)
    given = {"ROIS": saved.name}
    assert layer_files(algorithm("train"), given, context) == (str(saved),)


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
