"""One QGIS for all tests of the plugin, small layers, and an engine that is a fake."""

from __future__ import annotations

import os
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
ROOT = Path(__file__).parents[2]
sys.path.append(str(ROOT))

from osgeo import gdal, osr  # noqa: E402
from qgis.core import (  # noqa: E402
    QgsApplication,
    QgsFeature,
    QgsGeometry,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProject,
    QgsRectangle,
    QgsVectorFileWriter,
    QgsVectorLayer,
)
from qgis.PyQt.QtWidgets import QApplication  # noqa: E402

from miaf_qgis.engine import environment  # noqa: E402
from tests.qgis.window import Iface  # noqa: E402

FAKE_ENGINE = Path(__file__).parent / "fake_engine.py"
CRS = "EPSG:32616"
WEST, NORTH = 500_000.0, 4_500_000.0


@pytest.fixture(scope="session", autouse=True)
def qgis(tmp_path_factory):
    """A QGIS without windows, settings and user folders of its own."""
    os.environ["QGIS_CUSTOM_CONFIG_PATH"] = str(tmp_path_factory.mktemp("profile"))
    application = QgsApplication([], False)
    application.initQgis()
    yield application
    _STARTED.append(application)


_STARTED: list[QgsApplication] = []


def pytest_unconfigure():
    """End QGIS after pytest has let go of the last test's layers."""
    for application in _STARTED:
        application.exitQgis()


@pytest.fixture(autouse=True)
def user_folders(tmp_path, monkeypatch):
    """The user's data folder is empty, and no interpreter is named."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data home"))
    monkeypatch.delenv("MIAF_ENGINE_PYTHON", raising=False)
    # QGIS's own Python may have the engine's packages; here it is to lack one.
    packages = (*environment.PACKAGES, "miaf_no_such_package")
    monkeypatch.setattr(environment, "PACKAGES", packages)
    return tmp_path / "data home"


@pytest.fixture
def iface(qgis):
    """A window that stands in for QGIS's, where there can be windows."""
    if not isinstance(QApplication.instance(), QApplication):
        pytest.skip("no QApplication")
    return Iface()


@pytest.fixture(scope="session")
def plugin(qgis):
    """The plugin as qgis_process has it: from the root's classFactory, no windows."""
    specification = spec_from_file_location("miaf", ROOT / "__init__.py")
    module = module_from_spec(specification)
    specification.loader.exec_module(module)
    plugin = module.classFactory(None)
    plugin.initProcessing()
    yield plugin
    plugin.unload()
    assert QgsApplication.processingRegistry().providerById("miaf") is None


@pytest.fixture(scope="session")
def provider(plugin):
    return plugin.provider


@pytest.fixture
def algorithm(provider):
    """Return a function that makes an algorithm ready to run from its short id."""
    return lambda name: provider.algorithm(name).create()


@pytest.fixture
def job_of(algorithm, context, listener):
    """Return a function that makes the engine's job of an algorithm's parameters."""

    def job(name, parameters):
        ready = algorithm(name)
        fine, message = ready.checkParameterValues(parameters, context)
        if not fine:
            raise QgsProcessingException(message)
        ready.work = ready.job(parameters, context, listener)
        return ready.complete(ready.work, parameters, context)

    return job


class Listener(QgsProcessingFeedback):
    """Keeps what it is told; cancels itself at a text, if asked to."""

    def __init__(self, cancel_at: str = "") -> None:
        super().__init__(False)
        self.told: list[tuple[str, str]] = []
        self.fractions: list[float] = []
        self._cancel_at = cancel_at
        self.progressChanged.connect(self.fractions.append)

    def _note(self, kind: str, text: str) -> None:
        self.told.append((kind, text))
        if self._cancel_at and self._cancel_at in text:
            self.cancel()

    def texts(self, kind: str) -> list[str]:
        return [text for told, text in self.told if told == kind]

    def setProgressText(self, text):
        self._note("stage", text)

    def pushInfo(self, text):
        self._note("info", text)

    def pushWarning(self, text):
        self._note("warning", text)

    def pushDebugInfo(self, text):
        self._note("debug", text)

    def reportError(self, text, fatalError=False):
        self._note("error", text)


@pytest.fixture
def listener():
    return Listener()


@pytest.fixture
def new_listener():
    return Listener


@pytest.fixture
def context():
    context = QgsProcessingContext()
    context.setProject(QgsProject.instance())
    yield context
    QgsProject.instance().clear()


@pytest.fixture
def fake_python(tmp_path, monkeypatch):
    """An interpreter that plays the engine; MIAF_FAKE says how it behaves."""
    path = tmp_path / "Ünïcode földer" / "python3"
    path.parent.mkdir()
    path.write_text(f"#!{sys.executable}\n" + FAKE_ENGINE.read_text(encoding="utf-8"))
    path.chmod(0o755)
    monkeypatch.setenv("MIAF_ENGINE_PYTHON", str(path))
    monkeypatch.setenv("MIAF_FAKE", "good")
    return str(path)


def make_raster(path, *, bands=5, kind=gdal.GDT_Float32, crs=CRS):
    dataset = gdal.GetDriverByName("GTiff").Create(str(path), 40, 30, bands, kind)
    dataset.SetGeoTransform((WEST, 10.0, 0.0, NORTH, 0.0, -10.0))
    if crs:
        reference = osr.SpatialReference()
        reference.SetFromUserInput(crs)
        dataset.SetProjection(reference.ExportToWkt())
    for band in range(1, bands + 1):
        dataset.GetRasterBand(band).Fill(band)
    dataset.FlushCache()
    return str(path)


@pytest.fixture
def new_raster():
    return make_raster


@pytest.fixture
def cube(tmp_path):
    return make_raster(tmp_path / "Würfel with spaces.tif")


def square(column: float, row: float, size: float = 20.0) -> QgsGeometry:
    x, y = WEST + 10 * column, NORTH - 10 * row
    return QgsGeometry.fromRect(QgsRectangle(x, y - size, x + size, y))


def make_areas(classes, *, crs=CRS, kind="string", field="cover", geometry="Polygon"):
    """Return a memory layer with one small square a class value."""
    layer = QgsVectorLayer(
        f"{geometry}?crs={crs}&field={field}:{kind}&field=note:string",
        "Areas",
        "memory",
    )
    features = []
    for number, value in enumerate(classes):
        feature = QgsFeature(layer.fields())
        feature.setAttributes([value, "x"])
        feature.setGeometry(square(3 * number, 2))
        features.append(feature)
    layer.dataProvider().addFeatures(features)
    layer.updateExtents()
    QgsProject.instance().addMapLayer(layer)
    return layer


@pytest.fixture
def new_areas(context):
    return make_areas


@pytest.fixture
def areas(new_areas):
    return new_areas(["Wheat", "Corn", "Wheat", "Oats"])


@pytest.fixture
def saved(areas, context, tmp_path):
    """Return the path of the areas as a GeoPackage."""
    path = tmp_path / "äreas one.gpkg"
    QgsVectorFileWriter.writeAsVectorFormatV3(
        areas,
        str(path),
        context.transformContext(),
        QgsVectorFileWriter.SaveVectorOptions(),
    )
    return path
