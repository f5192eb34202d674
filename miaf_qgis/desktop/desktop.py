"""What the plugin adds to the windows of QGIS: a menu, and the offer of the engine."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from qgis.core import (
    Qgis,
    QgsApplication,
    QgsCoordinateTransform,
    QgsMapLayer,
    QgsProcessingProvider,
    QgsProject,
    QgsRectangle,
    QgsSettings,
)
from qgis.PyQt.QtCore import QTimer, QUrl
from qgis.PyQt.QtGui import QDesktopServices, QIcon
from qgis.PyQt.QtWidgets import QAction

from miaf_qgis.algorithms.demo import demo_paths
from miaf_qgis.desktop.show_cube import ShowCube
from miaf_qgis.desktop.swipe import Swipe
from miaf_qgis.desktop.widgets import calling, offer
from miaf_qgis.dock.launcher import PanelLauncher
from miaf_qgis.engine.training_signals import TRAINING
from miaf_qgis.help_pages import page_url
from miaf_qgis.layers.layer_files import layer_of_file
from miaf_qgis.translation import tr

# Share of the scene's size that is left free around it.
_MARGIN = 1.05

MENU = "MIAF-Net"
# Algorithms in the order of a person's work; None draws a line.
DIALOGS = (
    "inspect",
    "trainandclassify",
    None,
    "train",
    "classify",
    "drawsample",
    "assess",
    "suggestareas",
    "compare",
    None,
    "setupengine",
)
SETUP = "setupengine"
# QGIS first shows its window; the bar is for whoever is there to read it.
_OFFER_AFTER_MS = 1500
_CURVE_WANTED = "miaf/training_curve"
# On the main window, because it outlives a plugin that is reloaded.
_OFFERED = "miaf_engine_was_offered"


def open_demo(iface: Any) -> None:
    """Open the demo scene, or find it in the project, and zoom to it."""
    if find_cube() is None:
        import processing

        processing.runAndLoadResults("miaf:demo", {})
    cube = find_cube()
    if cube is None:  # Processing has shown the user why.
        return
    canvas = iface.mapCanvas()
    canvas.setExtent(extent_in_project(cube))
    canvas.refresh()


def offer_demo(iface: Any) -> None:
    """Say that the engine is ready, and offer something to try it on."""
    offer(
        iface,
        MENU,
        tr("The engine is ready."),
        [(tr("Open the demo scene"), lambda: open_demo(iface))],
        level=Qgis.MessageLevel.Success,
    )


def find_cube() -> QgsMapLayer | None:
    """Return the layer of the demo cube in the project."""
    return layer_of_file(demo_paths()["CUBE"])


def extent_in_project(layer: QgsMapLayer) -> QgsRectangle:
    """Return a layer's extent in the project's CRS, a little enlarged."""
    project = QgsProject.instance()
    transform = QgsCoordinateTransform(layer.crs(), project.crs(), project)
    extent = transform.transformBoundingBox(layer.extent())
    extent.scale(_MARGIN)
    return extent


class Desktop:
    """Raster > MIAF-Net and a message where there is no engine.

    Args:
        iface: QGIS's interface.
        provider: Gives the menu the titles and icons of its algorithms.
    """

    def __init__(self, iface: Any, provider: QgsProcessingProvider) -> None:
        self._iface = iface
        self._provider = provider
        self._actions: list[QAction] = []
        self._offer: Any = None
        self._show_cube = ShowCube(iface)
        self._swipe = Swipe(iface)
        self._spectra: Any = None
        self._curve: Any = None
        TRAINING.followed = curve_wanted()
        TRAINING.epoch.connect(self._follow_training)
        TRAINING.mapped.connect(self._offer_next)
        self._add_menu()
        self._timer = QTimer()
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.offer_engine)
        self._timer.timeout.connect(self.launcher.show_again)
        self._timer.start(_OFFER_AFTER_MS)

    def _add_menu(self) -> None:
        icon = self._provider.icon()
        self.launcher = PanelLauncher(
            self._iface, icon, self._swipe.action, self._show_cube.offer
        )
        self._keep(self.launcher.action)
        demo = self._provider.algorithm("demo")
        self._add(demo.displayName(), demo.icon(), partial(open_demo, self._iface))
        self._keep(self._show_cube.menu.menuAction())
        self._keep(self._swipe.action)
        self._add(tr("Spectra"), QgsApplication.getThemeIcon("mActionIdentify.svg"),
                  self._show_spectra)  # fmt: skip
        self._add(tr("Training curve"), QgsApplication.getThemeIcon("histogram.svg"),
                  self._show_curve)  # fmt: skip
        for name in DIALOGS:
            if name is None:
                self._add_line()
                continue
            algorithm = self._provider.algorithm(name)
            title = algorithm.displayName() + "…"
            self._add(title, algorithm.icon(), partial(self._open, name))
        self._add_line()
        self._add(tr("Help"), QIcon(":/images/themes/default/mActionHelpContents.svg"),
                  _open_help)  # fmt: skip
        for action in self._iface.rasterMenu().actions():
            if action.menu() is not None and action.text().replace("&", "") == MENU:
                action.setIcon(self._provider.icon())

    def _add(self, title: str, icon: QIcon, run: Callable[[], None]) -> None:
        action = QAction(icon, title, self._iface.mainWindow())
        action.triggered.connect(calling(run))
        self._keep(action)

    def _add_line(self) -> None:
        action = QAction(self._iface.mainWindow())
        action.setSeparator(True)
        self._keep(action)

    def _keep(self, action: QAction) -> None:
        self._iface.addPluginToRasterMenu(MENU, action)
        self._actions.append(action)

    def remove(self) -> None:
        """Take everything away again."""
        self._timer.stop()
        self._withdraw()
        for action in self._actions:
            self._iface.removePluginRasterMenu(MENU, action)
            if action not in (self.launcher.action, self._swipe.action):
                action.deleteLater()
        self._actions.clear()
        self._show_cube.remove()
        self.launcher.remove()
        self._swipe.remove()
        if self._spectra is not None:
            self._spectra.remove()
            self._spectra = None
        TRAINING.followed = False
        TRAINING.epoch.disconnect(self._follow_training)
        TRAINING.mapped.disconnect(self._offer_next)
        if self._curve is not None:
            self._curve.remove()
            self._curve = None

    def _show_curve(self) -> Any:
        if self._curve is None:
            # Not at the top: it draws with matplotlib.
            from miaf_qgis.desktop.training_curve import CurveDock

            self._curve = CurveDock(self._iface)
            self._curve.closed.connect(partial(self._want_curve, False))
        self._curve.setUserVisible(True)
        self._want_curve(True)
        return self._curve

    def _want_curve(self, wanted: bool) -> None:
        TRAINING.followed = curve_wanted(wanted)

    def _follow_training(self, epoch: Any) -> None:
        """Show the curve of the first training, unless the user has closed it."""
        if self._curve is None and curve_wanted():
            self._show_curve().follow(epoch)

    def _offer_next(self, request: Any, figures: Any) -> None:
        from miaf_qgis.desktop.run_end import RunEnd

        end = RunEnd(self._iface, self._open, self._swipe.swipe_file)
        # Once QGIS has said that its task is complete, which would lie over it.
        QTimer.singleShot(0, partial(end.show, request, figures))

    def _show_spectra(self) -> None:
        if self._spectra is None:
            # Not at the top: it reads with numpy and draws with matplotlib.
            from miaf_qgis.spectra.dock import SpectraDock

            self._spectra = SpectraDock(self._iface)
        from miaf_qgis.desktop.algorithm_dialogs import suggested

        algorithm = self._provider.algorithm("trainandclassify")
        project = QgsProject.instance()
        start = suggested(algorithm, self._iface.activeLayer())
        self._spectra.show_with(
            project.mapLayer(start.get("CUBE", "")),
            project.mapLayer(start.get("ROIS", "")),
        )

    def _open(self, name: str, values: dict[str, Any] | None = None) -> None:
        from miaf_qgis.desktop.algorithm_dialogs import open_dialog, suggested

        if name != SETUP:
            self.offer_engine()
        algorithm = self._provider.algorithm(name)
        start = suggested(algorithm, self._iface.activeLayer())
        self._show_cube.offer(QgsProject.instance().mapLayer(start.get("CUBE", "")))
        open_dialog(algorithm.id(), {**start, **values} if values else None)

    def offer_engine(self) -> None:
        """Offer to set up the engine, once a session, where there is none."""
        from miaf_qgis.engine.environment import find_engine

        window = self._iface.mainWindow()
        if window.property(_OFFERED) or find_engine(ask=False).usable:
            return
        window.setProperty(_OFFERED, True)
        self._offer = offer(
            self._iface,
            "",
            tr("MIAF-Net needs its engine: 1.5 GB or more, a few minutes."),
            [
                (
                    self._provider.algorithm(SETUP).displayName() + "…",
                    lambda: self._open(SETUP),
                )
            ],
        )
        # The bar deletes what it no longer shows, and we must not touch it then.
        self._offer.destroyed.connect(self._forget_offer)

    def _withdraw(self) -> None:
        if self._offer is not None:
            self._iface.messageBar().popWidget(self._offer)
            self._offer = None

    def _forget_offer(self, *_widget: Any) -> None:
        self._offer = None


def curve_wanted(wanted: bool | None = None) -> bool:
    """Return whether a training opens its curve, after keeping what is wanted."""
    if wanted is not None:
        QgsSettings().setValue(_CURVE_WANTED, wanted)
    return QgsSettings().value(_CURVE_WANTED, True, type=bool)


def _open_help() -> None:
    QDesktopServices.openUrl(QUrl(page_url()))
