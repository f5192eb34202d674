"""Two small class maps with known changes, and how they are compared."""

import numpy as np

from miaf_engine.classes import ClassEntry, ClassTable
from miaf_engine.io.raster_writer import class_map_writer
from miaf_engine.requests import CompareRequest
from miaf_engine.tasks import carry_out
from tests import scenes
from tests.scenes import Recorder

WHERE = scenes.grid(6, 8)
BEFORE = ClassTable(
    (ClassEntry(1, "Corn", "#e69f00"), ClassEntry(3, "Woods", "#009e73"))
)
AFTER = ClassTable(
    (
        ClassEntry(1, "woods ", "#112233"),
        ClassEntry(2, "Corn", "#445566"),
        ClassEntry(3, "Lake", "#0072b2"),
    )
)


def write(path, values, classes, where=WHERE):
    with class_map_writer(path, where, classes) as writer:
        writer.write(where.window, np.asarray(values))
    return str(path)


def values_before():
    values = np.ones((6, 8), int)
    values[:, 4:] = 3
    values[0, 0] = 0
    return values


def values_after():
    """Corn stays but for 3 pixels of woods, woods stay but for 2 of lake."""
    values = np.where(np.arange(8) < 4, 2, 1) * np.ones((6, 1), int)
    values[1, :3] = 1
    values[5, 6:] = 3
    values[3, 7] = 0
    return values


def write_maps(folder):
    """Write both maps; return the request's fields."""
    return {
        "before": write(folder / "vor.tif", values_before(), BEFORE),
        "after": write(folder / "nach.tif", values_after(), AFTER),
    }


def run(maps, progress=None, **more):
    request = CompareRequest.from_json({**maps, **more})
    return carry_out(request, progress or Recorder())


def made(tmp_path, *names):
    files = {"output": "Änderung.tif", "matrix": "m.csv", "report": "r.html"}
    return {name: str(tmp_path / files[name]) for name in names or files}
