"""Real QGIS and the real engine, each in processes of their own."""

import pytest

from miaf_engine.requests.rasters import MAP_RASTERS
from tests.end_to_end.programs import DEMO, QgisProcess


@pytest.fixture(scope="session")
def qgis_process(tmp_path_factory):
    """Return what runs algorithms with `qgis_process`, in an empty profile."""
    return QgisProcess(tmp_path_factory.mktemp("qgis"))


@pytest.fixture(scope="session")
def whole_job(qgis_process, tmp_path_factory):
    """The demo scene, classified with all outputs; most tests look at this run."""
    folder = tmp_path_factory.mktemp("demo results äöü")
    files = {
        **{raster.name.upper(): raster.ending[1:] for raster in MAP_RASTERS},
        "MODEL": "model.miaf.safetensors",
        "REPORT": "report.html",
    }
    paths = {name: str(folder / file) for name, file in files.items()}
    return qgis_process.run("miaf:trainandclassify", **DEMO, **paths)
