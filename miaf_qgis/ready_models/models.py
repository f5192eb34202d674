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
        "This is a graphical model: a right click on it in the toolbox opens a copy in "
        "the model designer, where its steps can be seen and changed."
    )
    texts = {
        "classifyandvectorise": (
            tr("Classify and vectorise"),
            tr("From training areas to polygons with class names, one a class"),
            tr(
                "Classifies a cube from training areas, removes patches smaller than a "
                "number of pixels, turns the map into polygons, joins those of one "
                "class and gives them the names and colours of the classes."
            ),
        ),
        "trainonceclassifymany": (
            tr("Train once, classify many"),
            tr("Train on one cube and classify a list of cubes with the model"),
            tr(
                "Trains a model on the areas of one cube and classifies other cubes of "
                "the same sensor with it. A cube that cannot be classified is reported "
                "and does not stop the rest."
            ),
        ),
        "classifythenassess": (
            tr("Classify, then assess"),
            tr("Classify a cube with a model and check the map on reference areas"),
            tr(
                "Classifies a cube with a model and compares the map with reference "
                "areas that the model has not seen: a report, a confusion matrix and "
                "the accuracies."
            ),
        ),
        "classifythensample": (
            tr("Classify, then draw a sample"),
            tr("Classify a cube with a model and draw points to look up"),
            tr(
                "Classifies a cube with a model and draws random points from "
                "the map. Once a person has looked up their cover, 'Assess accuracy' "
                "tells how accurate the whole map is."
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
