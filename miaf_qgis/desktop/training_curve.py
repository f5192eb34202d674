"""Loss and validation accuracy of a training while it runs, and a coarse map."""

from __future__ import annotations

from typing import Any

from qgis.gui import QgsDockWidget
from qgis.PyQt.QtCore import QRect, Qt, QTimer
from qgis.PyQt.QtGui import QImage, QPainter, QPaintEvent
from qgis.PyQt.QtWidgets import QLabel, QVBoxLayout, QWidget

from miaf_qgis.desktop.figure import FigureWidget, in_colour
from miaf_qgis.engine.training_signals import TRAINING, Epoch
from miaf_qgis.translation import tr

_LOSS, _ACCURACY = "#0072b2", "#d55e00"  # distinguishable with colour blindness
_EVERY_MS = 500
_LEAST_MAP = 140  # pixels high
_TASK = "train"


class TrainingCurve(QWidget):
    """Follows the training that began last of those that run.

    A plain widget for any dock.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._running: dict[str, list[Epoch]] = {}
        self._shown: str | None = None
        self._plot = _CurvePlot()
        self._map = _CoarseMap()
        self._words = QLabel(tr("No training is running."))
        self._words.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.addWidget(self._plot, 1)
        layout.addWidget(self._map, 1)
        layout.addWidget(self._words)
        # A graphics card may end a hundred epochs a second.
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_EVERY_MS)
        self._soon.timeout.connect(self._show)
        TRAINING.begun.connect(self._begin)
        TRAINING.epoch.connect(self.add)
        TRAINING.previewed.connect(self._preview)
        TRAINING.ended.connect(self._end)

    def _begin(self, run: str, task: str) -> None:
        if task == _TASK:
            self._running[run] = []
            self._turn_to(run)

    def _turn_to(self, run: str) -> None:
        self._soon.stop()
        self._shown = run
        self._plot.epochs = self._running[run]
        self._map.show_picture(b"")
        self._words.setText(tr("Before the first epoch the cube is read."))
        self._show()

    def add(self, epoch: Epoch) -> None:
        """Take in an epoch."""
        known = self._running.setdefault(epoch.run, [])
        if known and (
            known[-1].stage != epoch.stage or known[-1].number > epoch.number
        ):
            known.clear()
        known.append(epoch)
        if self._shown not in self._running:
            self._turn_to(epoch.run)
        elif epoch.run == self._shown and not self._soon.isActive():
            self._soon.start()

    def _preview(self, run: str, content: bytes) -> None:
        if run == self._shown:
            self._map.show_picture(content)

    def _show(self) -> None:
        self._plot.draw()
        if self._plot.epochs:
            self._words.setText(in_words(self._plot.epochs))

    def _end(self, run: str, words: str) -> None:
        if self._running.pop(run, None) is None or run != self._shown:
            return
        if self._running:
            self._turn_to(list(self._running)[-1])
            return
        self._soon.stop()
        self._map.show_picture(b"")
        if not self._plot.epochs:
            self._words.setText(tr("No training is running."))
        self._show()
        if words:
            self._words.setText(words)


class _CoarseMap(QWidget):
    """What the training would map now; nothing between trainings."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("coarse_map")
        self._image = QImage()
        self.setMinimumHeight(_LEAST_MAP)
        self.setToolTip(tr("A coarse map by the training as it is now"))
        self.hide()

    def show_picture(self, content: bytes) -> None:
        """Show a picture, given as the content of its file; nothing hides it."""
        self._image = QImage.fromData(content)
        self.setVisible(not self._image.isNull())
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        size = self._image.size().scaled(
            self.size(), Qt.AspectRatioMode.KeepAspectRatio
        )
        place = QRect(self.rect().topLeft(), size)
        place.moveCenter(self.rect().center())
        QPainter(self).drawImage(place, self._image)


class _CurvePlot(FigureWidget):
    """The curves of one training.

    Attributes:
        epochs: What is known of its epochs, in order.
    """

    def __init__(self) -> None:
        self.epochs: list[Epoch] = []
        super().__init__(
            tr(
                "The plot needs the Python package matplotlib, which this QGIS does "
                "not have."
            )
        )

    def draw_on(self, figure: Any, colour: str) -> None:
        axes = figure.add_subplot()
        numbers = [epoch.number for epoch in self.epochs]
        axes.plot(numbers, [epoch.loss for epoch in self.epochs], color=_LOSS)
        axes.set_xlabel(tr("Epoch"))
        axes.set_ylabel(tr("Loss"))
        in_colour(axes, colour)
        axes.yaxis.label.set_color(_LOSS)
        if self.epochs:
            axes.set_xlim(0, self.epochs[-1].count)
            axes.set_ylim(bottom=0)
        checked = [epoch for epoch in self.epochs if epoch.accuracy is not None]
        if checked:
            right = axes.twinx()
            right.plot(
                [epoch.number for epoch in checked],
                [100.0 * (epoch.accuracy or 0.0) for epoch in checked],
                "o-", color=_ACCURACY, markersize=3,
            )  # fmt: skip
            right.set_ylim(0, 100)
            right.set_ylabel(tr("Validation accuracy (%)"))
            in_colour(right, colour)
            right.spines["left"].set_visible(False)
            right.spines["right"].set_visible(True)
            right.yaxis.label.set_color(_ACCURACY)


class CurveDock(QgsDockWidget):
    """The widget as a dock of its own.

    Args:
        iface: QGIS's interface.
    """

    def __init__(self, iface: Any) -> None:
        super().__init__(tr("Training curve"), iface.mainWindow())
        self.setObjectName("MiafTrainingCurve")  # QGIS keeps its place by this name.
        self._iface = iface
        self._curve = TrainingCurve(self)
        self.setWidget(self._curve)
        iface.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, self)

    def follow(self, epoch: Epoch) -> None:
        """Take in an epoch that was over before the dock was there."""
        self._curve.add(epoch)

    def remove(self) -> None:
        """Take the dock away for good."""
        self._iface.removeDockWidget(self)
        self.deleteLater()


def in_words(epochs: list[Epoch]) -> str:
    """Return where a training stands."""
    last = epochs[-1]
    text = tr("Epoch {n} of {count}, loss {loss}.").format(
        n=last.number, count=last.count, loss=f"{last.loss:.3f}"
    )
    if last.stage:
        text = f"{last.stage}: {text}"
    known = [epoch.accuracy for epoch in epochs if epoch.accuracy is not None]
    if known:
        accuracy = tr("Validation accuracy {value}, best {best}.")
        text += " " + accuracy.format(
            value=f"{known[-1]:.1%}", best=f"{max(known):.1%}"
        )
    return text
