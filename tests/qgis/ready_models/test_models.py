"""The graphical models of the plugin: outputs, order, designer, and a fake run."""

import pytest
from qgis.core import (
    QgsApplication,
    QgsProcessingModelAlgorithm,
)

from miaf_qgis.ready_models.designer import plain_copy
from miaf_qgis.ready_models.models import FOLDER, ready_models

OUTPUTS = {
    "classifyandvectorise": {
        "map:OUTPUT", "map:MODEL", "map:REPORT", "polygons:OUTPUT",
    },
    "trainonceclassifymany": {"train:MODEL", "train:REPORT", "classify:FOLDER"},
    "classifythenassess": {
        "classify:OUTPUT", "classify:CONFIDENCE", "assess:REPORT", "assess:MATRIX",
    },
    "classifythensample": {"classify:OUTPUT", "classify:CONFIDENCE", "sample:OUTPUT"},
}  # fmt: skip


@pytest.mark.parametrize("word", sorted(OUTPUTS))
def test_outputs_are_known_although_made_of_this_providers_algorithms(provider, word):
    made = provider.algorithm(word).create()
    if QgsApplication.processingRegistry().providerById("gdal") is not None:
        assert made.canExecute()[0], made.canExecute()[1]
    names = {output.name() for output in made.outputDefinitions()}
    assert names >= {name for name in OUTPUTS[word] if not name.startswith("polygons")}
    given = [p.name() for p in made.parameterDefinitions() if not p.isDestination()]
    assert given[0] == "CUBE"
    for parameter in made.parameterDefinitions():
        assert parameter.isDestination() or parameter.help(), parameter.name()


def test_each_file_is_a_model_of_the_provider(provider):
    files = {path.stem for path in FOLDER.glob("*.model3")}
    assert files == set(OUTPUTS) == {model.name() for model in ready_models()}
    for word in files:
        found = provider.algorithm(word)
        assert found.id() == f"miaf:{word}"
        assert found.displayName() != word
        assert found.create().id() == found.id()


def test_steps_are_algorithms_that_there_are(provider):
    registry = QgsApplication.processingRegistry()
    steps = {
        child.algorithmId()
        for model in ready_models()
        for child in model.childAlgorithms().values()
    }
    own = {step for step in steps if step.startswith("miaf:")}
    assert {step for step in own if registry.algorithmById(step) is None} == set()
    assert {step.split(":")[0] for step in steps} <= {"miaf", "native", "gdal"}


def test_the_designer_gets_a_copy_that_knows_no_file(provider):
    copy = plain_copy(provider.algorithm("classifythenassess"))
    assert type(copy) is QgsProcessingModelAlgorithm
    assert copy.sourceFilePath() == ""
    assert copy.provider() is not None  # QGIS 3.22 ends when it runs one without.
    assert set(copy.childAlgorithms()) == {"classify", "assess"}
