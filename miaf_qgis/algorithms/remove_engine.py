"""Removes the engine's packages again."""

from __future__ import annotations

from typing import Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingParameterBoolean,
)

from miaf_qgis.algorithms.base import MiafAlgorithm
from miaf_qgis.parameters.settings import helped
from miaf_qgis.translation import tr


class RemoveEngine(MiafAlgorithm):
    """The opposite of *Set up the engine*; maps, models and trainings stay."""

    LOGS = "LOGS"
    FREED_MB = "FREED_MB"

    def name(self) -> str:
        return "removeengine"

    def displayName(self) -> str:
        return tr("Remove the engine")

    def shortDescription(self) -> str:
        return tr("Free the disk space used by the packages of the engine")

    def tags(self) -> list[str]:
        return tr("uninstall,remove,disk space,environment,logs").split(",")

    def shortHelpString(self) -> str:
        return tr(
            "Removes the packages installed by 'Set up the engine', including those "
            "of older versions, and the log files of the runs. Your maps and models "
            "are kept, and so is a Python that you chose in the options. To use the "
            "engine again, run 'Set up the engine'."
        )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        self.addParameter(
            helped(
                QgsProcessingParameterBoolean(self.LOGS, tr("Remove the logs"), True),
                tr(
                    "Removes the log files of the runs. Other files in their folder "
                    "are kept."
                ),
            )
        )
        self.addOutput(QgsProcessingOutputNumber(self.FREED_MB, tr("Megabytes freed")))

    def processAlgorithm(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> dict[str, Any]:
        # Not at the top: QGIS's start would pay for it.
        from miaf_qgis.engine.child_process import Stopped
        from miaf_qgis.engine.removal import remove_environments, remove_logs

        try:
            freed = remove_environments(feedback)
            if self.parameterAsBoolean(parameters, self.LOGS, context):
                freed += remove_logs()
        except Stopped:
            return {}
        except OSError as error:
            raise QgsProcessingException(str(error)) from error
        megabytes = round(freed / 1e6, 1)
        feedback.pushInfo(tr("{n} MB were freed.").format(n=megabytes))
        return {self.FREED_MB: megabytes}
