"""The superpixels of a cube as places to click: cut once, kept with the project."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qgis.core import (
    QgsCoordinateTransform,
    QgsFeature,
    QgsFeatureRequest,
    QgsGeometry,
    QgsMapLayer,
    QgsPointXY,
    QgsProcessingOutputLayerDefinition,
    QgsProject,
    QgsRasterLayer,
    QgsVectorLayer,
)

from miaf_qgis.dock import project_state
from miaf_qgis.dock.training_areas import TrainingAreas
from miaf_qgis.layers.layer_files import layer_of_file

CUT = "miaf:superpixels"


def cut_parameters(cube: QgsRasterLayer) -> dict[str, Any]:
    """Return the parameters of CUT for a cube."""
    path = project_state.new_run_files("superpixels.gpkg")[0]
    output = QgsProcessingOutputLayerDefinition(str(path), QgsProject.instance())
    return {"CUBE": cube.id(), "OUTPUT": output}


def keep_cut(cube: QgsRasterLayer, path: str) -> None:
    """Keep in the project which file has the superpixels of a cube."""
    project_state.write_path("superpixels", path)
    project_state.write("superpixels_cube", cube.source())


def cut_of(cube: QgsRasterLayer) -> QgsVectorLayer | None:
    """Return the layer of a cube's superpixels, None where the project has none."""
    path = _cut_file(cube)
    return layer_of_file(path) if path is not None else None


def open_cut(cube: QgsRasterLayer) -> QgsVectorLayer | None:
    """Return the layer of a cube's superpixels, opened again where it was removed."""
    path, layer = _cut_file(cube), cut_of(cube)
    if layer is not None or path is None:
        return layer
    layer = QgsVectorLayer(str(path), path.stem, "ogr")
    QgsProject.instance().addMapLayer(layer)
    return layer if layer.isValid() else None


def _cut_file(cube: QgsRasterLayer) -> Path | None:
    """Return the file of a cube's superpixels, None where it was not cut."""
    path: Path | None = project_state.read_path("superpixels")
    is_of_cube = project_state.read("superpixels_cube") == cube.source()
    return path if is_of_cube else None


@dataclass(frozen=True)
class _Found:
    """A polygon as its layer has it, and in the CRS of the areas."""

    layer: str
    shape: QgsGeometry
    given: QgsGeometry


class ClickablePolygons:
    """Finds the polygon at a place of the map: a suggested area or a superpixel.

    The superpixels are looked for once, and a polygon is read once for all places in a
    row that it has.

    Args:
        areas: The training areas, whose CRS the polygons are given in.
    """

    def __init__(self, areas: TrainingAreas) -> None:
        self._areas = areas
        self._cube: QgsRasterLayer | None = None
        self._cut = ""
        self._last: _Found | None = None

    def at(self, place: QgsPointXY, map_crs: Any) -> QgsGeometry | None:
        """Return the polygon at a place, None where there is none.

        Args:
            place: The place.
            map_crs: Its CRS.
        """
        for layer in self._layers():
            project = QgsProject.instance()
            to_layer = QgsCoordinateTransform(map_crs, layer.crs(), project)
            point = QgsGeometry.fromPointXY(to_layer.transform(place))
            last = self._last
            if last and last.layer == layer.id() and last.shape.intersects(point):
                return last.given
            found = _polygon_at(layer, point)
            if found is not None:
                given = self._in_areas(QgsGeometry(found), layer)
                self._last = _Found(layer.id(), found, given)
                return given
        return None

    def _layers(self) -> list[QgsVectorLayer]:
        """Return what can be clicked: suggested areas lie above superpixels."""
        project, cube = QgsProject.instance(), self._areas.cube
        suggested = project.mapLayer(project_state.read("suggestions"))
        node = (
            project.layerTreeRoot().findLayer(suggested.id())
            if suggested is not None
            else None
        )
        found = [suggested] if node is not None and node.isVisible() else []
        if cube is not self._cube:
            layer = cut_of(cube) if cube is not None else None
            self._cube, self._cut = cube, layer.id() if layer is not None else ""
        cut = project.mapLayer(self._cut)
        return [*found, *([cut] if cut is not None else [])]

    def _in_areas(self, shape: QgsGeometry, layer: QgsMapLayer) -> QgsGeometry:
        target = self._areas.layer or self._areas.cube
        if target is not None and target.crs() != layer.crs():
            project = QgsProject.instance()
            shape.transform(QgsCoordinateTransform(layer.crs(), target.crs(), project))
        return shape


def _polygon_at(layer: QgsVectorLayer, point: QgsGeometry) -> QgsGeometry | None:
    request = QgsFeatureRequest().setFilterRect(point.boundingBox())
    request.setNoAttributes()
    feature: QgsFeature
    for feature in layer.getFeatures(request):
        if feature.geometry().intersects(point):
            return QgsGeometry(feature.geometry())
    return None


class Stroke:
    """What one click or one drag of the brush does.

    The first polygon decides: one that has the current class already is rubbed out, and
    so are all that follow; any other gets the class, and so do those that follow.

    Args:
        areas: The training areas.
        name: The current class.
    """

    def __init__(self, areas: TrainingAreas, name: str) -> None:
        self._areas = areas
        self._name = name
        self._rubs_out: bool | None = None
        self._last: QgsGeometry | None = None
        self._new: list[QgsGeometry] = []
        self._other: list[int] = []
        self._own: list[int] = []

    def touch(self, shape: QgsGeometry) -> bool:
        """Take in a polygon; return whether it changes anything."""
        if shape is self._last:
            return False
        self._last = shape
        if any(shape.equals(other) for other in self._new):
            return False
        area = self._areas.area_like(shape)
        is_own = area is not None and str(area[self._areas.field]) == self._name
        if self._rubs_out is None:
            self._rubs_out = is_own
        if self._rubs_out != is_own:
            return False
        if area is None:
            self._new.append(shape)
            return True
        kept = self._own if is_own else self._other
        if area.id() in kept:
            return False
        kept.append(area.id())
        return True

    def apply(self) -> None:
        """Change the areas; it is one step back."""
        with self._areas.one_step():
            if self._own:
                self._areas.remove_areas(self._own)
            if self._other:
                self._areas.set_class(self._other, self._name)
            if self._new:
                self._areas.add_areas(self._new, self._name)
