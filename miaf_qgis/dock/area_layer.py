"""The layer of training areas: made in a GeoPackage, styled by class, found again."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from qgis.core import (
    QgsCategorizedSymbolRenderer,
    QgsCoordinateReferenceSystem,
    QgsFillSymbol,
    QgsMapLayer,
    QgsProject,
    QgsRendererCategory,
    QgsSimpleLineSymbolLayer,
    QgsSymbol,
    QgsVectorDataProvider,
    QgsVectorFileWriter,
    QgsVectorLayer,
    QgsWkbTypes,
)
from qgis.PyQt.QtGui import QColor

from miaf_qgis.dock import project_state
from miaf_qgis.layers.class_field import field_of, holds_text
from miaf_qgis.layers.layer_files import file_of
from miaf_qgis.translation import tr

CLASS_FIELD = "class"
TABLE = "training_areas"
# Marks the layer that the panel works on; its value is the class field.
_MARK = "miaf/training_areas"
# The cube stays visible through an area, and the border tells the class.
_OPACITY = 90
# Okabe & Ito (2008), the colours of the engine and in its order, then Tol's muted ones:
# they differ to the eye with every common form of colour blindness.
COLOURS = (
    *("#e69f00", "#56b4e9", "#009e73", "#f0e442", "#0072b2", "#d55e00", "#cc79a7"),
    *("#332288", "#882255", "#999933", "#aa4499", "#88ccee", "#117733", "#ddcc77"),
)


class AreaLayerError(Exception):
    """The layer of training areas cannot be made, read or written."""


def make_layer(path: Path, crs: QgsCoordinateReferenceSystem) -> QgsVectorLayer:
    """Make an empty layer of areas and show it on top of the others.

    Args:
        path: GeoPackage to write; there is none yet.
        crs: CRS of the cube.

    Raises:
        AreaLayerError: The file cannot be written.
    """
    pattern = QgsVectorLayer(
        f"MultiPolygon?field={CLASS_FIELD}:string", TABLE, "memory"
    )
    options = QgsVectorFileWriter.SaveVectorOptions()
    options.driverName = "GPKG"
    options.layerName = TABLE
    project = QgsProject.instance()
    writer = QgsVectorFileWriter.create(
        str(path),
        pattern.fields(),
        QgsWkbTypes.Type.MultiPolygon,
        crs,
        project.transformContext(),
        options,
    )
    reason = writer.errorMessage()
    del writer  # Closes the file.
    layer = QgsVectorLayer(f"{path}|layername={TABLE}", tr("Training areas"), "ogr")
    if reason or not layer.isValid():
        raise AreaLayerError(
            tr("The training areas cannot be stored in '{path}': {reason}").format(
                path=path, reason=reason
            )
        )
    set_categories(layer, CLASS_FIELD, [])
    mark(layer, CLASS_FIELD)
    project.addMapLayer(layer, False)
    project.layerTreeRoot().insertLayer(0, layer)
    return layer


def move_layer(layer: QgsVectorLayer, path: Path) -> None:
    """Move a layer of `make_layer` to another file; it stays what it is in QGIS.

    Args:
        layer: The layer; none of its changes waits to be saved.
        path: GeoPackage to write; there is none yet.

    Raises:
        AreaLayerError: The file cannot be written.
    """
    old = file_of(layer)
    try:
        # A plain copy would lack what SQLite keeps in a file beside it.
        with closing(sqlite3.connect(old)) as source:
            with closing(sqlite3.connect(path)) as target:
                source.backup(target)
    except sqlite3.Error as error:
        raise AreaLayerError(
            tr("The training areas cannot be stored in '{path}': {reason}").format(
                path=path, reason=error
            )
        ) from error
    layer.setDataSource(f"{path}|layername={TABLE}", layer.name(), "ogr")
    set_categories(layer, class_field(layer), categories(layer))
    for left in old.parent.glob(f"{old.stem}.*"):
        with suppress(OSError):  # Windows keeps what is open.
            left.unlink()


def mark(layer: QgsVectorLayer, field: str) -> None:
    """Make a layer the one that the panel works on."""
    for other in QgsProject.instance().mapLayers().values():
        other.removeCustomProperty(_MARK)
    layer.setCustomProperty(_MARK, field)
    QgsProject.instance().setDirty(True)


def marked_layer() -> QgsVectorLayer | None:
    """Return the layer of the project that the panel works on."""
    for layer in QgsProject.instance().mapLayers().values():
        if layer.customProperty(_MARK) and isinstance(layer, QgsVectorLayer):
            return layer
    return None


def class_field(layer: QgsVectorLayer) -> str:
    """Return the class field of the layer that the panel works on."""
    return str(layer.customProperty(_MARK) or "")


def is_usable(layer: QgsMapLayer) -> bool:
    """Return whether areas can be drawn into a layer: polygons with a class field."""
    return (
        isinstance(layer, QgsVectorLayer)
        and layer.isValid()
        and layer.geometryType() == QgsWkbTypes.GeometryType.PolygonGeometry
        and can_be_written(layer, field_of(layer))
    )


def can_be_written(layer: QgsVectorLayer, field: str) -> bool:
    """Return whether areas and the names of their classes can be stored in a layer.

    The file must have the class field itself: what is joined or computed is not stored.
    """
    provider = layer.dataProvider()
    needed = (
        QgsVectorDataProvider.Capability.AddFeatures,
        QgsVectorDataProvider.Capability.DeleteFeatures,
        QgsVectorDataProvider.Capability.ChangeAttributeValues,
    )
    if layer.readOnly() or not all(provider.capabilities() & each for each in needed):
        return False
    stored = provider.fields()
    place = stored.indexFromName(field)
    return place >= 0 and holds_text(stored.at(place))


def place_in_words(layer: QgsVectorLayer) -> str:
    """Say where areas are kept, which nobody asked."""
    path = file_of(layer)
    if project_state.profile_folder() in path.parents:
        return tr(
            "The project is not saved yet. Its areas are in a folder of your profile. "
            "Save the project to keep them beside it."
        )
    return tr("The areas are saved in {name}.").format(name=path.name)


def fault_of(layer: QgsVectorLayer) -> str:
    """Return why areas cannot be read, and what to do; '' where they can be."""
    if layer.isValid():
        return ""
    return tr(
        "The training areas cannot be read from '{path}'. Put the file back and open "
        "the project again, or remove the layer '{name}' from the project to draw new "
        "areas."
    ).format(path=layer.publicSource().partition("|")[0], name=layer.name())


def check_can_be_written(layer: QgsVectorLayer, field: str) -> None:
    """Raise AreaLayerError where areas cannot be stored in a layer."""
    if can_be_written(layer, field):
        return
    raise AreaLayerError(
        tr(
            "Areas cannot be stored in the layer '{name}': it is read-only, or its "
            "class field '{field}' is not a text field of its file. Choose another "
            "layer with the button beside the colours."
        ).format(name=layer.name(), field=field)
    )


def check_name_fits(layer: QgsVectorLayer, field: str, name: str) -> None:
    """Raise AreaLayerError where a layer would not store a class of this name.

    GDAL makes room for it in a file. Others, such as a scratch layer of QGIS, refuse
    it: when the areas are saved, if the layer is edited.
    """
    length = layer.fields().at(layer.fields().lookupField(field)).length()
    if layer.providerType() == "ogr" or not 0 < length < len(name):
        return
    raise AreaLayerError(
        tr(
            "The class field '{field}' of layer '{layer}' holds {count} characters at "
            "most, so that it cannot store '{name}'. Choose a shorter name, or another "
            "layer with the button beside the colours."
        ).format(field=field, layer=layer.name(), count=length, name=name)
    )


def signals_of_change(layer: QgsVectorLayer) -> list[Any]:
    """Return the signals of a layer that tell of areas and classes that changed."""
    return [
        layer.featureAdded,
        layer.featuresDeleted,
        layer.attributeValueChanged,
        layer.geometryChanged,
        layer.editingStopped,
        layer.rendererChanged,
        layer.subsetStringChanged,
        layer.dataChanged,
        layer.dataSourceChanged,
        layer.editFormConfigChanged,
    ]


def categories(layer: QgsVectorLayer) -> list[QgsRendererCategory]:
    """Return copies of a layer's categories, without that of all other values."""
    renderer = layer.renderer()
    if not isinstance(renderer, QgsCategorizedSymbolRenderer):
        return []
    by = renderer.classAttribute().strip('"')
    if by.casefold() != class_field(layer).casefold():  # An expression of it, say.
        return []
    return [
        QgsRendererCategory(found)
        for found in renderer.categories()
        if found.value() not in (None, "") and not isinstance(found.value(), list)
    ]


