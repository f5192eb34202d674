"""What the plugin brings into QGIS when it starts: little, and nothing numerical."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import qgis

from miaf_qgis import PLUGIN_FOLDER

# Where Processing lies, so that it could be imported by mistake.
PLUGINS = [
    str(parent / "plugins")
    for parent in (Path("/usr/share/qgis/python"), *Path(qgis.__file__).parents[:2])
    if (parent / "plugins" / "processing").is_dir()
]
# Runs in a Python of its own: in this one the other tests have imported much.
START = """
import json, sys
from qgis.core import QgsApplication
application = QgsApplication([], False)
application.initQgis()
before = set(sys.modules)
sys.path += [{folder!r}, *{plugins!r}]
from miaf_qgis.plugin import MiafPlugin
plugin = MiafPlugin(None)
plugin.initProcessing()
for algorithm in plugin.provider.algorithms():
    algorithm.icon(), algorithm.helpUrl(), algorithm.displayName(), algorithm.tags()
    assert algorithm.name() == "demo" or algorithm.parameterDefinitions()
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
        [
            sys.executable,
            "-c",
            START.format(folder=str(PLUGIN_FOLDER), plugins=PLUGINS),
        ],
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


def test_what_only_a_run_needs_comes_with_the_run(brought):
    """Lists, dialogs and menus are made without what reads layers or starts engines."""
    ours = {name for name in brought if name.startswith(("miaf_qgis", "miaf_engine"))}
    late = {
        "engine.process",
        "layers.areas",
        "layers.styling",
        "layers.area_checks",
        "layers.run_notes",
    }
    assert not {f"miaf_qgis.{name}" for name in late} & ours
    for name in late:
        assert (PLUGIN_FOLDER / "miaf_qgis" / f"{name.replace('.', '/')}.py").is_file()
    # Each module costs QGIS's start a third of a millisecond.
    assert len(ours) <= 60


def test_processing_is_left_to_qgis(brought):
    """QGIS may load it later; its import alone takes a quarter of a second."""
    assert not {name for name in brought if name.partition(".")[0] == "processing"}


def test_the_engine_stays_outside(brought):
    assert not {name for name in brought if name.startswith("miaf_engine.tasks")}
    assert "miaf_engine.training.loop" not in brought


def test_qgis_process_gets_no_windows(brought):
    assert "miaf_qgis.desktop.desktop" not in brought
