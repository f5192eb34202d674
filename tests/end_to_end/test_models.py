"""The algorithms as parts of graphical models, which hand their results on."""

import json
import re

import numpy as np
import pyogrio
import pytest
import rasterio

from tests import tiny
from tests.end_to_end.programs import QGIS_PYTHON, TINY, finish, in_qgis

# Run by QGIS's Python: writes a model that trains twice and uses what comes out.
WRITE_MODEL = """
import json, sys
from qgis.core import *

application = QgsApplication([], False)
application.initQgis()
target, settings = sys.argv[1], json.loads(sys.argv[2])
source = QgsProcessingModelChildParameterSource
model = QgsProcessingModelAlgorithm("chain", "tests")
for parameter in (
    QgsProcessingParameterRasterLayer("cube", "Cube"),
    QgsProcessingParameterFeatureSource("areas", "Areas"),
):
    model.addModelParameter(parameter, QgsProcessingModelParameter(parameter.name()))


def add(name, algorithm, outputs=(), inputs=None, **fixed):
    child = QgsProcessingModelChildAlgorithm(algorithm)
    child.setChildId(name)
    for key, value in (inputs or {}).items():
        child.addParameterSources(key, [value])
    for key, value in fixed.items():
        child.addParameterSources(key, [source.fromStaticValue(value)])
    made = {}
    for output in outputs:
        made[f"{name} {output}"] = QgsProcessingModelOutput(f"{name} {output}")
        made[f"{name} {output}"].setChildId(name)
        made[f"{name} {output}"].setChildOutputName(output)
    child.setModelOutputs(made)
    model.addChildAlgorithm(child)


given = {
    "CUBE": source.fromModelParameter("cube"),
    "ROIS": source.fromModelParameter("areas"),
}
add("map", "miaf:trainandclassify", ["OUTPUT"], given, **settings)
add(
    "polygons",
    "native:pixelstopolygons",
    ["OUTPUT"],
    {"INPUT_RASTER": source.fromChildOutput("map", "OUTPUT")},
    FIELD_NAME="class",
    RASTER_BAND=1,
)
add(
    "scored",
    "native:fieldcalculator",
    ["OUTPUT"],
    {
        "INPUT": source.fromChildOutput("polygons", "OUTPUT"),
        "FORMULA": source.fromExpression("to_string(@map_OVERALL_ACCURACY)"),
    },
    FIELD_NAME="accuracy",
    FIELD_TYPE=0,
    FIELD_LENGTH=20,
    FIELD_PRECISION=10,
)
add("train", "miaf:train", [], given, **settings)
add(
    "again",
    "miaf:classify",
    ["OUTPUT", "CONFIDENCE"],
    {"CUBE": given["CUBE"], "MODEL": source.fromChildOutput("train", "MODEL")},
    DEVICE="cpu",
)
assert model.toFile(target)
"""


@pytest.fixture(scope="module")
def ran(tmp_path_factory):
    """Results of the model, written to a file and read back."""
    folder = tmp_path_factory.mktemp("model")
    given = tiny.inputs(folder)
    script, model = folder / "write_model.py", folder / "chain.model3"
    script.write_text(WRITE_MODEL, encoding="utf-8")
    done = finish(
        [QGIS_PYTHON, script, model, json.dumps(TINY)],
        QT_QPA_PLATFORM="offscreen",
        QGIS_CUSTOM_CONFIG_PATH=str(folder / "profile"),
    )
    assert model.exists(), done.said
    outputs = {
        "map:map OUTPUT": str(folder / "map.tif"),
        "polygons:polygons OUTPUT": str(folder / "polygons.gpkg"),
        "scored:scored OUTPUT": str(folder / "scored.gpkg"),
        "again:again OUTPUT": str(folder / "again.tif"),
        "again:again CONFIDENCE": str(folder / "confidence.tif"),
    }
    parameters = {"cube": given["cube"], "areas": given["rois"], **outputs}
    step = {"model": str(model), "parameters": parameters}
    answer, _ = in_qgis([step], folder / "qgis")
    assert "results" in answer, answer
    made = {name.split(":")[1]: path for name, path in outputs.items()}
    return {**made, "log": answer["log"]}


def test_a_native_algorithm_takes_the_map(ran):
    values = pyogrio.raw.read(ran["polygons OUTPUT"], columns=["class"])[3][0]
    with rasterio.open(ran["map OUTPUT"]) as made:
        pixels = made.read(1)
    found, counts = np.unique(values.astype(int), return_counts=True)
    wanted, numbers = np.unique(pixels[pixels > 0], return_counts=True)
    np.testing.assert_array_equal(found, wanted)
    np.testing.assert_array_equal(counts, numbers)


def test_a_model_trained_in_the_model_classifies(ran):
    with (
        rasterio.open(ran["again OUTPUT"]) as again,
        rasterio.open(ran["map OUTPUT"]) as first,
    ):
        np.testing.assert_array_equal(again.read(), first.read())
    with rasterio.open(ran["again CONFIDENCE"]) as made:
        assert made.read(1).max() <= 1


def test_a_number_of_a_step_is_in_the_expressions_of_the_next(ran):
    values = pyogrio.raw.read(ran["scored OUTPUT"], columns=["accuracy"])[3][0]
    (accuracy,) = set(values.astype(float))
    assert 0.3 < accuracy <= 1
    said = re.findall(r"OVERALL_ACCURACY'?: ([\d.]+)", ran["log"])
    assert accuracy == pytest.approx(float(said[0]), abs=1e-6)
