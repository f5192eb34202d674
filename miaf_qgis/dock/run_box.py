"""The part of the panel that makes maps: update, suggest, report, and what came out."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from qgis.core import (
    Qgis,
    QgsApplication,
    QgsCoordinateTransform,
    QgsFeatureRequest,
    QgsProject,
    QgsVectorLayer,
)
from qgis.gui import QgsCollapsibleGroupBoxBasic
from qgis.PyQt.QtCore import Qt, QUrl, pyqtSignal
from qgis.PyQt.QtGui import QDesktopServices, QFontDatabase, QIcon
from qgis.PyQt.QtWidgets import (
    QAction,
    QApplication,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from miaf_engine.requests.settings import STANDARD, preset_epochs
from miaf_qgis.desktop.algorithm_dialogs import open_dialog
from miaf_qgis.desktop.widgets import calling, exclusive, tool_button
from miaf_qgis.dock import calls, map_layers, project_state
from miaf_qgis.dock.outcome import Outcome, outcome_of
from miaf_qgis.dock.run_parameters import (
    SUGGEST,
    UPDATE,
    suggest_parameters,
    update_parameters,
)
from miaf_qgis.dock.runs import Run
from miaf_qgis.dock.training_areas import TrainingAreas
from miaf_qgis.engine.training_signals import TRAINING
from miaf_qgis.help_pages import icon_path
from miaf_qgis.layers.layer_files import layer_of_file
from miaf_qgis.translation import tr

# Around a suggested area, so that it is seen with what it lies in.
_MARGIN = 6.0
_CALL_LINES = 5


class RunBox(QWidget):
    """Buttons that run the algorithms, and what the last run says.

    Args:
        iface: QGIS's interface.
        areas: The training areas.
        swipe: Switches on and off that a map is swiped.

    Attributes:
        presets: Entry of the menu by preset, one of them checked.
        results: Emitted with {class: (hectares, producer's accuracy)} of the last map.
    """

    results = pyqtSignal(dict)

    def __init__(self, iface: Any, areas: TrainingAreas, swipe: QAction) -> None:
        super().__init__()
        self._iface = iface
        self._areas = areas
        self._run: Run | None = None
        self._left: Run | None = None  # The run of a project that was left meanwhile.
        self._counting: Run | None = None
        self._outcome = Outcome()
        self.update_button = tool_button(
            "update",
            QIcon(str(icon_path("trainandclassify"))),
            tr("Update map"),
            self.update_map,
        )
        self.suggest_button = tool_button(
            "suggest",
            QIcon(str(icon_path("suggestareas"))),
            tr("Suggest where to draw next"),
            self.suggest,
        )
        self.report_button = tool_button(
            "report",
            QgsApplication.getThemeIcon("mIconReport.svg"),
            tr("Report"),
            self.open_report,
        )
        self.presets: dict[str, QAction] = {}
        self._continue = self._choices()
        self._bar = QProgressBar()
        self._cancel = QPushButton(tr("Cancel"))
        self._cancel.setObjectName("cancel")
        self._cancel.clicked.connect(calling(self.cancel))
        self._said = QLabel()
        self._said.setWordWrap(True)
        self._swipe = QToolButton()
        self._swipe.setDefaultAction(swipe)
        self._swipe.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._lay_out()
        self._show_choices()
        self.show_state()

    # What it looks like

    def _choices(self) -> QAction:
        """Make the menu of how to train; return its entry that continues a training."""
        menu = QMenu(self)
        menu.setToolTipsVisible(True)
        keep = menu.addAction(tr("Continue from the last model"))
        keep.setToolTip(
            tr(
                "Takes a fraction of the time. The accuracy is not measured, because "
                "the model was trained on all areas."
            )
        )
        keep.setCheckable(True)
        keep.triggered.connect(
            lambda on: project_state.write("new_training", "" if on else "yes")
        )
        menu.addSeparator()
        titles = {
            "quick": tr("Quick look: {n} epochs"),
            "standard": tr("Standard: {n} epochs"),
            "best": tr("Best: {n} epochs"),
        }
        for name, epochs in preset_epochs().items():
            entry = menu.addAction(titles[name].format(n=epochs))
            entry.triggered.connect(
                calling(partial(project_state.write, "preset", name))
            )
            self.presets[name] = entry
        exclusive(self.presets.values(), menu)
        menu.addSeparator()
        menu.addAction(tr("Open the dialog with these values…"), self.open_dialog)
        self.update_button.setMenu(menu)
        self.update_button.setPopupMode(QToolButton.ToolButtonPopupMode.MenuButtonPopup)
        return keep

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        first = QHBoxLayout()
        first.addWidget(self.update_button)
        first.addWidget(self.report_button)
        first.addStretch()
        second = QHBoxLayout()
        second.addWidget(self.suggest_button)
        second.addWidget(self._swipe)
        second.addStretch()
        column.addLayout(first)
        column.addLayout(second)
        self._progress = QWidget()
        running = QHBoxLayout(self._progress)
        running.setContentsMargins(0, 0, 0, 0)
        running.addWidget(self._bar, 1)
        running.addWidget(self._cancel)
        column.addWidget(self._progress)
        column.addWidget(self._said)
        column.addWidget(self._call_box())

    def _call_box(self) -> QWidget:
        """Return the box that shows how to make the last run without the panel."""
        box = QgsCollapsibleGroupBoxBasic(tr("Copy the last run"))
        box.setObjectName("call_box")
        inside = QGridLayout(box)
        self._call = QPlainTextEdit()
        self._call.setObjectName("call")
        self._call.setReadOnly(True)
        self._call.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self._call.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        height = self._call.fontMetrics().lineSpacing() * (_CALL_LINES + 1)
        self._call.setFixedHeight(height)
        inside.addWidget(self._call, 0, 0, 1, 2)
        for column, (title, make) in enumerate(
            (
                (tr("Copy as command"), calls.as_command),
                (tr("Copy as Python"), calls.as_python),
            )
        ):
            button = QPushButton(title)
            button.clicked.connect(calling(partial(self._copy, make)))
            inside.addWidget(button, 1, column)
        box.setCollapsed(True)
        return box

    def show_state(self) -> None:
        """Show what can be done now, and what the project keeps of the last run."""
        running = self._run is not None
        rows = [row for row in self._areas.classes() if row.areas]
        ready = self._areas.cube is not None and len(rows) > 1
        self.update_button.setEnabled(ready and not running)
        has_model = project_state.read_path("model") is not None
        self.suggest_button.setEnabled(ready and has_model and not running)
        self.report_button.setEnabled(project_state.read_path("report") is not None)
        self._progress.setVisible(running)
        self._said.setVisible(bool(self._said.text()))
        self._swipe.setVisible(self._map() is not None)

    def open_project(self) -> None:
        """Show the last run of the open project; one of another is stopped."""
        self.cancel()
        self._left = self._run
        self._outcome = outcome_of(project_state.read_path("report"))
        self._said.setText(self._outcome.words)
        self._show_choices()
        self._show_call()
        self._show_results()
        self.show_state()

    def _show_choices(self) -> None:
        """Check what the project keeps of how to train."""
        self._continue.setChecked(not project_state.read("new_training"))
        preset = project_state.read("preset")
        self.presets.get(preset, self.presets[STANDARD]).setChecked(True)

    def _show_results(self) -> None:
        found = _dictionary("hectares")
        names = {*found, *self._outcome.found}
        self.results.emit(
            {name: (found.get(name), self._outcome.found.get(name)) for name in names}
        )

    # Runs

    @property
    def is_busy(self) -> bool:
        """Whether something runs."""
        return self._run is not None

    def say(self, text: str) -> None:
        """Show a text where the runs say what they are at."""
        self._said.setText(text)
        self._said.setVisible(bool(text))

    def update_map(self) -> None:
        """Train, or continue to train, and make the map."""
        self.start(Run(UPDATE, self._update_parameters(), self), self._updated)

    def _update_parameters(self) -> dict[str, Any]:
        return update_parameters(
            self._areas,
            keep_training=self._continue.isChecked(),
            preset=next(
                name for name, entry in self.presets.items() if entry.isChecked()
            ),
        )

    def suggest(self) -> None:
        """Find the areas that would help the last model most."""
        model = project_state.read_path("model")
        if model is not None:
            parameters = suggest_parameters(self._areas, model)
            self.start(Run(SUGGEST, parameters, self), self._suggested)

    def open_dialog(self) -> None:
        """Open the algorithm's dialog with the values of the next run."""
        open_dialog(UPDATE, self._update_parameters())

    def cancel(self) -> None:
        """Stop the run."""
        if self._run is not None:
            self._said.setText(tr("Cancelling…"))
            self._cancel.setEnabled(False)
            self._run.cancel()

    def start(self, run: Run, then: Callable[[Run, dict[str, Any]], None]) -> None:
        """Start a run; `then` gets it with its results.

        Args:
            run: The run.
            then: Not called for a run that failed or was cancelled.
        """
        self._run = run
        self._keep_call(run)
        self._said.setText(tr("Starting…"))
        self._bar.setValue(0)
        self._cancel.setEnabled(True)
        run.progressed.connect(lambda share: self._bar.setValue(round(share)))
        run.said.connect(self._said.setText)
        run.ended.connect(lambda results, why: self._end(run, results, why, then))
        self.show_state()
        run.start()

    def _end(
        self,
        run: Run,
        results: dict[str, Any],
        reason: str,
        then: Callable[[Run, dict[str, Any]], None],
    ) -> None:
        self._run = None
        if results:
            then(run, results)
        elif run is self._left:
            self._said.setText(self._outcome.words)
        elif run.is_cancelled:
            self._said.setText(reason or tr("Cancelled."))
        else:
            self._said.setText(tr("The run failed: {reason}").format(reason=reason))
            self._iface.messageBar().pushMessage(
                "MIAF-Net", reason, Qgis.MessageLevel.Critical
            )
        self.show_state()
        run.deleteLater()

    def _updated(self, run: Run, results: dict[str, Any]) -> None:
        map_layers.hide_map(self._map())
        project_state.write_path("model", results["MODEL"])
        project_state.write_path("report", results["REPORT"])
        project_state.write("model_cube", run.parameters["CUBE"])
        project_state.write("hectares", "")
        layer = layer_of_file(results["OUTPUT"])
        project_state.write("map", layer.id() if layer else "")
        map_layers.raise_layer(self._areas.layer)
        self.open_project()
        made = {name.lower(): path for name, path in results.items()}
        TRAINING.mapped.emit(made, self._outcome.figures)
        if layer is not None:
            self._count_pixels(layer.id())

    def _count_pixels(self, layer_id: str) -> None:
        given = {"INPUT": layer_id, "BAND": 1, "OUTPUT_TABLE": "TEMPORARY_OUTPUT"}
        self._counting = run = Run(map_layers.PIXEL_COUNT, given, self)
        run.ended.connect(lambda results, _reason: self._counted(run, results))
        run.start()

    def _counted(self, run: Run, results: dict[str, Any]) -> None:
        if self._counting is run:
            self._counting = None
        layer = self._map()
        # Another map, or another project, may be there by now.
        if results and layer is not None and layer.id() == run.parameters["INPUT"]:
            table = run.take_layer(results["OUTPUT_TABLE"])
            found = map_layers.hectares(layer, table) if table is not None else {}
            project_state.write("hectares", json.dumps(found))
            self._show_results()
        run.deleteLater()

    def _suggested(self, run: Run, results: dict[str, Any]) -> None:
        layer = layer_of_file(results["OUTPUT"])
        if not isinstance(layer, QgsVectorLayer):
            return
        project_state.write("suggestions", layer.id())
        map_layers.raise_layer(layer)
        map_layers.raise_layer(self._areas.layer)
        self._said.setText(
            tr(
                "Suggested areas: {count}. The first one is in view. Draw there if "
                "you know the cover."
            ).format(count=layer.featureCount())
        )
        self._zoom_to_first(layer)

    def _zoom_to_first(self, layer: QgsVectorLayer) -> None:
        request = QgsFeatureRequest().setFilterExpression('"rank" = 1')
        for feature in layer.getFeatures(request):
            project, canvas = QgsProject.instance(), self._iface.mapCanvas()
            crs = canvas.mapSettings().destinationCrs()
            to_map = QgsCoordinateTransform(layer.crs(), crs, project)
            box = to_map.transformBoundingBox(feature.geometry().boundingBox())
            box.scale(_MARGIN)
            canvas.setExtent(box)
            canvas.refresh()

    # What the last run left

    def _map(self) -> Any:
        return QgsProject.instance().mapLayer(project_state.read("map"))

    def open_report(self) -> None:
        """Open the last report in the browser."""
        report: Path | None = project_state.read_path("report")
        if report is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(report)))

    def _keep_call(self, run: Run) -> None:
        kept = {"id": run.algorithm_id, "parameters": calls.plain(run.parameters)}
        project_state.write("call", json.dumps(kept))
        self._show_call()

    def _show_call(self) -> None:
        kept = _dictionary("call")
        text = calls.as_command(kept["id"], kept["parameters"]) if kept else ""
        self._call.setPlainText(text)

    def _copy(self, make: Callable[[str, dict[str, Any]], str]) -> None:
        kept = _dictionary("call")
        if kept:
            QApplication.clipboard().setText(make(kept["id"], kept["parameters"]))


def _dictionary(key: str) -> dict[str, Any]:
    """Return what the project keeps as JSON, {} where that cannot be read."""
    try:
        found = json.loads(project_state.read(key) or "{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
