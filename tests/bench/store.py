"""Results of the benchmarks: one JSON file a run, kept while what made it is the same.

A result is taken up again where its fingerprint fits: the sources that decide it, the
versions of the packages, and its settings.
"""

from __future__ import annotations

import ast
import hashlib
import json
import os
import platform
import subprocess
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timezone
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import numpy as np

from tests.bench.scene import ROOT

RESULTS = ROOT / "build" / "bench"
PACKAGES = ("torch", "numpy", "scikit-image", "scikit-learn", "scipy", "rasterio")
# The modules that decide a map, with all that they import; and the use-cases, without
# what they import for reports and progress.
_ROOTS = (
    *("models/preparation.py", "prediction/mapper.py", "prediction/tiling.py"),
    *("prediction/uncertainty.py", "training/loop.py"),
    *("training/windows.py", "accuracy/split.py"),
)
_TASKS = (
    *("tasks/train/train.py", "tasks/train/roles.py", "tasks/classify/classify.py"),
    *("tasks/inputs.py", "training/inputs.py"),
)

Record = dict[str, Any]


def facts() -> Record:
    """Return where and with what a result was measured."""
    done = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"],
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
    )
    return {
        "date": datetime.now(timezone.utc).strftime("%Y-%m-%d %H:%M UTC"),
        "machine": machine(),
        "versions": {"Python": platform.python_version(), **_versions()},
        "commit": done.stdout.strip() or None,
    }


def machine() -> str:
    """Return the processor and the number of its cores that are usable."""
    name = platform.machine()
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.is_file():
        for line in cpuinfo.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                name = line.partition(":")[2].strip()
                break
    return f"{name}, {os.cpu_count()} CPU cores"


def _versions() -> dict[str, str]:
    found = {}
    for name in PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


def fingerprint(paths: Iterable[Path], *settings: object) -> str:
    """Return a hash of source files, versions of packages and settings."""
    digest = hashlib.sha256(repr((_versions(), settings)).encode())
    for path in sorted(paths):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def engine_sources() -> set[Path]:
    """Return the files of the engine that decide a map."""
    found, waiting = engine_files(*_TASKS), engine_files(*_ROOTS)
    while waiting:
        path = waiting.pop()
        found.add(path)
        waiting |= _imported(path) - found
    return found


def engine_files(*names: str) -> set[Path]:
    """Return source files of the engine, by their paths in it.

    Raises:
        FileNotFoundError: One is not there, so that a moved module is noticed.
    """
    found = {ROOT / "miaf_engine" / name for name in names}
    for path in found:
        path.stat()
    return found


def _imported(path: Path) -> set[Path]:
    """Return the files of the engine that a file of it imports."""
    if not path.is_file():
        return set()
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{a.name}" for a in node.names)}
        elif isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
    files = (ROOT.joinpath(*name.split(".")) for name in names)
    ours = (file.with_suffix(".py") for file in files if "miaf_engine" in file.parts)
    return {file for file in ours if file.is_file()}


def kept(path: Path, mark: str, *, fresh: bool = False) -> Record | None:
    """Return a stored result whose fingerprint is `mark`, or None."""
    if fresh or not path.is_file():
        return None
    try:
        record: Record = json.loads(path.read_text(encoding="utf-8"))
    except ValueError:
        return None
    return record if record.get("fingerprint") == mark else None


def keep(path: Path, record: Record) -> Record:
    """Write a result with the facts of its measurement, whole or not at all."""
    whole = {**record, **facts()}
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f".{path.name}.{os.getpid()}")
    partial.write_text(json.dumps(whole, indent=1), encoding="utf-8")
    partial.replace(path)
    return whole


def carry_out(
    jobs: Sequence[tuple[str, Path, str, Callable[[], Record]]], *, fresh: bool
) -> list[Record]:
    """Carry out jobs in turn, skipping those that are done; say how far it is.

    Args:
        jobs: Label, file of the result, fingerprint, and what measures it.
        fresh: Whether to measure again what is there.
    """
    records = []
    for number, (label, path, mark, measure) in enumerate(jobs, start=1):
        record = kept(path, mark, fresh=fresh)
        state = "is there" if record else "starts"
        print(f"Run {number} of {len(jobs)}: {label} {state}", flush=True)
        if record is None:
            record = keep(path, {**measure(), "fingerprint": mark})
            print(f"  {summary_of(record)}", flush=True)
        records.append(record)
    return records


def summary_of(record: Record) -> str:
    """Return the main figures of a run in one line."""
    shown = {
        "overall_accuracy": "OA {:.4f}",
        "average_accuracy": "AA {:.4f}",
        "train_seconds": "training {:.1f} s",
        "peak_memory_mb": "{:.0f} MiB",
    }
    return ", ".join(text.format(record[k]) for k, text in shown.items() if k in record)


def spread(values: Sequence[float], scale: float = 1.0, digits: int = 1) -> str:
    """Return mean and sample standard deviation as text; one value stands alone."""
    scaled = scale * np.asarray(values, dtype=float)
    text = f"{scaled.mean():.{digits}f}"
    if len(scaled) > 1:
        text += f" ± {scaled.std(ddof=1):.{digits}f}"
    return text


def markdown(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a Markdown table."""
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


def publish(name: str, text: str) -> None:
    """Write a table as `build/bench/NAME.md`, and print it."""
    RESULTS.mkdir(parents=True, exist_ok=True)
    (RESULTS / f"{name}.md").write_text(text, encoding="utf-8")
    print(f"\n{text}", flush=True)
