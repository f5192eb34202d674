"""What the panel runs, as what call, and what it makes of the results."""

import json
import sys
from types import SimpleNamespace

import pytest
from qgis.core import (
    QgsCategorizedSymbolRenderer,
    QgsEditorWidgetSetup,
    QgsFeature,
    QgsPalettedRasterRenderer,
    QgsProcessingOutputLayerDefinition,
    QgsProject,
    QgsRasterLayer,
    QgsVectorLayer,
)
from qgis.PyQt.QtGui import QColor
from qgis.PyQt.QtWidgets import QAction, QApplication, QPlainTextEdit, QPushButton

from miaf_engine.errors import ModelFormatError
from miaf_engine.models import card
from miaf_qgis.desktop.run_end import accuracy_in_short
from miaf_qgis.dock import calls, map_layers, project_state, run_box, run_parameters
from miaf_qgis.dock.outcome import outcome_of
from miaf_qgis.dock.run_box import RunBox
from miaf_qgis.engine.training_signals import TRAINING
from tests.qgis.dock.helpers import square, until

sys.path.append("/usr/share/qgis/python/plugins")
NUMBERS = {
    "map_accuracy": 0.684,
    "map_accuracy_interval": [0.534, 0.81],
    "unlike_share": 0.054,
    "classes": [
        {"name": "Wheat", "producers_accuracy": 0.75},
        {"name": "Corn", "producers_accuracy": None},
    ],
}


@pytest.fixture
def areas(areas):
    for number, name in enumerate(("Wheat", "Corn")):
        areas.add_class(name)
        places = [(8 * number, 3), (8 * number, 12)]
        areas.add_areas([square(*place) for place in places], name)
    return areas


@pytest.fixture
def box(iface, areas, provider):
    pytest.importorskip("processing")
    box = RunBox(iface, areas, QAction(iface.window))
    box.show()
    return box


def ended(box):
    return until(lambda: box._run is None and box._counting is None)


def write_report(folder, numbers):
    report = folder / "report.html"
    report.write_text("")
    report.with_suffix(".json").write_text(json.dumps(numbers))
    return report


# Calls


def test_a_call_names_files_in_place_of_layers(areas):
    parameters = {
        "CUBE": areas.cube.id(),
        "OUTPUT": QgsProcessingOutputLayerDefinition("/tmp/a map.tif"),
        "EPOCHS": 20,
        "RESUME": True,
    }
    found = calls.plain(parameters)
    assert found["CUBE"] == areas.cube.source()
    assert found["OUTPUT"] == "/tmp/a map.tif"
    command = calls.as_command("miaf:train", {"OUTPUT": "a b.tif", "RESUME": True})
    assert command == (
        "qgis_process run miaf:train -- \\\n    'OUTPUT=a b.tif' \\\n    RESUME=true"
    )
    code = calls.as_python("miaf:train", {"OUTPUT": "a b.tif", "EPOCHS": 20})
    assert code == (
        "processing.run('miaf:train', {\n"
        "    'OUTPUT': 'a b.tif',\n    'EPOCHS': 20,\n})"
    )


def test_the_dialog_opens_with_the_values_of_the_next_run(box, areas, monkeypatch):
    opened = []
    monkeypatch.setattr(run_box, "open_dialog", lambda *call: opened.append(call))
    box.open_dialog()
    ((algorithm, values),) = opened
    assert algorithm == "miaf:trainandclassify"
    assert values["ROIS"] == areas.layer.id()


def test_the_menu_has_the_presets_and_the_project_keeps_the_choice(
    box, areas, monkeypatch
):
    opened = []
    monkeypatch.setattr(run_box, "open_dialog", lambda *call: opened.append(call[1]))
    titles = [entry.text() for entry in box.presets.values()]
    assert titles == [
        "Quick look: 40 epochs",
        "Standard: 150 epochs",
        "Best: 300 epochs",
    ]
    box.open_dialog()
    box.presets["best"].trigger()
    box.open_dialog()
    assert [values.get("PRESET") for values in opened] == [None, "best"]
    assert [entry.isChecked() for entry in box.presets.values()] == [False, False, True]
    box._continue.trigger()
    again = RunBox(box._iface, areas, QAction())  # As when the project is opened.
    assert again.presets["best"].isChecked() and not again._continue.isChecked()
    project_state.write("preset", "none of them")
    again.open_project()
    assert again.presets["standard"].isChecked()


# Reports


def test_a_report_is_said_in_words(tmp_path):
    found = outcome_of(write_report(tmp_path, NUMBERS))
    assert found.words == (
        "About 68 % of the map should be right (95 % interval 53 to 81 %). "
        "5 % of the map is unlike all training areas."
    )
    assert found.found == {"Wheat": 0.75}
    assert accuracy_in_short(found.figures) == "Expected accuracy: 68 % (53 to 81 %)"


