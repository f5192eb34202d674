"""Runs inside the QGIS desktop: how a dialog, closed or cancelled, ends the engine."""

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT, WORK = Path(os.environ["MIAF_GUI_ROOT"]), Path(os.environ["MIAF_GUI_WORK"])
sys.path.append(str(ROOT / "tests" / "gui"))

from person import (  # noqa: E402
    LEFT,
    install_zip,
    log_of,
    menu_entry,
    press_cancel,
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

ENGINE, WORKER = b"miaf_engine", b"miaf_engine.process.task_worker"


def runs(pid, what=ENGINE):
    """Return whether a process lives and has this in its command line."""
    try:
        return what in Path(f"/proc/{pid}/cmdline").read_bytes()
    except (FileNotFoundError, ProcessLookupError):
        return False


def below(pid):
    """Return the processes that a process, and those it started, have started."""
    found = []
    for path in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            children = path.read_text(encoding="ascii").split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        for child in map(int, children):
            found += [child, *below(child)]
    return found


def engines(what=ENGINE):
    """Return the processes below QGIS that are the engine's."""
    return sorted(pid for pid in below(os.getpid()) if runs(pid, what))


DIALOGS = []


def new_dialog():
    """Return the dialog that was opened last, None while there is none."""
    for widget in QApplication.topLevelWidgets():
        shown = widget.metaObject().className() == "AlgorithmDialog"
        if shown and widget.isVisible() and widget not in DIALOGS:
            return widget
    return None


DEMO = ROOT / "resources" / "demo"


def start(entry, folder, parameters):
    """Start a run from a dialog of the menu, its outputs in a folder made for it.

    Returns the dialog.
    """
    folder.mkdir()
    menu_entry(entry).trigger()
    wait(10, lambda: new_dialog() is not None)
    dialog = new_dialog()
    DIALOGS.append(dialog)
    dialog.setParameters({**parameters, "OUTPUT": str(folder / "map.tif")})
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
    """Start a long training and wait for its engine."""
    folder = WORK / name
    dialog = start(
        "Classify from training areas",
        folder,
        {
            "CUBE": str(DEMO / "indian_pines.tif"),
            "ROIS": str(DEMO / "rois.gpkg"),
            "CLASS_FIELD": "cover",
            "EPOCHS": 5000,
            "SEED": len(name),
            "MODEL": str(folder / "model.miaf.safetensors"),
        },
    )
    wait(60, lambda: progress_of(dialog) >= 1)
    return dialog


def end_all():
    """Cancel what runs in the background; return how many engines live after it."""
    QgsApplication.taskManager().cancelAll()
    wait(4, lambda: not engines())
    return len(engines())


# Of many tiles, with the budget below.
MOSAIC = """
import sys
from pathlib import Path
from tests.bench.scene import write_mosaic
write_mosaic(Path(sys.argv[1]), 5)
"""


def by_engine(*words):
    """Run the engine's Python outside QGIS."""
    subprocess.run([os.environ["MIAF_ENGINE_PYTHON"], *words], cwd=ROOT, check=True)


def write_large_scene():
    """Write a scene of many tiles and a model for it; return the parameters."""
    cube, model = WORK / "mosaic.bil", WORK / "mosaic.miaf.safetensors"
    by_engine("-c", MOSAIC, cube)
    demo = ("--cube", DEMO / "indian_pines.tif", "--rois", DEMO / "rois.gpkg")
    words = ("--class-field", "cover", "--holdout", "none", "--epochs", "2")
    by_engine("-m", "miaf_engine", "train", *demo, *words, "--model", model)
    given = {"CUBE": str(cube), "MODEL": str(model)}
    return {**given, "WORKERS": 2, "MEMORY_MB": 700}


def cancelled(name, parameters, when):
    """Cancel a run of several workers in its dialog, and return what was seen.

    Args:
        name: Of the folder of its outputs.
        parameters: Of the run.
        when: Called with the dialog; whether it is time to cancel.
    """
    folder = WORK / name
    dialog = start("Classify with a model", folder, parameters)
    ended = []
    dialog.algorithmFinished.connect(lambda ok, _: ended.append(ok))
    begun = wait(120, lambda: len(engines(WORKER)) == 2 and when(dialog))
    shoot(dialog, f"cancelled_{name}")
    alive = engines()
    asked = time.monotonic()
    press_cancel(dialog)
    wait(10, lambda: bool(ended))
    seen = {
        "begun": begun,
        "processes": len(alive),
        "seconds": time.monotonic() - asked,
        "ended": ended,
        "orphans": len([pid for pid in alive if runs(pid)]),
        "left": sorted(path.name for path in folder.iterdir()),
        "log": log_of(dialog),
    }
    dialog.close()
    return seen


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
    scene = write_large_scene()
    outcome["workers_starting"] = cancelled("starting", scene, lambda _dialog: True)
    outcome["workers_at_work"] = cancelled(
        "at_work", scene, lambda dialog: progress_of(dialog) >= 5
    )
    return outcome


when_ready(main)
