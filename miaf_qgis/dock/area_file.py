"""Areas written to the file of their layer at once, each known by a key that stays."""

from __future__ import annotations

from typing import Any

from qgis.core import (
    QgsFeature,
    QgsFeatureRequest,
    QgsFeatureSink,
    QgsVectorLayer,
)

from miaf_qgis.dock.area_layer import AreaLayerError
from miaf_qgis.translation import tr


class AreaFile:
    """Inserts, deletes and changes areas of a layer.

    Where the user has toggled editing of the layer, its edit buffer takes the changes.
    An area that is deleted and comes back gets another id of the file, and keeps its
    key. Each change raises AreaLayerError where the layer does not take it.

    Args:
        layer: The layer; None takes no changes.
        field: Its class field.
    """

    def __init__(self, layer: QgsVectorLayer | None = None, field: str = "") -> None:
        self._layer = layer
        self._field = field
        self._ids: dict[int, int] = {}
        self._keys: dict[int, int] = {}
        self._last = 0

    def new_key(self) -> int:
        """Return a key for an area that is to be inserted."""
        self._last += 1
        return self._last

    def key(self, number: int) -> int:
        """Return the key of an area by its id."""
        if number not in self._keys:
            self._name(self.new_key(), number)
        return self._keys[number]

    def _name(self, key: int, number: int) -> None:
        self._ids[key], self._keys[number] = number, key

    def keys_of(self, name: str) -> list[int]:
        """Return the keys of the areas of a class."""
        if self._layer is None:
            return []
        request = QgsFeatureRequest().setFlags(QgsFeatureRequest.Flag.NoGeometry)
        return [
            self.key(feature.id())
            for feature in self._layer.getFeatures(request)
            if str(feature[self._field]) == name
        ]

    def feature(self, key: int) -> QgsFeature:
        """Return an area."""
        return self._layer.getFeature(self._ids[key]) if self._layer else QgsFeature()

    def insert(self, keys: list[int], features: list[QgsFeature]) -> None:
        """Insert all of these areas, or none; each is known by its key from then on."""
        layer = self._layer
        if layer is None or not features:
            return
        copies = [self._without_id(feature) for feature in features]
        if layer.isEditable():
            fine = all(layer.addFeature(copy) for copy in copies)  # It gets its id.
        else:
            fine, copies = layer.dataProvider().addFeatures(
                copies, QgsFeatureSink.Flag.RollBackOnErrors
            )
        self._check(fine)
        for place, feature in enumerate(copies):
            self._name(keys[place], feature.id())
        self._written()

    def _without_id(self, feature: QgsFeature) -> QgsFeature:
        """Return a copy that the file gives an id of its own."""
        copy = QgsFeature(feature)
        for index in self._layer.primaryKeyAttributes() if self._layer else []:
            copy.setAttribute(index, None)
        return copy

    def delete(self, keys: list[int]) -> None:
        """Delete areas."""
        layer = self._layer
        if layer is None or not keys:
            return
        target = layer if layer.isEditable() else layer.dataProvider()
        self._check(target.deleteFeatures([self._ids[key] for key in keys]))
        for key in keys:  # The file may give the id to another area.
            self._keys.pop(self._ids[key], None)
        self._written()

    def write_class(self, keys: list[int], name: Any) -> None:
        """Give areas a class; NULL takes it from them."""
        layer = self._layer
        if layer is None or not keys:
            return
        index = layer.fields().lookupField(self._field)
        if layer.isEditable():
            fine = all(
                layer.changeAttributeValue(self._ids[key], index, name) for key in keys
            )
        else:
            values = {self._ids[key]: {index: name} for key in keys}
            fine = layer.dataProvider().changeAttributeValues(values)
        self._check(fine)
        self._written()

    def _check(self, fine: bool) -> None:
        """Raise where the layer has not taken a change."""
        layer = self._layer
        if fine or layer is None:
            return
        said = layer.dataProvider().errors()
        layer.dataProvider().clearErrors()
        self._written()  # What is shown is what the file has.
        raise AreaLayerError(
            tr(
                "The change could not be written to the layer '{name}': {reason}. "
                "Check that its file is not read-only or open in another program, and "
                "that the disk is not full. Then try again."
            ).format(
                name=layer.name(),
                reason="; ".join(said).rstrip(".") or tr("no reason was given"),
            )
        )

    def _written(self) -> None:
        layer = self._layer
        if layer is not None and not layer.isEditable():
            layer.updateExtents()
            layer.dataChanged.emit()
            layer.triggerRepaint()
