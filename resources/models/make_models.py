"""Writes the graphical models of this folder; run with the Python of QGIS 3.22.

QGIS 3.22 writes files that every later version reads, with outputs named
`child:OUTPUT`; files of later versions name them in another way.
"""

from __future__ import annotations

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.append(str(HERE.parents[1]))

from model_builder import Model  # noqa: E402
from qgis.core import (  # noqa: E402
    QgsApplication,
    QgsProcessing,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterField,
    QgsProcessingParameterFile,
    QgsProcessingParameterMultipleLayers,
    QgsProcessingParameterNumber,
    QgsProcessingParameterRasterLayer,
    QgsProcessingParameterString,
)

from miaf_engine.requests.settings import TrainConfig  # noqa: E402
from miaf_qgis.provider import MiafProvider  # noqa: E402

EPOCHS = TrainConfig().epochs


def _training_inputs(model: Model) -> dict[str, str]:
    """Add what a training needs; return the parameters of the step."""
    areas = [QgsProcessing.SourceType.TypeVectorAnyGeometry]
    model.take(
        QgsProcessingParameterRasterLayer("CUBE", "Hyperspectral cube"),
        "Raster with many bands: ENVI, GeoTIFF or anything else GDAL reads.",
    )
    model.take(
        QgsProcessingParameterFeatureSource("ROIS", "Training areas", areas),
        "Polygons, lines or points of known cover, at least two classes.",
    )
    model.take(
        QgsProcessingParameterField("CLASS_FIELD", "Class field", "", "ROIS"),
        "Text or number that names the class.",
    )
    number = QgsProcessingParameterNumber.Type.Integer
    model.take(
        QgsProcessingParameterNumber("EPOCHS", "Epochs", number, EPOCHS, False, 1),
        f"Passes over the training areas; {EPOCHS} suits most scenes.",
    )
    _device(model)
    return {
        name: f"@{name}" for name in ("CUBE", "ROIS", "CLASS_FIELD", "EPOCHS", "DEVICE")
    }


def _device(model: Model) -> None:
    device = QgsProcessingParameterString("DEVICE", "Device", "auto")
    device.setFlags(device.flags() | QgsProcessingParameterDefinition.Flag.FlagAdvanced)
    model.take(device, "auto, cpu, cuda:N or mps.")


def _model_file(model: Model) -> None:
    model.take(
        QgsProcessingParameterFile(
            "MODEL", "Model", fileFilter="MIAF-Net model (*.miaf.safetensors)"
        ),
        "File written by 'Train model' or 'Classify from training areas'.",
    )


def classify_and_vectorise() -> None:
    """Training areas to polygons."""
    model = Model(
        "Classify and vectorise",
        "Class map from training areas, without small patches, as one polygon a class "
        "with its name and colour.",
    )
    training = _training_inputs(model)
    number = QgsProcessingParameterNumber.Type.Integer
    model.take(
        QgsProcessingParameterNumber(
            "SMALLEST_PATCH", "Smallest patch (pixels)", number, 10, False, 1
        ),
        "Smaller patches take the class of their largest neighbour; 1 keeps all.",
    )
    model.do(
        "map", "miaf:trainandclassify", "Classify the cube",
        given=training,
        keep={"OUTPUT": "Class map", "MODEL": "Model", "REPORT": "Accuracy report"},
    )  # fmt: skip
    model.do(
        "sieve", "gdal:sieve", "Remove small patches",
        given={"INPUT": "map.OUTPUT", "THRESHOLD": "@SMALLEST_PATCH"},
    )  # fmt: skip
    model.do(
        "polygonise", "gdal:polygonize", "Raster to polygons",
        given={"INPUT": "sieve.OUTPUT", "BAND": 1, "FIELD": "value"},
    )  # fmt: skip
    model.do(
        "dissolve", "native:dissolve", "Join the polygons of a class",
        given={"INPUT": "polygonise.OUTPUT", "FIELD": "value"},
    )  # fmt: skip
    model.do(
        "polygons", "miaf:nameclasses", "Add names and colours",
        given={
            "INPUT": "dissolve.OUTPUT",
            "VALUE_FIELD": "value",
            "CLASSIFICATION": "map.OUTPUT",
        },
        keep={"OUTPUT": "Land-cover polygons"},
        wanted="OUTPUT",
    )  # fmt: skip
    model.write("classifyandvectorise")


