"""Layers of a run: names, group, metadata, and the style beside the file."""

from datetime import datetime

import pytest
from qgis.core import (
    QgsLayerTreeModel,
    QgsProcessingContext,
    QgsProject,
    QgsRasterLayer,
)
from qgis.gui import QgsLayerTreeView
from qgis.PyQt.QtCore import QCoreApplication

from miaf_qgis.layers.run_notes import RunLayer, note_of
from miaf_qgis.layers.styling import (
    ClassMapStyle,
    ConfidenceStyle,
    write_style_file,
)

NOW = datetime(2026, 3, 4, 5, 6, 7)
CLASSES = [
    {"value": 1, "name": "Wheat", "colour": "#d1b43c"},
    {"value": 7, "name": "Corn", "colour": "#00ff00"},
]
TRAINED = {
    "overall_accuracy": 0.875,
    "accuracy_definition": "Pixels of held-out polygons.",
    "classes": CLASSES,
    "device": "cpu",
    "epochs": 150,
    "seed": 3,
}
REQUEST = {"cube": "/data/line 1.dat", "rois": "/x/rois.gpkg", "model": "/m/a.miaf"}


@pytest.fixture
def note():
    return note_of(REQUEST, TRAINED, NOW)


@pytest.fixture
def layers(new_raster, tmp_path, context):
    made = []
    for name in ("confidence", "map"):
        path = new_raster(tmp_path / f"{name}.tif", bands=1)
        made.append(QgsProject.instance().addMapLayer(QgsRasterLayer(path, name)))
    return made


def test_metadata_say_what_it_is_how_good_and_how_made(note, layers):
    RunLayer(note, None, 0, grouped=False).postProcessLayer(layers[0], None, None)
    data = layers[0].metadata()
    assert "87.5 %" in data.abstract()
    assert "Pixels of held-out polygons." in data.abstract()
    assert "line 1.dat" in data.abstract()
    history = "\n".join(data.history())
    for fact in ("2026-03-04T05:06:07", "rois.gpkg", "a.miaf", "cpu", "150", "Seed: 3"):
        assert fact in history
    assert "/" not in history  # No folders: a project is passed on.
    assert data.keywords()["classes"] == ["Wheat", "Corn"]
    assert data.title() == layers[0].name()


@pytest.mark.parametrize(
    ("rois", "sources", "name"),
    [
        (
            "/t/rois.gpkg",
            {"name": "Fields", "file": "/d/fields 2024.shp"},
            "fields 2024.shp",
        ),
        ("/t/rois.gpkg", {"name": "Fields", "file": None}, "Fields"),
        ("/d/own.gpkg", None, "own.gpkg"),
        (None, None, "labels.tif"),
    ],
)
def test_the_history_names_the_areas_of_the_user(rois, sources, name):
    """The engine gets a copy of them."""
    request = {**REQUEST, "rois": rois, "labels": "/d/labels.tif"}
    request["sources"] = sources and {"rois": sources, "mask": None}
    history = note_of(request, TRAINED, NOW).history
    assert f"Trained on {name} and classified line 1.dat" in history[0]


def test_no_accuracy_is_claimed_where_none_was_measured():
    nothing = note_of(REQUEST, {**TRAINED, "overall_accuracy": None}, NOW)
    assert "not measured" in nothing.abstract
    of_a_model = note_of(REQUEST, {"classes": CLASSES}, NOW)
    assert "not measured" in of_a_model.abstract
    assert "%" not in of_a_model.abstract


def test_the_accuracy_to_expect_is_stated_before_that_of_scored_pixels():
    expected = {"map_accuracy": 0.93, "map_accuracy_interval": [0.77, 1.0]}
    words = "About 93 % of the map should be right (95 % interval 77 to 100 %)."
    both = note_of(REQUEST, {**TRAINED, **expected}, NOW).abstract
    assert both.index(words) < both.index("Overall accuracy 87.5 %")
    # As where nothing is held out to be scored: folds still tell what to expect.
    alone = note_of(REQUEST, {**TRAINED, **expected, "overall_accuracy": None}, NOW)
    assert alone.abstract.endswith(words)
    assert "not measured" not in alone.abstract


