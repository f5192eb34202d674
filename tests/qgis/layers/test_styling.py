"""Layers that QGIS loads at the end of a run: they show the file of that run."""

import pytest
from osgeo import gdal
from qgis.core import (
    QgsFeature,
    QgsGeometry,
    QgsProcessingContext,
    QgsProject,
    QgsRasterLayer,
    QgsVectorFileWriter,
    QgsVectorLayer,
)

from miaf_qgis.layers.styling import ClassMapStyle, StoredStyle, style_on_load

CLASSES = [{"value": 3, "name": "Corn", "colour": "#00ff00"}]


@pytest.fixture
def run_ends(context, listener):
    """Return what Processing does at a run's end with the project's layer of a file."""

    def end(layer, path, style):
        details = QgsProcessingContext.LayerDetails("Map", QgsProject.instance(), "OUT")
        context.addLayerToLoadOnCompletion(str(path), details)
        style_on_load(context, str(path), style, name="Map, scene", instead_of=("Map",))
        found = context.layerToLoadOnCompletionDetails(str(path))
        assert found.name == "Map, scene"
        found.postProcessor().postProcessLayer(layer, context, listener)

    return end


def shown(layer):
    """Return a raster layer's first and last value."""
    columns, rows = layer.width(), layer.height()
    block = layer.dataProvider().block(1, layer.extent(), columns, rows)
    return block.value(0, 0), block.value(rows - 1, columns - 1)


@pytest.mark.parametrize("size", [(40, 30), (10, 60)])
def test_a_raster_layer_shows_the_pixels_of_the_new_run(
    size, run_ends, new_raster, tmp_path
):
    path = new_raster(tmp_path / "map.tif", bands=1)
    layer = QgsRasterLayer(path, "older run")
    QgsProject.instance().addMapLayer(layer)
    assert shown(layer) == (1, 1)
    beside = tmp_path / "map.tif.aux.xml"
    new = tmp_path / "new.tif"
    columns, rows = size
    dataset = gdal.GetDriverByName("GTiff").Create(str(new), columns, rows, 1)
    dataset.SetGeoTransform((500_000, 10, 0, 4_500_000, 0, -10))
    dataset.GetRasterBand(1).Fill(3)
    dataset = None  # Closes the file.
    new.replace(path)
    run_ends(layer, path, ClassMapStyle(CLASSES))
    assert shown(layer) == (3, 3)
    assert (layer.width(), layer.height()) == size
    assert layer.extent().width() == 10 * columns
    assert layer.extent().height() == 10 * rows
    assert [entry.label for entry in layer.renderer().classes()] == ["Corn"]
    assert layer.name() == "older run"  # Processing names it.
    assert not beside.exists()  # What GDAL has measured of the old file.


def test_class_names_beside_a_raster_are_those_of_the_new_run(
    run_ends, new_raster, tmp_path
):
    """GDAL writes what it knows of the old file when that is closed."""
    path, beside = new_raster(tmp_path / "map.tif"), tmp_path / "map.tif.aux.xml"
    layer = QgsRasterLayer(path, "older run")
    new_raster(tmp_path / "new.tif", bands=1)
    (tmp_path / "new.tif").replace(path)
    names = (
        "<PAMDataset><PAMRasterBand band='1'><CategoryNames><Category>Corn</Category>"
        "</CategoryNames></PAMRasterBand></PAMDataset>"
    )
    beside.write_text(names)
    run_ends(layer, path, None)
    assert layer.bandCount() == 1
    assert beside.read_text() == names


def write_points(path, context, count, field):
    layer = QgsVectorLayer(f"Point?crs=EPSG:32616&field={field}", "p", "memory")
    for number in range(1, count + 1):
        feature = QgsFeature(layer.fields())
        feature.setGeometry(QgsGeometry.fromWkt(f"POINT({number} {count * number})"))
        layer.dataProvider().addFeatures([feature])
    QgsVectorFileWriter.writeAsVectorFormatV3(
        layer,
        str(path),
        context.transformContext(),
        QgsVectorFileWriter.SaveVectorOptions(),
    )


def test_a_vector_layer_shows_the_features_of_the_new_run(run_ends, context, tmp_path):
    path = tmp_path / "areas.gpkg"
    write_points(path, context, 3, "old:integer")
    layer = QgsVectorLayer(str(path), "older run", "ogr")
    QgsProject.instance().addMapLayer(layer)
    assert (layer.featureCount(), layer.extent().yMaximum()) == (3, 9)
    write_points(tmp_path / "new.gpkg", context, 5, "new:integer")
    (tmp_path / "new.gpkg").replace(path)
    run_ends(layer, path, StoredStyle())
    assert layer.featureCount() == len(list(layer.getFeatures())) == 5
    assert layer.extent().yMaximum() == 25
    assert layer.fields().names() == ["fid", "new"]
