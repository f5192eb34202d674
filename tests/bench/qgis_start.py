"""What the plugin adds to the start of the QGIS desktop.

    xvfb-run -a .venv/bin/python -m tests.bench.qgis_start

Starts QGIS with and without the plugin in turn, from two profiles that are alike else.
In each start it measures, on the clock and in CPU time:

- the plugin's own part: its import, `classFactory` and `initGui`. It includes modules
  of the standard library that Processing, which is loaded next, then has for nothing;
- the same of all plugins together, with and without this one, which leaves those out;
- the whole start, from that of the process to the first idle moment of the window,
  which varies by more than a plugin should take.

The first start of each profile compiles sources and writes settings; it is told apart.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path
from statistics import median, quantiles
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
GUI = ROOT / "tests" / "gui"
SETTINGS = """[PythonPlugins]
processing=true
{plugin}
[qgis]
showTips341=false
checkVersion=false
"""
CLOCKS = {"ms": "on the clock", "cpu_ms": "CPU time"}
NUMERICAL = {
    "numpy", "scipy", "torch", "skimage", "rasterio", "pyogrio", "shapely", "h5py",
    "safetensors", "matplotlib", "jinja2", "pandas", "osgeo", "PIL", "sklearn",
}  # fmt: skip


def main() -> int:
    """Measure, print, and return 1 where the plugin adds too much."""
    parser = argparse.ArgumentParser(description="Start of QGIS with the plugin")
    parser.add_argument("--starts", type=int, default=20)
    parser.add_argument("--most-ms", type=float, default=50.0)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        profiles = {word: profile(Path(folder), word) for word in ("without", "with")}
        first = {word: start(path) for word, path in profiles.items()}
        found: dict[str, list[Any]] = {word: [] for word in profiles}
        for turn in range(asked.starts):
            words = sorted(profiles, reverse=turn % 2 == 1)
            for word in words:
                found[word].append(start(profiles[word]))
    return tell(first, found, asked.most_ms)


def profile(folder: Path, word: str) -> Path:
    """Make a new profile, with the plugin's package in it or without."""
    home = folder / word / "profiles" / "default"
    (home / "QGIS").mkdir(parents=True)
    plugin = "miaf=true\n" if word == "with" else ""
    text = SETTINGS.format(plugin=plugin)
    (home / "QGIS" / "QGIS3.ini").write_text(text, encoding="utf-8")
    if word == "with":
        package(folder)
        with zipfile.ZipFile(next(folder.glob("miaf-*.zip"))) as archive:
            archive.extractall(home / "python" / "plugins")
    return folder / word


def package(folder: Path) -> None:
    """Write the plugin's zip of what is there, as if all were committed."""
    git = ["git", "-C", str(ROOT)]
    where = [*git, "rev-parse", "--absolute-git-dir"]
    found = subprocess.run(where, check=True, capture_output=True, text=True).stdout
    index = folder / "index"
    index.write_bytes((Path(found.strip()) / "index").read_bytes())
    surroundings = {**os.environ, "GIT_INDEX_FILE": str(index)}
    command = [sys.executable, str(ROOT / ".ci" / "package.py"), "--output", folder]
    for step in ([*git, "add", "--intent-to-add", "."], command):
        quiet = subprocess.DEVNULL
        subprocess.run(step, env=surroundings, check=True, stdout=quiet)


def start(folder: Path) -> dict[str, Any]:
    """Start QGIS once; return `ms` on the clock, `cpu_ms` and `modules`."""
    answer = folder / "started.json"
    answer.unlink(missing_ok=True)
    (folder / "runtime").mkdir(mode=0o700, exist_ok=True)
    # Sources are compiled at the first start alone, as where this is not set.
    usual = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    surroundings = {
        **usual,
        "MIAF_STARTED": str(answer),
        "PYQGIS_STARTUP": str(GUI / "timed_loading.py"),
        "MIAF_ENGINE_PYTHON": sys.executable,
        "XDG_RUNTIME_DIR": str(folder / "runtime"),
    }
    script = str(GUI / "started.py")
    command = ["qgis", "--nologo", "--noversioncheck", "--profiles-path", str(folder)]
    began = time.monotonic()
    subprocess.run(
        [*command, "--code", script],
        env=surroundings,
        check=True,
        timeout=90,
        capture_output=True,
    )
    found = json.loads(answer.read_text(encoding="utf-8"))
    if found["plugin"] is not (folder.name == "with"):
        raise RuntimeError(f"the plugin is {found['plugin']} in {folder.name}")
    loading = found["loading"]
    return {
        "ms": 1000 * (found["monotonic"] - began),
        "cpu_ms": 1000 * found["cpu_seconds"],
        "modules": found["modules"],
        "own": loading.get("miaf"),
        "plugins": {
            key: sum(took[key] for took in loading.values()) for key in ("ms", "cpu_ms")
        },
    }


def tell(first: dict[str, Any], found: dict[str, list[Any]], most_ms: float) -> int:
    """Print medians and differences; return the exit status."""
    own = {key: [run["own"][key] for run in found["with"]] for key in CLOCKS}
    for key, name in CLOCKS.items():
        at_first = first["with"]["own"][key]
        print(f"own part, {name}: {spread(own[key])}; very first {at_first:.0f} ms")
    for key, name in CLOCKS.items():
        taken = {word: [run["plugins"][key] for run in found[word]] for word in found}
        print(f"all plugins, {name}: {compared(taken)}")
    for key, name in CLOCKS.items():
        taken = {word: [run[key] for run in found[word]] for word in found}
        at_first = first["with"][key] - first["without"][key]
        print(f"start, {name}: {compared(taken)}; very first {at_first:.0f} ms")
    brought = set(found["with"][0]["modules"]) - set(found["without"][0]["modules"])
    print(f"packages that only the plugin imports: {sorted(brought)}")
    heavy = brought & NUMERICAL
    if heavy:
        print(f"numerical ones among them: {sorted(heavy)}")
    return 1 if heavy or median(own["cpu_ms"]) > most_ms else 0


def spread(values: list[float]) -> str:
    """Return the median of times in milliseconds, and their quartiles."""
    low, middle, high = quantiles(values, n=4, method="inclusive")
    return f"median {middle:.1f} ms, quartiles {low:.1f} to {high:.1f}"


def compared(taken: dict[str, list[float]]) -> str:
    """Return what starts with the plugin took and those without, and differences."""
    pairs = zip(taken["with"], taken["without"], strict=True)
    middle = {word: median(values) for word, values in taken.items()}
    return (
        f"with {middle['with']:.0f} ms, without {middle['without']:.0f} ms; "
        f"difference of pairs: {spread([one - other for one, other in pairs])}"
    )


if __name__ == "__main__":
    sys.exit(main())
