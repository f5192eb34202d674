"""Graphical models that come with the plugin, as algorithms of its provider."""

from __future__ import annotations

from pathlib import Path

from qgis.core import QgsProcessingModelAlgorithm

from miaf_qgis import PLUGIN_FOLDER
from miaf_qgis.algorithms.groups import group_id, group_title
from miaf_qgis.help_pages import page_url
from miaf_qgis.translation import tr

FOLDER = PLUGIN_FOLDER / "resources" / "models"
# Providers whose algorithms the models are made of; loaded before or after this one.
USED_PROVIDERS = frozenset({"miaf", "native", "gdal"})


class ReadyModel(QgsProcessingModelAlgorithm):
    """A model from a file, with an id and help as the other algorithms have them.

    Args:
        word: Id of the model and name of its file.
        read: Read the file now; it takes some milliseconds, which QGIS's start lacks.
    """

    def __init__(self, word: str, *, read: bool = True) -> None:
        super().__init__()
        self._word = word
        if read:
            self.reload()

    def reload(self) -> None:
        """Read the file again: outputs depend on the algorithms known at that time."""
        self.fromFile(str(self.path()))
        for parameter in self.parameterDefinitions():  # The file is in English.
            parameter.setDescription(tr(parameter.description()))
            if not parameter.isDestination():  # Their help comes from the steps.
                parameter.setHelp(tr(parameter.help()))

    def path(self) -> Path:
        """Return the model's file."""
        return FOLDER / f"{self._word}.model3"

    def createInstance(self) -> ReadyModel:
        return ReadyModel(self._word)

    def name(self) -> str:
        return self._word

    def displayName(self) -> str:
        return _texts()[self._word][0]

    def group(self) -> str:
        return group_title(self._word)

    def groupId(self) -> str:
        return group_id(self._word)

    def shortDescription(self) -> str:
        return _texts()[self._word][1]

    def tags(self) -> list[str]:
        return tr(
            "hyperspectral,classification,land cover,deep learning,model,workflow"
        ).split(",")

    def helpUrl(self) -> str:
        return page_url(self._word)

    def shortHelpString(self) -> str:
        return _texts()[self._word][2]


def _texts() -> dict[str, tuple[str, str, str]]:
    """Return title, description and help of each model."""
    designer = tr(
        "This is a graphical model. To see or change its steps, right-click it in the "
        "toolbox and open a copy in the model designer."
    )
    texts = {
        "classifyandvectorise": (
            tr("Classify and vectorise"),
            tr("From training areas to polygons with class names, one per class"),
            tr(
                "Classifies a cube from training areas and removes patches smaller "
                "than a number of pixels. The map is then converted to polygons, "
                "those of one class are merged, and they get the class names and "
                "colours."
            ),
        ),
        "trainonceclassifymany": (
            tr("Train once, classify many"),
            tr("Train on one cube and classify a list of cubes with the model"),
            tr(
                "Trains a model on the areas of one cube and classifies other cubes "
                "of the same sensor with it. A cube that cannot be classified is "
                "reported, and the others are still classified."
            ),
        ),
        "classifythenassess": (
            tr("Classify, then assess"),
            tr("Classify a cube with a model and check the map on reference areas"),
            tr(
                "Classifies a cube with a model and compares the map with reference "
                "areas that the model was not trained on. The results are a report, a "
                "confusion matrix and the accuracies."
            ),
        ),
        "classifythensample": (
            tr("Classify, then draw a sample"),
            tr("Classify a cube with a model and draw a reference sample from the map"),
            tr(
                "Classifies a cube with a model and draws random points from the map. "
                "Once you have entered the true cover of each point, 'Assess "
                "accuracy' estimates the accuracy of the whole map."
            ),
        ),
    }
    return {
        word: (title, short, f"{text}\n\n{designer}")
        for word, (title, short, text) in texts.items()
    }


def ready_models() -> list[ReadyModel]:
    """Return the models, not yet read."""
    return [ReadyModel(word, read=False) for word in _texts()]
