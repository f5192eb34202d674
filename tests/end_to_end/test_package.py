"""The zip that users install: the plugin site's rules, and an empty profile."""

import ast
import configparser
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path, PurePosixPath

import pytest

from tests import tiny
from tests.end_to_end.programs import (
    DEMO,
    QGIS_PYTHON,
    TINY,
    Finished,
    QgisProcess,
    finish,
)
from tests.repository import ROOT

ALGORITHMS = (
    "trainandclassify", "train", "classify", "classifymany", "assess", "setupengine",
    "diagnostics", "demo", "classifyandvectorise",
)  # fmt: skip
LIMIT_MB = 25
# Lines on which Bandit is wrong: the one import of XML, and programs without a shell.
MOST_EXCUSED = 6
HIDDEN_ALLOWED = {".gitignore", ".gitattributes", ".bandit", ".flake8"}
BINARIES = {
    ".pyc", ".so", ".dll", ".exe", ".sh", ".bat", ".pyd", ".dylib", ".o", ".a", ".jar",
}  # fmt: skip


def git(*words, **environment):
    return subprocess.run(
        ["git", *words],
        cwd=ROOT,
        env={**os.environ, **environment},
        check=True,
        capture_output=True,
        encoding="utf-8",
    ).stdout.strip()


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    """The zip of this checkout, as if all were committed."""
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")
    folder = tmp_path_factory.mktemp("package")
    index = folder / "index"
    shutil.copy(ROOT / git("rev-parse", "--git-path", "index"), index)
    # The zip holds what git knows.
    git("add", "--intent-to-add", ".", GIT_INDEX_FILE=str(index))
    subprocess.run(
        [sys.executable, ".ci/package.py", "--output", folder],
        cwd=ROOT,
        env={**os.environ, "GIT_INDEX_FILE": str(index)},
        check=True,
        capture_output=True,
    )
    return next(folder.glob("miaf-*.zip"))


@pytest.fixture(scope="module")
def entries(archive):
    with zipfile.ZipFile(archive) as opened:
        return opened.infolist()


@pytest.fixture(scope="module")
def unpacked(archive, tmp_path_factory):
    folder = tmp_path_factory.mktemp("unpacked")
    with zipfile.ZipFile(archive) as opened:
        opened.extractall(folder)
    return folder / "miaf"


@pytest.fixture(scope="module")
def profile(tmp_path_factory):
    return tmp_path_factory.mktemp("installed")


@pytest.fixture(scope="module")
def told(archive, profile) -> Finished:
    """What QGIS's plugin installer says of the zip, put into an empty profile."""
    (profile / "profile").mkdir()
    return finish(
        [
            QGIS_PYTHON,
            Path(__file__).parent / "install_zip.py",
            archive,
            profile / "profile",
            profile / "plugins",
        ],
        QT_QPA_PLATFORM="offscreen",
        XDG_DATA_HOME=str(profile / "data"),
        PYTHONDONTWRITEBYTECODE="1",
    )


@pytest.fixture(scope="module")
def installed(told, profile):
    """`qgis_process` in that profile."""
    assert told.status == 0, told.said
    return QgisProcess(profile)


def test_names_in_the_zip_follow_the_sites_rules(archive, entries):
    assert archive.stat().st_size <= LIMIT_MB * 2**20
    names = [entry.filename for entry in entries]
    paths = [PurePosixPath(name) for name in names]
    assert {path.parts[0] for path in paths} == {"miaf"}
    assert {"miaf/__init__.py", "miaf/metadata.txt", "miaf/LICENSE"} <= set(names)
    assert not [name for name in names if "\\" in name or ".." in name]
    assert not [path for path in paths if path.suffix in BINARIES]
    parts = {part for path in paths for part in path.parts}
    assert not {part for part in parts if part[0] == "."} - HIDDEN_ALLOWED
    assert not parts & {"__pycache__", "__MACOSX", ".git"}
    assert len({name.casefold() for name in names}) == len(names)  # For Windows.


def test_nothing_in_the_zip_is_executable_or_a_link(entries):
    assert {oct(entry.external_attr >> 16) for entry in entries} == {"0o100644"}