def test_a_doubt_follows_the_accuracy_in_panel_and_message_bar(tmp_path):
    doubt = "The model was trained for 40 epochs."
    found = outcome_of(write_report(tmp_path, {**NUMBERS, "map_accuracy_doubt": doubt}))
    assert found.words.startswith(
        "About 68 % of the map should be right (95 % interval 53 to 81 %). " + doubt
    )
    assert accuracy_in_short(found.figures) == "Expected accuracy: 68 %, often too high"


def test_what_was_not_measured_is_not_claimed(tmp_path):
    found = outcome_of(write_report(tmp_path, {"classes": NUMBERS["classes"]}))
    assert "not measured" in found.words
    assert found.found == {}


def test_why_nothing_was_measured_is_said(tmp_path):
    numbers = {"map_accuracy": None, "settings": {"hold-out": {"folds": 3}}}
    alone = outcome_of(write_report(tmp_path, numbers)).words
    assert "no area could be held out" in alone
    numbers["settings"]["earlier model 1"] = {"file": "model.miaf.safetensors"}
    words = outcome_of(write_report(tmp_path, numbers)).words
    assert "the model from which it continues" in words


@pytest.mark.parametrize("text", ["", "[1]", "{", '{"map_accuracy": "much"}'])
def test_a_report_that_cannot_be_read_claims_nothing(tmp_path, text):
    report = write_report(tmp_path, NUMBERS)
    report.with_suffix(".json").write_text(text)
    assert outcome_of(report).found == {}
    assert outcome_of(tmp_path / "none.html").words == ""
    assert outcome_of(None).words == ""


# Maps


def test_hectares_are_those_of_the_pixels_on_the_ground(new_raster, tmp_path, context):
    layer = QgsRasterLayer(new_raster(tmp_path / "m.tif", bands=1), "map")
    classes = [
        QgsPalettedRasterRenderer.Class(value, QColor("red"), name)
        for value, name in ((1, "Wheat"), (7, "Corn"))
    ]
    layer.setRenderer(QgsPalettedRasterRenderer(layer.dataProvider(), 1, classes))
    counts = QgsVectorLayer(
        "None?field=value:double&field=count:integer", "c", "memory"
    )

    rows = []
    for values in ([1.0, 100], [7.0, 300], [9.0, 5]):
        row = QgsFeature(counts.fields())
        row.setAttributes(values)
        rows.append(row)
    counts.dataProvider().addFeatures(rows)
    found = map_layers.hectares(layer, counts)
    # 100 pixels of 10 m by 10 m; UTM makes lengths smaller by 0.04 % here.
    assert found["Wheat"] == pytest.approx(1.0, rel=2e-3)
    assert found["Corn"] == pytest.approx(3.0, rel=2e-3)
    assert set(found) == {"Wheat", "Corn"}


def test_a_layer_is_raised_and_stays_in_the_project(context, new_areas):
    first, second = new_areas(["a"]), new_areas(["b"])
    tree = QgsProject.instance().layerTreeRoot()
    group = tree.insertGroup(0, "maps")
    group.addLayer(second)
    tree.removeLayer(second)
    group.addLayer(second)
    map_layers.raise_layer(first)
    QApplication.processEvents()
    assert tree.layerOrder()[0] == first
    assert set(QgsProject.instance().mapLayers().values()) == {first, second}


def in_group(layers, title):
    """Put layers of runs into a group, as a run does."""
    tree = QgsProject.instance().layerTreeRoot()
    group = tree.insertGroup(0, title)
    for rank, layer in enumerate(layers):
        group.addLayer(layer).setCustomProperty("miaf/rank", rank)
        tree.removeLayer(layer)
    return group


@pytest.mark.parametrize("own", [False, True])
def test_an_earlier_map_is_hidden_and_no_layer_of_the_user(context, new_areas, own):
    drawn, made, sure = (new_areas(["a"]) for _ in range(3))
    group = in_group([made, sure], "My layers" if own else "MIAF-Net, cube 12:00:00")
    tree = QgsProject.instance().layerTreeRoot()
    if own:
        group.addLayer(drawn)
        tree.removeLayer(drawn)
    map_layers.hide_map(made)
    shown = [tree.findLayer(layer.id()).isVisible() for layer in (drawn, made, sure)]
    assert shown == [True, False, False]
    assert group.itemVisibilityChecked() == own