def test_of_a_classified_map_the_accuracy_to_expect_is_stated():
    figures = {"classes": CLASSES, "map_accuracy": 0.9}
    abstract = note_of(REQUEST, figures, NOW).abstract
    assert abstract.endswith("About 90 % of the map should be right.")


def test_layers_of_a_run_are_in_a_group_in_order(note, layers):
    confidence, classes = layers
    RunLayer(note, None, 1, grouped=True).postProcessLayer(confidence, None, None)
    RunLayer(note, None, 0, grouped=True).postProcessLayer(classes, None, None)
    root = QgsProject.instance().layerTreeRoot()
    group = root.findGroup("MIAF-Net, line 1 05:06:07")
    assert [node.name() for node in group.children()] == ["map", "confidence"]
    assert len(root.findLayers()) == 2
    later = note_of(REQUEST, TRAINED, NOW.replace(second=9))
    assert later.group != note.group
    assert later.title("Class map") != note.title("Class map")


def test_the_map_is_on_top_where_qgis_put_the_layers_into_the_group(note, layers):
    """As it does while one of the group's layers is the active one."""
    confidence, classes = layers
    RunLayer(note, None, 0, grouped=True).postProcessLayer(classes, None, None)
    root = QgsProject.instance().layerTreeRoot()
    group, node = root.findGroup(note.group), root.findLayer(confidence.id())
    group.insertChildNode(0, node.clone())
    root.removeChildNode(node)
    RunLayer(note, None, 1, grouped=True).postProcessLayer(confidence, None, None)
    assert [node.name() for node in group.children()] == ["map", "confidence"]


def test_the_group_of_a_run_is_not_in_that_of_another(note, layers, new_areas):
    confidence, classes = layers
    root = QgsProject.instance().layerTreeRoot()
    older = root.insertGroup(0, "MIAF-Net, line 1 05:00:00")
    for layer in layers:
        node = root.findLayer(layer.id())
        older.insertChildNode(0, node.clone())
        root.removeChildNode(node)
    new_areas(["Wheat"])
    for rank, layer in enumerate((classes, confidence)):
        RunLayer(note, None, rank, grouped=True).postProcessLayer(layer, None, None)
    # The areas that were on top stay there: the map would hide them.
    assert [node.name() for node in root.children()] == [
        "Areas", note.group, older.name(),
    ]  # fmt: skip
    assert [node.name() for node in root.findGroup(note.group).children()] == [
        "map", "confidence",
    ]  # fmt: skip
    assert older.children() == []


def test_the_layers_of_a_run_stay_in_the_project(note, layers):
    """QGIS drops a layer that was nowhere in the tree, at the next idle moment."""
    for rank, layer in enumerate(layers):
        RunLayer(note, None, rank, grouped=True).postProcessLayer(layer, None, None)
    QCoreApplication.processEvents()
    assert set(QgsProject.instance().mapLayers().values()) == set(layers)


def test_a_single_layer_needs_no_group(note, layers):
    RunLayer(note, None, 0, grouped=False).postProcessLayer(layers[0], None, None)
    assert QgsProject.instance().layerTreeRoot().findGroups() == []


def test_the_style_beside_the_file_is_what_qgis_opens_it_with(new_raster, tmp_path):
    for name, style in (
        ("map", ClassMapStyle(CLASSES)),
        ("confidence", ConfidenceStyle()),
    ):
        write_style_file(new_raster(tmp_path / f"{name}.tif", bands=1), style)
    # QGIS measures a new layer, and what GDAL would keep of that is left nowhere.
    assert {path.name for path in tmp_path.iterdir() if path.is_file()} == {
        "map.tif", "map.qml", "confidence.tif", "confidence.qml",
    }  # fmt: skip
    opened = QgsRasterLayer(str(tmp_path / "map.tif"), "opened")
    found = [(c.value, c.label, c.color.name()) for c in opened.renderer().classes()]
    assert found == [(1, "Wheat", "#d1b43c"), (7, "Corn", "#00ff00")]
    sure = QgsRasterLayer(str(tmp_path / "confidence.tif"), "opened").renderer()
    assert (sure.classificationMin(), sure.classificationMax()) == (0, 1)


