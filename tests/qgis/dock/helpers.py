"""Places on the test cube, and waiting until something is so."""

from qgis.core import QgsGeometry, QgsRectangle
from qgis.PyQt.QtTest import QTest

WEST, NORTH = 500_000.0, 4_500_000.0


def square(column, row, size=2):
    """Return a square of `size` pixels of the test cube."""
    x, y = WEST + 10 * column, NORTH - 10 * row
    return QgsGeometry.fromRect(QgsRectangle(x, y - 10 * size, x + 10 * size, y))


def until(condition, seconds=20):
    """Let QGIS live until something is true; return whether it is."""
    for _ in range(20 * seconds):
        QTest.qWait(50)
        if condition():
            return True
    return False
