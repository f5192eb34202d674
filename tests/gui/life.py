"""Runs inside the QGIS desktop: what becomes of an engine whose dialog is closed."""

import os
import sys
from pathlib import Path

ROOT, WORK = Path(os.environ["MIAF_GUI_ROOT"]), Path(os.environ["MIAF_GUI_WORK"])
sys.path.append(str(ROOT / "tests" / "gui"))

from person import (  # noqa: E402
    LEFT,
    install_zip,
    menu_entry,
    progress_of,
    shoot,
    soon,
    wait,
    when_ready,
)
from qgis.core import QgsApplication  # noqa: E402
from qgis.PyQt import sip  # noqa: E402
from qgis.PyQt.QtTest import QTest  # noqa: E402
from qgis.PyQt.QtWidgets import QApplication, QMessageBox  # noqa: E402
from qgis.utils import active_plugins  # noqa: E402


def engines():
    """Return the processes that QGIS has started and that live."""
    found = set()
    for task in Path("/proc/self/task").iterdir():
        found |= set((task / "children").read_text(encoding="ascii").split())
    return sorted(
        int(pid)
        for pid in found
        if b"miaf_engine" in Path(f"/proc/{pid}/cmdline").read_bytes()
    )


DIALOGS = []


def new_dialog():
    """Return the dialog that was opened last, None while there is none."""
    for widget in QApplication.topLevelWidgets():
        shown = widget.metaObject().className() == "AlgorithmDialog"
        if shown and widget.isVisible() and widget not in DIALOGS:
            return widget
    return None


def start(name):
    """Start a long training from the dialog of the menu; return the dialog."""
    folder = WORK / name
    folder.mkdir()
    menu_entry("Classify from training areas").trigger()
    wait(10, lambda: new_dialog() is not None)
    dialog = new_dialog()
    DIALOGS.append(dialog)
    demo = ROOT / "resources" / "demo"
    dialog.setParameters(
        {
            "CUBE": str(demo / "indian_pines.tif"),
            "ROIS": str(demo / "rois.gpkg"),
            "CLASS_FIELD": "cover",
            "EPOCHS": 5000,
            "SEED": len(name),
            "OUTPUT": str(folder / "map.tif"),
            "MODEL": str(folder / "model.miaf.safetensors"),
        }
    )
    wait(1)
    QTest.mouseClick(dialog.runButton(), LEFT)
    return dialog


def answer(button):
    """Answer the question that closing asks; return what does so."""

    def press():
        box = next(
            (w for w in QApplication.topLevelWidgets() if isinstance(w, QMessageBox)),
            None,
        )
        if box is None or not box.isVisible():
            return False
        if button == QMessageBox.StandardButton.Yes:
            shoot(box, "closing")
        QTest.mouseClick(box.button(button), LEFT)
        return True

    return press


def close(dialog, button):
    """Close a dialog with an answer; return whether it is seen and what lives then."""
    soon(answer(button), 0.2)
    dialog.close()
    wait(4)  # QGIS may show it again once the run has ended
    seen = not sip.isdeleted(dialog) and dialog.isVisible()
    return seen, len(engines())


def started(name):
    """Start a run and wait for its engine."""
    dialog = start(name)
    wait(60, lambda: progress_of(dialog) >= 1)
    return dialog


def end_all():
    """Cancel what runs in the background; return how many engines live after it."""
    QgsApplication.taskManager().cancelAll()
    wait(4, lambda: not engines())
    return len(engines())


def main():
    """Do it all and return what was seen."""
    outcome = {}
    install_zip()
    outcome["installed"] = "miaf" in active_plugins
    buttons = QMessageBox.StandardButton
    outcome["stopped"] = close(started("stopped"), buttons.Yes)
    outcome["stopped_left"] = sorted(p.name for p in (WORK / "stopped").iterdir())
    dialog = started("background")
    outcome["stayed"] = close(dialog, buttons.Cancel)
    outcome["background"] = close(dialog, buttons.No)
    outcome["background_ended"] = end_all()
    return outcome


when_ready(main)
