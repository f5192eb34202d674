"""Whole runs with a fake engine: outputs, styles, errors, cancel."""

from pathlib import Path

import pytest
from qgis.core import (
    QgsPalettedRasterRenderer,
    QgsProcessingContext,
    QgsProject,
    QgsRasterLayer,
    QgsSingleBandPseudoColorRenderer,
    QgsVectorLayer,
)

from miaf_qgis import styling
from miaf_qgis.algorithms import demo


@pytest.fixture
def parameters(cube, areas, tmp_path):
    return {
        "CUBE": cube,
        "ROIS": areas.id(),
        "CLASS_FIELD": "cover",
        "OUTPUT": str(tmp_path / "map.tif"),
        "CONFIDENCE": "TEMPORARY_OUTPUT",
        "MODEL": str(tmp_path / "a.miaf.safetensors"),
    }


def test_all_declared_outputs_come_back(
    fake_python, algorithm, parameters, context, listener, tmp_path
):
    ready = algorithm("trainandclassify")
    results, fine = ready.run(parameters, context, listener)
    assert fine, listener.told
    assert set(results) == {output.name() for output in ready.outputDefinitions()}
    assert results["OUTPUT"] == str(tmp_path / "map.tif")
    assert results["PROBABILITIES"] is None
    assert results["REPORT"] is None
    assert results["OVERALL_ACCURACY"] == 0.875
    assert results["KAPPA"] is None
    assert Path(results["CONFIDENCE"]).is_file()


def test_train_and_assess(
    fake_python, algorithm, parameters, context, listener, cube, areas
):
    results, fine = algorithm("train").run(parameters, context, listener)
    assert fine
    assert set(results) == {
        "MODEL", "REPORT", "OVERALL_ACCURACY", "AVERAGE_ACCURACY", "KAPPA",
    }  # fmt: skip
    given = {"CLASSIFICATION": cube, "REFERENCE": areas.id(), "CLASS_FIELD": "cover"}
    results, fine = algorithm("assess").run(
        {**given, "MATRIX": "TEMPORARY_OUTPUT"}, context, listener
    )
    assert fine
    assert results["MATRIX"].endswith(".csv")


def test_no_engine_is_one_sentence(algorithm, parameters, context, listener):
    assert algorithm("trainandclassify").canExecute()[0] is False
    results, fine = algorithm("trainandclassify").run(parameters, context, listener)
    assert (results, fine) == ({}, False)
    (message,) = listener.texts("error")
    assert "miaf:setupengine" in message


def test_the_engines_error_is_the_users_error(
    fake_python, algorithm, parameters, context, listener, monkeypatch
):
    monkeypatch.setenv("MIAF_FAKE", "user_error")
    _, fine = algorithm("train").run(parameters, context, listener)
    assert not fine
    assert listener.texts("error") == ["Class 'Oats' has 1 pixel. Draw more."]


def test_cancel_gives_nothing_and_raises_nothing(
    fake_python, algorithm, parameters, context, new_listener, monkeypatch, tmp_path
):
    monkeypatch.setenv("MIAF_FAKE", "obedient")
    listener = new_listener(cancel_at="busy")
    results, _ = algorithm("trainandclassify").run(parameters, context, listener)
    assert results == {}
    assert listener.texts("error") == []
    assert [path for path in tmp_path.iterdir() if path.name.startswith(".miaf")] == []


def test_layers_are_styled_and_named_when_loaded(
    fake_python, algorithm, parameters, context, listener, cube, tmp_path, new_raster
):
    ready = algorithm("trainandclassify")
    output = parameters["OUTPUT"]
    new_raster(output, bands=1)
    details = QgsProcessingContext.LayerDetails(
        ready.parameterDefinition("OUTPUT").description(),
        QgsProject.instance(),
        "OUTPUT",
    )
    context.addLayerToLoadOnCompletion(output, details)
    assert ready.run(parameters, context, listener)[1]
    del ready
    details = context.layerToLoadOnCompletionDetails(output)
    assert details.name == "Land cover (miaf)"
    layer = QgsRasterLayer(output, "map")
    details.postProcessor().postProcessLayer(layer, context, listener)
    renderer = layer.renderer()
    assert isinstance(renderer, QgsPalettedRasterRenderer)
    found = [(c.value, c.label, c.color.name()) for c in renderer.classes()]
    assert found == [(1, "Wheat", "#d1b43c"), (7, "Corn", "#00ff00")]