def test_no_file_is_compiled_code(unpacked):
    heads = (b"\x7fELF", b"MZ", b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe", b"#!/")
    found = [
        path.name
        for path in unpacked.rglob("*")
        if path.is_file() and path.read_bytes().startswith(heads)
    ]
    assert found == []


def test_code_in_the_zip_is_that_of_the_checkout(unpacked):
    sources = sorted(unpacked.rglob("*.py"))
    assert len(sources) > 100
    for path in sources:
        assert path.read_bytes() == (ROOT / path.relative_to(unpacked)).read_bytes()
        ast.parse(path.read_text(encoding="utf-8"))


def test_metadata_follow_the_sites_rules(unpacked):
    parser = configparser.ConfigParser()  # The site's: a lone % would fail.
    parser.read(unpacked / "metadata.txt", encoding="utf-8")
    data = dict(parser["general"])
    for key in (
        "name", "description", "version", "qgisMinimumVersion", "author", "email",
        "about", "tracker", "repository", "homepage",
    ):  # fmt: skip
        assert data[key.lower()].strip(), key
    for key in ("tracker", "repository", "homepage"):
        assert re.fullmatch(r"https://[\w.-]+/\S+", data[key]), key
    assert "supportsqt6" not in data
    assert not re.search(r"<\w+>", data["about"] + data["description"])
    assert (unpacked / data["icon"]).is_file()
    assert "GNU GENERAL PUBLIC LICENSE" in (unpacked / "LICENSE").read_text("utf-8")


def scanned_by_bandit(folder):
    words = ["-m", "bandit", "-q", "-r", ".", "-f", "json"]
    done = finish([sys.executable, *words], folder=folder)
    # Words in an excuse that are no name of a rule.
    assert "WARNING" not in done.said
    return json.loads(done.output[done.output.index("{") :])


def scanned_for_secrets(folder):
    words = ["-m", "detect_secrets", "scan", "--all-files", "."]
    done = finish([sys.executable, *words], folder=folder)
    return json.loads(done.output)


def test_the_scanners_find_what_is_planted(tmp_path):
    """That nothing is found says something only of scanners that find."""
    key = "AKIA" + "2F6XQ4ZP7L3MTYWB"  # In two parts, so that no scanner stops here.
    lines = ("import pickle", "pickle.loads(b'')", f"ACCESS = {key!r}")
    (tmp_path / "planted.py").write_text("\n".join(lines))
    results = scanned_by_bandit(tmp_path)["results"]
    assert {item["test_id"] for item in results} == {"B301", "B403"}
    assert list(scanned_for_secrets(tmp_path)["results"]) == ["planted.py"]


def test_bandit_finds_nothing(unpacked):
    """At plugins.qgis.org any finding blocks; a line that is excused says why."""
    report = scanned_by_bandit(unpacked)
    assert report["errors"] == []
    assert report["metrics"]["_totals"]["loc"] > 5000
    found = [
        f"{item['test_id']} {item['filename']}:{item['line_number']}"
        for item in report["results"]
    ]
    assert found == []
    excused = sum(file.read_text().count("# nosec") for file in unpacked.rglob("*.py"))
    assert excused <= MOST_EXCUSED
    assert report["metrics"]["_totals"]["skipped_tests"] == excused


def test_detect_secrets_finds_nothing(unpacked):
    report = scanned_for_secrets(unpacked)
    assert len(report["plugins_used"]) > 10
    assert report["results"] == {}


def test_the_plugin_installer_of_qgis_takes_it(told, profile):
    assert told.status == 0, told.said
    outcome = json.loads(told.output.strip().splitlines()[-1])
    assert outcome["told"] == ["<b>Plugin installed successfully</b>"]
    assert outcome["active"]
    assert Path(outcome["from"]) == profile / "plugins" / "miaf" / "__init__.py"
    assert {f"miaf:{name}" for name in ALGORITHMS} <= set(outcome["algorithms"])
    assert "Traceback" not in told.said


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


def test_the_demo_scene_of_the_zip_is_classified(installed, profile, tmp_path):
    scene = installed.run("miaf:demo").results
    (folder,) = {Path(path).parent for path in scene.values()}
    assert folder.name == "demo" and profile / "plugins" not in folder.parents
    made = installed.run(
        "miaf:trainandclassify",
        **{**DEMO, **scene, "EPOCHS": 2},
        OUTPUT=tmp_path / "map.tif",
        REPORT=tmp_path / "report.html",
    ).results
    assert Path(made["OUTPUT"]).stat().st_size > 0
    assert "Confusion matrix" in (tmp_path / "report.html").read_text("utf-8")
