"""The command line from end to end on the tiny scene."""

import json
import os
import re
import signal
import subprocess
import sys

import numpy as np
import pyogrio
import pytest
import rasterio
import shapely

from miaf_engine import __version__
from miaf_engine.process.command_line import BarProgress, main
from tests import tiny
from tests.repository import ROOT

SETTINGS = [
    part
    for name, value in tiny.SMALL.items()
    for part in (f"--{name.replace('_', '-')}", str(value))
]


@pytest.fixture(autouse=True)
def signals():
    """Put the handlers back that `main` sets."""
    names = ("SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT")
    numbers = [getattr(signal, name) for name in names if hasattr(signal, name)]
    kept = {n: signal.getsignal(n) for n in numbers}
    yield
    signal.set_wakeup_fd(-1)
    for number, handler in kept.items():
        signal.signal(number, handler)


@pytest.fixture(scope="module")
def given(tmp_path_factory):
    return tiny.inputs(tmp_path_factory.mktemp("command line"))


def run(capsys, *arguments):
    """Run a command; return its code and what it wrote."""
    code = main([str(argument) for argument in arguments])
    found = capsys.readouterr()
    return code, found.out, found.err


def last_json(text):
    return json.loads(text.splitlines()[-1])


ACCURACY = {"overall_accuracy", "average_accuracy", "kappa", "classes"}
COSTS = {"device", "seconds", "peak_memory_mb"}


def test_train_classify_and_assess(given, tmp_path, capsys):
    model, report = tmp_path / "m.miaf.safetensors", tmp_path / "r.html"
    code, out, err = run(
        capsys, "train", "--cube", given["cube"], "--rois", given["rois"],
        "--class-field", "cover", "--model", model, "--holdout", "polygons",
        "--holdout-percent", 30, "--seed", 0, "--device", "auto", "--report", report,
        "--json", *SETTINGS,
    )  # fmt: skip
    assert code == 0
    figures = last_json(out)
    assert ACCURACY | COSTS | {"epochs", "seconds_per_epoch"} <= set(figures)
    assert figures["epochs"] == tiny.SMALL["epochs"]
    assert figures["outputs"] == {"model": str(model), "report": str(report)}
    assert 0 <= figures["overall_accuracy"] <= 1
    assert "Device" in err
    assert len(out.splitlines()) == 1

    output = tmp_path / "o.tif"
    code, out, _ = run(
        capsys, "classify", "--cube", given["cube"], "--model", model, "--output",
        output, "--confidence", tmp_path / "c.tif", "--probabilities",
        tmp_path / "p.tif", "--memory-mb", 1000, "--device", "cpu", "--json",
    )  # fmt: skip
    assert code == 0
    assert set(last_json(out)) >= COSTS
    assert set(last_json(out)["outputs"]) == {"output", "confidence", "probabilities"}
    parts_are_classified(given["cube"], model, tmp_path, capsys)

    matrix = tmp_path / "m.csv"
    code, out, _ = run(
        capsys, "assess", "--classification", output, "--reference", given["rois"],
        "--class-field", "cover", "--report", tmp_path / "a.html", "--matrix", matrix,
        "--json",
    )  # fmt: skip
    assert code == 0
    found = last_json(out)
    assert ACCURACY <= set(found)
    assert {"name", "value", "producers_accuracy", "users_accuracy", "f1",
            "reference_pixels"} <= set(found["classes"][0])  # fmt: skip
    assert matrix.exists()


def parts_are_classified(path, model, folder, capsys):
    """Assert that an extent is obeyed in either spelling, and refused off the cube."""
    with rasterio.open(path) as cube:
        left, bottom, _, _ = cube.bounds
    part = f"{left},{bottom},{left + 100},{bottom + 60}"
    for extent in (["--extent", part], [f"--extent={part}"]):
        code, out, _ = run(
            capsys, "classify", "--cube", path, "--model", model,
            "--output", folder / "part.tif", *extent,
        )  # fmt: skip
        assert code == 0
        assert f"Class map: {folder / 'part.tif'}" in out
        with rasterio.open(folder / "part.tif") as made:
            assert made.shape == (3, 5)

    code, _, err = run(
        capsys, "classify", "--cube", path, "--model", model, "--output",
        folder / "far.tif", "--extent", "-10,-10.5,-1,-1e0",
    )  # fmt: skip
    assert code == 1
    assert "outside the cube" in err


def test_people_get_a_few_lines(given, tmp_path, capsys):
    code, out, _ = run(
        capsys, "train", "--cube", given["cube"], "--rois", given["rois"],
        "--class-field", "cover", "--output", tmp_path / "o.tif", *SETTINGS,
    )  # fmt: skip
    assert code == 0
    assert re.match(r"About [\d.]+ % of the map should be right", out)
    assert out.splitlines()[1].startswith("  The model was trained for 6 epochs, fewer")
    assert out.splitlines()[2].startswith("Overall accuracy is ")
    assert out.splitlines()[-1] == f"Class map: {tmp_path / 'o.tif'}"


