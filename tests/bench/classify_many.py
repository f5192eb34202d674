"""Many scenes with 1, 2 and 4 worker processes: time, scaling, and a worker killed.

    python -m tests.bench.classify_many [--scenes 32] [--workers 1 2 4] [--fresh]

The scenes are the demo scene, each shifted and with noise of its own. A model of few
epochs serves, because time does not follow from what was learnt. The serial run is one
process that classifies all in turn with one thread (a request of many scenes); every
other run must give its bytes. In the last run a worker is killed whenever a quarter of
the scenes is done. Results are kept in `build/bench/classify_many` and taken up again;
the table is `build/bench/classify_many.md`.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import rasterio

from tests.bench.demo_scene import ROOT, SCENE
from tests.bench.store import (
    RESULTS,
    Record,
    carry_out,
    engine_files,
    engine_sources,
    fingerprint,
    markdown,
    publish,
)

NOISE = 0.01  # of each band's standard deviation
EPOCHS = 10
_MODULES = (
    *("process/task_worker.py", "tasks/classify_many/classify_many.py"),
    *("tasks/classify_many/plan.py", "tasks/classify_many/summary.py"),
    *("tasks/workers/local.py", "tasks/classify_many/one_scene.py"),
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure what is asked for and is not there yet, and write the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--scenes", type=int, default=32)
    parser.add_argument("--workers", nargs="+", type=int, default=[1, 2, 4])
    parser.add_argument("--fresh", action="store_true", help="measure all again")
    asked = parser.parse_args(arguments)
    sources = engine_sources() | engine_files(*_MODULES) | {Path(__file__)}
    mark = fingerprint(sources, asked.scenes, asked.workers)
    path = RESULTS / "classify_many" / f"{asked.scenes}_{mark}.json"

    def measured() -> Record:
        return measure(asked.scenes, asked.workers)

    jobs = [(f"{asked.scenes} scenes", path, mark, measured)]
    publish("classify_many", report(carry_out(jobs, fresh=asked.fresh)[0]))
    return 0


def measure(count: int, workers: Sequence[int]) -> Record:
    """Make scenes and a model, and classify them in all ways."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        scene_list = make_scenes(folder, count)
        model = folder / "model.miaf.safetensors"
        engine(
            *("train", f"--cube={SCENE / 'indian_pines.tif'}"),
            *(f"--rois={SCENE / 'rois.gpkg'}", "--rois-layer=rois"),
            *("--class-field=cover", "--holdout=none", f"--epochs={EPOCHS}"),
            f"--model={model}",
        )
        loads = [os.getloadavg()[0]]
        serial, wanted = serially(folder, model, count)
        runs = []
        for number in workers:
            runs.append(many(folder, scene_list, model, number, wanted))
            loads.append(os.getloadavg()[0])
        runs.append(many(folder, scene_list, model, 2, wanted, kills=3))
    return {"scenes": count, "serial": serial, "runs": runs, "load": max(loads)}


def make_scenes(folder: Path, count: int) -> Path:
    """Write scenes of the demo's size, and their list."""
    with rasterio.open(SCENE / "indian_pines.tif") as file:
        values, profile = file.read(), file.profile
        tags = [file.tags(band) for band in file.indexes]
    spread = NOISE * values.std(axis=(1, 2), keepdims=True)
    lines = []
    for seed in range(count):
        rng = np.random.default_rng(seed)
        moved = np.roll(values, rng.integers(0, 145, 2), axis=(1, 2))
        made = moved + spread * rng.standard_normal(values.shape)
        path = folder / f"scene_{seed:02d}.tif"
        with rasterio.open(path, "w", **profile) as file:
            file.write(np.clip(np.rint(made), 1, None).astype(values.dtype))
            for band, facts in enumerate(tags, start=1):
                file.update_tags(band, **facts)
        lines.append(path.name)
    target = folder / "list.txt"
    target.write_text("\n".join(lines), encoding="utf-8")
    return target


def engine(*arguments: str) -> Record:
    """Run the command line; return its JSON result."""
    command = [sys.executable, "-m", "miaf_engine", *arguments, "--json"]
    done = subprocess.run(
        command, cwd=ROOT, check=False, capture_output=True, text=True
    )
    if done.returncode:
        raise SystemExit(done.stderr)
    result: Record = json.loads(done.stdout.splitlines()[-1])
    return result


