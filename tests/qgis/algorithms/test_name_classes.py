"""Polygons of a class map get the names and colours of its legend."""

import pytest
from qgis.core import (
    QgsFeature,
    QgsFeatureRequest,
    QgsFeatureSink,
    QgsGeometry,
    QgsPalettedRasterRenderer,
    QgsProject,
    QgsRasterLayer,
    QgsVectorFileWriter,
    QgsVectorLayer,
)
from qgis.PyQt.QtGui import QColor

from miaf_qgis.algorithms.name_classes import NameClasses

SQUARE = "POLYGON((0 0,1 0,1 1,0 0))"
BOW_TIE = "POLYGON((0 0,1 1,1 0,0 1,0 0))"


@pytest.fixture
def legend_map(new_raster, tmp_path):
    """A map in the project whose legend has the classes 1 and 3."""
    layer = QgsRasterLayer(new_raster(tmp_path / "map.tif", bands=1), "map")
    renderer = QgsPalettedRasterRenderer
    entries = [
        renderer.Class(1, QColor("#d1b43c"), "Wheat"),
        renderer.Class(3, QColor("#00ff00"), "Corn"),
    ]
    layer.setRenderer(renderer(layer.dataProvider(), 1, entries))
    QgsProject.instance().addMapLayer(layer)
    return layer


def test_polygons_get_names_and_colours(algorithm, context, listener, legend_map):
    polygons = QgsVectorLayer(
        "Polygon?crs=EPSG:32616&field=DN:integer&field=class:string", "p", "memory"
    )
    for value in (1, 3, 2):
        feature = QgsFeature(polygons.fields())
        feature.setAttributes([value, "old"])
        feature.setGeometry(QgsGeometry.fromWkt("POLYGON((0 0,1 0,1 1,0 0))"))
        polygons.dataProvider().addFeatures([feature])
    QgsProject.instance().addMapLayer(polygons)
    given = {
        "INPUT": polygons.id(), "VALUE_FIELD": "DN", "CLASSIFICATION": legend_map.id(),
        "OUTPUT": "memory:",
    }  # fmt: skip
    results, fine = algorithm("nameclasses").run(given, context, listener)
    assert fine, listener.told
    made = context.getMapLayer(results["OUTPUT"])
    assert made.fields().names() == ["DN", "class", "class_2", "colour"]
    rows = [feature.attributes() for feature in made.getFeatures()]
    assert rows[0] == [1, "old", "Wheat", "#d1b43c"]
    assert rows[1][2:] == ["Corn", "#00ff00"]
    assert not rows[2][2]


def test_a_raster_without_a_legend_is_refused(
    algorithm, context, listener, areas, cube
):
    given = {"INPUT": areas.id(), "VALUE_FIELD": "cover", "CLASSIFICATION": cube}
    given = {**given, "OUTPUT": "memory:"}
    ready = algorithm("nameclasses")
    fine, message = ready.checkParameterValues(given, context)
    assert not fine
    assert "no legend of classes" in message
    results, fine = ready.run(given, context, listener)
    assert (results, fine) == ({}, False)
    assert "no legend of classes" in listener.texts("error")[0]


@pytest.fixture
def new_polygons(context):
    """Return a function that makes a layer of polygons, one of each row (fid, DN)."""

    def make(rows, geometry=SQUARE):
        fields = "field=fid:integer&field=DN:integer"
        layer = QgsVectorLayer(f"Polygon?crs=EPSG:32616&{fields}", "parts", "memory")
        for row in rows:
            feature = QgsFeature(layer.fields())
            feature.setAttributes(list(row))
            feature.setGeometry(QgsGeometry.fromWkt(geometry))
            layer.dataProvider().addFeatures([feature])
        QgsProject.instance().addMapLayer(layer)
        return layer

    return make


@pytest.fixture
def polygon_file(new_polygons, context, tmp_path):
    """Return the path of a GeoPackage with three polygons in its table `parts`."""
    path = tmp_path / "parts.gpkg"
    layer = new_polygons([(1, 1), (2, 3), (3, 3)])
    options = QgsVectorFileWriter.SaveVectorOptions()
    QgsVectorFileWriter.writeAsVectorFormatV3(
        layer, str(path), context.transformContext(), options
    )
    return path


@pytest.fixture
def given(legend_map):
    return {"VALUE_FIELD": "DN", "CLASSIFICATION": legend_map.id()}


