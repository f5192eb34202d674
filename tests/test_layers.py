"""Who may import what: the engine's layers, and the wall between engine and plugin."""

import ast
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from tests.repository import ROOT

ENGINE, PLUGIN = ROOT / "miaf_engine", ROOT / "miaf_qgis"
QGIS = {"qgis", "PyQt5", "PyQt6", "osgeo"}
NUMERICS = {"torch", "skimage", "sklearn", "scipy", "numpy", "rasterio", "shapely"}
# What the plugin may use of the engine: no more than the standard library comes along.
LIGHT = {
    *("classes", "errors", "translation"),
    *("models.card", "io.move_journal", "requests"),
    *("cubes.band_metadata", "cubes.bands", "io.envi"),
    *("requests.assess", "requests.base", "requests.classify", "requests.compare"),
    *("requests.import_benchmark", "requests.inspect", "requests.settings"),
    *("requests.draw_sample", "requests.rasters"),
    *("requests.suggest_areas", "requests.superpixels", "requests.train"),
}
GROUND = {*("classes", "errors", "grid", "limits", "memory", "progress"), "translation"}
PACKAGES, MOST_NAMES = 12, 25


def sources(folder):
    return sorted(folder.rglob("*.py"))


def module_name(path):
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(path):
    """Return the full names of what a file imports, wherever in it."""
    package = path.relative_to(ROOT).parent.parts
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else ()
            base = ".".join([*above, *([node.module] if node.module else [])])
            found |= {f"{base}.{alias.name}" for alias in node.names}
    return found


def unit(name):
    """Return the part of the engine that a full name belongs to, or None."""
    parts = name.split(".")
    return parts[1] if parts[0] == "miaf_engine" and len(parts) > 1 else None


@cache
def modules():
    """Return the modules of the engine by full name."""
    return {module_name(path): path for path in sources(ENGINE)}


def packages():
    """Return the packages of the engine, those directly in it."""
    return sorted(path.parent.name for path in ENGINE.glob("*/__init__.py"))


@cache
def statement(package):
    """Return what a package's docstring says: public names, and what it may import.

    Returns:
        {(module, name)}, with None for a module that is used whole, and {package}.
    """
    tree = ast.parse((ENGINE / package / "__init__.py").read_text(encoding="utf-8"))
    text = ast.get_docstring(tree)
    listed, _, allowed = text.partition("May import:")
    names = set()
    for short, given in re.findall(r"^ {4}`([\w.]+)`: ((?:.|\n {8})+)", listed, re.M):
        whole = f"miaf_engine.{package}" + ("" if short == package else f".{short}")
        for name in re.sub(r"\s+", " ", given).split(", "):
            is_module = name in ("the module", "and the module")
            names.add((whole, None if is_module else name))
    allowed = allowed.strip().removesuffix(".")
    if allowed == "no other package":
        return names, set()
    return names, set(re.split(r",\s+", allowed))


def in_engine(name):
    return name is not None and name.split(".")[0] == "miaf_engine"


