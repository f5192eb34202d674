"""Places on the test cube, files that refuse changes, and waiting for something."""

import sqlite3
from contextlib import closing, contextmanager

from qgis.core import QgsGeometry, QgsRectangle
from qgis.PyQt.QtTest import QTest

WEST, NORTH = 500_000.0, 4_500_000.0


def square(column, row, size=2):
    """Return a square of `size` pixels of the test cube."""
    x, y = WEST + 10 * column, NORTH - 10 * row
    return QgsGeometry.fromRect(QgsRectangle(x, y - 10 * size, x + 10 * size, y))


@contextmanager
def refusing(layer, *events, when="1"):
    """Let the file of a layer of areas refuse changes.

    Args:
        layer: The layer.
        events: INSERT, UPDATE or DELETE.
        when: SQL that says which rows are refused.
    """
    path, _, table = layer.source().partition("|layername=")
    with closing(sqlite3.connect(path)) as file:
        for event in events:
            file.execute(
                f"CREATE TRIGGER refuse_{event} BEFORE {event} ON {table} "
                f"WHEN {when} BEGIN SELECT RAISE(ABORT, 'the disk is full'); END"
            )
        file.commit()
        yield
        for event in events:
            file.execute(f"DROP TRIGGER refuse_{event}")
        file.commit()


def until(condition, seconds=20):
    """Let QGIS live until something is true; return whether it is."""
    for _ in range(20 * seconds):
        QTest.qWait(50)
        if condition():
            return True
    return False