def set_categories(
    layer: QgsVectorLayer, field: str, found: Sequence[QgsRendererCategory]
) -> None:
    """Draw a layer by these categories, and keep the style beside its file."""
    copies = [QgsRendererCategory(category) for category in found]
    layer.setRenderer(QgsCategorizedSymbolRenderer(field, copies))
    layer.triggerRepaint()
    layer.emitStyleChanged()
    # QGIS looks for it there, also when an algorithm is run on the file alone.
    if layer.customProperty(_MARK) and layer.source().endswith(f"={TABLE}"):
        layer.saveNamedStyle(layer.styleURI())


def new_category(name: str, colour: str, title: str) -> QgsRendererCategory:
    """Return the category of a class, with `title` as its label."""
    return QgsRendererCategory(name, _symbol(colour), title)


def free_colour(found: Sequence[QgsRendererCategory]) -> str:
    """Return the first colour of the series that no class has; they come round."""
    taken = {category.symbol().color().name() for category in found}
    free = [colour for colour in COLOURS if colour not in taken]
    return free[0] if free else COLOURS[len(found) % len(COLOURS)]


def recoloured(category: QgsRendererCategory, colour: str) -> QgsRendererCategory:
    """Return a copy of a category in another colour."""
    copy = QgsRendererCategory(category)
    copy.setSymbol(_symbol(colour))
    return copy


def _symbol(colour: str) -> QgsSymbol:
    """Return a border in the colour, dark outside, so that it shows on any picture."""
    inside = QColor(colour)
    rgba = f"{inside.red()},{inside.green()},{inside.blue()},{_OPACITY}"
    # The colour of a symbol is that of its first layer.
    symbol = QgsFillSymbol.createSimple(
        {"color": rgba, "outline_color": "0,0,0,170", "outline_width": "1"}
    )
    border = {"line_color": colour, "line_width": "0.6"}
    symbol.appendSymbolLayer(QgsSimpleLineSymbolLayer.create(border))
    return symbol
