"""Whole runs with a fake engine: outputs, styles, errors, cancel."""

from pathlib import Path

import pytest
from qgis.core import (
    QgsApplication,
    QgsPalettedRasterRenderer,
    QgsProcessingAlgRunnerTask,
    QgsProcessingContext,
    QgsProcessingModelAlgorithm,
    QgsProcessingModelChildAlgorithm,
    QgsProcessingModelChildParameterSource,
    QgsProcessingModelOutput,
    QgsProcessingOutputLayerDefinition,
    QgsProject,
    QgsRasterLayer,
    QgsSingleBandPseudoColorRenderer,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QEventLoop, QTimer

from miaf_qgis import PLUGIN_FOLDER
from miaf_qgis.algorithms import classify, demo
from miaf_qgis.engine.answer import Answer
from miaf_qgis.engine.process import Job
from miaf_qgis.engine.training_signals import TRAINING
from miaf_qgis.layers import styling


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
    assert results["ENTROPY"] is None and results["MARGIN"] is None
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


def in_a_task(ready, parameters, context, listener):
    """Run as the desktop does: prepared here, processed on another thread."""
    task = QgsProcessingAlgRunnerTask(ready, parameters, context, listener)
    loop, ended = QEventLoop(), []
    task.executed.connect(lambda fine, results: ended.append((results, fine)))
    task.executed.connect(lambda *_: loop.quit())
    QgsApplication.taskManager().addTask(task)
    QTimer.singleShot(20_000, loop.quit)
    loop.exec()
    return ended[0]


def test_layers_are_loaded_styled_and_named_as_in_the_desktop(
    fake_python, algorithm, parameters, context, listener, new_raster
):
    definition = QgsProcessingOutputLayerDefinition
    output = parameters["OUTPUT"]
    new_raster(output, bands=1)
    temporary = definition("TEMPORARY_OUTPUT", QgsProject.instance())
    given = {
        "OUTPUT": definition(output, QgsProject.instance()),
        "CONFIDENCE": temporary,
    }
    results, fine = in_a_task(
        algorithm("trainandclassify"), {**parameters, **given}, context, listener
    )
    assert fine, listener.told
    names = {
        path: details.name.rsplit(" ", 1)[0]  # Without the time.
        for path, details in context.layersToLoadOnCompletion().items()
    }
    assert names == {
        output: "Class map, Würfel with spaces",
        results["CONFIDENCE"]: "Confidence, Würfel with spaces",
    }
    assert Path(results["CONFIDENCE"]).is_file()
    details = context.layerToLoadOnCompletionDetails(output)
    layer = QgsRasterLayer(output, "map")
    details.postProcessor().postProcessLayer(layer, context, listener)
    renderer = layer.renderer()
    assert isinstance(renderer, QgsPalettedRasterRenderer)
    found = [(c.value, c.label, c.color.name()) for c in renderer.classes()]
    assert found == [(1, "Wheat", "#d1b43c"), (7, "Corn", "#00ff00")]


@pytest.mark.parametrize(
    ("name", "told"),
    [("classify", 1), ("compare", 0), ("superpixels", 0), ("suggestareas", 0)],
)
def test_a_map_alone_is_said_to_have_an_accuracy(
    algorithm, context, listener, monkeypatch, name, told
):
    heard = []
    TRAINING.mapped.connect(hear := lambda *told_of: heard.append(told_of))
    ready = algorithm(name)
    monkeypatch.setattr(ready, "style", lambda *_: None)
    ready.dialog, ready.answer = object(), Answer({}, {})
    ready.work = Job(name, {"output": "/made.tif"})
    ready.postProcessAlgorithm(context, listener)
    TRAINING.mapped.disconnect(hear)
    assert len(heard) == told


def test_what_a_batch_leaves_empty_is_not_loaded(
    fake_python, algorithm, parameters, context, listener
):
    """QGIS reports what it is to load and cannot: "were not correctly generated"."""
    given = {
        name: QgsProcessingOutputLayerDefinition(path, QgsProject.instance())
        for name, path in (("OUTPUT", parameters["OUTPUT"]), ("CONFIDENCE", ""),
                           ("ENTROPY", ""), ("MARGIN", ""))
    }  # fmt: skip
    results, fine = in_a_task(
        algorithm("trainandclassify"), {**parameters, **given}, context, listener
    )
    assert fine, listener.told
    assert list(context.layersToLoadOnCompletion()) == [parameters["OUTPUT"]]
    assert results["CONFIDENCE"] is None and results["ENTROPY"] is None


def test_layers_of_a_ready_model_are_named_as_those_of_a_single_run(
    fake_python, algorithm, context, listener, new_raster, cube, tmp_path, monkeypatch
):
    """QGIS names them OUTPUT and CONFIDENCE, as the outputs are called in the model."""
    monkeypatch.setattr(classify, "check_model", lambda path: None)
    (tmp_path / "a.miaf.safetensors").touch()
    paths = {
        name: str(tmp_path / file)
        for name, file in (
            ("classify:OUTPUT", "map.tif"),
            ("classify:CONFIDENCE", "sure.tif"),
            ("sample:OUTPUT", "sample.gpkg"),
        )
    }
    for path in list(paths.values())[:2]:
        new_raster(path, bands=1)
    given = {
        name: QgsProcessingOutputLayerDefinition(path, QgsProject.instance())
        for name, path in paths.items()
    }
    given |= {"CUBE": cube, "MODEL": str(tmp_path / "a.miaf.safetensors")}
    ready = algorithm("classifythensample")
    _, fine = in_a_task(ready, given, context, listener)
    assert fine, listener.told
    names = {
        path: details.name.rsplit(" ", 1)[0]  # Without the time.
        for path, details in context.layersToLoadOnCompletion().items()
    }
    assert names == {
        paths["classify:OUTPUT"]: "Class map, Würfel with spaces",
        paths["classify:CONFIDENCE"]: "Confidence, Würfel with spaces",
        paths["sample:OUTPUT"]: "Reference sample",
    }


def test_a_name_that_someone_chose_is_kept(context):
    details = QgsProcessingContext.LayerDetails(
        "My map", QgsProject.instance(), "OUTPUT"
    )
    context.addLayerToLoadOnCompletion("/x.tif", details)
    styling.style_on_load(
        context, "/x.tif", None, name="Land", instead_of=("Class map",)
    )
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


def test_entropy_is_light_where_the_map_is_sure(
    new_raster, tmp_path, context, listener
):
    layer = QgsRasterLayer(new_raster(tmp_path / "e.tif", bands=1), "e")
    style = styling.ConfidenceStyle(light_is_low=True)
    style.postProcessLayer(layer, context, listener)
    items = layer.renderer().shader().rasterShaderFunction().colorRampItemList()
    assert (items[0].value, items[0].color.name()) == (0.0, "#fde725")
    assert (items[-1].value, items[-1].color.name()) == (1.0, "#440154")


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
        assert details.forceName
        details.postProcessor().postProcessLayer(layer, context, listener)
        QgsProject.instance().addMapLayer(layer)
    assert loaded["CUBE"].renderer().usesBands() not in ([], [1, 2, 3])
    for name in ("ROIS", "VALIDATION_ROIS"):
        assert loaded[name].renderer().classAttribute() == "cover"
    # A copy: the plugin's own files are not drawn in, and the user's are not replaced.
    drawn = Path(results["ROIS"])
    assert PLUGIN_FOLDER not in drawn.parents
    QgsProject.instance().clear()
    drawn.write_text("drawn in")
    drawn.with_name("validation.gpkg").unlink()
    assert algorithm("demo").run({}, context, listener)[1]
    assert drawn.read_text() == "drawn in"
    assert drawn.with_name("validation.gpkg").is_file()
    assert not [path for path in drawn.parent.iterdir() if "partial" in path.name]
    monkeypatch.setitem(demo.FILES, "CUBE", "none.tif")
    assert algorithm("demo").run({}, context, listener) == ({}, False)
    assert "none.tif" in listener.texts("error")[0]


def test_in_a_model(fake_python, provider, parameters, context, listener, tmp_path):
    model = QgsProcessingModelAlgorithm("model", "group")
    child = QgsProcessingModelChildAlgorithm("miaf:trainandclassify")
    child.setChildId("train")
    fixed = QgsProcessingModelChildParameterSource.fromStaticValue
    for name in ("CUBE", "ROIS", "CLASS_FIELD"):
        child.addParameterSources(name, [fixed(parameters[name])])
    child.addParameterSources("HOLDOUT", [fixed("blocks")])
    child.addParameterSources("DEVICE", [fixed("cuda:4")])
    output = QgsProcessingModelOutput("Map", "Map")
    output.setChildId("train")
    output.setChildOutputName("OUTPUT")
    child.setModelOutputs({"Map": output})
    model.addChildAlgorithm(child)
    model.initAlgorithm()
    # "train:Map" up to QGIS 3.24, "Map" in models made by later versions.
    (name,) = (output.name() for output in model.outputDefinitions())
    given = {name: str(tmp_path / "model.tif")}
    results, fine = model.run(given, context, listener)
    assert fine, listener.told
    assert results[name] == given[name]
    assert results["CHILD_RESULTS"]["train"]["OVERALL_ACCURACY"] == 0.875
    assert results["CHILD_INPUTS"]["train"]["DEVICE"] == "cuda:4"