def test_a_map_without_a_group_of_its_run_is_hidden_alone(context, new_areas):
    drawn, made = new_areas(["a"]), new_areas(["b"])
    tree = QgsProject.instance().layerTreeRoot()
    group = tree.insertGroup(0, "My layers")
    for layer in (drawn, made):
        group.addLayer(layer)
        tree.removeLayer(layer)
    map_layers.hide_map(made)
    assert tree.findLayer(drawn.id()).isVisible()
    assert not tree.findLayer(made.id()).isVisible()


# Parameters


def test_the_files_of_a_run_have_one_number_and_are_beside_the_project(areas, tmp_path):
    assert QgsProject.instance().write(str(tmp_path / "p.1.qgz"))
    first = project_state.new_run_files("map.tif", "model.miaf.safetensors")
    assert first == (
        tmp_path / "p.1_maps" / "map.tif",
        tmp_path / "p.1_maps" / "model.miaf.safetensors",
    )
    first[1].write_text("")
    second = project_state.new_run_files("map.tif", "model.miaf.safetensors")
    assert [path.name for path in second] == ["map_2.tif", "model_2.miaf.safetensors"]


def test_training_continues_while_cube_and_classes_are_the_same(
    areas, tmp_path, monkeypatch
):
    model = tmp_path / "model.miaf.safetensors"
    classes = SimpleNamespace(names=["Wheat", "Corn"])
    monkeypatch.setattr(
        card, "read_card", lambda _path: SimpleNamespace(classes=classes)
    )
    assert run_parameters.last_model(areas) is None
    project_state.write_path("model", model)
    project_state.write("model_cube", areas.cube.id())
    assert run_parameters.last_model(areas) is None  # There is no such file.
    model.write_text("")
    assert run_parameters.last_model(areas) == model
    given = run_parameters.update_parameters(areas, keep_training=True, preset="quick")
    assert (given["INITIAL_MODEL"], given["PRESET"]) == (str(model), "quick")
    given = run_parameters.update_parameters(areas, keep_training=False)
    assert not {"INITIAL_MODEL", "PRESET"} & set(given)
    areas.add_class("Oats")  # A new class can be learned by the same model.
    assert run_parameters.last_model(areas) == model
    areas.rename("Corn", "Maize")
    assert run_parameters.last_model(areas) is None
    areas.undo()
    # A model has the names that the user reads, here of a list of values.
    listed = {"map": [{"Winter wheat": "Wheat"}]}
    field = areas.layer.fields().lookupField("class")
    areas.layer.setEditorWidgetSetup(field, QgsEditorWidgetSetup("ValueMap", listed))
    assert run_parameters.last_model(areas) is None
    classes.names = ["Winter wheat", "Corn"]
    assert run_parameters.last_model(areas) == model
    project_state.write("model_cube", "another")
    assert run_parameters.last_model(areas) is None
    project_state.write("model_cube", areas.cube.id())

    def refuse(path):
        raise ModelFormatError("damaged", hint="")

    monkeypatch.setattr(card, "read_card", refuse)
    assert run_parameters.last_model(areas) is None


def test_earlier_suggestions_are_passed_on_where_they_fit(areas, new_areas, tmp_path):
    def passed_on():
        given = run_parameters.suggest_parameters(areas, tmp_path / "model")
        return given.get("ROIS_MORE")

    assert passed_on() is None
    earlier = new_areas([None, "Wheat"], field="class")
    project_state.write("suggestions", earlier.id())
    assert passed_on() == earlier.id()
    earlier.startEditing()
    earlier.deleteFeatures([feature.id() for feature in earlier.getFeatures()])
    assert passed_on() is None
    earlier.rollBack()
    assert passed_on() == earlier.id()
    other = new_areas(["a", "b"], field="kind")
    other.setRenderer(QgsCategorizedSymbolRenderer("kind", []))
    areas.use(other)
    assert passed_on() is None
    project_state.write("suggestions", areas.cube.id())
    assert passed_on() is None


# Runs


def test_a_run_leaves_model_report_and_call(box, fake_python, monkeypatch, tmp_path):
    note = tmp_path / "note.json"
    monkeypatch.setenv("MIAF_FAKE_NOTE", str(note))
    assert box.update_button.isEnabled()
    assert not box.suggest_button.isEnabled()
    assert not box.report_button.isEnabled()
    told = []
    TRAINING.mapped.connect(tell := lambda *told_of: told.append(told_of))
    box.update_map()
    assert not box.update_button.isEnabled()
    assert ended(box)
    TRAINING.mapped.disconnect(tell)
    ((made, _figures),) = told
    assert made["model"] == str(project_state.read_path("model"))
    assert made["output"] and made["confidence"] and made["report"]
    request = json.loads(note.read_text())["envelope"]["request"]
    assert request["class_field"] == "class"
    assert [style["name"] for style in request["class_styles"]] == ["Wheat", "Corn"]
    assert project_state.read_path("model").name == "model.miaf.safetensors"
    assert project_state.read_path("report").name == "report.html"
    assert box.suggest_button.isEnabled()
    assert box.report_button.isEnabled()
    call = box.findChild(QPlainTextEdit, "call").toPlainText()
    assert call.startswith("qgis_process run miaf:trainandclassify -- \\\n")
    assert "|layername=training_areas" in call


