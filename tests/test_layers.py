"""Who may import what: the engine's layers, and the wall between engine and plugin."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.repository import ROOT

ENGINE, PLUGIN = ROOT / "miaf_engine", ROOT / "miaf_qgis"
QGIS = {"qgis", "PyQt5", "PyQt6", "osgeo"}
NUMERICS = {"torch", "skimage", "sklearn", "scipy", "numpy", "rasterio", "shapely"}
# What the plugin may use of the engine: no more than the standard library comes along.
LIGHT = {
    "config",
    "request_choices",
    "requests",
    "classes",
    "errors",
    "model_card",
    "move_journal",
}


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


def layers():
    """Return the layer of each module of the engine, from the table in DESIGN.md."""
    text = (ROOT / "DESIGN.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (\d+) \| (.+?) \|", text, flags=re.MULTILINE)
    return {
        name.rstrip("/"): int(layer)
        for layer, modules in rows
        for name in re.findall(r"`([^`]+)`", modules)
        if re.fullmatch(r"\w+/?", name)
    }


def unit(name):
    """Return the part of the engine that a full name belongs to, or None."""
    parts = name.split(".")
    return parts[1] if parts[0] == "miaf_engine" and len(parts) > 1 else None


def is_part(name):
    return (ENGINE / f"{name}.py").exists() or (ENGINE / name).is_dir()


def engine_dependencies():
    """Return which parts of the engine each part imports."""
    found = {}
    for path in sources(ENGINE):
        own = unit(module_name(path))
        if own is None:
            continue
        used = {unit(name) for name in imports(path)} - {None, own}
        found.setdefault(own, set()).update(filter(is_part, used))
    return found


@pytest.mark.parametrize("path", sources(ENGINE), ids=module_name)
def test_engine_knows_nothing_of_qgis(path):
    forbidden = QGIS | {"miaf_qgis"}
    assert not {name for name in imports(path) if name.split(".")[0] in forbidden}


@pytest.mark.parametrize("path", sources(PLUGIN), ids=module_name)
def test_plugin_does_no_numerics(path):
    assert not {name for name in imports(path) if name.split(".")[0] in NUMERICS}


@pytest.mark.parametrize("path", sources(PLUGIN), ids=module_name)
def test_plugin_uses_only_the_light_parts_of_the_engine(path):
    used = {unit(name) for name in imports(path)} - {None, "__version__"}
    assert used <= LIGHT


def test_design_names_every_module_of_the_engine():
    parts = {
        path.stem if path.is_file() else path.name
        for path in ENGINE.iterdir()
        if path.suffix == ".py" or (path / "__init__.py").exists()
    }
    table = layers()
    assert parts - {"__init__"} == set(table)


def test_engine_imports_go_down():
    table = layers()
    upward = [
        f"{own} (layer {table[own]}) imports {used} (layer {table[used]})"
        for own, parts in engine_dependencies().items()
        for used in parts
        if own in table and used in table and table[used] > table[own]
    ]
    assert not upward


def test_engine_has_no_import_cycle():
    graph = engine_dependencies()
    while graph:
        leaves = {name for name, used in graph.items() if not used & graph.keys()}
        assert leaves, f"cycle among {sorted(graph)}"
        graph = {name: used for name, used in graph.items() if name not in leaves}


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
    graph, found = engine_dependencies(), set(LIGHT)
    while more := {part for own in found for part in graph.get(own, ())} - found:
        found |= more
    return sorted(found)


@pytest.mark.parametrize("part", used_by_the_plugin())
def test_light_parts_load_in_the_oldest_python_of_qgis(part):
    """QGIS 3.22 on Windows comes with Python 3.9."""
    text = (ENGINE / f"{part}.py").read_text(encoding="utf-8")
    tree = ast.parse(text, feature_version=(3, 9))
    newer = {"kw_only", "slots"}  # keywords of dataclass, from 3.10
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    assert not {word.arg for call in calls for word in call.keywords} & newer
    assert "from __future__ import annotations" in text or "|" not in text
