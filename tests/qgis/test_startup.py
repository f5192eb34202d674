"""What the plugin brings into QGIS when it starts: little, and nothing numerical."""

import itertools
import json
import os
import runpy
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
import qgis.utils

from miaf_qgis import PLUGIN_FOLDER

# Where Processing lies, so that it could be imported by mistake.
PLUGINS = [
    str(parent / "plugins")
    for parent in (Path("/usr/share/qgis/python"), *Path(qgis.__file__).parents[:2])
    if (parent / "plugins" / "processing").is_dir()
]
# Runs in a Python of its own: in this one the other tests have imported much.
START = """
import json, os, sys
import dataclasses, gettext, pathlib, typing
from qgis.core import QgsApplication
application = QgsApplication([], {desktop})
application.initQgis()
sys.path += [{folder!r}, *{plugins!r}]
iface = None
if {desktop}:
    from tests.qgis.window import Iface
    iface = Iface()
before = set(sys.modules)
from miaf_qgis.plugin import MiafPlugin
plugin = MiafPlugin(iface)
plugin.initGui() if {desktop} else plugin.initProcessing()
for algorithm in plugin.provider.algorithms():
    algorithm.icon(), algorithm.helpUrl(), algorithm.displayName(), algorithm.tags()
    algorithm.group(), algorithm.shortDescription(), algorithm.shortHelpString()
    assert algorithm.name() == "demo" or algorithm.parameterDefinitions()
print(json.dumps(sorted(set(sys.modules) - before)), flush=True)
os._exit(0)
"""
NUMERICAL = {
    "numpy", "scipy", "torch", "skimage", "rasterio", "pyogrio", "shapely", "h5py",
    "safetensors", "matplotlib", "jinja2", "pandas", "osgeo", "PIL", "sklearn",
}  # fmt: skip


# What is read of the requests when QGIS starts: the parameters are made from it.
OF_REQUESTS = {"base", "draw_sample", "rasters", "settings"}


def modules_after(*, desktop):
    """Return what the plugin imports until QGIS has it in its menus and lists."""
    code = START.format(folder=str(PLUGIN_FOLDER), plugins=PLUGINS, desktop=desktop)
    said = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        check=True,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    ).stdout
    return set(json.loads(said.splitlines()[-1]))


@pytest.fixture(scope="module")
def brought():
    """What comes with the plugin where there are no windows, as in qgis_process."""
    return modules_after(desktop=False)


@pytest.fixture(scope="module")
def shown():
    """What comes with the plugin in the desktop."""
    return modules_after(desktop=True)


def test_nothing_numerical_comes_with_the_plugin(shown):
    assert "miaf_qgis.provider" in shown
    tops = {name.partition(".")[0] for name in shown}
    assert tops & NUMERICAL == set()


def test_what_only_a_run_needs_comes_with_the_run(shown):
    """Lists, dialogs and menus are made without what reads layers or starts engines."""
    late = {
        *("engine.process", "engine.environment", "layers.areas", "layers.styling"),
        *("layers.area_checks", "layers.run_notes", "layers.bands"),
    }
    for name in late:
        assert (PLUGIN_FOLDER / "miaf_qgis" / f"{name.replace('.', '/')}.py").is_file()
    assert not {f"miaf_qgis.{name}" for name in late} & shown


def test_panel_docks_and_dialogs_come_when_they_are_opened(shown):
    parts = ("desktop", "dock", "spectra")
    windows = {
        name
        for name in shown
        if name.startswith(tuple(f"miaf_qgis.{p}" for p in parts))
    }
    assert windows == {
        *("miaf_qgis.desktop", "miaf_qgis.desktop.desktop", "miaf_qgis.dock"),
        *("miaf_qgis.desktop.show_cube", "miaf_qgis.desktop.swipe"),
        *("miaf_qgis.desktop.widgets", "miaf_qgis.dock.launcher"),
    }  # fmt: skip