def train_once_classify_many() -> None:
    """One training, maps of many cubes."""
    model = Model(
        "Train once, classify many",
        "Trains a model on the areas of one cube and classifies a list of cubes.",
    )
    training = _training_inputs(model)
    raster = QgsProcessing.SourceType.TypeRaster
    model.take(
        QgsProcessingParameterMultipleLayers("CUBES", "Cubes to classify", raster),
        "Cubes of the same sensor, the first one among them if it is to be mapped too.",
    )
    model.take(
        QgsProcessingParameterBoolean(
            "WITH_CONFIDENCE", "Write confidence rasters too", False
        ),
        "Probability of the mapped class, 0 to 1.",
    )
    model.do(
        "train", "miaf:train", "Train the model",
        given=training,
        keep={"MODEL": "Model", "REPORT": "Accuracy report"},
    )  # fmt: skip
    model.do(
        "classify", "miaf:classifymany", "Classify all cubes",
        given={
            "CUBES": "@CUBES",
            "MODEL": "train.MODEL",
            "WITH_CONFIDENCE": "@WITH_CONFIDENCE",
            "DEVICE": "@DEVICE",
        },
        keep={"FOLDER": "Folder of maps"},
        wanted="FOLDER",
    )  # fmt: skip
    model.write("trainonceclassifymany")


def classify_then_assess() -> None:
    """A map and what it is worth."""
    model = Model(
        "Classify, then assess",
        "Classifies a cube with a model and scores the map on reference areas.",
    )
    model.take(
        QgsProcessingParameterRasterLayer("CUBE", "Hyperspectral cube"),
        "Raster with the bands that the model was trained on.",
    )
    _model_file(model)
    areas = [QgsProcessing.SourceType.TypeVectorAnyGeometry]
    model.take(
        QgsProcessingParameterFeatureSource("REFERENCE", "Reference areas", areas),
        "Areas of known cover that the model has not seen.",
    )
    model.take(
        QgsProcessingParameterField("CLASS_FIELD", "Class field", "", "REFERENCE"),
        "Field with the names of the classes, as in the training.",
    )
    _device(model)
    model.do(
        "classify", "miaf:classify", "Classify the cube",
        given={"CUBE": "@CUBE", "MODEL": "@MODEL", "DEVICE": "@DEVICE"},
        keep={"OUTPUT": "Class map", "CONFIDENCE": "Confidence"},
        wanted="OUTPUT",
    )  # fmt: skip
    model.do(
        "assess", "miaf:assess", "Assess the map",
        given={
            "CLASSIFICATION": "classify.OUTPUT",
            "REFERENCE": "@REFERENCE",
            "CLASS_FIELD": "@CLASS_FIELD",
            "MODEL": "@MODEL",
        },
        keep={"REPORT": "Accuracy report", "MATRIX": "Confusion matrix"},
        wanted="REPORT",
    )  # fmt: skip
    model.write("classifythenassess")


def classify_then_sample() -> None:
    """A map and the points that tell what it is worth."""
    model = Model(
        "Classify, then draw a sample",
        "Classifies a cube with a model and draws random points from the map, whose "
        "cover a person then looks up.",
    )
    model.take(
        QgsProcessingParameterRasterLayer("CUBE", "Hyperspectral cube"),
        "Raster with the bands that the model was trained on.",
    )
    _model_file(model)
    number = QgsProcessingParameterNumber.Type
    model.take(
        QgsProcessingParameterNumber(
            "HALF_WIDTH",
            "Half width of the 95 % interval of overall accuracy",
            number.Double,
            0.05,
            False,
            0.001,
        ),
        "Of the 95 % interval, as a fraction: 0.05 for 5 percentage points.",
    )
    model.take(
        QgsProcessingParameterNumber(
            "MINIMUM",
            "Minimum number of points per class",
            number.Integer,
            50,
            False,
            0,
        ),
        "Olofsson et al. (2014) advise 50 to 100.",
    )
    _device(model)
    model.do(
        "classify", "miaf:classify", "Classify the cube",
        given={"CUBE": "@CUBE", "MODEL": "@MODEL", "DEVICE": "@DEVICE"},
        keep={"OUTPUT": "Class map", "CONFIDENCE": "Confidence"},
        wanted="OUTPUT",
    )  # fmt: skip
    model.do(
        "sample", "miaf:drawsample", "Draw a reference sample",
        given={
            "CLASSIFICATION": "classify.OUTPUT",
            "HALF_WIDTH": "@HALF_WIDTH",
            "MINIMUM": "@MINIMUM",
        },
        keep={"OUTPUT": "Reference sample"},
        wanted="OUTPUT",
    )  # fmt: skip
    model.write("classifythensample")


def main() -> None:
    """Write all models."""
    application = QgsApplication([], False)
    application.initQgis()
    sys.path.append(str(Path(QgsApplication.pkgDataPath()) / "python" / "plugins"))
    from processing.core.Processing import Processing

    Processing.initialize()
    provider = MiafProvider()
    QgsApplication.processingRegistry().addProvider(provider)
    classify_and_vectorise()
    train_once_classify_many()
    classify_then_assess()
    classify_then_sample()
    application.exitQgis()


if __name__ == "__main__":
    main()
