"""What all tests share."""

import os


def pytest_configure():
    """Start programs as a user would.

    Workers of pytest-xdist hand their own path on to all that they start, and QGIS has
    another Python.
    """
    if "PYTEST_XDIST_WORKER" in os.environ:
        os.environ.pop("PYTHONPATH", None)
