"""A figure of matplotlib as a widget, in the colours of QGIS's theme."""

from __future__ import annotations

from typing import Any

from qgis.PyQt.QtCore import QEvent, Qt, QTimer
from qgis.PyQt.QtGui import QPalette, QResizeEvent
from qgis.PyQt.QtWidgets import QLabel, QVBoxLayout, QWidget

_LEAST_HEIGHT = 140


class FigureWidget(QWidget):
    """Draws itself again where theme or size change; a text without matplotlib.

    Args:
        without: What is shown where matplotlib is missing.
        parent: Parent of the widget.
    """

    def __init__(self, without: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        self._canvas = new_canvas()
        if self._canvas is None:
            label = QLabel(without)
            label.setWordWrap(True)
            layout.addWidget(label)
            return
        self._canvas.setMinimumHeight(_LEAST_HEIGHT)
        # What is behind it shows through: some themes name its colour nowhere.
        self._canvas.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent, False)
        self._canvas.setStyleSheet("background: transparent")
        layout.addWidget(self._canvas)

    def draw_on(self, figure: Any, colour: str) -> None:
        """Fill an empty figure; `colour` is that of the theme's text."""
        raise NotImplementedError

    def draw(self) -> None:
        """Draw what there is now."""
        if self._canvas is None:
            return
        figure = self._canvas.figure
        figure.clear()
        figure.set_facecolor("none")
        self.draw_on(figure, text_colour(self))
        self._canvas.draw_idle()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.draw()  # Whether the legend has room depends on it.

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange):
            # The widgets have the colours of a new theme only when all have seen it.
            QTimer.singleShot(0, self.draw)
        super().changeEvent(event)


def new_canvas() -> Any:
    """Return an empty figure as a widget, None without matplotlib."""
    try:
        from matplotlib.figure import Figure

        backend: Any
        try:
            from matplotlib.backends import backend_qtagg as backend
        except ImportError:  # Before matplotlib 3.5
            from matplotlib.backends import backend_qt5agg as backend
    except ImportError:
        return None
    return backend.FigureCanvasQTAgg(Figure(constrained_layout=True))


def text_colour(widget: QWidget) -> str:
    """Return the colour of text in a widget, as "#rrggbb"."""
    # A theme written as a stylesheet gives its colour to labels, not to plain widgets.
    label = QLabel(widget)
    label.ensurePolished()
    colour = label.palette().color(QPalette.ColorRole.WindowText).name()
    label.deleteLater()
    return str(colour)


def in_colour(axes: Any, colour: str) -> None:
    """Give axes a colour, and lines on the left and below alone."""
    axes.set_facecolor("none")
    axes.tick_params(colors=colour, labelsize="small")
    axes.xaxis.label.set_color(colour)
    axes.yaxis.label.set_color(colour)
    for name, spine in axes.spines.items():
        spine.set_color(colour)
        spine.set_visible(name in ("left", "bottom"))