def test_parameters_are_made_without_the_requests(shown):
    """They are dataclasses: what Python makes for each takes most of a millisecond."""
    requests = {name for name in shown if name.startswith("miaf_engine.requests.")}
    assert requests == {f"miaf_engine.requests.{name}" for name in OF_REQUESTS}


def test_few_modules_come_with_the_plugin(shown):
    """Each costs QGIS's start a third of a millisecond."""
    ours = {name for name in shown if name.startswith(("miaf_qgis", "miaf_engine"))}
    assert len(ours) <= 65


def test_parts_of_the_standard_library_that_only_a_run_needs_stay_out(shown):
    """QGIS charges them to the first plugin that asks for them."""
    assert not {"shutil", "html", "platform", "subprocess", "tempfile"} & shown


def test_processing_is_left_to_qgis(shown):
    """QGIS may load it later; its import alone takes a quarter of a second."""
    assert not {name for name in shown if name.partition(".")[0] == "processing"}


def test_the_engine_stays_outside(shown):
    assert not {name for name in shown if name.startswith("miaf_engine.tasks")}
    assert "miaf_engine.training.loop" not in shown


# As QGIS does it: the package of the root is loaded anew, then its classFactory called.
UPDATE = """
import runpy, sys
from pathlib import Path
folder = Path(sys.argv[1])
def start(iface):
    made = runpy.run_path(str(folder / "__init__.py"))["classFactory"](iface)
    return made.version()
first = start(object())
running = sys.modules["miaf_qgis.plugin"].MiafPlugin(None)
for path in folder.glob("*/*.py"):
    path.write_text(path.read_text().replace("1.0", "12.0"))
(folder / "miaf_qgis" / "added.py").write_text("")
later = start({iface})
import miaf_qgis.added
print(first, later, running.version())
"""


@pytest.mark.parametrize(
    ("iface", "later"), [("object()", "12.0 12.0"), ("None", "1.0 1.0")]
)
def test_an_update_without_a_restart_brings_all_modules(tmp_path, iface, later):
    """QGIS drops the modules of the root's package alone; a script imports others."""
    modules = {
        "miaf_engine/__init__.py": "version = '1.0'",
        "miaf_qgis/__init__.py": "",
        "miaf_qgis/part.py": "version = '1.0'",
        "miaf_qgis/plugin.py": (
            "import miaf_engine\n"
            "from miaf_qgis import part\n"
            "class MiafPlugin:\n"
            "    def __init__(self, iface): pass\n"
            "    def version(self): return f'{part.version} {miaf_engine.version}'\n"
        ),
    }
    for name, text in modules.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    shutil.copy(PLUGIN_FOLDER / "__init__.py", tmp_path)
    said = subprocess.run(
        [sys.executable, "-c", UPDATE.replace("{iface}", iface), str(tmp_path)],
        cwd=tmp_path,
        check=True,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    ).stdout.strip()
    assert said == f"1.0 1.0 {later} 1.0 1.0"


def test_qgis_process_gets_no_windows(brought):
    assert "miaf_qgis.desktop.desktop" not in brought


def test_a_plugin_is_timed_once_where_qgis_runs_the_timing_twice(monkeypatch):
    ticks = itertools.count()
    for clock in ("perf_counter", "process_time"):
        monkeypatch.setattr(time, clock, lambda: next(ticks))
    loaded = []
    monkeypatch.setattr(qgis.utils, "loadPlugin", loaded.append)
    monkeypatch.setattr(qgis.utils, "startPlugin", loaded.append)
    monkeypatch.delattr(qgis.utils, "loading", raising=False)
    for _ in range(2):
        runpy.run_path(str(PLUGIN_FOLDER / "tests" / "gui" / "timed_loading.py"))
    qgis.utils.loadPlugin("one")
    took = qgis.utils.loading["one"]
    del qgis.utils.loading
    assert loaded == ["one"]
    # Begun at 0 and 1, ended at 2 and 3: nothing else asked for the time between.
    assert took == {"ms": 2000.0, "cpu_ms": 2000.0}