def test_the_style_of_another_layer_of_that_name_is_left_alone(new_raster, tmp_path):
    """QGIS opens `map.gpkg` and `map.tif` with the same `map.qml`."""
    path, style = new_raster(tmp_path / "map.tif", bands=1), tmp_path / "map.qml"
    (tmp_path / "map.html").touch()  # a report has no style
    write_style_file(path, ConfidenceStyle())
    first = style.read_bytes()
    write_style_file(path, ClassMapStyle(CLASSES))
    assert style.read_bytes() != first  # that of an older run is renewed
    own = "<qgis><renderer-v2 type='categorizedSymbol'/></qgis>"
    style.write_text(own)
    write_style_file(path, ConfidenceStyle())
    assert style.read_text() == own
    for other in ("map.gpkg", "map.shp", "map.img"):
        style.unlink(missing_ok=True)
        (tmp_path / other).touch()
        write_style_file(path, ConfidenceStyle())
        assert not style.exists()
        (tmp_path / other).unlink()


def test_a_file_that_is_no_raster_gets_no_style(tmp_path):
    (tmp_path / "map.tif").write_text("no raster")
    write_style_file(str(tmp_path / "map.tif"), ConfidenceStyle())
    assert [path.name for path in tmp_path.iterdir()] == ["map.tif"]


def test_the_context_is_not_needed(note, layers):
    layer = RunLayer(note, ClassMapStyle(CLASSES), 0, grouped=True)
    layer.postProcessLayer(layers[1], QgsProcessingContext(), None)
    assert len(layers[1].renderer().classes()) == 2


def test_the_class_map_has_its_legend_open_and_an_opacity_slider(note, layers):
    for rank, layer in enumerate(layers):
        RunLayer(note, None, rank, grouped=True).postProcessLayer(layer, None, None)
    QCoreApplication.processEvents()
    root = QgsProject.instance().layerTreeRoot()
    first, *others = [root.findLayer(layer.id()) for layer in layers]
    assert first.isExpanded() and not any(node.isExpanded() for node in others)
    sliders = [layer.customProperty("embeddedWidgets/0/id") for layer in layers]
    assert sliders == ["transparency", None]


def test_the_view_shows_the_legend_too(iface, note, layers):
    root = QgsProject.instance().layerTreeRoot()
    view = QgsLayerTreeView()
    view.setModel(QgsLayerTreeModel(root, view))
    view.show()
    QCoreApplication.processEvents()
    for rank, layer in enumerate(layers):
        RunLayer(note, None, rank, grouped=True).postProcessLayer(layer, None, None)
    node = root.findLayer(layers[0].id())
    # As QGIS does now and then with a group that was empty when it was added.
    view.blockSignals(True)
    view.collapse(view.node2index(node.parent()))
    view.blockSignals(False)
    QCoreApplication.processEvents()
    for shown in (node, node.parent()):
        assert view.isExpanded(view.node2index(shown))


def test_areas_stay_above_a_map_that_qgis_puts_on_top(note, layers, new_areas):
    areas = new_areas(["Wheat"])
    root = QgsProject.instance().layerTreeRoot()
    for layer in (areas, layers[1]):  # the last one is on top
        node = root.findLayer(layer.id())
        root.insertChildNode(0, node.clone())
        root.removeChildNode(node)
    RunLayer(note, None, 0, grouped=True).postProcessLayer(layers[1], None, None)
    names = [child.name() for child in root.children()]
    assert names == ["Areas", note.group, "confidence"]
