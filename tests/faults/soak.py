"""Trains and classifies many times in one QGIS session, and watches what it takes.

    QGIS_PYTHON tests/faults/soak.py FOLDER RUNS

Runs under QGIS's Python, in a QGIS without windows; the figures go to FOLDER.
"""

import gc
import json
import os
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from qgis.core import QgsApplication  # noqa: E402
from qgis.PyQt.QtCore import QEvent  # noqa: E402

from tests.end_to_end.in_qgis import load_plugin, run  # noqa: E402

# The first runs load what QGIS keeps: drivers, coordinate systems, Python modules.
WARM_UP = 4


def memory_mb():
    """Return the resident memory of this process."""
    pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[1]
    return int(pages) * os.sysconf("SC_PAGE_SIZE") / 2**20


def handles():
    """Return what this process has open."""
    found = []
    for link in Path("/proc/self/fd").iterdir():
        try:
            found.append(str(link.readlink()))
        except OSError:
            continue  # The one that the folder is read with.
    return sorted(found)


def temporary(folder):
    """Return the temporary files of QGIS, of the engine and beside the results."""
    names = [p for p in (folder / "temporary").rglob("*") if p.is_file()]
    return names + list((folder / "results").glob(".miaf-*"))


def children():
    """Return the processes that this one has started and that live."""
    task = Path(f"/proc/self/task/{os.getpid()}/children")
    return task.read_text(encoding="ascii").split()


def settle(application):
    """Do what QGIS's event loop does between runs, which a script has not."""
    application.processEvents()
    application.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    application.processEvents()


def measure(folder):
    """Return memory, handles, temporary files and children now."""
    return [
        round(memory_mb(), 1),
        len(handles()),
        len(temporary(folder)),
        len(children()),
    ]


def main():
    """Alternate; write the figures."""
    folder, runs = Path(sys.argv[1]), int(sys.argv[2])
    application = QgsApplication([], False)
    application.initQgis()
    sys.path.append(str(Path(QgsApplication.pkgDataPath()) / "python" / "plugins"))
    from processing.core.Processing import Processing

    Processing.initialize()
    plugin = load_plugin()
    given = json.loads((folder / "given.json").read_text(encoding="utf-8"))
    results, begun = folder / "results", time.monotonic()
    measured = []
    for number in range(runs + WARM_UP):
        if number % 2:
            algorithm = "miaf:classify"
            parameters = {key: given[key] for key in ("CUBE", "DEVICE")}
        else:
            algorithm, parameters = "miaf:trainandclassify", dict(given)
        model = str(results / "model.miaf.safetensors")
        parameters |= {"MODEL": model, "OUTPUT": str(results / f"map{number % 2}.tif")}
        answer = run(algorithm, parameters)
        if "results" not in answer:
            raise RuntimeError(answer["error"])
        settle(application)
        if number >= WARM_UP - 1:
            measured.append(measure(folder))
        print(number, algorithm, measured[-1:], flush=True)
    first, last = measured[0], measured[-1]
    gc.collect()
    collected = measure(folder)[0]
    figures = {
        "title": "Soak",
        "text": f"`make soak`: {runs} runs, training and classification in turn, in "
        f"one QGIS session, after {WARM_UP} runs that are not counted. Python's "
        "garbage collector runs when it wants to.",
        "columns": "what | before, after",
        "rows": [
            (
                "memory of QGIS (MB)",
                f"{first[0]}, {last[0]} ({last[0] - first[0]:+.1f})",
            ),
            ("memory after a garbage collection (MB)", collected),
            ("largest of all runs (MB)", max(entry[0] for entry in measured)),
            ("open files of QGIS", f"{first[1]}, {last[1]}"),
            ("temporary files", f"{first[2]}, {last[2]}"),
            ("engines that live", f"{first[3]}, {last[3]}"),
            ("seconds", round(time.monotonic() - begun)),
        ],
        "open": handles(),
        "growth_mb": last[0] - first[0],
        "left": [last[i] - first[i] for i in (1, 2, 3)],
    }
    (folder / "soak.json").write_text(json.dumps(figures), encoding="utf-8")
    plugin.unload()
    application.exitQgis()


if __name__ == "__main__":
    main()