def count(path):
    return QgsVectorLayer(str(path), "", "ogr").featureCount()


@pytest.mark.parametrize(
    "output",
    ["{folder}/parts.gpkg", "{folder}/parts", "ogr:dbname='{path}' table=parts"],
)
def test_the_polygons_are_not_replaced_by_their_own_output(
    output, polygon_file, given, algorithm, context, listener, tmp_path
):
    """QGIS would empty the file before it read the first of them."""
    output = output.format(folder=tmp_path, path=polygon_file)
    given = {**given, "INPUT": str(polygon_file), "OUTPUT": output}
    ready = algorithm("nameclasses")
    fine, message = ready.checkParameterValues(given, context)
    assert not fine
    assert "is also an input" in message
    results, fine = ready.run(given, context, listener)
    assert (results, fine) == ({}, False)
    assert count(polygon_file) == 3


def test_a_new_table_beside_the_polygons_is_written(
    polygon_file, given, algorithm, context, listener
):
    output = f"ogr:dbname='{polygon_file}' table=named (geom)"
    given = {**given, "INPUT": f"{polygon_file}|layername=parts", "OUTPUT": output}
    ready = algorithm("nameclasses")
    assert ready.checkParameterValues(given, context)[0]
    _, fine = ready.run(given, context, listener)
    assert fine, listener.told
    assert count(f"{polygon_file}|layername=named") == 3
    assert count(f"{polygon_file}|layername=parts") == 3


def test_the_class_map_and_a_folder_that_is_missing_are_refused(
    new_polygons, given, algorithm, context, legend_map, tmp_path
):
    """A raster can lie in a GeoPackage."""
    given = {**given, "INPUT": new_polygons([(1, 1)]).id()}
    path = tmp_path / "map.gpkg"
    tmp_path.joinpath("map.tif").rename(path)
    legend_map.setDataSource(str(path), "map", "gdal", False)
    for output, reason in (
        (str(path), "is also an input"),
        (str(tmp_path / "none" / "named.gpkg"), "does not exist"),
    ):
        fine, message = algorithm("nameclasses").checkParameterValues(
            {**given, "OUTPUT": output}, context
        )
        assert not fine
        assert reason in message


def test_parts_of_one_polygon_are_all_written(
    new_polygons, given, algorithm, context, listener, tmp_path
):
    """Each has the `fid` of the polygon, which a GeoPackage takes once."""
    parts = new_polygons([(7, 1), (7, 3), (9, 3), (7, 1)])
    path = str(tmp_path / "named.gpkg")
    given = {**given, "INPUT": parts.id(), "OUTPUT": path}
    _, fine = algorithm("nameclasses").run(given, context, listener)
    assert fine, listener.told
    names = [
        feature["class"] for feature in QgsVectorLayer(path, "", "ogr").getFeatures()
    ]
    assert names == ["Wheat", "Corn", "Corn", "Wheat"]


def test_a_feature_that_cannot_be_written_ends_the_run(
    new_polygons, given, algorithm, context, listener, monkeypatch
):
    class Full(QgsFeatureSink):
        def addFeature(self, feature, flags=None):
            return False

        def lastError(self):
            return "disk full."

    given = {**given, "INPUT": new_polygons([(1, 1)]).id(), "OUTPUT": "memory:"}
    monkeypatch.setattr(
        NameClasses, "parameterAsSink", lambda *_: (Full(), "/x.gpkg"), raising=False
    )
    results, fine = algorithm("nameclasses").run(given, context, listener)
    assert (results, fine) == ({}, False)
    (message,) = listener.texts("error")
    assert "'/x.gpkg' (disk full)." in message
    assert "'parts'" in message


def test_invalid_polygons_are_copied(new_polygons, given, algorithm, context, listener):
    """'Polygonise' makes such where patches of a class touch at a corner."""
    context.setInvalidGeometryCheck(
        QgsFeatureRequest.InvalidGeometryCheck.GeometryAbortOnInvalid
    )
    given = {**given, "INPUT": new_polygons([(1, 1)], BOW_TIE).id()}
    ready = algorithm("nameclasses")
    results, fine = ready.run({**given, "OUTPUT": "memory:"}, context, listener)
    assert fine, listener.told
    assert context.getMapLayer(results["OUTPUT"]).featureCount() == 1
