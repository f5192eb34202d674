"""What the layer of training areas has of each class, and what maps call the class."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from qgis.core import (
    NULL,
    QgsCoordinateTransform,
    QgsCsException,
    QgsFeatureRequest,
    QgsGeometry,
    QgsProject,
    QgsRasterLayer,
    QgsRectangle,
    QgsVectorLayer,
)

from miaf_qgis.dock import area_layer
from miaf_qgis.layers.class_styles import class_styles


@dataclass(frozen=True)
class ClassRow:
    """A class of the list.

    Attributes:
        name: The value of the class field.
        title: What the user reads, and what maps and reports call it: the label of
            its category or what a list of values shows for it, else its name.
        colour: `#rrggbb`.
        areas: Number of areas.
        pixels: Pixels of the cube that they cover, as their surface tells.
    """

    name: str
    title: str
    colour: str
    areas: int
    pixels: int


@dataclass(frozen=True)
class Sums:
    """What has to be read from a layer, by the name of the class.

    Attributes:
        areas: Number of areas.
        surfaces: Their surface, in units of the layer.
        titles: What maps call a class.
    """

    areas: Counter[str]
    surfaces: Counter[str]
    titles: dict[str, str]


def read_sums(layer: QgsVectorLayer, field: str) -> Sums:
    """Read the areas of a layer."""
    areas: Counter[str] = Counter()
    surfaces: Counter[str] = Counter()
    request = QgsFeatureRequest().setSubsetOfAttributes([field], layer.fields())
    for feature in layer.getFeatures(request):
        name = feature[field]
        if name in (None, NULL, ""):
            continue
        areas[str(name)] += 1
        # QGIS has -1 where there is no geometry.
        surfaces[str(name)] += max(feature.geometry().area(), 0.0)
    listed = [str(found.value()) for found in area_layer.categories(layer)]
    styles = styles_of(layer, field, {*areas, *listed})
    return Sums(areas, surfaces, {name: styles[name]["name"] for name in styles})


def styles_of(
    layer: QgsVectorLayer, field: str, names: Iterable[str]
) -> dict[str, dict[str, Any]]:
    """Return how the layer shows classes, as `class_styles` has it, by their names."""
    keys = {name: name.strip() for name in names}
    found = class_styles(layer, field, numeric=False, keys=list(keys.values())) or []
    styles = {str(style["key"]): style for style in found}
    return {name: styles[key] for name, key in keys.items() if key in styles}


def class_rows(
    layer: QgsVectorLayer, sums: Sums, cube: QgsRasterLayer | None
) -> list[ClassRow]:
    """Return the classes of a layer in the order of its legend."""
    pixel = _pixel_surface(cube, layer) if cube is not None else 0.0
    return [
        ClassRow(
            name := str(category.value()),
            sums.titles.get(name, name),
            category.symbol().color().name(),
            sums.areas[name],
            round(sums.surfaces[name] / pixel) if pixel else 0,
        )
        for category in area_layer.categories(layer)
    ]


def _pixel_surface(cube: QgsRasterLayer, layer: QgsVectorLayer) -> float:
    """Return the surface of the cube's middle pixel in units of a layer, 0 if unknown.

    Where one of them has no CRS, coordinates are taken as they are.
    """
    width, height = cube.rasterUnitsPerPixelX(), cube.rasterUnitsPerPixelY()
    middle = cube.extent().center()
    pixel = QgsGeometry.fromRect(
        QgsRectangle.fromCenterAndSize(middle, abs(width), abs(height))
    )
    way = QgsCoordinateTransform(cube.crs(), layer.crs(), QgsProject.instance())
    try:
        pixel.transform(way)
    except QgsCsException:
        return 0.0
    return float(pixel.area())
