"""A batch over a folder of cubes, in the batch dialog and by a script's loop."""

import json
import shutil
import sys
from pathlib import Path

import numpy as np
import pytest
import rasterio

from tests import tiny
from tests.end_to_end.programs import QGIS_PYTHON, TINY, finish, in_qgis

COUNT = 5
BAD = 2  # Which of the six cubes cannot be classified.


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Five cubes and one raster of another kind between them, and a model."""
    folder = tmp_path_factory.mktemp("batch äöü")
    given = tiny.inputs(folder)
    for number in range(COUNT + 1):
        path = folder / "lines" / f"line {number}.tif"
        path.parent.mkdir(exist_ok=True)
        if number == BAD:
            with rasterio.open(
                path, "w", driver="GTiff", width=5, height=5, count=3, dtype="uint8"
            ) as other:
                other.write(np.ones((3, 5, 5), dtype=np.uint8))
        else:
            shutil.copy(given["cube"], path)
    model = str(folder / "model.miaf.safetensors")
    step = {"CUBE": given["cube"], "ROIS": given["rois"], "MODEL": model, **TINY}
    answer, _ = in_qgis([{"run": "miaf:train", "parameters": step}], folder / "train")
    assert "results" in answer, answer
    return folder


def cubes(folder):
    return sorted((folder / "lines").glob("*.tif"))


def targets(folder, name):
    return [folder / name / f"{path.stem}.tif" for path in cubes(folder)]


def check_maps(paths):
    assert [path.exists() for path in paths] == [n != BAD for n in range(COUNT + 1)]
    made = [path for path in paths if path.exists()]
    first = rasterio.open(made[0]).read()
    assert len(np.unique(first)) == 3
    for path in made[1:]:
        with rasterio.open(path) as other:
            np.testing.assert_array_equal(other.read(), first)
    left = {path.name for path in made[0].parent.iterdir() if path.name[0] == "."}
    assert left == set()


def test_the_batch_dialog_makes_five_maps_and_names_the_failure(folder):
    outputs = targets(folder, "by dialog")
    outputs[0].parent.mkdir()
    model = str(folder / "model.miaf.safetensors")
    rows = [
        {
            "PARAMETERS": {
                "CUBE": repr(str(cube)),
                "MODEL": repr(model),
                "DEVICE": repr("cpu"),
            },
            "OUTPUTS": {
                "OUTPUT": str(target),
                "CONFIDENCE": str(target.with_name(f"sure {target.name}")),
            },
        }
        for cube, target in zip(cubes(folder), outputs, strict=True)
    ]
    batch, answer = folder / "batch.json", folder / "answer.json"
    batch.write_text(json.dumps(rows), encoding="utf-8")
    script = Path(__file__).parent / "batch_dialog.py"
    done = finish(
        [QGIS_PYTHON, script, "miaf:classify", batch, answer],
        QT_QPA_PLATFORM="offscreen",
        QGIS_CUSTOM_CONFIG_PATH=str(folder / "profile"),
        XDG_DATA_HOME=str(folder / "data"),
        MIAF_ENGINE_PYTHON=sys.executable,
    )
    assert answer.exists(), done.said
    outcome = json.loads(answer.read_text(encoding="utf-8"))
    assert outcome["rows"] == COUNT + 1
    assert len(outcome["made"]) == COUNT, outcome["log"]
    ((error,),) = outcome["errors"]
    assert "line 2" in error or "12 bands" in error
    check_maps(outputs)
    # Each run has its own group, with the cube's name in it.
    assert len(outcome["groups"]) == COUNT
    assert len(outcome["layers"]) == 2 * COUNT == len(set(outcome["layers"]))
    for name, layers in outcome["groups"]:
        assert [layer.split(",")[0] for layer in layers] == ["Class map", "Confidence"]
        assert "line" in name


def test_a_scripts_loop_goes_on_after_a_failure(folder):
    outputs = targets(folder, "by script")
    outputs[0].parent.mkdir()
    model = str(folder / "model.miaf.safetensors")
    steps = [
        {
            "run": "miaf:classify",
            "parameters": {
                "CUBE": str(cube),
                "MODEL": model,
                "DEVICE": "cpu",
                "OUTPUT": str(target),
            },
        }
        for cube, target in zip(cubes(folder), outputs, strict=True)
    ]
    *answers, _ = in_qgis(steps, folder / "script")
    assert ["results" in answer for answer in answers] == [
        n != BAD for n in range(COUNT + 1)
    ]
    check_maps(outputs)
