"""Installs what the engine needs, into an environment of its own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import qgis.utils
from qgis.core import (
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingOutputString,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterFile,
    QgsProcessingParameterString,
)

from miaf_qgis.algorithms.base import MiafAlgorithm
from miaf_qgis.parameters.settings import ChoiceParameter, advanced, helped, read_choice
from miaf_qgis.translation import tr

if TYPE_CHECKING:
    from miaf_qgis.engine.build import Source


class SetupEngine(MiafAlgorithm):
    """Run once, and again after an update that changes the packages."""

    _ready = False

    PYTHON = "PYTHON"
    COMPUTE = "COMPUTE"
    WHEELS = "WHEELS"
    INDEX_URL = "INDEX_URL"
    PYTHON_PATH = "PYTHON_PATH"
    DEVICE_FOUND = "DEVICE_FOUND"

    def name(self) -> str:
        return "setupengine"

    def displayName(self) -> str:
        return tr("Set up the engine")

    def shortDescription(self) -> str:
        return tr(
            "Install the Python packages of the engine, separate from those of QGIS"
        )

    def tags(self) -> list[str]:
        return tr("install,setup,torch,environment,dependencies,gpu,cuda").split(",")

    def shortHelpString(self) -> str:
        return tr(
            "Installs the packages of the engine into a separate environment in your "
            "user folder. The Python of QGIS is not changed. A network connection is "
            "needed. The installation takes a few minutes and about 1.5 GB of disk "
            "space, or several GB with an NVIDIA card. If it was cancelled or "
            "interrupted, run it again to continue.\n\n"
            "You do not need it if you choose a Python that has the packages in "
            "Settings > Options > Processing > Providers > MIAF-Net. 'Remove the "
            "engine' frees the space again."
        )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        for parameter in _parameters():
            self.addParameter(parameter)
        self.addOutput(
            QgsProcessingOutputString(self.PYTHON_PATH, tr("Python of the engine"))
        )
        self.addOutput(QgsProcessingOutputString(self.DEVICE_FOUND, tr("Device found")))

    def processAlgorithm(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> dict[str, Any]:
        # Not at the top: QGIS's start would pay for it.
        from miaf_qgis.engine.build import build_environment
        from miaf_qgis.engine.child_process import Stopped
        from miaf_qgis.engine.environment import MARKER, environment_python
        from miaf_qgis.engine.python_choice import chosen_python

        python = self.parameterAsFile(parameters, self.PYTHON, context)
        compute = read_choice(self, parameters, self.COMPUTE, context)
        source = self._source(parameters, context, compute, feedback)
        try:
            python, found = chosen_python(python)
            feedback.pushInfo(
                tr("Python {version}: {python}").format(
                    version="{}.{}".format(*found.version), python=python
                )
            )
            folder = build_environment(python, found.version, source, feedback)
            own = str(environment_python(folder))
            device = _verify(own, compute, feedback)
        except Stopped:
            return {}
        except OSError as error:
            raise QgsProcessingException(
                tr("The environment cannot be written: {reason}.").format(reason=error)
            ) from error
        (folder / MARKER).write_text(f"{device}\n", encoding="utf-8")
        self._ready = True
        feedback.pushInfo(tr("The engine is ready: {python}").format(python=own))
        return {self.PYTHON_PATH: own, self.DEVICE_FOUND: device}

    def postProcessAlgorithm(
        self, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        if self._ready and qgis.utils.iface is not None:
            from miaf_qgis.desktop.desktop import offer_demo

            offer_demo(qgis.utils.iface)
        return {}

    def _source(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        compute: str,
        feedback: QgsProcessingFeedback,
    ) -> Source:
        """Return where the packages come from and which build of torch is meant."""
        from miaf_qgis.engine.build import Source
        from miaf_qgis.engine.hardware import (
            nvidia_card,
            usual_build,
            wanted_build,
        )

        wheels = self.parameterAsFile(parameters, self.WHEELS, context)
        index = self.parameterAsString(parameters, self.INDEX_URL, context).strip()
        build = wanted_build(compute)
        card = nvidia_card()
        feedback.pushInfo(
            tr("NVIDIA card: {card}; build of torch: {build}").format(
                card=card or tr("none with a driver"), build=build
            )
        )
        # Who names a source knows what is in it.
        special = not (wheels or index) and build != usual_build()
        return Source(wheels, index, build if special else "")


def _verify(python: str, compute: str, feedback: QgsProcessingFeedback) -> str:
    from miaf_qgis.engine.environment import interrogate
    from miaf_qgis.engine.hardware import nvidia_card
    from miaf_qgis.engine.process import Job, run_engine

    feedback.setProgressText(tr("Starting the engine for the first time"))
    lacking = interrogate(python).missing
    if lacking:
        raise QgsProcessingException(
            tr("The environment lacks {names}. Run this again.").format(
                names=", ".join(lacking)
            )
        )
    figures = run_engine(python, Job("diagnostics", {}), feedback).figures
    device = str(figures.get("device_found") or "cpu")
    if compute == "cuda" and not device.startswith("cuda"):
        raise QgsProcessingException(
            tr(
                "The engine works but finds no NVIDIA card, only '{device}'. Update "
                "the driver, enter the index of a CUDA build as 'Extra package "
                "index', or run this again with 'Compute on' set to auto."
            ).format(device=device)
        )
    if compute == "auto" and device == "cpu" and nvidia_card():
        feedback.pushWarning(
            tr(
                "There is an NVIDIA card, but the engine computes on the CPU. Update "
                "the driver, or run this again with 'Compute on' set to cuda."
            )
        )
    return device


def _parameters() -> Iterator[QgsProcessingParameterDefinition]:
    file = QgsProcessingParameterFile
    yield helped(
        file(
            SetupEngine.PYTHON,
            tr("Python"),
            file.Behavior.File,
            optional=True,
            # QGIS's default, *.*, refuses a name without a dot.
            fileFilter=tr("All files") + " (*)",
        ),
        tr(
            "Python 3.10 or newer from which the environment is made. If left empty, "
            "that of QGIS is used or, if it is too old, the newest one found."
        ),
    )
    builds = ["auto", "cpu", "cuda"]
    yield helped(
        ChoiceParameter(SetupEngine.COMPUTE, tr("Compute on"), builds, "auto"),
        tr(
            "Build of torch. auto: looks for an NVIDIA card and its driver. cpu: the "
            "smaller build. cuda: also checks that the engine finds a card."
        ),
    )
    title, kind = tr("Folder of wheels"), file.Behavior.Folder
    yield helped(
        advanced(file(SetupEngine.WHEELS, title, kind, optional=True)),
        tr("Folder with wheel files, to install without a network connection."),
    )
    title = tr("Extra package index")
    index = QgsProcessingParameterString(SetupEngine.INDEX_URL, title, "", False, True)
    yield helped(
        advanced(index),
        tr(
            "URL of the package index for another build of torch, for example for a "
            "certain CUDA version. The installation page of PyTorch lists them."
        ),
    )
