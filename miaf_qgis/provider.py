"""The Processing provider: the list of algorithms."""

from __future__ import annotations

import sys

import qgis.utils
from qgis.core import QgsApplication, QgsProcessingProvider
from qgis.PyQt.QtCore import QTimer
from qgis.PyQt.QtGui import QIcon

from miaf_engine import __version__
from miaf_qgis import PLUGIN_FOLDER
from miaf_qgis.algorithms.assess import Assess
from miaf_qgis.algorithms.classify import Classify
from miaf_qgis.algorithms.classify_many import ClassifyMany
from miaf_qgis.algorithms.compare import Compare
from miaf_qgis.algorithms.demo import Demo
from miaf_qgis.algorithms.diagnostics import Diagnostics
from miaf_qgis.algorithms.draw_sample import DrawSample
from miaf_qgis.algorithms.import_benchmark import ImportBenchmark
from miaf_qgis.algorithms.inspect_scene import InspectScene
from miaf_qgis.algorithms.name_classes import NameClasses
from miaf_qgis.algorithms.remove_engine import RemoveEngine
from miaf_qgis.algorithms.setup_engine import SetupEngine
from miaf_qgis.algorithms.suggest_areas import SuggestAreas
from miaf_qgis.algorithms.superpixels import Superpixels
from miaf_qgis.algorithms.train import Train
from miaf_qgis.algorithms.train_and_classify import TrainAndClassify
from miaf_qgis.ready_models.designer import add_designer_action, remove_designer_action
from miaf_qgis.ready_models.models import (
    USED_PROVIDERS,
    ReadyModel,
    ready_models,
)
from miaf_qgis.settings import GROUP, register_settings, unregister_settings

# Between one ready model and the next, so that no frame of the window is late.
_MODEL_EVERY_MS = 250
ALGORITHMS = (
    TrainAndClassify,
    Train,
    Classify,
    ClassifyMany,
    DrawSample,
    Assess,
    InspectScene,
    Superpixels,
    SuggestAreas,
    Compare,
    SetupEngine,
    RemoveEngine,
    Diagnostics,
    Demo,
    ImportBenchmark,
    NameClasses,
)


class MiafProvider(QgsProcessingProvider):
    """Algorithms of MIAF-Net; all are listed, with or without an engine."""

    def __init__(self) -> None:
        super().__init__()
        self._models: list[ReadyModel] = []
        self._unread: list[ReadyModel] = []
        self._in_processing = False
        # Many providers come at once when QGIS starts; the models are read after all,
        # one at a time. Whoever runs one before gets a copy that is read at once.
        self._soon = QTimer()
        self._soon.timeout.connect(self._read_next_model)

    def load(self) -> bool:
        QgsApplication.processingRegistry().providerAdded.connect(self._see_provider)
        self._join_processing()
        return super().load()

    def unload(self) -> None:
        self._soon.stop()
        QgsApplication.processingRegistry().providerAdded.disconnect(self._see_provider)
        if self._in_processing:
            self._in_processing = False
            remove_designer_action()
            unregister_settings()

    def loadAlgorithms(self) -> None:
        for algorithm in ALGORITHMS:
            self.addAlgorithm(algorithm())
        self._models = ready_models()
        self._unread = []
        for model in self._models:
            self.addAlgorithm(model)

    def _see_provider(self, provider_id: str) -> None:
        # This provider is among the known ones only now; Processing's may come later.
        self._join_processing()
        if provider_id not in USED_PROVIDERS:
            return
        self._unread = list(self._models)
        if qgis.utils.iface is None:  # qgis_process has no time of its own later on.
            while self._unread:
                self._unread.pop(0).reload()
        else:
            self._soon.start(0)

    def _join_processing(self) -> None:
        """Add settings and a toolbox action, once Processing is there to show them."""
        # To import it takes QGIS a quarter of a second, which is not this plugin's.
        if "processing" in sys.modules and not self._in_processing:
            self._in_processing = True
            register_settings(self.icon())
            add_designer_action()

    def _read_next_model(self) -> None:
        if self._soon.interval() == 0:  # The window is there; pieces from now on.
            self._soon.start(_MODEL_EVERY_MS)
        elif self._unread:
            self._unread.pop(0).reload()
        else:
            self._soon.stop()

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
