"""The panel on a map: what it says of pixels and areas, and what it draws."""

import numpy as np
import pytest
from qgis.core import QgsApplication, QgsPointXY, QgsProject
from qgis.gui import QgsMapCanvas
from qgis.PyQt.QtCore import QEventLoop, QTimer
from qgis.PyQt.QtWidgets import QApplication, QLabel

from miaf_engine.cubes.bands import BandTable
from miaf_qgis.spectra import panel as panel_module
from miaf_qgis.spectra import plot as plot_module
from miaf_qgis.spectra.cube_file import CubeFile
from miaf_qgis.spectra.panel import SpectraPanel
from miaf_qgis.spectra.plot import Curve, SpectraPlot
from tests.qgis.spectra.test_spectra import (
    drawn,  # noqa: F401 - a fixture
    square,
    values,  # noqa: F401 - a fixture
    write,
)


def wait(until, seconds=20):
    """Let Qt work until something is true."""
    for _ in range(seconds * 50):
        if until():
            return True
        loop = QEventLoop()
        QTimer.singleShot(20, loop.quit)
        loop.exec()
    return False


@pytest.fixture
def layer(tmp_path, values, context):  # noqa: F811
    values[:, 0, 0] = -1
    values[3, 3, 7] = -1
    layer = write(tmp_path / "cube.tif", values, nodata=-1)
    QgsProject.instance().addMapLayer(layer)
    return layer


@pytest.fixture
def panel(qgis, layer, drawn):  # noqa: F811
    if not isinstance(QApplication.instance(), QApplication):
        pytest.skip("no QApplication")
    QgsProject.instance().addMapLayer(drawn)
    canvas = QgsMapCanvas()
    canvas.setDestinationCrs(layer.crs())
    panel = SpectraPanel(canvas)
    panel.set_cube(layer)
    panel.set_areas(drawn)
    assert wait(lambda: len(panel._watch.classes) == 2)
    yield panel
    panel.stop()


def click(panel, column, row):
    centre = square(column, row, 1).centroid().asPoint()
    panel.tool.clicked.emit(centre)
    return panel._words.text()


def test_a_pixel_is_named_with_its_nearest_classes(panel):
    text = click(panel, 33, 20)
    assert text.startswith(
        "Column 34, row 21: nearest classes by spectral angle: Right"
    )
    assert "Left" in text
    assert panel._clicked is not None


@pytest.mark.parametrize(
    ("place", "wanted"),
    [((0, 0), "no data"), ((60, 5), "outside"), ((7, 3), "no data in 1 of 12 bands")],
)
def test_what_is_missing_is_said_in_words(panel, place, wanted):
    assert wanted in click(panel, *place)


def test_a_pixel_of_one_value_is_no_spectrum(panel, monkeypatch):
    monkeypatch.setattr(
        "miaf_qgis.spectra.cube_file.CubeFile.spectrum",
        lambda *_: np.zeros(12, "f4"),
    )
    assert "all bands have the value 0" in click(panel, 5, 5)


def test_the_mouse_is_followed_until_it_takes_too_long(panel, monkeypatch):
    place = square(33, 20, 1).centroid().asPoint()
    panel.tool.hovered.emit(place)
    assert wait(lambda: panel._hovered is not None)
    assert "Right" in panel._words.text()
    monkeypatch.setattr("miaf_qgis.spectra.panel._SLOW_SECONDS", -1)
    for column in (34, 35):
        panel._hover_at = square(column, 20, 1).centroid().asPoint()
        panel._show_hovered()
    assert "too slowly" in panel._words.text()
    panel._hover(place)
    assert not panel._hover_timer.isActive()


def test_a_pixel_under_the_mouse_is_read_and_compared_once(panel, monkeypatch):
    read, compared = [], []
    spectrum, nearest = CubeFile.spectrum, panel_module.nearest_classes

    def counted_spectrum(cube, *pixel):
        read.append(pixel)
        return spectrum(cube, *pixel)

    def counted_nearest(*given):
        compared.append(given)
        return nearest(*given)

    monkeypatch.setattr(CubeFile, "spectrum", counted_spectrum)
    monkeypatch.setattr(panel_module, "nearest_classes", counted_nearest)
    here = square(33, 20, 1).centroid().asPoint()
    for x in (0, 1, -1):  # All within one pixel.
        panel._hover_at = QgsPointXY(here.x() + x, here.y())
        panel._show_hovered()
    assert read == [(20, 33)] and len(compared) == 1
    panel._hover_at = square(34, 20, 1).centroid().asPoint()
    panel._show_hovered()
    assert read == [(20, 33), (20, 34)] and len(compared) == 2
    click(panel, 34, 20)
    panel._show_hovered()
    assert panel._hovered is not None


