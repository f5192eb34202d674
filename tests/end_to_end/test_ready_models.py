"""The graphical models of the plugin, each through `qgis_process` on a tiny scene."""

import shutil
from pathlib import Path

import numpy as np
import pyogrio
import pytest
import rasterio

from miaf_engine.io.class_maps import read_class_map
from miaf_engine.models.card import read_card
from tests import tiny
from tests.end_to_end.programs import QGIS_PYTHON, QgisProcess, finish
from tests.repository import ROOT

MODELS = ROOT / "resources" / "models"
TRAINING = {"CLASS_FIELD": "cover", "EPOCHS": 8, "DEVICE": "cpu"}


@pytest.fixture(scope="module")
def qgis(tmp_path_factory):
    return QgisProcess(tmp_path_factory.mktemp("models"))


@pytest.fixture(scope="module")
def scene(tmp_path_factory):
    folder = tmp_path_factory.mktemp("scene")
    given = tiny.inputs(folder)
    tiny.write_rois(folder / "check.gpkg", rows=(16,))
    return {"folder": folder, "CUBE": given["cube"], "ROIS": given["rois"]}


@pytest.fixture(scope="module")
def vectorised(qgis, scene):
    """Results of 'Classify and vectorise'."""
    folder = scene["folder"]
    return qgis.run(
        "miaf:classifyandvectorise",
        CUBE=scene["CUBE"],
        ROIS=scene["ROIS"],
        **TRAINING,
        SMALLEST_PATCH=4,
        **{
            "map:OUTPUT": folder / "map.tif",
            "map:MODEL": folder / "model.miaf.safetensors",
            "polygons:OUTPUT": folder / "polygons.gpkg",
        },
    ).results


def test_classify_and_vectorise(vectorised):
    polygons = vectorised["polygons:OUTPUT"]
    meta, _, shapes, columns = pyogrio.raw.read(polygons)
    rows = dict(zip(meta["fields"], columns, strict=True))
    values, _, classes = read_class_map(vectorised["map:OUTPUT"])
    legend = {entry.value: (entry.name, entry.colour) for entry in classes}
    found = zip(rows["value"], rows["class"], rows["colour"], strict=True)
    assert {value: (name, colour) for value, name, colour in found} == {
        value: legend[value] for value in set(rows["value"])
    }
    assert len(shapes) == len(set(rows["value"]))  # One polygon a class.
    assert set(np.unique(rows["value"])) <= set(np.unique(values[values > 0]))


def test_polygons_cover_the_map_without_small_patches(vectorised):
    from shapely import from_wkb

    polygons = vectorised["polygons:OUTPUT"]
    shapes = from_wkb(pyogrio.raw.read(polygons)[2])
    with rasterio.open(vectorised["map:OUTPUT"]) as made:
        pixel = abs(made.transform.a * made.transform.e)
        assert sum(shape.area for shape in shapes) == pytest.approx(
            pixel * (made.read(1) > 0).sum()
        )
    parts = [part for shape in shapes for part in getattr(shape, "geoms", [shape])]
    assert min(part.area for part in parts) >= 4 * pixel


def test_train_once_classify_many(qgis, scene):
    folder = scene["folder"]
    lines = [folder / f"line{number}.tif" for number in (1, 2, 3)]
    for line in lines[:2]:
        shutil.copy(scene["CUBE"], line)
    with rasterio.open(
        lines[2], "w", driver="GTiff", width=4, height=4, count=2, dtype="uint8",
        transform=rasterio.Affine(1, 0, 0, 0, -1, 0),
    ) as other:  # fmt: skip
        other.write(np.ones((2, 4, 4), dtype=np.uint8))
    words = [f"CUBES={line}" for line in lines]
    given = {
        "CUBE": scene["CUBE"],
        "ROIS": scene["ROIS"],
        **TRAINING,
        "WITH_CONFIDENCE": "true",
        "train:MODEL": folder / "once.miaf.safetensors",
        "classify:FOLDER": folder / "maps",
    }
    words += [f"{name}={value}" for name, value in given.items()]
    done = qgis.call("run", "--json", "miaf:trainonceclassifymany", "--", *words)
    results = done.results
    assert Path(results["classify:FOLDER"]) == folder / "maps"
    made = {path.name for path in (folder / "maps").glob("*.tif")}
    assert made == {
        f"line{number}_{kind}.tif"
        for number in (1, 2)
        for kind in ("map", "confidence")
    }
    assert "'line3' was not classified" in done.said
    first, second = (
        read_class_map(str(folder / "maps" / f"line{number}_map.tif"))[0]
        for number in (1, 2)
    )
    np.testing.assert_array_equal(first, second)


