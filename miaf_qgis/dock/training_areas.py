"""Areas and classes of the layer of training areas; each change can be undone.

Changes are written to the file at once, so that nothing drawn is ever lost. Where the
user has toggled editing of the layer, they go into its edit buffer instead.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from qgis.core import (
    QgsFeature,
    QgsFeatureRequest,
    QgsGeometry,
    QgsProject,
    QgsRasterLayer,
    QgsRendererCategory,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QObject, QTimer, pyqtSignal

from miaf_qgis.dock import area_layer, project_state
from miaf_qgis.dock.area_file import AreaFile
from miaf_qgis.dock.class_rows import (
    ClassRow,
    Sums,
    class_rows,
    read_sums,
    styles_of,
)
from miaf_qgis.dock.undo import History
from miaf_qgis.layers.class_field import field_of
from miaf_qgis.layers.layer_files import file_of
from miaf_qgis.translation import tr

# Of the surface of an area: what is written to a file and read again differs by less.
_ALIKE = 1e-6
_TABLE = "training_areas.gpkg"


class TrainingAreas(QObject):
    """The areas that are trained on, and their classes.

    Attributes:
        layer: The layer they are in, None before the first class is made.
        changed: Emitted after areas, classes or the layer have changed.
    """

    changed = pyqtSignal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.layer: QgsVectorLayer | None = None
        self.cube: QgsRasterLayer | None = None
        self._history = History(self)
        self._file = AreaFile()
        self._busy = False
        self._in_step = False
        # None before the areas are read again.
        self._sums: Sums | None = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._layer_changed)
        project = QgsProject.instance()
        project.layersWillBeRemoved.connect(self._forget)

    # The layer

    def find(self) -> None:
        """Take the layer that the open project says."""
        self._take(area_layer.marked_layer())

    def use(self, layer: QgsVectorLayer) -> None:
        """Take a layer of the user's, with the field that its classes are in."""
        area_layer.mark(layer, field_of(layer))
        self._take(layer)

    def ensure_layer(self) -> QgsVectorLayer:
        """Return the layer, to be written to; it is made where there is none.

        Raises:
            AreaLayerError: It cannot be made, or areas cannot be stored in it.
        """
        layer = self.layer
        if layer is not None:
            if self.fault:
                raise area_layer.AreaLayerError(self.fault)
            area_layer.check_can_be_written(layer, self.field)
            return layer
        crs = self.cube.crs() if self.cube else QgsProject.instance().crs()
        layer = area_layer.make_layer(project_state.new_file(_TABLE), crs)
        self._take(layer)
        return layer

    def move_beside_project(self) -> bool:
        """Move areas of a project that was saved for the first time beside it.

        Returns:
            Whether there was something to move; the project is to be saved once more.

        Raises:
            AreaLayerError: They cannot be written there.
        """
        layer = self.layer
        if layer is None or not layer.isValid() or layer.isEditable():
            return False
        if not project_state.is_beside_project():
            return False
        path = file_of(layer)
        if project_state.profile_folder() not in path.parents:
            return False
        area_layer.move_layer(layer, project_state.new_file(_TABLE))
        self._tell()
        return True

    def _take(self, layer: QgsVectorLayer | None) -> None:
        if self.layer is not None and self.layer is not layer:
            self._disconnect(self.layer)
        if layer is not None and self.layer is not layer:
            for signal in area_layer.signals_of_change(layer):
                signal.connect(self._later)
            layer.editingStarted.connect(self._history.clear)
        self.layer = layer
        self._history.take(layer)
        self._file = AreaFile(layer, area_layer.class_field(layer) if layer else "")
        self._later()
        self._list_all()

    def _disconnect(self, layer: QgsVectorLayer) -> None:
        for signal in area_layer.signals_of_change(layer):
            signal.disconnect(self._later)
        layer.editingStarted.disconnect(self._history.clear)

    def _forget(self, ids: list[str]) -> None:
        if self.cube is not None and self.cube.id() in ids:
            self.cube = None
        if self.layer is not None and self.layer.id() in ids:
            self._take(None)

    def _later(self, *_arguments: Any) -> None:
        self._sums = None
        if not self._busy:
            self._soon.start(0)

    def _layer_changed(self) -> None:
        self._list_all()
        self.changed.emit()

    def _tell(self) -> None:
        """Say that something has changed; within a step once, at its end."""
        self._sums = None
        if not self._in_step:
            self.changed.emit()

    # What there is

    @property
    def field(self) -> str:
        """Name of the class field."""
        return area_layer.class_field(self.layer) if self.layer else ""

    @property
    def fault(self) -> str:
        """Why the areas cannot be read, and what to do; '' where they can be."""
        return "" if self.layer is None else area_layer.fault_of(self.layer)

    def classes(self) -> list[ClassRow]:
        """Return the classes in the order of the legend."""
        if self.layer is None or not self.layer.isValid():
            return []
        return class_rows(self.layer, self._sums_of(self.layer), self.cube)

    def names(self) -> list[str]:
        """Return the names of the classes in the order of the legend."""
        if self.layer is None:
            return []
        return [str(found.value()) for found in area_layer.categories(self.layer)]

    def colour(self, name: str) -> str:
        """Return the colour of a class, grey where there is no such class."""
        for category in area_layer.categories(self.layer) if self.layer else []:
            if str(category.value()) == name:
                return str(category.symbol().color().name())
        return "#808080"

    def area_like(self, shape: QgsGeometry) -> QgsFeature | None:
        """Return the area of the very outline of a polygon in the layer's CRS."""
        if self.layer is None:
            return None
        inside, size = shape.pointOnSurface(), shape.area()
        request = QgsFeatureRequest().setFilterRect(inside.boundingBox())
        for feature in self.layer.getFeatures(request):
            geometry = feature.geometry()
            alike = abs(geometry.area() - size) <= _ALIKE * size
            if alike and geometry.intersects(inside):
                return feature
        return None

    def _sums_of(self, layer: QgsVectorLayer) -> Sums:
        """Return what the layer has of each class, read once a change."""
        if self._sums is None:
            self._sums = read_sums(layer, self.field)
        return self._sums

    def _list_all(self) -> None:
        """Give classes that were typed into the attribute table a place in the list."""
        layer = self.layer
        if layer is None or not layer.isValid():
            return
        missing = sorted(set(self._sums_of(layer).areas) - set(self.names()))
        if not missing:
            return
        found = area_layer.categories(layer)
        styles = styles_of(layer, self.field, missing)
        for name in missing:
            style = styles.get(name, {})
            colour = style.get("colour") or area_layer.free_colour(found)
            title = style.get("name", name)
            found.append(area_layer.new_category(name, colour, title))
        with self._quiet():
            area_layer.set_categories(layer, self.field, found)

    # Changes of classes

    def add_class(self, name: str) -> None:
        """Add a class in the next free colour."""
        layer = self.ensure_layer()
        area_layer.check_name_fits(layer, self.field, name)
        before = area_layer.categories(layer)
        colour = area_layer.free_colour(before)
        after = [*before, area_layer.new_category(name, colour, name)]
        self._change_classes(tr("New class"), before, after)

    def recolour(self, name: str, colour: str) -> None:
        """Give a class another colour."""
        before = area_layer.categories(self.layer) if self.layer else []
        after = [
            area_layer.recoloured(found, colour)
            if str(found.value()) == name
            else found
            for found in before
        ]
        self._change_classes(tr("Change colour"), before, after)

    def rename(self, name: str, new: str) -> None:
        """Rename a class and all its areas."""
        layer = self.ensure_layer()
        area_layer.check_name_fits(layer, self.field, new)
        before = area_layer.categories(layer)
        after = []
        for found in before:
            copy = QgsRendererCategory(found)
            if str(found.value()) == name:
                copy.setValue(new)
                copy.setLabel(new)
            after.append(copy)
        keys = self._file.keys_of(name)

        def do(shown: list[QgsRendererCategory], value: str) -> None:
            self._file.write_class(keys, value)
            self._show(shown)

        self._do(tr("Rename class"), lambda: do(after, new), lambda: do(before, name))

    def remove_class(self, name: str) -> None:
        """Remove a class and all its areas."""
        before = area_layer.categories(self.ensure_layer())
        after = [found for found in before if str(found.value()) != name]
        keys = self._file.keys_of(name)
        features = [self._file.feature(key) for key in keys]

        def do() -> None:
            self._file.delete(keys)
            self._show(after)

        def undo() -> None:
            self._file.insert(keys, features)
            self._show(before)

        self._do(tr("Remove class"), do, undo)

    def _change_classes(
        self,
        text: str,
        before: list[QgsRendererCategory],
        after: list[QgsRendererCategory],
    ) -> None:
        self._do(text, lambda: self._show(after), lambda: self._show(before))

    def _show(self, found: list[QgsRendererCategory]) -> None:
        if self.layer is not None:
            area_layer.set_categories(self.layer, self.field, found)

    # Changes of areas

    def add_areas(self, shapes: Iterable[QgsGeometry], name: str) -> None:
        """Add areas of a class.

        Args:
            shapes: Polygons in the layer's CRS.
            name: The class.
        """
        layer = self.ensure_layer()
        features = []
        for geometry in shapes:
            feature = QgsFeature(layer.fields())
            feature[self.field] = name
            whole = QgsGeometry(geometry)
            whole.convertToMultiType()
            feature.setGeometry(whole)
            features.append(feature)
        keys = [self._file.new_key() for _ in features]
        self._do(
            tr("Add areas"),
            lambda: self._file.insert(keys, features),
            lambda: self._file.delete(keys),
        )

    def remove_areas(self, ids: Iterable[int]) -> None:
        """Remove areas by their ids."""
        self.ensure_layer()
        keys = [self._file.key(number) for number in ids]
        features = [self._file.feature(key) for key in keys]
        self._do(
            tr("Remove areas"),
            lambda: self._file.delete(keys),
            lambda: self._file.insert(keys, features),
        )

    def set_class(self, ids: Iterable[int], name: str) -> None:
        """Give areas another class."""
        self.ensure_layer()
        keys = [self._file.key(number) for number in ids]
        former = {key: self._file.feature(key)[self.field] for key in keys}

        def back() -> None:
            for key, old in former.items():
                self._file.write_class([key], old)

        self._do(tr("Change class"), lambda: self._file.write_class(keys, name), back)

    # Undo and redo

    @property
    def can_undo(self) -> bool:
        """Whether there is a change to take back."""
        return self._history.can_undo

    @property
    def can_redo(self) -> bool:
        """Whether there is a change to do again."""
        return self._history.can_redo

    def undo(self) -> None:
        """Take the last change back.

        Raises:
            AreaLayerError: It could not be written; it can be tried again.
        """
        self._move(History.undo)

    def redo(self) -> None:
        """Do the change again that was taken back; raises as `undo`."""
        self._move(History.redo)

    def _move(self, there: Callable[[History], None]) -> None:
        if self.layer is not None:
            self.ensure_layer()
        try:
            with self._quiet():
                there(self._history)
        finally:
            self._tell()

    @contextmanager
    def one_step(self) -> Iterator[None]:
        """Make one step of the changes within, as undo takes it back."""
        self._in_step = True
        try:
            with self._history.one_step(tr("Change areas")):
                yield
        finally:
            self._in_step = False
            self._tell()

    def _do(
        self, text: str, do: Callable[[], object], undo: Callable[[], object]
    ) -> None:
        """Make a change; one that fails is no step.

        Raises:
            AreaLayerError: It could not be written.
        """
        try:
            with self._quiet():
                self._history.do(text, do, undo)
        finally:
            self._tell()

    @contextmanager
    def _quiet(self) -> Any:
        """Let the layer's signals pass, which tell of our own change."""
        self._busy = True
        try:
            yield
        finally:
            self._busy = False
