"""Prepares the soak and starts it under QGIS's Python: `make soak`."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys

from tests import tiny
from tests.end_to_end.programs import QGIS_PYTHON, TINY
from tests.faults import page
from tests.repository import ROOT

# What a session may grow by.
MOST_MB = 20.0


def main() -> int:
    """Run the soak; return 1 where it grew too much or left something."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=100)
    runs = parser.parse_args().runs
    folder = page.BUILD / "soak"
    shutil.rmtree(folder, ignore_errors=True)
    for name in ("results", "temporary", "runtime"):
        (folder / name).mkdir(parents=True, mode=0o700)
    inputs = tiny.inputs(folder)
    given = {"CUBE": inputs["cube"], "ROIS": inputs["rois"], **TINY}
    (folder / "given.json").write_text(json.dumps(given), encoding="utf-8")
    environment = {
        **os.environ,
        **dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(folder / "temporary")),
        "QT_QPA_PLATFORM": "offscreen",
        "XDG_DATA_HOME": str(folder / "data"),
        "XDG_RUNTIME_DIR": str(folder / "runtime"),
        "QGIS_CUSTOM_CONFIG_PATH": str(folder / "profile"),
        "MIAF_ENGINE_PYTHON": sys.executable,
        "MIAF_CHECKPOINT_FOLDER": str(folder / "checkpoints"),
        "PYTHONWARNINGS": "ignore::DeprecationWarning",
    }
    words = [QGIS_PYTHON, ROOT / "tests" / "faults" / "soak.py", folder, runs]
    subprocess.run([str(word) for word in words], env=environment, check=True)
    found = folder / "soak.json"
    shutil.copy2(found, page.BUILD / "soak.json")
    page.write(page.found())
    figures = json.loads(found.read_text(encoding="utf-8"))
    print(figures["rows"])
    return int(figures["growth_mb"] > MOST_MB or any(n > 0 for n in figures["left"]))


if __name__ == "__main__":
    sys.exit(main())
