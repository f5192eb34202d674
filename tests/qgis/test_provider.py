"""What QGIS sees before anything runs: ids, names, help, metadata, settings page."""

import ast
import configparser
import re
import sys
from itertools import groupby
from pathlib import Path

import pytest
from qgis.core import (
    QgsProcessingOutputBoolean,
    QgsProcessingOutputHtml,
    QgsProcessingOutputRasterLayer,
    QgsProcessingParameterDefinition,
)

from miaf_engine import __version__
from miaf_qgis import PLUGIN_FOLDER
from miaf_qgis.parameters.maps import MAPS
from miaf_qgis.parameters.settings import GROUP

SOURCES = sorted((PLUGIN_FOLDER / "miaf_qgis").rglob("*.py"))
IDS = {
    "miaf:trainandclassify", "miaf:train", "miaf:classify", "miaf:assess",
    "miaf:importbenchmark", "miaf:inspect", "miaf:setupengine", "miaf:removeengine",
    "miaf:superpixels", "miaf:suggestareas", "miaf:compare", "miaf:drawsample",
    "miaf:diagnostics", "miaf:demo", "miaf:classifymany", "miaf:nameclasses",
    "miaf:classifyandvectorise", "miaf:trainonceclassifymany",
    "miaf:classifythenassess", "miaf:classifythensample",
}  # fmt: skip


def test_ids(provider):
    assert provider.id() == "miaf"
    assert provider.name() == "MIAF-Net"
    assert {item.id() for item in provider.algorithms()} == IDS
    assert Path(provider.svgIconPath()).is_file()
    assert not provider.icon().isNull()
    assert provider.supportedOutputRasterLayerExtensions() == [
        "tif",
        "dat",
        "bsq",
        "img",
    ]


@pytest.mark.parametrize(
    ("name", "parameters", "outputs"),
    [
        (
            "trainandclassify",
            "CUBE ROIS CLASS_FIELD VALIDATION_ROIS HOLDOUT HOLDOUT_PERCENT EPOCHS "
            "DEVICE SEED",
            "OUTPUT CONFIDENCE PROBABILITIES ENTROPY MARGIN APPLICABILITY MODEL REPORT "
            "OVERALL_ACCURACY AVERAGE_ACCURACY KAPPA",
        ),
        ("train", "CUBE ROIS CLASS_FIELD VALIDATION_ROIS HOLDOUT EPOCHS DEVICE SEED",
         "MODEL REPORT OVERALL_ACCURACY AVERAGE_ACCURACY KAPPA"),
        ("classify", "CUBE MODEL EXTENT DEVICE",
         "OUTPUT CONFIDENCE PROBABILITIES ENTROPY MARGIN APPLICABILITY"),
        ("assess", "CLASSIFICATION REFERENCE CLASS_FIELD EXCLUDE_ROIS MODEL "
         "COMPARE_WITH PROBABILITY_SAMPLE",
         "REPORT MATRIX OVERALL_ACCURACY AVERAGE_ACCURACY KAPPA"),
        ("drawsample",
         "CLASSIFICATION METHOD HALF_WIDTH EXPECTED_ACCURACY ALLOCATION MINIMUM SEED "
         "SHOW_MAP_CLASS",
         "OUTPUT POINT_COUNT"),
        ("importbenchmark",
         "CUBE_FILE CUBE_VARIABLE LABELS_FILE LABELS_VARIABLE WAVELENGTHS CLASS_NAMES "
         "AXES ROWS COLUMNS ORDER DROPPED_BANDS CRS ORIGIN PIXEL_SIZE",
         "OUTPUT LABELS ROIS"),
        ("inspect", "CUBE ROIS CLASS_FIELD MASK EXCLUDE_WAVELENGTHS",
         "REPORT HAS_PROBLEMS PROBLEM_COUNT"),
        ("superpixels", "CUBE PIXELS_PER_SUPERPIXEL", "OUTPUT SUPERPIXEL_COUNT"),
        ("suggestareas", "CUBE MODEL ROIS COUNT", "OUTPUT SUGGESTION_COUNT"),
        ("compare", "BEFORE AFTER",
         "OUTPUT MATRIX REPORT CHANGED_SHARE CHANGED_PIXELS CHANGED_HECTARES "
         "COMPARED_PIXELS"),
        ("setupengine", "PYTHON COMPUTE", "PYTHON_PATH DEVICE_FOUND"),
        ("removeengine", "LOGS", "FREED_MB"),
        ("diagnostics", "", "REPORT"),
        ("demo", "", "CUBE ROIS VALIDATION_ROIS"),
        ("classifymany", "CUBES MODEL WITH_CONFIDENCE INTERPOLATE_BANDS DEVICE",
         "FOLDER MAPS MAP_COUNT FAILED_COUNT"),
        ("nameclasses", "INPUT VALUE_FIELD CLASSIFICATION", "OUTPUT"),
    ],
)  # fmt: skip
def test_names_are_fixed(provider, name, parameters, outputs):
    found = provider.algorithm(name)
    assert set(parameters.split()) <= {p.name() for p in found.parameterDefinitions()}
    assert set(outputs.split()) == {o.name() for o in found.outputDefinitions()}


