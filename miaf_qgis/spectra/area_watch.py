"""Follows training areas: reads their spectra as they change, and judges the areas."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

import numpy as np
from qgis.core import (
    QgsApplication,
    QgsFeatureRequest,
    QgsRasterLayer,
    QgsVectorLayer,
    QgsWkbTypes,
)
from qgis.gui import QgsMapCanvas, QgsRubberBand
from qgis.PyQt.QtCore import QEvent, QObject, Qt, QTimer, pyqtSignal
from qgis.PyQt.QtGui import QColor
from qgis.PyQt.QtWidgets import QLabel

from miaf_engine.classes import distinct_colours
from miaf_qgis.desktop.figure import text_colour
from miaf_qgis.spectra.area_task import AreaTask, areas_of, class_colours
from miaf_qgis.spectra.comparison import Unlike, class_spectra, unlike_areas
from miaf_qgis.spectra.cube_file import Area, AreaSpectra, CubeFile
from miaf_qgis.translation import tr

_AFTER_MS = 600
_SHOWN, _SHOWN_IN_BRIEF = 5, 3
_OUTLINE, _OUTLINE_WIDTH = "#d7191c", 3


class AreaWatch(QObject):
    """Reads what is new or was changed of a layer of areas, in the background.

    Attributes:
        judged: Emitted after spectra were read.
        layer: The areas, None where there are none.
        classes: The spectra of each class by its name.
        colours: The colour of each class.
        unlike: The areas that are far nearer to another class than to their own.
    """

    judged = pyqtSignal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.layer: QgsVectorLayer | None = None
        self.classes: dict[str, AreaSpectra] = {}
        self.colours: dict[str, str] = {}
        self.unlike: list[Unlike] = []
        self._cube: QgsRasterLayer | None = None
        self._field = ""
        self._found: dict[Area, AreaSpectra] = {}
        self._task: AreaTask | None = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_AFTER_MS)
        self._soon.timeout.connect(self._read)

    def set_cube(self, cube: QgsRasterLayer | None) -> None:
        """Choose the cube; spectra of another one are forgotten."""
        if cube is self._cube:
            return
        if self._cube is not None:
            self._cube.willBeDeleted.disconnect(self._forget_cube)
        if cube is not None:
            cube.willBeDeleted.connect(self._forget_cube)
        self._take_cube(cube)

    def set_areas(self, layer: QgsVectorLayer | None, field: str) -> None:
        """Choose the areas and the field of their classes."""
        if layer is not self.layer:
            if self.layer is not None:
                _connect(self.layer, self._later, on=False)
                self.layer.willBeDeleted.disconnect(self._forget)
            if layer is not None:
                # Once for many edits, and after QGIS has shown them.
                _connect(layer, self._later, on=True)
                layer.willBeDeleted.connect(self._forget)
        elif field == self._field:
            return
        self.layer, self._field = layer, field
        self._later()

    def stop(self) -> None:
        """Let go of the areas, and end what is being read."""
        self.set_areas(None, "")
        self.set_cube(None)
        self._end_task()
        self._soon.stop()

    def _later(self, *_what: Any) -> None:
        self._soon.start()

    def _take_cube(self, cube: QgsRasterLayer | None) -> None:
        self._end_task()
        self._cube, self._found = cube, {}
        self._later()

    def _end_task(self) -> None:
        if self._task is not None:
            self._task.cancel()
            self._task = None

    def _forget_cube(self) -> None:
        self._take_cube(None)

    def _forget(self) -> None:
        self.layer = None
        self._later()

    def _read(self) -> None:
        self._end_task()
        own = CubeFile.of(self._cube) if self._cube is not None else None
        if self.layer is None or not self._field or own is None:
            self._take({}, {}, own)
            return
        areas = areas_of(self.layer, self._field, self._cube)
        colours = class_colours(self.layer, self._field)
        known = {area.wkb: spectra for area, spectra in self._found.items()}
        task = AreaTask(own, areas, known)
        task.taskCompleted.connect(lambda: self._finish(task, colours, own))
        self._task = task  # QGIS alone would not keep the Python side of it.
        QgsApplication.taskManager().addTask(task)

    def _finish(
        self, task: AreaTask, colours: dict[str, str], cube: CubeFile | None
    ) -> None:
        if task is self._task:
            self._task = None
            self._take(task.found, colours, cube)

    def _take(
        self,
        found: dict[Area, AreaSpectra],
        colours: Mapping[str, str],
        cube: CubeFile | None,
    ) -> None:
        self._found, self.classes = found, class_spectra(found)
        names = sorted(self.classes)
        own = dict(zip(names, distinct_colours(len(names))))  # noqa: B905 - Python 3.9
        self.colours = {name: colours.get(name) or own[name] for name in names}
        good = np.array(cube.bands.table.good if cube else [], bool)
        self.unlike = unlike_areas(found, good) if cube else []
        self.judged.emit()


class UnlikeAreas(QLabel):
    """Names the areas that are unlike their class, and outlines them on the map.

    The outlines are there for whoever labels or picks pixels, with a map tool that has
    `marks_areas`; over a finished map they would be in the way.

    Args:
        watch: What judges the areas.
        canvas: The map.
        brief: Whether a line has to do for each area; the angles are in the tool tip.
    """

    def __init__(
        self, watch: AreaWatch, canvas: QgsMapCanvas, *, brief: bool = False
    ) -> None:
        super().__init__()
        self._watch = watch
        self._canvas = canvas
        self._brief = brief
        self._band = QgsRubberBand(canvas, QgsWkbTypes.GeometryType.PolygonGeometry)
        self._band.setStrokeColor(QColor(_OUTLINE))
        self._band.setFillColor(QColor(Qt.GlobalColor.transparent))
        self._band.setWidth(_OUTLINE_WIDTH)
        self._band.setLineStyle(Qt.PenStyle.DashLine)
        self.setObjectName("unlike")
        self.setWordWrap(True)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
        self.linkActivated.connect(self._go_to)
        watch.judged.connect(self.show_unlike)
        canvas.mapToolSet.connect(self._show_outlines)
        self.show_unlike()

    def show_unlike(self) -> None:
        """Show what is known now."""
        unlike, layer = self._watch.unlike, self._watch.layer
        colour, whole = text_colour(self), in_words(unlike, "")
        self.setText(in_words(unlike, colour, brief=self._brief))
        self.setToolTip(whole if self._brief else "")
        self.setVisible(bool(unlike))
        self._band.reset(QgsWkbTypes.GeometryType.PolygonGeometry)
        wanted = QgsFeatureRequest().setFilterFids([each.area.key for each in unlike])
        for feature in layer.getFeatures(wanted) if unlike and layer else ():
            self._band.addGeometry(feature.geometry(), layer)
        self._show_outlines(self._canvas.mapTool())

    def _show_outlines(self, tool: Any, *_before: Any) -> None:
        self._band.setVisible(bool(getattr(tool, "marks_areas", False)))

    def remove(self) -> None:
        """Take the outlines off the map."""
        self._watch.judged.disconnect(self.show_unlike)
        self._canvas.mapToolSet.disconnect(self._show_outlines)
        self._canvas.scene().removeItem(self._band)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange):
            QTimer.singleShot(0, self.show_unlike)
        super().changeEvent(event)

    def _go_to(self, link: str) -> None:
        layer = self._watch.layer
        if layer is not None:
            layer.selectByIds([int(link)])
            self._canvas.zoomToSelected(layer)


def in_words(unlike: list[Unlike], colour: str, *, brief: bool = False) -> str:
    """Return HTML that names areas unlike their class, with links to them.

    Args:
        unlike: The areas.
        colour: Of the links; Qt has a blue that no dark theme shows.
        brief: Whether to leave the angles out.
    """
    if not unlike:
        return ""
    text = (
        tr("Area {number} ({name}) looks like {other}.")
        if brief
        else tr(
            "Area {number} ({name}) looks like {other}: its spectral angle to that "
            "class is {other_angle}°, but to its own {own}°."
        )
    )
    shown = _SHOWN_IN_BRIEF if brief else _SHOWN
    lines = [
        text.format(
            number=f'<a style="color: {colour}" href="{item.area.key}">'
            f"{item.area.key}</a>",
            name=escape(item.area.name),
            other=escape(item.other),
            other_angle=f"{item.other_angle:.1f}",
            own=f"{item.own_angle:.1f}",
        )
        for item in unlike[:shown]
    ]
    if len(unlike) > shown:
        lines.append(tr("And {n} more.").format(n=len(unlike) - shown))
    return "<br>".join(lines)


def _connect(layer: QgsVectorLayer, slot: Any, *, on: bool) -> None:
    signals = (
        *(layer.featureAdded, layer.featureDeleted, layer.geometryChanged),
        *(layer.attributeValueChanged, layer.rendererChanged, layer.dataChanged),
        *(layer.afterCommitChanges, layer.subsetStringChanged),
    )
    for signal in signals:
        signal.connect(slot) if on else signal.disconnect(slot)
