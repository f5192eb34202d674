"""The list of classes: colour and name, areas, pixels and, after a run, accuracy."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from qgis.gui import QgsColorDialog
from qgis.PyQt.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QSize,
    Qt,
    QTimer,
    pyqtSignal,
)
from qgis.PyQt.QtGui import QColor, QPainter, QPixmap
from qgis.PyQt.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QMenu,
    QStyledItemDelegate,
    QTreeView,
    QWidget,
)

from miaf_qgis.dock.area_layer import AreaLayerError
from miaf_qgis.dock.class_rows import ClassRow
from miaf_qgis.dock.training_areas import TrainingAreas
from miaf_qgis.translation import tr

_NAME, _AREAS, _PIXELS, _HECTARES, _ACCURACY = range(5)
_SWATCH = 14
_LINES = 7


class ClassModel(QAbstractTableModel):
    """The classes of the training areas as a table.

    Attributes:
        refused: Emitted with the reason where a change cannot be made.
        named: Emitted with the name of a class that was just made.
    """

    refused = pyqtSignal(str)
    named = pyqtSignal(str)

    def __init__(self, areas: TrainingAreas) -> None:
        super().__init__(areas)
        self._areas = areas
        self._rows: list[ClassRow] = []
        self._results: dict[str, tuple[float | None, float | None]] = {}
        # Whether the last row is of a class that has no name yet.
        self.is_naming = False
        self.reload()

    def reload(self) -> None:
        """Read the classes again."""
        self.beginResetModel()
        self._rows = self._areas.classes()
        self.endResetModel()

    def show_results(
        self, results: dict[str, tuple[float | None, float | None]]
    ) -> None:
        """Show {class: (hectares in the map, producer's accuracy 0..1)}."""
        self._results = results
        self.reload()

    def has_results(self) -> bool:
        """Return whether there are results to show."""
        return bool(self._results)

    def name_at(self, row: int) -> str:
        """Return the class of a row, '' where there is none."""
        return self._rows[row].name if 0 <= row < len(self._rows) else ""

    def row_of(self, name: str) -> int:
        """Return the row of a class, -1 where it is not listed."""
        names = [row.name for row in self._rows]
        return names.index(name) if name in names else -1

    def begin_naming(self) -> QModelIndex:
        """Add a row for a class to be named; return its cell."""
        count = len(self._rows)
        self.beginInsertRows(QModelIndex(), count, count)
        self.is_naming = True
        self.endInsertRows()
        return self.index(count, _NAME)

    def end_naming(self) -> None:
        """Drop the row of a class that got no name."""
        if self.is_naming:
            count = len(self._rows)
            self.beginRemoveRows(QModelIndex(), count, count)
            self.is_naming = False
            self.endRemoveRows()

    # Qt's names

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows) + self.is_naming

    def columnCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else 5

    def headerData(self, section: int, orientation: Any, role: int = 0) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return _titles()[section]
        if role == Qt.ItemDataRole.ToolTipRole:
            return _explanations()[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(section)
        return None

    def data(self, index: QModelIndex, role: int = 0) -> Any:
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return self._text(row, index.column())
        if role == Qt.ItemDataRole.DecorationRole and index.column() == _NAME:
            return _swatch(row.colour)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(index.column())
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{row.title}: {_explanations()[index.column()]}"
        return None

    def flags(self, index: QModelIndex) -> Any:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if index.column() == _NAME:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def setData(self, index: QModelIndex, value: Any, role: int = 2) -> bool:
        name = " ".join(str(value or "").split())
        making = index.row() >= len(self._rows)
        old = self.name_at(index.row())
        if not name or name in (old, self._text_at(index)):
            return False
        if self._is_taken(name, old):
            self.refused.emit(
                tr("There is already a class '{name}'.").format(name=name)
            )
            return False
        # Later: a table must not change while the editor of a cell of it is closed.
        act = self._make if making else partial(self._areas.rename, old)
        QTimer.singleShot(0, partial(self.attempt, partial(act, name)))
        return True

    def attempt(self, change: Callable[[], object]) -> None:
        """Make a change of the classes, or say why it cannot be made."""
        try:
            change()
        except AreaLayerError as error:
            self.refused.emit(str(error))

    def _make(self, name: str) -> None:
        self.end_naming()
        self._areas.add_class(name)
        self.named.emit(name)

    def _is_taken(self, name: str, old: str) -> bool:
        others = [row for row in self._rows if row.name != old]
        taken = {text.casefold() for row in others for text in (row.name, row.title)}
        return name.casefold() in taken

    def _text_at(self, index: QModelIndex) -> str:
        """Return what a cell shows, '' in the row of a class that has no name yet."""
        return str(self.data(index) or "")

    def _text(self, row: ClassRow, column: int) -> str:
        hectares, accuracy = self._results.get(row.title, (None, None))
        return {
            _NAME: row.title,
            _AREAS: str(row.areas),
            _PIXELS: f"{row.pixels:n}",
            _HECTARES: "" if hectares is None else _hectares(hectares),
            _ACCURACY: "" if accuracy is None else f"{accuracy:.0%}",
        }[column]


def _titles() -> tuple[str, ...]:
    return tr("Class"), tr("Areas"), tr("Pixels"), tr("ha"), tr("Accuracy")


def _explanations() -> tuple[str, ...]:
    return (
        tr("Double-click to rename; right-click for colour and removal."),
        tr("Number of training areas"),
        tr("Pixels of the cube in the training areas"),
        tr("Hectares of the class in the last map"),
        tr(
            "Producer's accuracy: share of this class in the training areas that the "
            "map finds, measured on areas held out in turn"
        ),
    )


def _alignment(column: int) -> int:
    side = (
        Qt.AlignmentFlag.AlignLeft if column == _NAME else Qt.AlignmentFlag.AlignRight
    )
    both = side | Qt.AlignmentFlag.AlignVCenter
    return int(getattr(both, "value", both))  # Qt 6 has it as an enum.


def _hectares(number: float) -> str:
    return f"{number:.1f}" if number < 100 else f"{number:.0f}"


def _swatch(colour: str) -> QPixmap:
    swatch = QPixmap(_SWATCH, _SWATCH)
    swatch.fill(QColor(colour))
    painter = QPainter(swatch)
    painter.setPen(QColor(0, 0, 0, 110))
    painter.drawRect(0, 0, _SWATCH - 1, _SWATCH - 1)
    painter.end()
    return swatch


class ClassList(QTreeView):
    """Shows the classes; one of them is the current class.

    Attributes:
        chosen: Emitted with the name of the current class, '' where there is none.
    """

    chosen = pyqtSignal(str)

    def __init__(self, areas: TrainingAreas, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.classes = ClassModel(areas)
        self._areas = areas
        self._current = ""
        self.setModel(self.classes)
        self.setRootIsDecorated(False)
        self.setAllColumnsShowFocus(True)
        self.setUniformRowHeights(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.DoubleClicked | triggers.EditKeyPressed)
        self.setItemDelegate(QStyledItemDelegate(self))
        self.itemDelegate().closeEditor.connect(self._editor_closed)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._show_menu)
        self._lay_out_columns()
        self.selectionModel().currentRowChanged.connect(self._row_chosen)
        self.classes.named.connect(self.choose)
        areas.changed.connect(self.reload)

    def _lay_out_columns(self) -> None:
        header = self.header()
        header.setStretchLastSection(False)
        header.setMinimumSectionSize(30)
        header.setSectionsMovable(False)
        fit = QHeaderView.ResizeMode.ResizeToContents
        for column in range(self.classes.columnCount()):
            header.setSectionResizeMode(column, fit)
        header.setSectionResizeMode(_NAME, QHeaderView.ResizeMode.Stretch)
        self._show_columns()

    def _show_columns(self) -> None:
        for column in (_HECTARES, _ACCURACY):
            self.setColumnHidden(column, not self.classes.has_results())

    def sizeHint(self) -> QSize:
        height = self.header().height() + _LINES * (self.fontMetrics().height() + 6)
        return QSize(super().sizeHint().width(), height)

    @property
    def current(self) -> str:
        """Name of the current class, '' where there is none."""
        return self._current

    def choose(self, name: str) -> None:
        """Make a class the current one."""
        row, before = self.classes.row_of(name), self.currentIndex().row()
        if row < 0:
            row = self.classes.rowCount() - 1
        if row >= 0:
            self.setCurrentIndex(self.classes.index(row, _NAME))
        if self.currentIndex().row() == before:  # Qt is silent on a row that stays.
            self._row_chosen(self.currentIndex())

    def choose_row(self, row: int) -> None:
        """Make the class of a row the current one, where there is such a row."""
        if self.classes.name_at(row):
            self.choose(self.classes.name_at(row))

    def reload(self) -> None:
        """Show the classes again; the current one stays."""
        if self.classes.is_naming:
            return
        name = self._current
        blocked = self.selectionModel().blockSignals(True)
        self.classes.reload()
        self.selectionModel().blockSignals(blocked)
        self.choose(name)

    def show_results(
        self, results: dict[str, tuple[float | None, float | None]]
    ) -> None:
        """Show hectares and accuracy of each class."""
        self.classes.show_results(results)
        self._show_columns()
        self.choose(self._current)

    def name_new_class(self) -> None:
        """Add a row, and let its name be typed there."""
        if self.classes.is_naming:
            return
        cell = self.classes.begin_naming()
        self.setFocus()
        self.setCurrentIndex(cell)
        self.scrollTo(cell)
        self.edit(cell)

    def rename(self) -> None:
        """Let the name of the current class be typed."""
        index = self.currentIndex()
        if index.isValid():
            self.edit(index.siblingAtColumn(_NAME))

    def change_colour(self) -> None:
        """Ask for another colour of the current class."""
        name = self._current
        if not name:
            return
        colour = QgsColorDialog.getColor(
            QColor(self._areas.colour(name)), self.window(), name, False
        )
        if colour.isValid():
            self.classes.attempt(partial(self._areas.recolour, name, colour.name()))

    def undo(self) -> None:
        """Take the last change of classes or areas back, or say why not."""
        self.classes.attempt(self._areas.undo)

    def redo(self) -> None:
        """Do the change again that was taken back, or say why not."""
        self.classes.attempt(self._areas.redo)

    def remove(self) -> None:
        """Remove the current class and its areas; undo brings them back."""
        if self._current:
            self.classes.attempt(partial(self._areas.remove_class, self._current))

    def _row_chosen(self, index: QModelIndex, *_before: Any) -> None:
        self._current = self.classes.name_at(index.row())
        self.chosen.emit(self._current)

    def _editor_closed(self, *_arguments: Any) -> None:
        # After the class is made that has got a name.
        QTimer.singleShot(0, self._end_naming)

    def _end_naming(self) -> None:
        if self.classes.is_naming:
            self.classes.end_naming()
            self.choose(self._current)

    def _show_menu(self, place: Any) -> None:
        if not self.indexAt(place).isValid():
            return
        menu = QMenu(self)
        menu.addAction(tr("Rename"), self.rename)
        menu.addAction(tr("Change colour…"), self.change_colour)
        menu.addAction(tr("Remove class and its areas"), self.remove)
        menu.exec(self.viewport().mapToGlobal(place))
