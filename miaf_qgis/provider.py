"""The Processing provider: the list of algorithms."""

from __future__ import annotations

from qgis.core import QgsProcessingProvider
from qgis.PyQt.QtGui import QIcon

from miaf_engine import __version__
from miaf_qgis import PLUGIN_FOLDER
from miaf_qgis.algorithms.assess import Assess
from miaf_qgis.algorithms.classify import Classify
from miaf_qgis.algorithms.demo import Demo
from miaf_qgis.algorithms.diagnostics import Diagnostics
from miaf_qgis.algorithms.import_benchmark import ImportBenchmark
from miaf_qgis.algorithms.inspect_scene import InspectScene
from miaf_qgis.algorithms.setup_engine import SetupEngine
from miaf_qgis.algorithms.train import Train
from miaf_qgis.algorithms.train_and_classify import TrainAndClassify
from miaf_qgis.settings import GROUP, register_settings, unregister_settings

ALGORITHMS = (
    TrainAndClassify,
    Train,
    Classify,
    Assess,
    InspectScene,
    SetupEngine,
    Diagnostics,
    Demo,
    ImportBenchmark,
)


class MiafProvider(QgsProcessingProvider):
    """Algorithms of MIAF-Net; all are listed, with or without an engine."""

    def load(self) -> bool:
        register_settings(self.icon())
        return super().load()

    def unload(self) -> None:
        unregister_settings()

    def loadAlgorithms(self) -> None:
        for algorithm in ALGORITHMS:
            self.addAlgorithm(algorithm())

    def id(self) -> str:
        return "miaf"

    def name(self) -> str:
        return GROUP

    def longName(self) -> str:
        return "MIAF-Net hyperspectral classification"

    def versionInfo(self) -> str:
        return __version__

    def icon(self) -> QIcon:
        return QIcon(self.svgIconPath())

    def svgIconPath(self) -> str:
        return str(PLUGIN_FOLDER / "resources" / "icon.svg")

    def supportedOutputRasterLayerExtensions(self) -> list[str]:
        # GeoTIFF and the names that ENVI files go by; QGIS's own list lacks the latter.
        return ["tif", "dat", "bsq", "img"]

    def supportedOutputVectorLayerExtensions(self) -> list[str]:
        # The engine writes this alone: it keeps the classes' colours with the areas.
        return ["gpkg"]
