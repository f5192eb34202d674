"""The Python that the engine's environment is made with."""

from __future__ import annotations

from pathlib import Path

from qgis.core import QgsProcessingException

from miaf_qgis.engine.child_process import ProgramError
from miaf_qgis.engine.environment import (
    OLDEST_PYTHON,
    Interpreter,
    interrogate,
)
from miaf_qgis.engine.hardware import in_flatpak
from miaf_qgis.engine.pythons import other_pythons, qgis_python
from miaf_qgis.translation import tr


def chosen_python(python: str) -> tuple[str, Interpreter]:
    """Return the Python that was named, or the first that will do, and its version.

    Raises:
        QgsProcessingException: There is none.
    """
    if python:
        return python, _interpreter(python)
    own = qgis_python()
    for candidate in [own, *other_pythons()]:
        try:
            return candidate, _interpreter(candidate)
        except QgsProcessingException:
            continue  # Too old or broken: the next one may do.
    return own, _interpreter(own)  # Says what is wrong with that of QGIS.


def _interpreter(python: str) -> Interpreter:
    if not python or not Path(python).is_file():
        sandbox = tr(" QGIS runs in a Flatpak and sees only the files shared with it.")
        raise QgsProcessingException(
            tr(
                "There is no Python '{python}'. Choose the file of a Python 3.10 or "
                "newer."
            ).format(python=python)
            + (sandbox if in_flatpak() else "")
        )
    try:
        found = interrogate(python, ())
    except (OSError, ValueError, ProgramError) as error:
        raise QgsProcessingException(
            tr("'{python}' does not work as a Python: {reason}.").format(
                python=python, reason=error
            )
        ) from error
    if found.version < OLDEST_PYTHON:
        raise QgsProcessingException(
            tr(
                "'{python}' is Python {found}, but the engine needs 3.10 or newer. "
                "Install one from python.org and choose it as 'Python'."
            ).format(python=python, found="{}.{}".format(*found.version))
        )
    return found
