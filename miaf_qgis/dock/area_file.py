"""Areas written to the file of their layer at once, each known by a key that stays."""

from __future__ import annotations

from qgis.core import QgsFeature, QgsFeatureRequest, QgsVectorLayer


class AreaFile:
    """Inserts, deletes and changes areas of a layer.

    Where the user has toggled editing of the layer, its edit buffer takes the changes.
    An area that is deleted and comes back gets another id of the file, and keeps its
    key.

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
        """Insert areas; each is known by its key from then on."""
        layer = self._layer
        if layer is None or not features:
            return
        copies = [self._without_id(feature) for feature in features]
        if layer.isEditable():
            for copy in copies:
                layer.addFeature(copy)  # It gets its id.
        else:
            _, copies = layer.dataProvider().addFeatures(copies)
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
        target.deleteFeatures([self._ids[key] for key in keys])
        for key in keys:  # The file may give the id to another area.
            self._keys.pop(self._ids[key], None)
        self._written()

    def write_class(self, keys: list[int], name: str) -> None:
        """Give areas a class."""
        layer = self._layer
        if layer is None or not keys:
            return
        index = layer.fields().lookupField(self._field)
        if layer.isEditable():
            for key in keys:
                layer.changeAttributeValue(self._ids[key], index, name)
        else:
            values = {self._ids[key]: {index: name} for key in keys}
            layer.dataProvider().changeAttributeValues(values)
        self._written()

    def _written(self) -> None:
        layer = self._layer
        if layer is not None and not layer.isEditable():
            layer.updateExtents()
            layer.dataChanged.emit()
            layer.triggerRepaint()