def test_kinds_of_outputs(provider):
    found = provider.algorithm("trainandclassify")
    for name in MAPS:
        assert isinstance(found.outputDefinition(name), QgsProcessingOutputRasterLayer)
    assert isinstance(found.outputDefinition("REPORT"), QgsProcessingOutputHtml)
    found_problems = provider.algorithm("inspect").outputDefinition("HAS_PROBLEMS")
    assert isinstance(found_problems, QgsProcessingOutputBoolean)
    created = {
        p.name(): p.createByDefault()
        for p in found.parameterDefinitions()
        if p.isDestination()
    }
    assert created == {
        "OUTPUT": True, "CONFIDENCE": True, "PROBABILITIES": False,
        "ENTROPY": False, "MARGIN": False, "APPLICABILITY": False,
        "MODEL": True, "REPORT": True,
    }  # fmt: skip
    model = found.parameterDefinition("MODEL")
    assert model.defaultFileExtension() == "miaf.safetensors"


def test_help_reads_well_as_plain_text(provider):
    for found in provider.algorithms():
        assert len(found.shortHelpString()) > 100
        assert not re.search(r"<\w+>|&\w+;", found.shortHelpString())
        assert found.shortDescription()
        assert len(found.tags()) > 2
        for parameter in found.parameterDefinitions():
            assert parameter.help() or parameter.isDestination(), parameter.name()


def test_the_toolbox_is_in_groups(provider):
    titles = {"start": "Start here", "label": "Label", "classify": "Classify",
              "accuracy": "Accuracy", "import": "Import"}  # fmt: skip
    found = provider.algorithms()
    assert {item.groupId() for item in found} == set(titles)
    assert all(item.group() == titles[item.groupId()] for item in found)


def test_a_dialog_asks_for_seven_things_at_most(provider):
    flag = QgsProcessingParameterDefinition.Flag.FlagAdvanced
    for found in provider.algorithms():
        asked = [p for p in found.parameterDefinitions() if not p.isDestination()]
        assert len([p for p in asked if not p.flags() & flag]) <= 7, found.name()


def test_advanced_parameters_are_in_groups(provider):
    flag = QgsProcessingParameterDefinition.Flag.FlagAdvanced
    for name in ("train", "trainandclassify"):
        found = provider.algorithm(name).parameterDefinitions()
        advanced = [p.metadata().get(GROUP) for p in found if p.flags() & flag]
        assert None not in advanced
        # Each group in one piece, or its heading would come twice.
        pieces = [title for title, _ in groupby(advanced)]
        assert len(pieces) == len(set(pieces)) >= 6


def test_rare_settings_are_folded_away(provider):
    flag = QgsProcessingParameterDefinition.Flag.FlagAdvanced
    found = provider.algorithm("trainandclassify")
    plain = {p.name() for p in found.parameterDefinitions() if not p.flags() & flag}
    assert plain == {
        "CUBE", "ROIS", "CLASS_FIELD", "ROIS_MORE", "VALIDATION_ROIS",
        "INITIAL_MODEL", "PRESET", "OUTPUT", "CONFIDENCE",
        "PROBABILITIES", "ENTROPY", "MARGIN", "APPLICABILITY", "MODEL", "REPORT",
    }  # fmt: skip


