"""The zip that users install, in an empty profile."""

import os
import shutil
import subprocess
import sys
import zipfile

import pytest

from tests import tiny
from tests.end_to_end.programs import TINY, QgisProcess
from tests.repository import ROOT

ALGORITHMS = (
    "trainandclassify", "train", "classify", "assess", "setupengine", "diagnostics",
    "demo",
)  # fmt: skip


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """`qgis_process` with the unpacked zip in its folder of plugins."""
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")
    folder = tmp_path_factory.mktemp("installed")
    index = folder / "index"
    shutil.copy(git("rev-parse", "--git-path", "index"), index)
    # As if all were committed: the zip holds what git knows.
    git("add", "--intent-to-add", ".", GIT_INDEX_FILE=str(index))
    subprocess.run(
        [sys.executable, ".ci/package.py", "--output", folder],
        cwd=ROOT,
        env={**os.environ, "GIT_INDEX_FILE": str(index)},
        check=True,
        capture_output=True,
    )
    with zipfile.ZipFile(next(folder.glob("miaf-*.zip"))) as archive:
        archive.extractall(folder / "plugins")
    return QgisProcess(folder)


def git(*words, **environment):
    command = ["git", *words]
    said = subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, **environment},
        check=True,
        capture_output=True,
        encoding="utf-8",
    ).stdout
    return ROOT / said.strip()


def test_all_algorithms_are_listed(installed):
    listed = installed.call("list")
    assert listed.status == 0, listed.said
    assert [name for name in ALGORITHMS if f"miaf:{name}\t" not in listed.output] == []
    assert "Traceback" not in listed.said


def test_a_map_is_made(installed, tmp_path):
    given = tiny.inputs(tmp_path)
    results = installed.run(
        "miaf:trainandclassify",
        **TINY,
        CUBE=given["cube"],
        ROIS=given["rois"],
        OUTPUT=tmp_path / "map.tif",
        REPORT=tmp_path / "report.html",
    ).results
    assert (tmp_path / "map.tif").stat().st_size > 0
    assert (tmp_path / "report.html").stat().st_size > 0
    assert results["OVERALL_ACCURACY"] > 0