def test_an_area_is_judged_while_it_is_drawn(panel, drawn):  # noqa: F811
    from qgis.core import QgsFeature

    assert not panel._watch.unlike
    drawn.startEditing()
    for name, column, row in (("Left", 2, 20), ("Left", 30, 30)):
        feature = QgsFeature(drawn.fields())
        feature.setAttributes([name])
        feature.setGeometry(square(column, row, 4))
        assert drawn.addFeature(feature)
    assert wait(lambda: bool(panel._watch.unlike))
    assert [item.other for item in panel._watch.unlike] == ["Right"]
    assert "(Left) looks like Right" in panel._unlike.text()
    drawn.rollBack()
    assert wait(lambda: not panel._watch.unlike)


def test_without_areas_the_spectrum_is_shown_alone(panel):
    panel.set_areas(None)
    assert wait(lambda: not panel._watch.classes)
    assert click(panel, 5, 5) == "Column 6, row 6."


def test_a_layer_that_is_removed_is_let_go(panel, drawn, layer):  # noqa: F811
    QgsProject.instance().removeMapLayer(drawn.id())
    assert wait(lambda: not panel._watch.classes)
    QgsProject.instance().removeMapLayer(layer.id())
    assert "Choose a hyperspectral cube" in click(panel, 5, 5)


def table(good=(True,) * 6, nm=(400.0, 410.0, 420.0, 500.0, 510.0, 520.0)):
    return BandTable(tuple(f"b{n}" for n in range(6)), nm, None, tuple(good))


def test_lines_are_interrupted_where_bands_are_missing():
    assert plot_module._breaks(np.array([400.0, 410, 420, 500, 510, 520])).tolist() == [
        3
    ]
    # Two detectors of different spacing are one line.
    steps = np.concatenate([np.arange(400, 1000, 2.0), np.arange(1004, 2000, 6.0)])
    assert plot_module._breaks(steps).tolist() == []


def test_bad_bands_are_marked_on_the_axis():
    places, good = np.arange(400.0, 460, 10), np.array([1, 0, 0, 1, 1, 0], bool)
    assert plot_module._bad_spans(places, good) == [(405.0, 425.0), (445.0, 450.0)]


@pytest.mark.parametrize("nm", [None, (520.0, 510.0, 500.0, 420.0, 410.0, 400.0)])
def test_curves_are_drawn_in_order_of_wavelength(qgis, nm):
    plot = SpectraPlot()
    if plot._canvas is None:
        pytest.skip("no matplotlib")
    good = (True, True, False, True, True, True)
    curve = Curve("Class", "#ff0000", np.arange(6.0), np.ones(6))
    plot.show_curves(table(good, nm), [curve])
    (axes,) = plot._canvas.figure.axes
    (line,) = axes.lines
    x, y = line.get_data()
    there = np.isfinite(x)
    assert (np.diff(x[there]) > 0).all()
    assert np.isnan(y[there][2 if nm is None else 3])  # the bad band
    assert axes.get_xlabel() == ("Band" if nm is None else "Wavelength (nm)")
    assert [text.get_text() for text in axes.get_legend().texts] == ["Class"]
    assert len(axes.patches) == 1  # the grey of the bad band


def test_the_legend_leaves_room_for_the_plot_and_sets_no_formula(qgis):
    plot = SpectraPlot()
    if plot._canvas is None:
        pytest.skip("no matplotlib")
    names = ["Winter wheat of the northern plots, sown late", r"5 $\x$"]
    plot.show_curves(table(), [Curve(name, "", np.arange(6.0)) for name in names])
    plot._canvas.draw()
    (axes,) = plot._canvas.figure.axes
    first, second = (text.get_text() for text in axes.get_legend().texts)
    assert first == "Winter wheat of the nor…"
    assert second == r"5 \$\x\$"


def test_without_matplotlib_a_text_stands_in(qgis, monkeypatch):
    monkeypatch.setattr("miaf_qgis.desktop.figure.new_canvas", lambda: None)
    plot = SpectraPlot()
    plot.show_curves(table(), [Curve("Class", "", np.arange(6.0))])
    (label,) = plot.findChildren(QLabel)
    assert "matplotlib" in label.text()


def test_the_task_manager_is_idle_afterwards(panel):
    assert wait(lambda: QgsApplication.taskManager().countActiveTasks() == 0)