def serially(folder: Path, model: Path, count: int) -> tuple[float, dict[str, str]]:
    """Classify all in one process; return its seconds and the digests of all files."""
    out = folder / "serial"
    out.mkdir()
    scenes = [
        {
            "cube": str(folder / f"scene_{n:02d}.tif"),
            "output": str(out / f"scene_{n:02d}_map.tif"),
            "confidence": str(out / f"scene_{n:02d}_confidence.tif"),
        }
        for n in range(count)
    ]
    content = {"format": "miaf-request", "version": 1, "task": "classifyscenes"}
    request = {"model": str(model), "scenes": scenes, "device": "cpu"}
    path = folder / "request.json"
    path.write_text(json.dumps({**content, "request": request}), encoding="utf-8")
    started = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "miaf_engine", "run", str(path)],
        cwd=ROOT,
        env={**os.environ, "OMP_NUM_THREADS": "1"},
        stdin=subprocess.PIPE,  # Its end would be a cancel.
        stdout=subprocess.DEVNULL,
    )
    if process.wait():
        raise SystemExit("The serial run failed.")
    return time.perf_counter() - started, digests(out)


def digests(folder: Path) -> dict[str, str]:
    """Return the digest of each raster and side file of a folder."""
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.iterdir())
        if "summary" not in path.name
    }


def many(
    folder: Path,
    scene_list: Path,
    model: Path,
    workers: int,
    wanted: dict[str, str],
    kills: int = 0,
) -> Record:
    """Run classify-many, with workers killed on the way; compare all files."""
    out = folder / f"out_{workers}_{kills}"
    command = [
        *(sys.executable, "-m", "miaf_engine", "classify-many", str(scene_list)),
        *(f"--model={model}", f"--output-folder={out}", "--confidence", "--json"),
        *("--device=cpu", f"--workers={workers}"),
    ]
    started, spent = time.perf_counter(), cpu_seconds()
    process = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    struck = strike(process, out, len(wanted) // 3, kills)
    text = process.communicate()[0]
    seconds = time.perf_counter() - started
    result = json.loads(text.splitlines()[-1])
    if "error" in result:
        raise SystemExit(result["error"]["message"])
    return {
        "workers": workers,
        "killed": struck,
        "seconds": seconds,
        "cpu_seconds": cpu_seconds() - spent,
        "done": result["done_count"],
        "repeated": sum(row["attempts"] - 1 for row in result["scenes"]),
        "rows": len(result["scenes"]),
        "same_bytes": digests(out) == wanted,
    }


def cpu_seconds() -> float:
    """Return the processor time of all ended processes that were started here."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def strike(process: subprocess.Popen[str], out: Path, count: int, kills: int) -> int:
    """Kill a worker, drawn by chance, at each further share of maps that are done."""
    chance, struck = random.Random(0), 0
    while struck < kills and process.poll() is None:
        if len(list(out.glob("*_map.tif"))) >= count * (struck + 1) // (kills + 1):
            kept = Path(f"/proc/{process.pid}/task/{process.pid}/children")
            workers = [int(part) for part in kept.read_text().split()]
            if workers:
                os.kill(chance.choice(workers), 9)
                struck += 1
        time.sleep(0.05)
    return struck


def report(record: Record) -> str:
    """Return the table."""
    first = record["runs"][0]["seconds"]
    rows = [["one process in turn", f"{record['serial']:.1f}", *[""] * 5]]
    for run in record["runs"]:
        name = f"{run['workers']} worker{'s' if run['workers'] > 1 else ''}"
        if run["killed"]:
            name += f", {run['killed']} killed on the way"
        rows.append(
            [
                name,
                f"{run['seconds']:.1f}",
                f"{run['cpu_seconds']:.1f}",
                f"{first / run['seconds']:.2f}",
                f"{run['done']} of {record['scenes']}",
                str(run["repeated"]),
                "yes" if run["same_bytes"] else "NO",
            ]
        )
    header = [
        *(
            f"{record['scenes']} scenes",
            "seconds",
            "processor seconds",
            "times as fast as 1 worker",
        ),
        *("maps", "repeated", "bytes of the serial run"),
    ]
    text = markdown(header, rows)
    return (
        f"{text}\n{record['machine']}; load before the runs at most "
        f"{record['load']:.1f}.\n"
    )


if __name__ == "__main__":
    sys.exit(main())
