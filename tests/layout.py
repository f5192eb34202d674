"""Figures of the engine's layout: `python -m tests.layout [--training]`.

Read from the sources: names on the top level, modules and their lengths, importers,
the longest chain of imports, and arrows between packages. With `--training` a short
training of the demo scene counts the modules that it loads.
"""

from __future__ import annotations

import argparse
import ast
import re
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ENGINE = ROOT / "miaf_engine"
SHORT = 60  # lines below which a module is counted as a fragment


def main() -> int:
    """Print a line for each figure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--training", action="store_true")
    with_training = parser.parse_args().training
    for name, value in figures().items():
        print(f"{name:<36} {value}")
    if with_training:
        print(f"{'modules that a training loads':<36} {loaded_by_training()}")
    return 0


def figures() -> dict[str, object]:
    """Return the figures, by what they are of."""
    paths = modules()
    lengths = sorted(
        len(path.read_text("utf-8").splitlines()) for path in paths.values()
    )
    graph = {name: set(imported(path, paths)) - {name} for name, path in paths.items()}
    importers = {name: sum(name in used for used in graph.values()) for name in graph}
    arrows = {
        (package(own), package(used))
        for own, all_used in graph.items()
        for used in all_used
        if package(own) != package(used)
    }
    folders = {path.parent for path in paths.values()}
    return {
        "names on the top level": len(list(names_in(ENGINE))),
        "names on the fullest level": max(len(list(names_in(f))) for f in folders),
        "modules": len(paths),
        "median lines": int(statistics.median(lengths)),
        "90th percentile of lines": lengths[int(0.9 * len(lengths))],
        "lines of the largest": lengths[-1],
        f"modules under {SHORT} lines": sum(length < SHORT for length in lengths),
        "modules with one importer": sum(n == 1 for n in importers.values()),
        "longest chain of imports": longest_chain(graph),
        "arrows between packages": len(arrows),
    }


def names_in(folder: Path) -> Iterator[str]:
    """Yield the modules and packages directly in a folder."""
    for path in sorted(folder.iterdir()):
        if path.suffix == ".py" and path.stem not in {"__init__", "__main__"}:
            yield path.stem
        elif (path / "__init__.py").exists():
            yield path.name


def modules() -> dict[str, Path]:
    """Return the modules of the engine by full name; a package's `__init__` is one."""
    found = {}
    for path in sorted(ENGINE.rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def package(name: str) -> str:
    """Return the part of the engine that a module is in: a package or the ground."""
    parts = name.split(".")
    in_package = len(parts) > 2 or (ENGINE / parts[-1]).is_dir()
    return parts[1] if len(parts) > 1 and in_package else "ground"


def imported(path: Path, known: dict[str, Path]) -> Iterator[str]:
    """Yield the modules of the engine that a module imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in known)
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                full = f"{node.module}.{alias.name}"
                name = full if full in known else node.module
                if name in known:
                    yield name


def longest_chain(graph: dict[str, set[str]]) -> int:
    """Return the number of modules in the longest chain of imports."""

    @cache
    def below(name: str) -> int:
        return 1 + max(map(below, graph[name]), default=0)

    return max(map(below, graph))


def loaded_by_training() -> int:
    """Return how many modules of the engine a training of one epoch loads."""
    demo = ROOT / "resources" / "demo"
    with tempfile.TemporaryDirectory() as folder:
        words = [
            "train",
            f"--cube={demo / 'indian_pines.tif'}",
            f"--rois={demo / 'rois.gpkg'}",
            "--class-field=cover",
            f"--model={Path(folder) / 'm.miaf.safetensors'}",
            f"--output={Path(folder) / 'm.tif'}",
            f"--report={Path(folder) / 'm.html'}",
            "--epochs=1",
            "--device=cpu",
        ]
        done = subprocess.run(
            [sys.executable, "-X", "importtime", "-m", "miaf_engine", *words],
            cwd=ROOT,
            check=True,
            capture_output=True,
            text=True,
        )
    return len(set(re.findall(r"\| +(miaf_engine[.\w]*)$", done.stderr, re.MULTILINE)))


if __name__ == "__main__":
    sys.exit(main())
