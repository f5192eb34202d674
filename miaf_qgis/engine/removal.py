"""Removes what *Set up the engine* and the runs have put into the user's folders."""

from __future__ import annotations

import shutil
from pathlib import Path

from qgis.core import QgsProcessingException, QgsProcessingFeedback

from miaf_qgis.engine.child_process import Stopped
from miaf_qgis.engine.downloads import size_of
from miaf_qgis.engine.environment import data_folder
from miaf_qgis.engine.process import LOG_NAME, log_folder
from miaf_qgis.translation import tr


def remove_environments(feedback: QgsProcessingFeedback) -> float:
    """Remove all environments, of older versions and interrupted set-ups too.

    Returns:
        The bytes that were freed.

    Raises:
        QgsProcessingException: One cannot be removed; those before it are gone.
        Stopped: The user cancelled.
    """
    folder = data_folder() / "environments"
    freed = 0.0
    for environment in sorted(folder.iterdir()) if folder.is_dir() else []:
        if feedback.isCanceled():
            raise Stopped
        feedback.setProgressText(tr("Removing {folder}").format(folder=environment))
        size = size_of(environment)
        _remove(environment)
        freed += size
    return freed


def _remove(environment: Path) -> None:
    try:
        # Out of the way first: what is left of it then passes for no environment.
        gone = environment.rename(environment.with_name(f".{environment.name}-removed"))
        shutil.rmtree(gone)
    except OSError as error:
        raise QgsProcessingException(
            tr(
                "'{folder}' cannot be removed: {reason}. Wait until all runs of the "
                "engine have ended, and try again."
            ).format(folder=environment, reason=error)
        ) from error


def remove_logs() -> float:
    """Remove the log files of the runs, and nothing beside them; return their bytes.

    The folder may be one that the user chose and keeps other files in.
    """
    freed = 0.0
    folder = log_folder()
    for log in folder.glob("*.log") if folder.is_dir() else ():
        if LOG_NAME.fullmatch(log.name):
            freed += log.stat().st_size
            log.unlink()
    return freed
