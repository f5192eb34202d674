"""Runs all tests, in the engine's environment and under QGIS's Python.

The engine's tests run in as many processes as there are cores, a file in one of them.
Those of the plugin share one QGIS. Ends in one line with the totals: `N passed, N
failed, N skipped`. Errors count as failed, as does a run of pytest that ends before it
has reported, and one without any test.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from xml.etree import ElementTree as Xml

ROOT = Path(__file__).resolve().parents[1]
BUILD = ROOT / "build" / "test"
NO_TESTS = 5  # exit status of pytest
# Folders with files that take long. They come first, so that at the end no core is
# without work for long.
LONG = ("end_to_end", "scenarios", "tasks", "process")


def main() -> int:
    """Run both halves, print the totals, return the exit status."""
    BUILD.mkdir(parents=True, exist_ok=True)
    split = ["-n", "auto", "--dist", "loadfile", "--no-loadscope-reorder"]
    qgis_python = os.environ.get("QGIS_PYTHON") or "/usr/bin/python3"
    runs = [
        run("engine", sys.executable, engine_files(), split),
        run("qgis", qgis_python, [ROOT / "tests" / "qgis"]),
    ]
    passed, failed, skipped = (sum(part) for part in zip(*runs, strict=True))
    print(f"\n{passed} passed, {failed} failed, {skipped} skipped", flush=True)
    return int(failed > 0 or passed == 0)


def engine_files() -> list[Path]:
    """Return the files of the engine's tests, those that take long first."""
    tests = ROOT / "tests"
    found = [*(tests / "end_to_end").rglob("test_*.py"), *tests.glob("test_*.py")]
    found += (tests / "engine").rglob("test_*.py")

    def rank(path: Path) -> tuple[int, Path]:
        known = [LONG.index(part) for part in path.parts if part in LONG]
        return min(known, default=len(LONG)), path

    return sorted(found, key=rank)


def run(
    name: str, python: str, paths: list[Path], options: Sequence[str] = ()
) -> tuple[int, int, int]:
    """Run pytest on some paths; return how many tests passed, failed, were skipped."""
    report = BUILD / f"{name}.xml"
    report.unlink(missing_ok=True)
    print(f"\n--- tests of the {name} half ---", flush=True)
    command = [python, "-m", "pytest", "-q", f"--junitxml={report}", *options]
    command += [str(path.relative_to(ROOT)) for path in paths if path.exists()]
    finished = subprocess.run(command, cwd=ROOT, env=environment(), check=False)
    passed, failed, skipped = count(report)
    if finished.returncode == NO_TESTS or passed + failed + skipped == 0:
        print(f"The {name} half has no tests; that counts as a failure.")
        failed += 1
    elif finished.returncode != 0 and failed == 0:
        print(f"pytest ended with status {finished.returncode}; counted as a failure.")
        failed += 1
    return passed, failed, skipped


def environment() -> dict[str, str]:
    """Return the environment that lets QGIS run without a display."""
    runtime = BUILD / "runtime"
    runtime.mkdir(mode=0o700, exist_ok=True)
    return {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "XDG_RUNTIME_DIR": str(runtime),
        "MIAF_ENGINE_PYTHON": sys.executable,
        "PYTHONDONTWRITEBYTECODE": "1",
    }


def count(report: Path) -> tuple[int, int, int]:
    """Return the tests passed, failed and skipped in a JUnit report."""
    if not report.exists():
        return 0, 0, 0
    suites = list(Xml.parse(report).getroot().iter("testsuite"))
    total, failures, errors, skipped = (
        sum(int(suite.get(key, 0)) for suite in suites)
        for key in ("tests", "failures", "errors", "skipped")
    )
    failed = failures + errors
    return total - failed - skipped, failed, skipped


if __name__ == "__main__":
    sys.exit(main())
