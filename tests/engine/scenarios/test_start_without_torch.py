"""What runs no network does without torch, whose import takes seconds."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from tests import assessments, changes, scenes, tiny
from tests.repository import ROOT

CODE = """
import sys
from miaf_engine.process.command_line import main
code = main(sys.argv[1:])
sys.stdout.write(f"torch: {'torch' in sys.modules}")
sys.exit(code)
"""


def importing(folder):
    np.save(folder / "cube.npy", tiny.cube())
    np.save(folder / "labels.npy", tiny.truth())
    return {
        "cube": folder / "cube.npy", "labels": folder / "labels.npy",
        "axes": "bands,rows,columns",
        "output": folder / "out.tif", "labels-output": folder / "labels.tif",
        "rois-output": folder / "rois.gpkg",
    }  # fmt: skip


def cutting(folder):
    cube = tiny.write_cube(folder / "cube.tif")
    return {"cube": cube, "output": folder / "out.gpkg", "components": 3}


def comparing(folder):
    made = {"output": folder / "out.tif", "matrix": folder / "out.csv"}
    return changes.write_maps(folder) | made | {"report": folder / "out.html"}


def inspecting(folder):
    given = tiny.inputs(folder)
    names = {"cube": given["cube"], "rois": given["rois"], "class-field": "cover"}
    return names | {"report": folder / "out.html"}


def assessing(folder):
    given = assessments.given(folder)
    given["class-field"] = given.pop("class_field")
    other = assessments.write_map(folder / "other.tif", lambda values: None)
    made = {"report": folder / "out.html", "matrix": folder / "out.csv"}
    return given | made | {"compare-with": other}


TASKS = {
    "import": importing,
    "superpixels": cutting,
    "compare": comparing,
    "inspect": inspecting,
    "assess": assessing,
}


def run(task, given):
    words = [f"--{name}={value}" for name, value in given.items()]
    return subprocess.run(
        [sys.executable, "-c", CODE, task, *words],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
    )


@pytest.mark.parametrize("task", TASKS)
def test_without_torch(task, tmp_path):
    given = TASKS[task](tmp_path)
    done = run(task, given)
    assert done.returncode == 0, done.stderr
    assert done.stdout.endswith("torch: False")
    written = [Path(value) for name, value in given.items() if "out" in str(value)]
    assert written and all(path.is_file() for path in written)


def test_a_map_is_made_without_torch_where_workers_compute_it(trained, tmp_path):
    given = {"cube": trained.given["cube"], "model": trained.made["model"]}
    made = {"output": tmp_path / "map.tif", "probabilities": tmp_path / "shares.tif"}
    done = run("classify", given | made | {"workers": 2, "device": "cpu"})
    assert done.returncode == 0, done.stderr
    assert done.stdout.endswith("torch: False")
    assert all(path.is_file() for path in made.values())


@pytest.mark.parametrize("workers", [1, 2])
def test_what_is_wrong_with_a_cube_is_said_without_torch(workers, trained, tmp_path):
    cube = scenes.write_tif(tmp_path / "cube.tif", tiny.cube()[:5], tiny.grid())
    made = {"output": tmp_path / "map.tif", "workers": workers}
    done = run("classify", {"cube": cube, "model": trained.made["model"]} | made)
    assert done.returncode == 1, done.stderr
    assert "band" in done.stderr
    assert done.stdout == "torch: False"
    assert not made["output"].exists()