def test_classify_then_assess(qgis, scene, vectorised):
    folder = scene["folder"]
    results = qgis.run(
        "miaf:classifythenassess",
        CUBE=scene["CUBE"],
        MODEL=vectorised["map:MODEL"],
        REFERENCE=folder / "check.gpkg",
        CLASS_FIELD="cover",
        DEVICE="cpu",
        **{
            "classify:OUTPUT": folder / "again.tif",
            "assess:REPORT": folder / "report.html",
            "assess:MATRIX": folder / "matrix.csv",
        },
    ).results
    again = read_class_map(results["classify:OUTPUT"])[0]
    first = read_class_map(vectorised["map:OUTPUT"])[0]
    np.testing.assert_array_equal(again, first)
    report = Path(results["assess:REPORT"]).read_text("utf-8")
    assert "Confusion matrix" in report
    assert "None of the reference areas (number: 3) has the outline of" in report
    assert "Wheat" in Path(results["assess:MATRIX"]).read_text("utf-8")


def test_training_areas_as_reference_are_warned_of(qgis, scene, vectorised):
    model = vectorised["map:MODEL"]
    trained = len(read_card(model).provenance["areas"]["learnt"])
    given = {"CLASSIFICATION": vectorised["map:OUTPUT"], "REFERENCE": scene["ROIS"]}
    given |= {"CLASS_FIELD": "cover", "MODEL": model}
    said = qgis.show("miaf:assess", **given, MATRIX=scene["folder"] / "m.csv").said
    assert 0 < trained <= 6
    assert f"or of one before it: {trained} of 6, with" in said


# Run by QGIS's Python with Processing's providers: what the model designer would say.
VALIDATE = """
import sys
sys.path[:0] = [{root!r}, {root!r} + "/resources/models"]
import make_models
from qgis.core import *
application = QgsApplication([], False)
application.initQgis()
sys.path.append(QgsApplication.pkgDataPath() + "/python/plugins")
from processing.core.Processing import Processing
Processing.initialize()
from miaf_qgis.provider import MiafProvider
provider = MiafProvider()
registry = QgsApplication.processingRegistry()
registry.addProvider(provider)
from model_builder import _defaults
for path in sys.argv[1:]:
    model = QgsProcessingModelAlgorithm()
    print("READ", model.fromFile(path), *model.validate())
    for name, child in model.childAlgorithms().items():
        sources = child.parameterSources()
        names = set(_defaults(child.algorithmId()))
        print("MISSING", name, sorted(names - set(sources)))
        known = {{p.name() for p in child.algorithm().parameterDefinitions()}}
        print("UNKNOWN", name, sorted(set(sources) - known))
"""


def test_the_designer_finds_nothing_wrong_with_the_files(tmp_path):
    """Fails after a change of the algorithms' parameters until `make models` is run."""
    script = tmp_path / "validate.py"
    script.write_text(VALIDATE.format(root=str(ROOT)), encoding="utf-8")
    done = finish(
        [QGIS_PYTHON, script, *sorted(MODELS.glob("*.model3"))],
        QT_QPA_PLATFORM="offscreen",
        QGIS_CUSTOM_CONFIG_PATH=str(tmp_path / "profile"),
    )
    lines = [
        line
        for line in done.output.splitlines()
        if line.split()[:1] and line.split()[0] in ("READ", "MISSING", "UNKNOWN")
    ]
    assert [line for line in lines if line.startswith("READ")] == [
        "READ True True []"
    ] * len(list(MODELS.glob("*.model3")))
    assert [line for line in lines if not line.endswith("[]")] == []
