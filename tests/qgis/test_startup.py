"""What the plugin brings into QGIS when it starts: little, and nothing numerical."""

import json
import os
import subprocess
import sys

import pytest

from miaf_qgis import PLUGIN_FOLDER

# Runs in a Python of its own: in this one the other tests have imported much.
START = """
import json, sys
from qgis.core import QgsApplication
application = QgsApplication([], False)
application.initQgis()
before = set(sys.modules)
sys.path.append({folder!r})
from miaf_qgis.plugin import MiafPlugin
plugin = MiafPlugin(None)
plugin.initProcessing()
for algorithm in plugin.provider.algorithms():
    algorithm.icon(), algorithm.helpUrl(), algorithm.canExecute()
print(json.dumps(sorted(set(sys.modules) - before)))
plugin.unload()
application.exitQgis()
"""
NUMERICAL = {
    "numpy", "scipy", "torch", "skimage", "rasterio", "pyogrio", "shapely", "h5py",
    "safetensors", "matplotlib", "jinja2", "pandas", "osgeo", "PIL", "sklearn",
}  # fmt: skip


@pytest.fixture(scope="module")
def brought():
    said = subprocess.run(
        [sys.executable, "-c", START.format(folder=str(PLUGIN_FOLDER))],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        check=True,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    ).stdout
    return set(json.loads(said.splitlines()[-1]))


def test_nothing_numerical_comes_with_the_plugin(brought):
    assert "miaf_qgis.provider" in brought
    tops = {name.partition(".")[0] for name in brought}
    assert tops & NUMERICAL == set()


def test_the_engine_stays_outside(brought):
    assert not {name for name in brought if name.startswith("miaf_engine.pipeline")}
    assert "miaf_engine.training" not in brought


def test_qgis_process_gets_no_windows(brought):
    assert "miaf_qgis.desktop" not in brought
