"""Where the checkout is, and which files of it git knows."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


def tracked_files():
    """Return the tracked files; skip the test where this is no git checkout."""
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")
    command = ["git", "-c", "core.quotePath=false", "ls-files", "-z"]
    listed = subprocess.run(
        command, cwd=ROOT, check=True, capture_output=True, encoding="utf-8"
    ).stdout
    return [name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def fresh_python(code):
    """Run code in an interpreter of its own; return what it printed."""
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        check=True,
        capture_output=True,
        encoding="utf-8",
    ).stdout
