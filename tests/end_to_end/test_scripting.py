"""The examples of docs/scripting.md, run as they stand there."""

import json
import os
import re
import shutil
import sys

import pytest

from tests import tiny
from tests.end_to_end.programs import QGIS_PYTHON, finish
from tests.repository import ROOT

BLOCKS = re.findall(
    r"^```(\w+)\n(.*?)^```$",
    (ROOT / "docs" / "scripting.md").read_text(encoding="utf-8"),
    re.MULTILINE | re.DOTALL,
)
PYTHON = [text for kind, text in BLOCKS if kind == "python"]
SHELL = [text for kind, text in BLOCKS if kind == "sh"]
# What the Python console of QGIS has done before.
CONSOLE = """
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from qgis.core import QgsApplication
application = QgsApplication([], False)
application.initQgis()
sys.path.append(str(Path(QgsApplication.pkgDataPath()) / "python" / "plugins"))
from processing.core.Processing import Processing
Processing.initialize()
specification = spec_from_file_location("miaf", {root!r} + "/__init__.py")
module = module_from_spec(specification)
specification.loader.exec_module(module)
plugin = module.classFactory(None)
plugin.initProcessing()
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The scene that the examples are about, and a program `qgis_process`."""
    folder = tmp_path_factory.mktemp("scripting")
    tiny.inputs(folder)
    (folder / "lines").mkdir()
    for name in ("a.tif", "c.tif"):
        shutil.copy(folder / "cube.tif", folder / "lines" / name)
    (folder / "lines" / "b.tif").write_text("no raster", encoding="utf-8")
    program = folder / "bin" / "qgis_process"
    program.parent.mkdir()
    # With the old PATH, because it looks for a program of this name itself.
    old = os.environ["PATH"]
    words = f'PATH="{old}" exec "{ROOT}/.ci/qgis-process" "$@"'
    program.write_text(f"#!/bin/sh\n{words}\n")
    program.chmod(0o755)
    return folder


def environment(folder):
    return {
        "QT_QPA_PLATFORM": "offscreen",
        "PROFILE_FOLDER": str(folder / "qgis"),
        "QGIS_CUSTOM_CONFIG_PATH": str(folder / "profile"),
        "XDG_DATA_HOME": str(folder / "data"),
        "MIAF_ENGINE_PYTHON": sys.executable,
    }


@pytest.fixture(scope="module")
def console(folder):
    """What the Python examples print, one after the other."""
    script = folder / "console.py"
    text = "\n".join([CONSOLE.format(root=str(ROOT)), *PYTHON])
    script.write_text(text, encoding="utf-8")
    return finish([QGIS_PYTHON, script], folder=folder, **environment(folder))


def test_there_are_examples():
    assert len(PYTHON) == 2
    assert len(SHELL) == 2


def test_the_python_examples(console, folder):
    assert console.status == 0, console.said
    path, accuracy = console.output.splitlines()[0].split()
    assert path.endswith("map.tif")
    assert 0 < float(accuracy) <= 1
    for name in ("map.tif", "confidence.tif", "model.miaf.safetensors", "report.html"):
        assert (folder / name).stat().st_size > 0
    made = sorted(path.name for path in (folder / "maps").glob("*.tif"))
    assert made == ["a.tif", "c.tif"]
    assert any(line.startswith("b.tif: ") for line in console.output.splitlines())


@pytest.mark.parametrize("example", SHELL, ids=["arguments", "json"])
def test_the_shell_examples(console, folder, example):

    path = f"{folder / 'bin'}:{os.environ['PATH']}"
    done = finish(
        ["sh", "-c", example], folder=folder, **environment(folder), PATH=path
    )
    if "Invalid parameter value -" in done.said:
        pytest.skip("QGIS before 3.24 takes no parameters as JSON")
    assert done.status == 0, done.said
    results = json.loads(done.output[done.output.index("{") :])["results"]
    if "miaf:assess" in example:
        assert 0 < results["KAPPA"] <= 1
        assert (folder / "matrix.csv").stat().st_size > 0
    else:
        assert (folder / "again.tif").read_bytes() == (folder / "map.tif").read_bytes()