def test_a_name_that_someone_chose_is_kept(context):
    details = QgsProcessingContext.LayerDetails(
        "My map", QgsProject.instance(), "OUTPUT"
    )
    context.addLayerToLoadOnCompletion("/x.tif", details)
    styling.style_on_load(context, "/x.tif", None, name="Land", instead_of="Class map")
    assert context.layerToLoadOnCompletionDetails("/x.tif").name == "My map"


def test_confidence_ramp(new_raster, tmp_path, context, listener):
    layer = QgsRasterLayer(new_raster(tmp_path / "c.tif", bands=1), "c")
    styling.ConfidenceStyle().postProcessLayer(layer, context, listener)
    renderer = layer.renderer()
    assert isinstance(renderer, QgsSingleBandPseudoColorRenderer)
    assert (renderer.classificationMin(), renderer.classificationMax()) == (0.0, 1.0)
    items = renderer.shader().rasterShaderFunction().colorRampItemList()
    assert (items[0].value, items[0].color.name()) == (0.0, "#440154")
    assert (items[-1].value, items[-1].color.name()) == (1.0, "#fde725")
    fine, *colour = renderer.shader().shade(0.5)
    assert fine
    assert colour[:3] == pytest.approx([0x26, 0x90, 0x89], abs=3)


def test_diagnostics_with_and_without_an_engine(
    algorithm, context, listener, tmp_path, monkeypatch, request
):
    target = str(tmp_path / "d.html")
    results, fine = algorithm("diagnostics").run({"REPORT": target}, context, listener)
    assert fine
    assert results == {"REPORT": target}
    text = Path(target).read_text(encoding="utf-8")
    assert "Engine: none" in text
    assert "QGIS 3" in text or "QGIS 4" in text
    request.getfixturevalue("fake_python")
    algorithm("diagnostics").run({"REPORT": target}, context, listener)
    assert "torch 2.13.0" in Path(target).read_text(encoding="utf-8")
    monkeypatch.setenv("MIAF_FAKE", "segfault")
    assert algorithm("diagnostics").run({"REPORT": target}, context, listener)[1]
    assert "crashed" in Path(target).read_text(encoding="utf-8")


def test_demo(algorithm, context, listener, monkeypatch):
    ready = algorithm("demo")
    results, fine = ready.run({}, context, listener)
    assert fine, listener.told
    assert set(results) == {"CUBE", "ROIS", "VALIDATION_ROIS"}
    assert set(context.layersToLoadOnCompletion()) == set(results.values())
    loaded = {
        "CUBE": QgsRasterLayer(results["CUBE"], "demo"),
        "ROIS": QgsVectorLayer(results["ROIS"], "rois"),
        "VALIDATION_ROIS": QgsVectorLayer(results["VALIDATION_ROIS"], "validation"),
    }
    for name, layer in loaded.items():
        details = context.layerToLoadOnCompletionDetails(results[name])
        details.postProcessor().postProcessLayer(layer, context, listener)
        QgsProject.instance().addMapLayer(layer)
    assert loaded["CUBE"].renderer().usesBands() not in ([], [1, 2, 3])
    for name in ("ROIS", "VALIDATION_ROIS"):
        assert loaded[name].renderer().classAttribute() == "cover"
    monkeypatch.setitem(demo.FILES, "CUBE", "none.tif")
    assert algorithm("demo").run({}, context, listener) == ({}, False)
    assert "none.tif" in listener.texts("error")[0]