@cache
def used_names(path):
    """Return what a file uses of the engine, as (module, name); name None is all."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and in_engine(node.module):
            for alias in node.names:
                full = f"{node.module}.{alias.name}"
                known = full in modules()
                found.add((full, None) if known else (node.module, alias.name))
        elif isinstance(node, ast.Import):
            found |= {(a.name, None) for a in node.names if a.name in modules()}
    return found


def across():
    """Yield (module, used module, name) for what modules use of other packages."""
    for own, path in modules().items():
        for used, name in used_names(path):
            if unit(used) in packages() and unit(used) != unit(own):
                yield own, used, name


def graph_of_modules():
    """Return which modules of the engine each one imports."""
    return {
        own: {used for used, _ in used_names(path)} - {own, "miaf_engine"}
        for own, path in modules().items()
    }


@pytest.mark.parametrize("path", sources(ENGINE), ids=module_name)
def test_engine_knows_nothing_of_qgis(path):
    forbidden = QGIS | {"miaf_qgis"}
    assert not {name for name in imports(path) if name.split(".")[0] in forbidden}


@pytest.mark.parametrize("path", sources(PLUGIN), ids=module_name)
def test_plugin_does_no_numerics(path):
    # The plot of spectra adds up and compares a few of them.
    forbidden = NUMERICS - ({"numpy"} if path.parent.name == "spectra" else set())
    assert not {name for name in imports(path) if name.split(".")[0] in forbidden}


@pytest.mark.parametrize("path", sources(PLUGIN), ids=module_name)
def test_plugin_uses_only_the_light_parts_of_the_engine(path):
    used = {name.partition(".")[2] for name, _ in used_names(path)}
    assert used - {""} <= LIGHT


def test_the_ground_imports_no_package():
    ground = [own for own in modules() if unit(own) not in {*packages(), "__main__"}]
    assert {unit(own) for own in ground} - {None} == GROUND
    upward = [(own, used) for own, used, _ in across() if own in ground]
    assert not upward


@pytest.mark.parametrize("package", packages())
def test_a_package_imports_what_its_docstring_allows(package):
    _, allowed = statement(package)
    assert allowed <= set(packages())
    strange = {
        f"{own} imports {used}"
        for own, used, _ in across()
        if unit(own) == package and unit(used) not in allowed
    }
    assert not strange


@pytest.mark.parametrize("package", packages())
def test_a_package_lets_out_the_names_that_its_docstring_lists(package):
    """A new name goes into the list; one that nobody uses any more goes out of it."""
    listed, _ = statement(package)
    used = {(module, name) for _, module, name in across() if unit(module) == package}
    for path in sources(PLUGIN):
        used |= {pair for pair in used_names(path) if unit(pair[0]) == package}
    assert used == listed


def test_packages_go_one_way():
    graph = {package: statement(package)[1] for package in packages()}
    assert len(graph) == PACKAGES
    while graph:
        leaves = {name for name, used in graph.items() if not used & graph.keys()}
        assert leaves, f"circle among {sorted(graph)}"
        graph = {name: used for name, used in graph.items() if name not in leaves}


def test_no_circle_of_modules():
    graph = graph_of_modules()
    while graph:
        leaves = {name for name, used in graph.items() if not used & graph.keys()}
        assert leaves, f"circle among {sorted(graph)}"
        graph = {name: used for name, used in graph.items() if name not in leaves}


def test_no_task_imports_another():
    for own, path in modules().items():
        if not own.startswith("miaf_engine.tasks."):
            continue
        task = own.split(".")[2]
        others = {
            used.split(".")[2]
            for used, _ in used_names(path)
            if used.startswith("miaf_engine.tasks.")
        }
        shared = {task, "inputs", "outputs", "workers"}
        shared |= {"classify"} if task == "classify_many" else set()
        assert others <= shared, own


@pytest.mark.parametrize("folder", [ENGINE, PLUGIN, ROOT / "tests" / "engine"])
def test_a_level_shows_at_most_25_names(folder):
    for level in [folder, *(path for path in folder.rglob("*") if path.is_dir())]:
        names = {path.stem for path in level.glob("*.py")} - {"__init__", "__main__"}
        names |= {path.name for path in level.iterdir() if list(path.glob("*.py"))}
        assert len(names) <= MOST_NAMES, level


@pytest.mark.parametrize("name", ["", *(f".{part}" for part in sorted(LIGHT))])
def test_light_parts_load_no_package(name):
    heavy = sorted(NUMERICS | {"pyogrio", "safetensors", "jinja2", "matplotlib"})
    code = f"import sys, miaf_engine{name}; print(*({heavy} & sys.modules.keys()))"
    code = code.replace(str(heavy), "{" + ", ".join(map(repr, heavy)) + "}")
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=Path(ROOT),
        check=True,
        capture_output=True,
        text=True,
    )
    assert done.stdout.strip() == ""


def used_by_the_plugin():
    """Return the light parts and all that they import."""
    graph, found = graph_of_modules(), {f"miaf_engine.{part}" for part in LIGHT}
    while more := {part for own in found for part in graph[own]} - found:
        found |= more
    return sorted(found)


@pytest.mark.parametrize("name", used_by_the_plugin())
def test_light_parts_load_in_the_oldest_python_of_qgis(name):
    """QGIS 3.22 on Windows comes with Python 3.9."""
    text = modules()[name].read_text(encoding="utf-8")
    tree = ast.parse(text, feature_version=(3, 9))
    newer = {"kw_only", "slots"}  # keywords of dataclass, from 3.10
    if name == "miaf_engine.cubes.band_metadata":  # which QGIS calls
        newer.add("strict")  # of zip
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    assert not {word.arg for call in calls for word in call.keywords} & newer
    assert "from __future__ import annotations" in text or "|" not in text
    aliases = [node.value for node in tree.body if isinstance(node, ast.Assign)]
    assert not [
        node
        for node in aliases
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr)
    ]
