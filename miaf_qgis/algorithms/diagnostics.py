"""What QGIS, the engine and the machine are, to be pasted into a bug report."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from qgis.core import (
    Qgis,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingParameterFileDestination,
)
from qgis.PyQt.QtCore import QT_VERSION_STR

from miaf_engine import __version__
from miaf_qgis.algorithms.base import MiafAlgorithm
from miaf_qgis.layers.rasters import checked_target
from miaf_qgis.parameters.settings import helped
from miaf_qgis.settings import (
    device_setting,
    log_folder_setting,
    memory_setting,
    thread_environment,
)
from miaf_qgis.translation import tr


class Diagnostics(MiafAlgorithm):
    """Works without an engine too: that is when it is needed most."""

    REPORT = "REPORT"

    def name(self) -> str:
        return "diagnostics"

    def displayName(self) -> str:
        return tr("Report engine and hardware")

    def shortDescription(self) -> str:
        return tr("List versions, packages and devices for a bug report")

    def tags(self) -> list[str]:
        return tr("diagnostics,version,gpu,cuda,support,bug").split(",")

    def shortHelpString(self) -> str:
        return tr(
            "Lists the versions of QGIS, Python and the engine's packages, the Python "
            "that runs the engine, and the devices it finds. Add the text to a bug "
            "report. Your home folder is shown as ~ and your user name as USER."
        )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        self.addParameter(
            helped(
                QgsProcessingParameterFileDestination(
                    self.REPORT,
                    tr("Report"),
                    tr("HTML files") + " (*.html)",
                    optional=True,
                ),
                tr("The text shown in the log, to copy into a bug report."),
            )
        )

    def processAlgorithm(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> dict[str, Any]:
        from miaf_qgis.engine.child_process import Stopped
        from miaf_qgis.engine.privacy import without_private_paths

        target = checked_target(
            self.parameterAsFileOutput(parameters, self.REPORT, context)
        )
        try:
            text = "\n".join([*_qgis_lines(), *_engine_lines(feedback)])
        except Stopped:
            return {}
        text = without_private_paths(text)
        feedback.pushInfo(text)
        if target:
            from html import escape

            page = (
                '<!DOCTYPE html><meta charset="utf-8"><title>MIAF-Net</title>'
                f"<pre>{escape(text)}</pre>\n"
            )
            Path(target).write_text(page, encoding="utf-8")
        return {self.REPORT: target}


def _qgis_lines() -> list[str]:
    import platform

    from miaf_qgis.engine.hardware import in_flatpak, nvidia_card

    return [
        f"MIAF-Net plugin {__version__}",
        f"QGIS {Qgis.version()}, Qt {QT_VERSION_STR}",
        f"Python of QGIS {platform.python_version()}",
        f"System {platform.platform()}, {platform.machine()}",
        f"QGIS's executable {sys.executable}"
        + (", in a Flatpak" if in_flatpak() else ""),
        f"NVIDIA card seen by the plugin: {nvidia_card() or 'none'}",
        _options_line(),
    ]


def _options_line() -> str:
    threads = next(iter(thread_environment().values()), "the engine's choice")
    memory = f"{memory_setting()} MiB" if memory_setting() else "the engine's choice"
    logs = "a folder of the user's" if log_folder_setting() else "the usual folder"
    return (
        f"Options: device {device_setting()}, threads {threads}, memory {memory}, "
        f"logs in {logs}"
    )


def _engine_lines(feedback: QgsProcessingFeedback) -> list[str]:
    from miaf_qgis.engine.environment import data_folder, find_engine
    from miaf_qgis.engine.process import Job, run_engine

    engine = find_engine()
    lines = [f"Logs and environments {data_folder()}"]
    if not engine.usable:
        return [*lines, f"Engine: none. {engine.problem}"]
    lines.append(f"Engine {engine.python} ({engine.origin})")
    try:
        figures = run_engine(engine.python, Job("diagnostics", {}), feedback).figures
    except QgsProcessingException as error:
        return [*lines, f"The engine does not run: {error}"]
    return [*lines, str(figures.get("text", ""))]
