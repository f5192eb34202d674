"""The panel MIAF-Net: cube, classes, tools, runs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from qgis.core import (
    Qgis,
    QgsApplication,
    QgsCoordinateTransform,
    QgsCsException,
    QgsGeometry,
    QgsMapLayer,
    QgsMapLayerProxyModel,
    QgsProject,
    QgsRasterLayer,
)
from qgis.gui import QgsDockWidget, QgsMapLayerComboBox
from qgis.PyQt.QtCore import Qt, QTimer
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import (
    QAction,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from miaf_qgis.desktop.widgets import ScrollColumn, tool_button
from miaf_qgis.dock import area_layer, map_layers, project_state
from miaf_qgis.dock.class_list import ClassList
from miaf_qgis.dock.draw_tool import DrawTool
from miaf_qgis.dock.label_tool import LabelTool
from miaf_qgis.dock.layer_menu import LayerMenu
from miaf_qgis.dock.run_box import RunBox
from miaf_qgis.dock.runs import Run
from miaf_qgis.dock.spectrum_box import SpectrumBox
from miaf_qgis.dock.superpixel_tool import SuperpixelTool
from miaf_qgis.dock.superpixels import (
    CUT,
    cut_of,
    cut_parameters,
    keep_cut,
    open_cut,
)
from miaf_qgis.dock.training_areas import TrainingAreas
from miaf_qgis.help_pages import icon_path
from miaf_qgis.layers.layer_files import file_of
from miaf_qgis.layers.rasters import is_hyperspectral, rasters_but_cubes
from miaf_qgis.translation import tr

TITLE = "MIAF-Net"


class Panel(QgsDockWidget):
    """Draws areas into the project's training areas and runs the algorithms on them.

    Args:
        iface: QGIS's interface.
        swipe: Switches on and off that a map is swiped.
        show_cube: Is called with a cube that is taken, to offer better colours for it.

    Attributes:
        areas: The training areas.
        classes: The list of classes.
        draw_tool: The map tool that draws areas.
        superpixel_tool: The map tool that labels superpixels.
        runs: The part that makes maps.
        spectrum: The part that shows the spectrum of a pixel.
    """

    def __init__(
        self, iface: Any, swipe: QAction, show_cube: Callable[[QgsMapLayer], None]
    ) -> None:
        super().__init__(TITLE, iface.mainWindow())
        self.setObjectName("MiafNetPanel")
        self._iface = iface
        self._show_cube = show_cube
        self.areas = TrainingAreas(self)
        self.classes = ClassList(self.areas, self)
        self.draw_tool = DrawTool(iface.mapCanvas())
        self.superpixel_tool = SuperpixelTool(
            iface.mapCanvas(), self.areas, lambda: self.classes.current
        )
        self._next_tool: LabelTool = self.draw_tool
        self._clicks = False
        self._buttons: dict[str, QToolButton] = {}
        self._cube = self._layer_box(QgsMapLayerProxyModel.Filter.RasterLayer)
        self.runs = RunBox(iface, self.areas, swipe)
        notes = QVBoxLayout()
        self.spectrum = SpectrumBox(iface.mapCanvas(), self.areas, notes)
        self._hint = QLabel()
        self._hint.setWordWrap(True)
        self._lay_out(notes)
        self._connect()
        self.open_project()

    # What it looks like

    def _lay_out(self, notes: QVBoxLayout) -> None:
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(6, 6, 6, 6)
        form = QFormLayout()
        form.addRow(tr("Cube"), self._cube)
        self._column.addLayout(form)
        self._column.addLayout(self._tool_row())
        self._column.addWidget(self.classes, 1)
        self._column.addLayout(self._class_row())
        self._column.addWidget(self._hint)
        self._column.addLayout(notes)
        self._column.addWidget(self.runs)
        self._column.addWidget(self.spectrum)
        self.setWidget(ScrollColumn(inside))

    def _tool_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        draw = self._button(
            "draw",
            QgsApplication.getThemeIcon("mActionCapturePolygon.svg"),
            tr("Draw areas"),
            lambda: self._toggle(self.draw_tool),
        )
        draw.setToolTip(
            tr(
                "Draw areas of the current class: click the corners and finish with a "
                "right click, or hold the button and draw around the area."
            )
        )
        click = self._button(
            "click",
            QIcon(str(icon_path("superpixels"))),
            tr("Click superpixels"),
            lambda: self._toggle(self.superpixel_tool),
        )
        click.setToolTip(
            tr(
                "Assign the current class to superpixels: click one, or hold the "
                "button and brush over several. Click again to remove the class. The "
                "keys 1 to 9 choose a class."
            )
        )
        for button in (draw, click):
            button.setCheckable(True)
            row.addWidget(button)
        row.addStretch()
        return row

    def _class_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        add = self._button(
            "new",
            QgsApplication.getThemeIcon("symbologyAdd.svg"),
            tr("New class"),
            self.classes.name_new_class,
        )
        row.addWidget(add)
        back, again = self.classes.undo, self.classes.redo
        row.addWidget(self._small("undo", "mActionUndo.svg", tr("Undo"), back))
        row.addWidget(self._small("redo", "mActionRedo.svg", tr("Redo"), again))
        row.addStretch()
        layers = self._small(
            "layers",
            "mIconPolygonLayer.svg",
            tr("Use areas of another layer"),
            lambda: None,
        )
        layers.setMenu(LayerMenu(self.areas, layers))
        layers.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        row.addWidget(layers)
        row.addWidget(
            self._small(
                "colour",
                "mIconColorBox.svg",
                tr("Change colour…"),
                self.classes.change_colour,
            )
        )
        row.addWidget(
            self._small(
                "remove",
                "symbologyRemove.svg",
                tr("Remove class and its areas"),
                self.classes.remove,
            )
        )
        return row

    def _button(
        self, name: str, icon: QIcon, title: str, run: Callable[[], object]
    ) -> QToolButton:
        button = tool_button(name, icon, title, run)
        self._buttons[name] = button
        return button

    def _small(
        self, name: str, icon: str, title: str, run: Callable[[], object]
    ) -> QToolButton:
        button = self._button(name, QgsApplication.getThemeIcon(icon), title, run)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        button.setAutoRaise(True)
        button.setToolTip(title)
        return button

    def _layer_box(self, kind: Any) -> QgsMapLayerComboBox:
        box = QgsMapLayerComboBox()
        box.setFilters(kind)
        box.setSizeAdjustPolicy(
            box.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        box.setMinimumContentsLength(12)
        return box

    # What leads to what

    def _connect(self) -> None:
        project = QgsProject.instance()
        project.readProject.connect(self.open_project)
        project.cleared.connect(self.open_project)
        project.writeProject.connect(self._keep_choice)
        project.projectSaved.connect(self._move_soon)
        project.layersAdded.connect(self._except_layers)
        self._cube.layerChanged.connect(self._take_cube)
        self._iface.currentLayerChanged.connect(self._follow_layer)
        self.areas.changed.connect(self._show_state)
        self.runs.results.connect(self.classes.show_results)
        self.classes.chosen.connect(self._take_class)
        self.classes.classes.refused.connect(self._warn)
        self.classes.classes.named.connect(self._start_labelling)
        self.draw_tool.drawn.connect(self._add_area)
        for tool in (self.draw_tool, self.superpixel_tool):
            tool.undo_wanted.connect(self.classes.undo)
            tool.redo_wanted.connect(self.classes.redo)
            tool.refused.connect(self._warn)
            tool.class_wanted.connect(self.classes.choose_row)
        self._iface.mapCanvas().mapToolSet.connect(self._follow_tool)

    def close_down(self) -> None:
        """Let go of QGIS before the panel is deleted."""
        self.runs.cancel()
        self.spectrum.stop()
        canvas = self._iface.mapCanvas()
        canvas.mapToolSet.disconnect(self._follow_tool)
        for tool in (self.draw_tool, self.superpixel_tool):
            canvas.unsetMapTool(tool)
        project = QgsProject.instance()
        project.readProject.disconnect(self.open_project)
        project.cleared.disconnect(self.open_project)
        project.writeProject.disconnect(self._keep_choice)
        project.projectSaved.disconnect(self._move_soon)
        project.layersAdded.disconnect(self._except_layers)
        self._iface.currentLayerChanged.disconnect(self._follow_layer)

    def open_project(self, *_document: Any) -> None:
        """Show what the open project keeps."""
        self._except_layers()
        self.areas.find()
        cube = QgsProject.instance().mapLayer(project_state.read("cube"))
        if cube is not None:
            self._cube.setLayer(cube)
        else:
            self._follow_layer(self._iface.activeLayer())
        self._take_cube(self._cube.currentLayer())
        self.classes.reload()
        self.classes.choose(project_state.read("class"))
        self.runs.open_project()

    def _keep_choice(self, *_document: Any) -> None:
        """Keep cube and class in the project that is being saved."""
        cube = self.areas.cube
        project_state.write("cube", cube.id() if cube else "")
        project_state.write("class", self.classes.current)

    def _move_soon(self) -> None:
        # QGIS says that a project is saved before it has packed the file.
        QTimer.singleShot(0, self._move_areas)

    def _move_areas(self) -> None:
        try:
            moved = self.areas.move_beside_project()
        except area_layer.AreaLayerError as error:
            self._warn(str(error))
            return
        if moved:
            QgsProject.instance().write()

    def _except_layers(self, *_layers: Any) -> None:
        """Offer hyperspectral rasters alone."""
        self._cube.setExceptedLayerList(rasters_but_cubes())

    def _follow_layer(self, layer: QgsMapLayer | None) -> None:
        if is_hyperspectral(layer):
            self._cube.setLayer(layer)

    def _take_cube(self, layer: QgsMapLayer | None) -> None:
        self.areas.cube = layer if isinstance(layer, QgsRasterLayer) else None
        if self.areas.cube is not None:
            self._show_cube(self.areas.cube)
        self.classes.reload()
        self.spectrum.follow()
        self._show_state()

    def _take_class(self, name: str) -> None:
        if name:
            for tool in (self.draw_tool, self.superpixel_tool):
                tool.set_colour(self.areas.colour(name))
        self._show_state()

    def _follow_tool(self, tool: Any, *_before: Any) -> None:
        self._buttons["draw"].setChecked(tool is self.draw_tool)
        clicks = tool is self.superpixel_tool
        self._buttons["click"].setChecked(clicks)
        cube = self.areas.cube
        cut = cut_of(cube) if cube is not None and clicks != self._clicks else None
        if cut is not None:  # Seen while it is worked on.
            map_layers.show_layer(cut, clicks)
        self._clicks = clicks

    # What a person does

    def _start_labelling(self, *_name: str) -> None:
        """Let a class that was just named get its areas."""
        if self._next_tool is self.superpixel_tool:
            self._start_clicking()
        else:
            self._use(self.draw_tool)

    def _toggle(self, tool: LabelTool) -> None:
        """Take a tool, or put it down."""
        canvas = self._iface.mapCanvas()
        if canvas.mapTool() is tool:
            self._iface.actionPan().trigger()
            canvas.unsetMapTool(tool)
        elif tool is self.superpixel_tool:
            self._start_clicking()
        else:
            self._use(tool)

    def _start_clicking(self) -> None:
        cube = self.areas.cube
        if cube is None or open_cut(cube) is not None:
            self._use(self.superpixel_tool)
            return
        self._follow_tool(self._iface.mapCanvas().mapTool())
        if self.runs.is_busy:
            self._warn(tr("Wait until the run has ended, then make the superpixels."))
            return
        self.runs.start(Run(CUT, cut_parameters(cube), self), self._cut)

    def _cut(self, run: Run, results: dict[str, Any]) -> None:
        cube = QgsProject.instance().mapLayer(run.parameters["CUBE"])
        if cube is None:  # It was removed meanwhile.
            self.runs.say("")
            return
        keep_cut(cube, results["OUTPUT"])
        map_layers.raise_layer(open_cut(cube))
        map_layers.raise_layer(self.areas.layer)
        self.runs.say(
            tr("The cube is divided into superpixels. Click those that you know.")
        )
        if cube is self.areas.cube:
            self._use(self.superpixel_tool)

    def _use(self, tool: LabelTool) -> None:
        canvas = self._iface.mapCanvas()
        self._next_tool = tool
        if not self.classes.current:
            self._follow_tool(canvas.mapTool())
            self.classes.name_new_class()  # The tool is taken when it has its name.
        else:
            canvas.setMapTool(tool)
            canvas.setFocus()

    def _add_area(self, shape: QgsGeometry) -> None:
        cube, name = self.areas.cube, self.classes.current
        if cube is None or not name:
            return
        try:
            layer = self.areas.ensure_layer()
            self._place(shape, layer)
            if self._is_on(shape, cube, layer):
                self.areas.add_areas([shape], name)
            else:
                self._warn(tr("The area is outside the cube and was not added."))
        except (area_layer.AreaLayerError, QgsCsException) as error:
            self._warn(str(error))

    def _place(self, shape: QgsGeometry, layer: QgsMapLayer) -> None:
        """Bring a shape from the map's CRS to a layer's."""
        project = QgsProject.instance()
        shape.transform(
            QgsCoordinateTransform(
                self._iface.mapCanvas().mapSettings().destinationCrs(),
                layer.crs(),
                project,
            )
        )

    def _is_on(self, shape: QgsGeometry, cube: QgsMapLayer, layer: QgsMapLayer) -> bool:
        project = QgsProject.instance()
        to_layer = QgsCoordinateTransform(cube.crs(), layer.crs(), project)
        frame = QgsGeometry.fromRect(to_layer.transformBoundingBox(cube.extent()))
        return shape.intersects(frame)

    def _warn(self, text: str) -> None:
        self._iface.messageBar().pushMessage(TITLE, text, Qgis.MessageLevel.Warning)

    # What is shown

    def _show_state(self) -> None:
        has_cube = self.areas.cube is not None
        self._buttons["draw"].setEnabled(has_cube)
        self._buttons["new"].setEnabled(has_cube)
        self._buttons["click"].setEnabled(has_cube)
        for name in ("colour", "remove"):
            self._buttons[name].setEnabled(bool(self.classes.current))
        self._buttons["undo"].setEnabled(self.areas.can_undo)
        self._buttons["redo"].setEnabled(self.areas.can_redo)
        self._hint.setText(self._next_step())
        self.runs.show_state()

    def _next_step(self) -> str:
        if self.areas.cube is None:
            return tr("Open a hyperspectral cube, or the demo scene from the menu.")
        if self.areas.fault:
            return self.areas.fault
        rows = [row for row in self.areas.classes() if row.areas]
        if not self.areas.names():
            return tr("Add a class, then draw areas where you know the cover.")
        if len(rows) < 2:
            return tr("Draw areas of at least two classes, several of each.")
        layer = self.areas.layer
        self._hint.setToolTip(str(file_of(layer)) if layer else "")
        return area_layer.place_in_words(layer) if layer else ""
