"""The repository as others meet it: metadata, packaged plugin, clean text."""

import ast
import configparser
import hashlib
import os
import re
import subprocess
import sys
import zipfile
from pathlib import PurePosixPath

import pytest

import miaf_engine
from tests.repository import ROOT, tracked_files

REQUIRED = (
    "name description version qgisMinimumVersion author email about tracker repository"
    " homepage license icon category tags changelog"
).split()
FORBIDDEN_SUFFIXES = {".pyc", ".pyo", ".sh", ".bat", ".exe", ".dll", ".so", ".dylib"}


@pytest.fixture(scope="module")
def metadata():
    parser = configparser.ConfigParser(interpolation=None)
    parser.optionxform = str
    parser.read(ROOT / "metadata.txt", encoding="utf-8")
    return parser["general"]


def package(folder):
    """Build the zip and return its path."""
    command = [sys.executable, ".ci/package.py", "--output", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return next(folder.glob("miaf-*.zip"))


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    if not {"__init__.py", "metadata.txt", "LICENSE"} <= set(tracked_files()):
        pytest.skip("the files of the plugin are not in git yet")
    return package(tmp_path_factory.mktemp("package"))


def test_metadata_has_what_the_plugin_site_wants(metadata):
    assert [key for key in REQUIRED if not metadata.get(key, "").strip()] == []
    assert not re.search(r"<[a-z/]", " ".join(metadata.values()), re.IGNORECASE)
    assert "plugin" not in metadata["name"].lower()
    assert "/" not in metadata["author"]
    assert (ROOT / metadata["icon"]).is_file()
    for key in ("homepage", "tracker", "repository"):
        assert metadata[key].startswith("https://")


def test_metadata_opens_the_plugin_to_qgis_3_and_4(metadata):
    assert metadata["hasProcessingProvider"] == "yes"
    assert metadata["qgisMinimumVersion"] == "3.22"
    # QGIS 4 is prepared for (docs/qt6.md) and has not been tried.
    assert metadata["qgisMaximumVersion"] == "3.99"
    assert "supportsQt6" not in metadata


def test_one_version_everywhere(metadata):
    version = metadata["version"]
    assert version == miaf_engine.__version__
    assert version in metadata["changelog"]
    assert f"## [{version}]" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f"\nversion: {version}\n" in (ROOT / "CITATION.cff").read_text("utf-8")
    assert f"miaf-{version}.zip" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_software_is_cited_with_the_paper():
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for fact in ("10.1016/j.eswa.2025.128386", "Expert Systems with Applications"):
        assert fact in citation
        assert fact in readme


def test_reports_of_defects_ask_for_the_diagnostics():
    templates = ROOT / ".github" / "ISSUE_TEMPLATE"
    for name in ("bug", "accuracy"):
        text = (templates / f"{name}.yml").read_text(encoding="utf-8")
        assert "id: diagnostics" in text
        assert "miaf:diagnostics" in text


def test_about_names_every_package_of_the_engine(metadata):
    lines = (ROOT / "miaf_engine" / "requirements.txt").read_text().splitlines()
    names = [re.match(r"[\w-]+", line).group() for line in lines if line[:1].isalpha()]
    assert [name for name in names if name not in metadata["about"]] == []


def test_zip_follows_the_rules_of_the_plugin_site(archive):
    with zipfile.ZipFile(archive) as zipped:
        entries = zipped.infolist()
    paths = [PurePosixPath(entry.filename) for entry in entries]
    inside = {str(path.relative_to("miaf")) for path in paths}
    assert {"__init__.py", "metadata.txt", "LICENSE", "resources/icon.svg"} <= inside
    assert {path.parts[0] for path in paths} == {"miaf"}
    assert not [path for path in paths if path.suffix in FORBIDDEN_SUFFIXES]
    assert not [path for path in paths if any(p.startswith(".") for p in path.parts)]
    assert not [name for name in inside if name.startswith(("tests", "build", "docs"))]
    assert not [entry for entry in entries if entry.external_attr >> 16 & 0o111]
    assert archive.stat().st_size <= 25 * 2**20


def test_zip_holds_what_the_plugin_needs(archive):
    with zipfile.ZipFile(archive) as zipped:
        packed = set(zipped.namelist())
    code = [n for n in tracked_files() if n.startswith(("miaf_qgis/", "miaf_engine/"))]
    wanted = [name for name in code if not name.endswith("ruff.toml")]
    wanted += ["resources/demo/indian_pines.tif", "resources/demo/rois.gpkg"]
    assert [name for name in wanted if f"miaf/{name}" not in packed] == []


def test_zip_is_the_same_each_time(archive, tmp_path):
    digests = {
        hashlib.sha256(path.read_bytes()).hexdigest()
        for path in (archive, package(tmp_path))
    }
    assert len(digests) == 1


def test_shipped_code_has_nothing_that_blocks_an_upload():
    """The scan of the plugin site refuses these calls."""
    refused = {"exec", "eval"}
    found = []
    for folder in ("miaf_qgis", "miaf_engine"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                called = isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
                if called and node.func.id in refused:
                    found.append((path.name, node.lineno, node.func.id))
                if isinstance(node, ast.keyword) and node.arg == "shell":
                    found.append((path.name, node.value.lineno, "shell="))
    assert not found


def text_files():
    for name in tracked_files():
        content = (ROOT / name).read_bytes()
        if b"\0" not in content[:8192]:
            yield name, content.decode("utf-8")


def test_text_names_no_machine():
    # Put together here, so that this file does not hold what it looks for.
    folders = "|".join(("wo" + "rk", "ro" + "ot", "ho" + "me", "Us" + "ers"))
    pattern = re.compile(rf"(?<![\w./}}$])/({folders})/\w+")
    found = [
        f"{name}: {match.group()}"
        for name, text in text_files()
        for match in pattern.finditer(text)
    ]
    assert not found


def test_no_text_has_the_marks_of_a_merge():
    mark = re.compile(r"^(<{7}|>{7}) ", re.MULTILINE)
    assert [name for name, text in text_files() if mark.search(text)] == []


def test_scripts_can_be_run():
    scripts = [".ci/run", ".ci/setup", ".ci/qgis-process"]
    assert [name for name in scripts if not os.access(ROOT / name, os.X_OK)] == []
    for name in scripts:
        assert (ROOT / name).read_text(encoding="utf-8").startswith("#!")


@pytest.mark.parametrize(
    ("fails", "asked", "status"),
    [("", ["lint", "test"], 0), ("lint", ["lint"], 2), ("test", ["lint", "test"], 2)],
)
def test_continuous_integration_lints_before_it_tests(fails, asked, status, tmp_path):
    make = tmp_path / "make"
    make.write_text(
        f'#!/bin/sh\necho "$@" >>"{tmp_path}/asked"\necho "1 passed"\n'
        f'[ "$1" != "{fails}" ] || exit 2\n'
    )
    make.chmod(0o755)
    path = f"{tmp_path}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        [ROOT / ".ci" / "run"],
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
    )
    assert (tmp_path / "asked").read_text().split() == asked
    assert done.returncode == status
    assert done.stdout.splitlines()[-1] == "1 passed"


def test_the_engine_says_that_it_has_types():
    """Files that pyproject.toml packs beside the modules are there."""
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    names = re.search(r"^miaf_engine = \[(.*)\]$", text, re.MULTILINE).group(1)
    assert '"py.typed"' in names
    engine = ROOT / "miaf_engine"
    packed = {path for n in re.findall(r'"([^"]+)"', names) for path in engine.glob(n)}
    templates = set(engine.glob("reports/templates/*"))
    assert templates
    assert packed == {
        *(engine / "requirements.txt", engine / "py.typed"),
        *engine.glob("languages/*.mo"),
        *templates,
    }


def test_tests_of_the_engine_mirror_its_modules():
    """`test_MODULE.py` beside it, or `test_MODULE_TOPIC.py`; the rest are scenarios."""
    engine = ROOT / "miaf_engine"
    tests = sorted((ROOT / "tests" / "engine").rglob("test_*.py"))
    own = [path for path in tests if path.parent.name != "scenarios"]
    assert len(own) > 100
    for path in own:
        folder = engine / path.parent.relative_to(ROOT / "tests" / "engine")
        modules = {each.stem for each in folder.glob("*.py")} | {folder.name}
        words = path.stem.removeprefix("test_").split("_")
        named = {"_".join(words[: end + 1]) for end in range(len(words))}
        assert named & modules, path.relative_to(ROOT)
