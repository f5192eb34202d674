"""Hashes by which a change of layout shows that it changed nothing else.

`python -m tests.fingerprints` prints a line for the help text of each command, and for
model, map, confidence and matrix of a training of two epochs on the demo scene.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DEMO = ROOT / "resources" / "demo"
TASKS = (
    "train", "classify", "classify-many", "assess", "import", "inspect",
    "superpixels", "suggestareas", "compare", "drawsample", "diagnostics", "run",
)  # fmt: skip


def main() -> int:
    """Print the hashes."""
    for task in TASKS:
        said = engine(["-m", "miaf_engine", task, "--help"])
        print(f"{digest(said)}  --help of {task}")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        train(folder)
        for file in sorted(folder.iterdir()):
            if file.suffix in {".tif", ".safetensors", ".csv", ".xml"}:
                print(f"{digest(file.read_bytes())}  {file.name}")
    return 0


def train(folder: Path) -> None:
    """Train for two epochs, with results in a folder and a fixed time stamp."""
    request = {
        "cube": str(DEMO / "indian_pines.tif"),
        "rois": str(DEMO / "rois.gpkg"),
        "class_field": "cover",
        "model": str(folder / "model.miaf.safetensors"),
        "output": str(folder / "map.tif"),
        "confidence": str(folder / "confidence.tif"),
        "report": str(folder / "report.html"),
        "settings": {"epochs": 2},
        "device": "cpu",
        "seed": 0,
        "created_utc": "2026-01-01T00:00:00+00:00",
    }
    document = {
        "format": "miaf-request",
        "version": 1,
        "task": "train",
        "run_id": "fingerprint",
        "log": None,
        "request": request,
    }
    file = folder / "request.json"
    file.write_text(json.dumps(document), encoding="utf-8")
    command = [sys.executable, "-m", "miaf_engine", "run", str(file)]
    # The worker takes the end of its standard input for a wish to cancel.
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL
    ) as worker:
        if worker.wait():
            raise SystemExit(f"The training ended with status {worker.returncode}.")


def engine(words: list[str]) -> bytes:
    """Return what a run of the engine prints."""
    return subprocess.run(
        [sys.executable, *words],
        cwd=ROOT,
        env={**os.environ, "COLUMNS": "80"},
        check=True,
        stdout=subprocess.PIPE,
    ).stdout


def digest(content: bytes) -> str:
    """Return a short hash."""
    return hashlib.sha256(content).hexdigest()[:16]


if __name__ == "__main__":
    sys.exit(main())