def test_a_model_is_of_the_cube_of_its_run(box, areas, fake_python, cube):
    of_run, shown = areas.cube, QgsRasterLayer(cube, "shown now")
    QgsProject.instance().addMapLayer(shown)
    box.update_map()
    areas.cube = shown
    assert ended(box)
    assert project_state.read("model_cube") == of_run.id()


def test_hectares_are_of_the_map_that_was_counted(box, cube, monkeypatch):
    shown = QgsRasterLayer(cube, "map")
    QgsProject.instance().addMapLayer(shown)
    project_state.write("map", shown.id())
    monkeypatch.setattr(map_layers, "hectares", lambda *_counted: {"Wheat": 2.0})
    for counted, found in (("of another project", ""), (shown.id(), '{"Wheat": 2.0}')):
        run = SimpleNamespace(
            parameters={"INPUT": counted},
            take_layer=lambda _name: shown,
            deleteLater=lambda: None,
        )
        box._counted(run, {"OUTPUT_TABLE": "table"})
        assert project_state.read("hectares") == found


@pytest.mark.parametrize(
    ("behaviour", "words"),
    [
        ("training", "Cancelled. Run again to continue at epoch 43."),
        ("obedient", "Cancelled."),  # Nothing was kept.
    ],
)
def test_a_cancelled_run_says_whether_it_continues(
    box, fake_python, monkeypatch, behaviour, words
):
    monkeypatch.setenv("MIAF_FAKE", behaviour)
    box.update_map()
    assert until(lambda: box._bar.value() >= 25)
    assert box.findChild(QPushButton, "cancel").isVisible()
    box.cancel()
    assert ended(box)
    assert box._said.text() == words
    assert project_state.read("model") == ""
    assert box.update_button.isEnabled()


def test_the_run_of_a_project_that_is_left_says_nothing_in_the_next_one(
    box, fake_python, monkeypatch, tmp_path
):
    monkeypatch.setenv("MIAF_FAKE", "training")
    box.update_map()
    assert until(lambda: box._bar.value() >= 25)
    project_state.write_path("report", write_report(tmp_path, NUMBERS))
    box.open_project()
    assert ended(box)
    assert box._said.text().startswith("About 68 % of the map should be right")


def test_a_run_that_fails_says_why(box, fake_python, monkeypatch, iface):
    monkeypatch.setenv("MIAF_FAKE", "user_error")
    box.update_map()
    assert ended(box)
    assert "Class 'Oats' has 1 pixel." in box._said.text()
    assert "Class 'Oats' has 1 pixel." in iface.bar.currentItem().text()


def test_without_an_engine_a_run_says_how_to_get_it(box, iface):
    box.update_map()
    assert ended(box)
    assert "Set up the engine" in box._said.text()


def test_a_run_ends_with_its_project(box, fake_python, monkeypatch):
    monkeypatch.setenv("MIAF_FAKE", "obedient")
    box.update_map()
    assert until(lambda: box._bar.value() >= 25)
    QgsProject.instance().clear()
    box.open_project()
    assert ended(box)
    assert project_state.read("model") == ""


def test_areas_of_one_class_are_not_enough(box, areas):
    areas.remove_class("Corn")
    box.show_state()
    assert not box.update_button.isEnabled()


def test_the_project_brings_the_last_run_back(box, areas, tmp_path):
    seen = []
    box.results.connect(seen.append)
    project_state.write_path("report", write_report(tmp_path, NUMBERS))
    project_state.write("hectares", json.dumps({"Wheat": 12.5}))
    box.open_project()
    assert "68 %" in box._said.text()
    assert seen[-1] == {"Wheat": (12.5, 0.75)}
    project_state.write("hectares", "[")  # A project that was changed by hand.
    box.open_project()
    assert seen[-1] == {"Wheat": (None, 0.75)}


def test_the_call_is_copied_as_python_too(box, fake_python):
    box.update_map()
    assert ended(box)
    box._copy(calls.as_python)
    assert QApplication.clipboard().text().startswith("processing.run('miaf:trainand")
