"""Reads the spectra of training areas while QGIS stays usable."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from qgis.core import (
    QgsCoordinateTransform,
    QgsCsException,
    QgsFeatureRequest,
    QgsProject,
    QgsRasterLayer,
    QgsTask,
    QgsVectorLayer,
)

from miaf_qgis.layers.class_styles import class_key, class_styles
from miaf_qgis.spectra.cube_file import Area, AreaSpectra, CubeFile
from miaf_qgis.translation import tr


class AreaTask(QgsTask):
    """Reads areas one after the other.

    Args:
        cube: Its file, opened for this task alone.
        areas: What to read.
        known: Spectra read before, by geometry; those are not read again.

    Attributes:
        found: The spectra of each area so far.
    """

    def __init__(
        self,
        cube: CubeFile,
        areas: Sequence[Area],
        known: Mapping[bytes, AreaSpectra],
    ) -> None:
        super().__init__(tr("Spectra of the training areas"), QgsTask.Flag.CanCancel)
        self._cube = cube
        self._areas = areas
        self.found = {area: known[area.wkb] for area in areas if area.wkb in known}

    def run(self) -> bool:
        missing = [area for area in self._areas if area not in self.found]
        for done, area in enumerate(missing):
            if self.isCanceled():
                return False
            self.found[area] = self._cube.of_area(area)
            self.setProgress(100.0 * (done + 1) / len(missing))
        return True


def areas_of(layer: QgsVectorLayer, field: str, cube: QgsRasterLayer) -> list[Area]:
    """Return the areas of a layer that have a class, for the CRS of a cube."""
    index = layer.fields().lookupField(field)
    if index < 0:
        return []
    numeric = layer.fields().at(index).isNumeric()
    transform = QgsCoordinateTransform(layer.crs(), cube.crs(), QgsProject.instance())
    names = {style["key"]: style["name"] for style in _styles(layer, field)}
    areas = []
    for feature in layer.getFeatures(
        QgsFeatureRequest().setSubsetOfAttributes([index])
    ):
        key = class_key(feature.attribute(index), numeric=numeric)
        geometry = feature.geometry()
        if key is None or geometry.isEmpty():
            continue
        geometry.convertToStraightSegment()
        try:
            geometry.transform(transform)
        except QgsCsException:
            continue
        name = names.get(key, str(key))
        areas.append(Area(feature.id(), name, bytes(geometry.asWkb())))
    return areas


def class_colours(layer: QgsVectorLayer, field: str) -> dict[str, str]:
    """Return the colour of each class by its name, as far as the layer has any."""
    return {
        style["name"]: style["colour"]
        for style in _styles(layer, field)
        if "colour" in style
    }


def _styles(layer: QgsVectorLayer, field: str) -> list[dict[str, str]]:
    index = layer.fields().lookupField(field)
    if index < 0:
        return []
    numeric = layer.fields().at(index).isNumeric()
    values = (class_key(v, numeric=numeric) for v in layer.uniqueValues(index))
    keys = {key for key in values if key is not None}
    return class_styles(layer, field, numeric=numeric, keys=keys) or []