def test_user_errors_leave_with_one_and_as_json(given, capsys):
    arguments = ("train", "--cube", given["cube"], "--rois", given["rois"])
    code, out, err = run(capsys, *arguments, "--json")
    assert code == 1
    assert out.startswith("{")
    assert last_json(out)["error"]["kind"] == "ConfigError"
    assert err.splitlines()[-1].startswith("Error: The class field is missing")
    code, out, err = run(capsys, *arguments, "--epochs", "many")
    assert code == 1
    assert out == ""
    assert "epochs" in err
    assert "Traceback" not in err


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["paint"],
        ["train"],
        ["train", "--cube"],
        ["classify", "--cube", "c"],
        ["train", "--cube", "c", "--colour", "red"],
        ["train", "--cube", "c", "--seed", "x"],
        ["classify", "--cube", "c", "--model", "m", "--extent", "1,2,x,4"],
        ["classify", "--cube", "c", "--model", "m", "--extent"],
        ["run"],
    ],
    ids=str,
)
def test_usage_errors_leave_with_one(arguments, capsys):
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 1
    found = capsys.readouterr()
    assert found.out == ""
    assert "usage:" in found.err
    assert "Error: " in found.err


def test_version(capsys):
    with pytest.raises(SystemExit) as caught:
        main(["--version"])
    assert caught.value.code == 0
    assert capsys.readouterr().out.strip() == __version__


def test_diagnostics(capsys):
    code, out, _ = run(capsys, "diagnostics")
    assert code == 0
    assert "torch" in out
    code, out, _ = run(capsys, "diagnostics", "--json")
    assert last_json(out)["device_found"]


def test_a_bar_on_a_terminal_fits_its_width(monkeypatch, capsys):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    monkeypatch.setenv("COLUMNS", "40")
    bar = BarProgress()
    bar.advance(0.5, "a text that is much longer than the terminal is wide")
    bar.warning("look")
    bar.advance(1.0, "done")
    bar.end()
    drawn = capsys.readouterr().err
    assert "[##########..........]  50%" in drawn
    assert "Warning: look\n" in drawn
    assert (
        max(len(line) for part in drawn.split("\n") for line in part.split("\r")) < 40
    )
    assert drawn.endswith("\n")


def test_elsewhere_there_is_no_bar(capsys):
    bar = BarProgress()
    bar.advance(0.5, "half")
    bar.info("fact")
    bar.end()
    assert capsys.readouterr().err == "fact\n"


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
def test_interrupt_leaves_with_three_and_nothing_written(given, tmp_path):
    output = tmp_path / "o.tif"
    process = subprocess.Popen(
        [sys.executable, "-m", "miaf_engine", "train", "--cube", given["cube"],
         "--rois", given["rois"], "--class-field", "cover", "--output", str(output),
         *SETTINGS, "--epochs", "100000", "--json"],
        cwd=ROOT,
        env={**os.environ, "OMP_NUM_THREADS": "1"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )  # fmt: skip
    try:
        for line in process.stderr:
            if "classes;" in line:
                break
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=20)
    finally:
        process.kill()
        process.wait()
    assert process.returncode == 3
    assert "Cancelled; nothing was written." in err
    assert "Traceback" not in err
    assert out == ""
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGTERM")
def test_a_cancel_does_not_wait_for_libraries_to_load(tmp_path):
    script = tmp_path / "slow.py"
    script.write_text(
        "import sys, time\n"
        "from miaf_engine import tasks\n"
        "from miaf_engine.process.command_line import main\n"
        "def loads(request, progress):\n"
        "    print('loading', flush=True)\n"
        "    time.sleep(60)\n"
        "tasks.carry_out = loads\n"
        "sys.exit(main(['diagnostics']))\n"
    )
    process = subprocess.Popen(
        [sys.executable, str(script)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout.readline() == "loading\n"
    process.send_signal(signal.SIGTERM)
    _, said = process.communicate(timeout=4)
    assert process.returncode == 3
    assert "nothing was written" in said


def test_names_from_a_file_give_a_terminal_no_commands(tmp_path, capsys):
    """A layer, a field and a file may be called by what clears a screen."""
    evil = "a\x1b[2J\x9b31m\u202eb"
    given = tiny.inputs(tmp_path)
    areas = tmp_path / "areas.gpkg"
    shape, field = shapely.to_wkb(np.array([shapely.Point(0, 0)])), np.array(["x"])
    for layer in (evil, f"{evil}2"):
        pyogrio.raw.write(
            str(areas),
            geometry=shape,
            field_data=[field],
            fields=[f"c{evil}"],
            geometry_type="Point",
            crs="EPSG:32616",
            driver="GPKG",
            layer=layer,
            append=layer != evil,
        )
    cube = ("inspect", "--cube", given["cube"], "--rois", areas, "--class-field", "c")
    several = run(capsys, *cube)
    no_field = run(capsys, *cube, "--rois-layer", evil)
    no_layer = run(capsys, *cube, "--rois-layer", "other")
    no_file = run(capsys, "inspect", "--cube", f"/{evil}.tif")
    no_option = subprocess.run(
        [sys.executable, "-m", "miaf_engine", "inspect", "--cube=x", f"--{evil}"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    texts = [out + err for _, out, err in (several, no_field, no_layer, no_file)]
    for text in (*texts, no_option.stdout + no_option.stderr):
        assert "a\\x1b[2J\\x9b31m\\u202eb" in text
        assert not set(text) & set("\x1b\x9b\u202e")
