"""Runs inside the QGIS desktop: what the plugin looks like, in light and dark.

Shows Toolbox, dialog, panel with a spectrum, training curve and result, in the language
of `MIAF_GUI_LANGUAGE`. Writes which texts are cut off, or English in another language,
to `outcome.json`; `check_looks.py` judges it. What else is wrong a person sees in the
pictures.
"""

import os
import sys
from pathlib import Path

ROOT, WORK = Path(os.environ["MIAF_GUI_ROOT"]), Path(os.environ["MIAF_GUI_WORK"])
sys.path.append(str(ROOT / "tests" / "gui"))

from person import (  # noqa: E402
    click_map,
    install_zip,
    menu_entry,
    open_dialog,
    run_and,
    shoot,
    shoot_toolbox,
    show_docks,
    wait,
    when_ready,
)
from qgis.core import QgsApplication, QgsProject  # noqa: E402
from qgis.PyQt.QtWidgets import (  # noqa: E402
    QAbstractButton,
    QDockWidget,
    QGroupBox,
    QLabel,
    QWidget,
)
from qgis.utils import iface  # noqa: E402

EPOCHS = int(os.environ.get("MIAF_GUI_EPOCHS", "30"))
DARK = "Night Mapping"


def tr(text):
    """Return a text as the plugin shows it, which is there once it is installed."""
    from miaf_qgis.translation import tr as translated

    return translated(text)


def panel():
    """Return the panel."""
    return iface.mainWindow().findChild(QDockWidget, "MiafNetPanel")


def texts_of(widget):
    """Return (text, widget) of what is written in the widget and in all within."""
    found = [(each.text(), each) for each in widget.findChildren(QLabel)]
    found += [(each.text(), each) for each in widget.findChildren(QAbstractButton)]
    found += [(each.title(), each) for each in widget.findChildren(QGroupBox)]
    return [(text, each) for text, each in found if text and each.isVisible()]


def english(widget):
    """Return the texts of a widget that have a translation and do not show it."""
    return sorted({text for text, _ in texts_of(widget) if tr(text) != text})


def cut_off(widget):
    """Return the texts of a widget that have less room than they need."""
    found = set()
    for text, each in texts_of(widget):
        if isinstance(each, QLabel) and each.wordWrap():
            short = each.height() < each.heightForWidth(each.width())
        elif isinstance(each, QGroupBox):
            short = False
        else:
            short = each.width() < each.minimumSizeHint().width()
        if short:
            found.add(text)
    return sorted(found)


def look_at(widget, name, outcome):
    """Shoot a widget, and note what is wrong with its texts."""
    shoot(widget, name)
    outcome["english"] += english(widget)
    outcome["cut_off"] += cut_off(widget)


def show_dialog(theme):
    """Open the dialog with what the project suggests; return it."""
    entry = tr("Classify from training areas")
    dialog = open_dialog(entry, {"EPOCHS": EPOCHS, "SEED": 0})
    shoot(dialog, f"dialog_{theme}")
    return dialog


def train(outcome):
    """Train from the dialog; look at the curve while it runs, and at the result."""
    main, dialog = iface.mainWindow(), show_dialog("light")

    def look(ended):
        wait(120, lambda: main.findChild(QDockWidget, "MiafTrainingCurve") is not None)
        curve = main.findChild(QDockWidget, "MiafTrainingCurve")
        coarse_map = curve.findChild(QWidget, "coarse_map")
        wait(300, lambda: coarse_map.isVisible() or bool(ended))
        wait(1)
        look_at(curve, "curve_light", outcome)
        shoot(dialog, "log_running")

    outcome["run_ok"], _ = run_and(dialog, look, 600)
    wait(3)
    shoot(dialog, "log")
    dialog.close()
    wait(1)
    shoot(main, "result")


def show_spectrum(cube, outcome):
    """Use the demo's areas in the panel, and show the spectrum of a pixel."""
    show_docks("Layers", "MiafNetPanel")
    rois = next(
        layer
        for layer in QgsProject.instance().mapLayers().values()
        if layer.source().split("|")[0].endswith("rois.gpkg")
    )
    panel().areas.use(rois)
    panel().spectrum.setCollapsed(False)
    wait(4)
    panel().spectrum._spectra.pick()
    middle = cube.extent().center()
    click_map([(middle.x(), middle.y())])
    wait(2)
    panel().resize(420, panel().height())
    wait(1)
    look_at(panel(), "panel_spectrum", outcome)
    panel().spectrum.setCollapsed(True)
    wait(1)
    look_at(panel(), "panel", outcome)


def main():
    """Look at it all and return what was seen."""
    outcome = {"english": [], "cut_off": []}
    install_zip()
    shoot(iface.mainWindow(), "installed")
    menu_entry(tr("Open the demo scene")).trigger()
    wait(15, lambda: len(QgsProject.instance().mapLayers()) == 3)
    layers = QgsProject.instance().mapLayers().values()
    cube = next(layer for layer in layers if layer.source().endswith(".tif"))
    wait(3)
    shoot_toolbox("toolbox_light", "Layers", height=640)
    menu_entry(tr("MIAF-Net panel")).trigger()
    wait(2)
    look_at(panel(), "panel_empty", outcome)
    train(outcome)
    show_spectrum(cube, outcome)
    iface.mainWindow().resize(1000, 700)
    wait(1)
    shoot(iface.mainWindow(), "small")
    iface.mainWindow().resize(1400, 880)
    QgsApplication.setUITheme(DARK)
    wait(2)
    panel().spectrum.setCollapsed(False)
    wait(2)
    shoot(iface.mainWindow(), "dark")
    curve = iface.mainWindow().findChild(QDockWidget, "MiafTrainingCurve")
    curve.setVisible(True)
    wait(1)
    shoot(curve, "curve_dark")
    show_dialog("dark").close()
    shoot_toolbox("toolbox_dark", "Layers", height=640)
    return outcome


when_ready(main)