def test_the_device_survives_a_copy_as_models_make(provider):
    device = provider.algorithm("train").parameterDefinition("DEVICE").clone()
    assert device.checkValueIsAcceptable("cuda:12")
    assert device.checkValueIsAcceptable("cuda")
    assert not device.checkValueIsAcceptable("gpu")


def test_the_setting_is_on_the_providers_page(provider):
    sys.path.append("/usr/share/qgis/python/plugins")
    config = pytest.importorskip("processing.core.ProcessingConfig").ProcessingConfig
    from miaf_qgis.settings import (
        interpreter_setting,
        register_settings,
        unregister_settings,
    )

    register_settings(provider.icon())
    setting = config.settings["MIAF_ENGINE_PYTHON"]
    assert setting.group == provider.name()
    setting.setValue(sys.executable)
    setting.save()
    assert interpreter_setting() == sys.executable
    setting.setValue("")
    setting.save()
    unregister_settings()
    unregister_settings()
    assert "MIAF_ENGINE_PYTHON" not in config.settings


def test_metadata():
    parser = configparser.ConfigParser()
    parser.read(PLUGIN_FOLDER / "metadata.txt", encoding="utf-8")
    data = parser["general"]
    for key in (
        "name", "description", "version", "qgisMinimumVersion", "author", "email",
        "about", "tracker", "repository", "homepage", "icon",
    ):  # fmt: skip
        assert data[key].strip(), key
    assert data["version"] == __version__
    assert data["hasProcessingProvider"] == "yes"
    assert data["qgisMinimumVersion"] == "3.22"
    assert data["qgisMaximumVersion"] == "3.99"
    assert "plugin" not in data["name"].lower()
    assert "/" not in data["author"]
    assert (PLUGIN_FOLDER / data["icon"]).is_file()
    required = (PLUGIN_FOLDER / "miaf_engine" / "requirements.txt").read_text(
        encoding="utf-8"
    )
    for package in re.findall(r"^([a-z0-9-]+)[=><]", required, re.MULTILINE):
        assert package in data["about"]


# What may be imported beside the standard library, and by which package or module.
BROUGHT_BY_QGIS = {
    "spectra": {"numpy", "osgeo"},
    "layers/bands.py": {"osgeo"},
    # Not everywhere: without it a text stands in for the plot.
    "desktop/figure.py": {"matplotlib"},
}


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_sources_run_on_python_3_9_and_qt_6(path):
    """QGIS 3.22 ships Python 3.9 on Windows; QGIS 4 has scoped enums only."""
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text, feature_version=(3, 9))
    for word in ("PyQt5", "PyQt6", "exec_(", "strict=", "kw_only", "slots=True"):
        assert word not in text
    imported = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            # A name imported from a package may be a module of it.
            imported |= {
                f"{node.module}.{alias.name}"
                if PLUGIN_FOLDER.joinpath(
                    *node.module.split("."), f"{alias.name}.py"
                ).is_file()
                else node.module
                for alias in node.names
            }
        elif isinstance(node, ast.Import):
            imported |= {alias.name for alias in node.names}
    own = {"qgis", "processing", "miaf_engine", "miaf_qgis"}
    own |= BROUGHT_BY_QGIS.get(path.parent.name, set())
    own |= BROUGHT_BY_QGIS.get(f"{path.parent.name}/{path.name}", set())
    tops = {name.split(".")[0] for name in imported}
    assert tops <= own | set(sys.stdlib_module_names)
    light = ("miaf_engine.requests", "miaf_engine.models.card", "miaf_engine.classes")
    light += ("miaf_engine.errors", "miaf_engine.io.move_journal")
    light += ("miaf_engine.translation",)
    light += ("miaf_engine.cubes.band", "miaf_engine.io.envi")
    of_engine = {name for name in imported if name.startswith("miaf_engine.")}
    assert not {name for name in of_engine if not name.startswith(light)}
    assert len(text.splitlines()) <= 450
