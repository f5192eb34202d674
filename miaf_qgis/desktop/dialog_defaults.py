"""What a dialog opened from the menu starts with: layers that fit its parameters."""

from __future__ import annotations

from typing import Any

from qgis.core import (
    QgsMapLayer,
    QgsPalettedRasterRenderer,
    QgsProcessingAlgorithm,
    QgsRasterLayer,
    QgsVectorLayer,
    QgsWkbTypes,
)

from miaf_engine.requests.draw_sample import is_of_sample
from miaf_qgis.algorithms.demo import demo_paths
from miaf_qgis.layers.class_field import CLASS_FIELD, field_of
from miaf_qgis.layers.layer_files import file_of
from miaf_qgis.layers.rasters import is_hyperspectral

# Fields that tell the layer of 'Suggest areas to label next'.
_OF_SUGGESTED = {"rank", "predicted", "runner_up", "reason"}


def suggestions(
    algorithm: QgsProcessingAlgorithm,
    layers: list[QgsMapLayer],
    active: QgsMapLayer | None,
) -> dict[str, Any]:
    """Return values for those parameters that leave little doubt.

    Args:
        algorithm: Whose dialog it is.
        layers: Layers of the project, the uppermost first.
        active: The one chosen in the layer tree.
    """
    names = {p.name() for p in algorithm.parameterDefinitions()}
    usable = [layer for layer in layers if layer.isValid()]
    found: dict[str, QgsMapLayer | None] = {
        "CUBE": _cube(usable, active),
        "CLASSIFICATION": _only([x for x in usable if _is_class_map(x)], active),
    }
    found.update(_areas(usable, active, names))
    found.update(_two_maps(usable, active))
    values: dict[str, Any] = {
        name: layer.id() for name, layer in found.items() if layer and name in names
    }
    parent = found.get("ROIS" if "ROIS" in names else "REFERENCE")
    if parent is not None and CLASS_FIELD in names:
        values[CLASS_FIELD] = field_of(parent)
    return values


def _cube(layers: list[QgsMapLayer], active: QgsMapLayer | None) -> QgsMapLayer | None:
    """Return the active raster of many bands, else that with the most bands."""
    cubes = [layer for layer in layers if is_hyperspectral(layer)]
    if active in cubes:
        return active
    return max(cubes, key=lambda layer: layer.bandCount(), default=None)


def _is_class_map(layer: QgsMapLayer) -> bool:
    return isinstance(layer, QgsRasterLayer) and isinstance(
        layer.renderer(), QgsPalettedRasterRenderer
    )


def _two_maps(
    layers: list[QgsMapLayer], active: QgsMapLayer | None
) -> dict[str, QgsMapLayer | None]:
    """Return two class maps to compare: the active or uppermost one, and one below it.

    Without them QGIS offers the same raster twice.
    """
    maps = [layer for layer in layers if _is_class_map(layer) and not _is_change(layer)]
    if not maps:
        return {}
    after: Any = active if active in maps else maps[0]
    below = (layer for layer in maps if layer.source() != after.source())
    before = next(below, None)
    return {"BEFORE": before, "AFTER": after if before is not None else None}


def _is_change(layer: QgsRasterLayer) -> bool:
    return any(" -> " in item.label for item in layer.renderer().classes())


def _is_areas(layer: QgsMapLayer) -> bool:
    return (
        isinstance(layer, QgsVectorLayer)
        and layer.geometryType() == QgsWkbTypes.GeometryType.PolygonGeometry
        and bool(field_of(layer))
    )


def _areas(
    layers: list[QgsMapLayer], active: QgsMapLayer | None, names: set[str]
) -> dict[str, QgsMapLayer | None]:
    """Return the areas; suggested ones, where there are others, as those to add."""
    areas = [layer for layer in layers if _is_areas(layer)]
    earlier = [x for x in areas if set(x.fields().names()) >= _OF_SUGGESTED]
    others = [layer for layer in areas if layer not in earlier]
    found: dict[str, QgsMapLayer | None] = {}
    if "ROIS_MORE" in names and others and earlier:
        found["ROIS_MORE"] = _only(earlier, active)
        areas = others
    chosen = _only(areas, active)
    found |= _demo_areas(areas) or {"ROIS": chosen, "REFERENCE": chosen}
    # Points that were drawn at random tell more of a map than any areas.
    drawn = _only([layer for layer in layers if _is_sample(layer)], active)
    return {**found, "REFERENCE": drawn or found["REFERENCE"]}


def _is_sample(layer: QgsMapLayer) -> bool:
    names = layer.fields().names() if isinstance(layer, QgsVectorLayer) else []
    return is_of_sample(names)


def _only(
    candidates: list[QgsMapLayer], active: QgsMapLayer | None
) -> QgsMapLayer | None:
    """Return the active one of several, or the one there is."""
    if active in candidates:
        return active
    return candidates[0] if len(candidates) == 1 else None


def _demo_areas(layers: list[QgsMapLayer]) -> dict[str, QgsMapLayer]:
    """Return the areas of the demo scene, where it is open and nothing else is."""
    paths = {path: name for name, path in demo_paths().items()}
    named: dict[str, QgsMapLayer] = {}
    for layer in layers:
        name = paths.get(file_of(layer))
        if name is None:
            return {}
        named[name] = layer
    if "ROIS" not in named:
        return {}
    return {**named, "REFERENCE": named.get("VALIDATION_ROIS")}
