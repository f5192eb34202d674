"""A map with known errors, the areas that find them, and a call that scores it."""

from __future__ import annotations

import numpy as np

from miaf_engine.classes import ClassEntry, ClassTable
from miaf_engine.io.raster_writer import class_map_writer
from miaf_engine.requests.assess import AssessRequest
from miaf_engine.tasks import carry_out
from tests import tiny
from tests.scenes import Recorder

NAMES = ("Wheat", "Forest", "Road")
TABLE = ClassTable(
    tuple(
        ClassEntry(value, name, f"#00000{value % 9}")
        for value, name in zip((4, 7, 300), NAMES, strict=True)
    )
)


def write_map(path, change, table=TABLE):
    """Write a map that is right but for what `change` does to its values."""
    values = np.array([0, 4, 7, 300])[tiny.truth()]
    change(values)
    with class_map_writer(path, tiny.grid(), table) as writer:
        writer.write(tiny.grid().window, values)
    return str(path)


def wrong_column(values):
    """Make the second column Forest, and leave a corner unclassified."""
    values[:, 1] = 7
    values[0, 0] = 0


def given(folder):
    """Write map and reference areas, and return a request for them."""
    rois = tiny.write_rois(folder / "reference.gpkg")
    return {
        "classification": write_map(folder / "map.tif", wrong_column),
        "reference": str(rois),
        "class_field": "cover",
    }


def assess(values, progress=None, **more):
    """Carry out an assessment."""
    request = AssessRequest.from_json(values | more)
    return carry_out(request, progress or Recorder())
