"""Plays the engine's part of the protocol; run as `THIS -m miaf_engine run REQUEST`."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path


def say(**message):
    print(json.dumps(message), flush=True)


def leftover(request, run_id):
    target = Path(request.get("output") or request.get("model") or "nowhere")
    (target.parent / f".miaf-{run_id}-{target.name}").write_text("half")


def until_cancelled():
    for line in sys.stdin:
        if line.strip() == "cancel":
            break


def main():
    if sys.argv[1] == "-c":
        version = json.loads(os.environ.get("MIAF_FAKE_VERSION", "[3, 11]"))
        print(
            json.dumps([version, json.loads(os.environ.get("MIAF_FAKE_LACKS", "[]"))])
        )
        return 0
    if sys.argv[1:3] == ["-m", "venv"]:
        return make_venv(Path(sys.argv[-1]))
    if sys.argv[1:3] == ["-m", "pip"]:
        return play_pip()
    if sys.argv[1:3] == ["-m", "uv"]:
        return play_uv()
    assert sys.argv[1:4] == ["-m", "miaf_engine", "run"], sys.argv
    envelope = json.loads(Path(sys.argv[4]).read_text(encoding="utf-8"))
    request, run_id = envelope["request"], envelope["run_id"]
    os.environ["MIAF_FAKE_PREVIEW"] = envelope["preview"] or ""
    note = os.environ.get("MIAF_FAKE_NOTE")
    if note:
        seen = {
            "envelope": envelope,
            "cwd": str(Path.cwd()),
            "environment": dict(os.environ),
        }
        Path(note).write_text(
            json.dumps({**seen, "pid": os.getpid()}), encoding="utf-8"
        )
    say(type="progress", fraction=0.25, text="Reading the cube")
    return globals()["act_" + os.environ["MIAF_FAKE"]](request, run_id)


def make_venv(folder):
    print("making", flush=True)
    if os.environ["MIAF_FAKE"] == "no_venv" or (
        os.environ["MIAF_FAKE"] == "venv_without_pip"
        and "--without-pip" not in sys.argv
    ):
        print("Error: ensurepip is not available", file=sys.stderr)
        return 1
    python = folder / "bin" / "python"
    python.parent.mkdir(parents=True)
    (folder / "lib" / "python3.11" / "site-packages").mkdir(parents=True)
    python.write_bytes(Path(sys.argv[0]).read_bytes())
    python.chmod(0o755)
    return 0


def play_uv():
    note = os.environ.get("MIAF_FAKE_NOTE")
    if note:
        Path(note + ".uv").write_text(json.dumps(sys.argv))
    if os.environ["MIAF_FAKE"] == "no_uv":
        print("error: no such index", file=sys.stderr)
        return 2
    print("Resolved 30 packages", file=sys.stderr, flush=True)
    return 0


def play_pip():
    note = os.environ.get("MIAF_FAKE_NOTE")
    if note:
        names = ("HTTPS_PROXY", "NO_PROXY", "PIP_RESUME_RETRIES")
        seen = {name: os.environ.get(name) for name in names}
        proxy = os.environ.get("HTTPS_PROXY")
        said = {"call": sys.argv, "proxy": proxy, "environment": seen}
        with Path(note + ".pip").open("w") as stream:
            json.dump(said, stream)
        with Path(note + ".calls").open("a") as stream:
            stream.write(json.dumps(sys.argv[1:]) + "\n")
    print("Collecting torch==2.13.0", flush=True)
    if os.environ["MIAF_FAKE"] == "slow_pip":
        time.sleep(60)
    if os.environ["MIAF_FAKE"] == "no_network":
        print("ERROR: Could not find a version", file=sys.stderr)
        return 1
    print("Installing collected packages: torch", flush=True)
    return 0


def result(request):
    if "scenes" in request:
        maps = [made(scene) for scene in request["scenes"]]
        say(type="result", outputs={}, figures={"maps": maps})
        return
    say(type="result", **made(request))


def made(request):
    classes = [
        {"value": 1, "name": "Wheat", "colour": "#d1b43c"},
        {"value": 7, "name": "Corn", "colour": "#00ff00"},
    ]
    figures = {
        "overall_accuracy": 0.875,
        "average_accuracy": 0.5,
        "kappa": None,
        "classes": classes,
        "points": 60,
        "text": "torch 2.13.0",
        "device_found": "cpu",
    }
    names = (
        "output", "confidence", "probabilities", "entropy", "margin", "applicability",
        "model", "report", "matrix",
    )  # fmt: skip
    outputs = {name: request[name] for name in names if request.get(name)}
    for path in outputs.values():
        if not Path(path).exists():
            Path(path).write_text("made by the fake")
    return {"outputs": outputs, "figures": figures}


def act_good(request, run_id):
    say(type="info", text="Device: CPU; größe")
    say(type="warning", text="Class 'Oats' is small")
    say(type="progress", fraction=0.75, text="Training")
    result(request)
    return 0


def act_garbage(request, run_id):
    sys.stdout.buffer.write(b'\xff\xfe not json\n\n[1, 2]\n{"type": "novel"}\n')
    sys.stdout.buffer.write(b'{"type": "progress", "fraction": "much"}\n')
    sys.stdout.buffer.write(
        b'{"type": "progress", "fraction": NaN}\n' + b"[" * 100_000 + b"\n"
    )
    say(type="progress", fraction=17)
    result(request)
    return 0


def act_user_error(request, run_id):
    say(
        type="error",
        kind="SampleError",
        message="Class 'Oats' has 1 pixel.",
        hint="Draw more.",
    )
    return 1


def act_names_the_areas(request, run_id):
    path = request["rois"]
    say(type="warning", text=f"'{path}' has a hole.")
    say(type="error", kind="SampleError", message=f"'{path}' is one class.", hint="")
    return 1


def act_defect(request, run_id):
    print("Traceback ...\nZeroDivisionError: nought", file=sys.stderr)
    say(type="error", kind="Defect", message="The engine failed: nought", hint="")
    return 2


def act_killed(request, run_id):
    leftover(request, run_id)
    os.kill(os.getpid(), signal.SIGKILL)


def act_segfault(request, run_id):
    os.kill(os.getpid(), signal.SIGSEGV)


def act_silent(request, run_id):
    print("No module named torch", file=sys.stderr)
    return 1


def act_nothing(request, run_id):
    return 0


def act_after_result(request, run_id):
    result(request)
    os.kill(os.getpid(), signal.SIGSEGV)


def act_obedient(request, run_id):
    leftover(request, run_id)
    say(type="info", text="busy")
    until_cancelled()
    return 3


def show_maps(path):
    """Announce a coarse map that is there, and some that are not."""
    if path:
        Path(path).write_bytes(b"a picture")
        for named in (path, f"{path}.none", "", "a\0b", 7, None):
            say(type="preview", path=named, number=41, stage="")


def act_training(request, run_id):
    """Is cancelled in training, keeps its state then, and says so."""
    say(type="epoch", number=40, count=75, stage="", loss=0.5, accuracy=None)
    say(type="epoch", number=41, count=75, stage="", loss=0.4, accuracy=0.75)
    say(type="epoch", number="x", count=75, stage="", loss=0.4, accuracy=0.75)
    show_maps(os.environ.get("MIAF_FAKE_PREVIEW"))
    say(type="info", text="busy")
    until_cancelled()
    say(type="kept", number=42, stage=os.environ.get("MIAF_FAKE_STAGE", ""))
    return 3


def act_trained(request, run_id):
    """Is cancelled when a training has ended."""
    say(type="epoch", number=75, count=75, stage="", loss=0.4, accuracy=0.75)
    say(type="kept", number=75, stage="")
    say(type="info", text="busy")
    until_cancelled()
    return 3


def act_deaf(request, run_id):
    leftover(request, run_id)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    child = subprocess.Popen(["sleep", "60"])
    Path(os.environ["MIAF_FAKE_NOTE"] + ".child").write_text(str(child.pid))
    say(type="info", text="busy")
    time.sleep(60)


def beat(seconds):
    """Give a sign of life every twentieth of a second, with processor time."""
    begun = time.monotonic()
    while (passed := time.monotonic() - begun) < seconds:
        say(type="alive", cpu_seconds=passed)
        time.sleep(0.05)


def act_busy(request, run_id):
    say(type="info", text="busy")
    beat(3.0)
    result(request)
    return 0


def act_stopped(request, run_id):
    """Stop as a process does whose machine has no memory left; whoever will, wakes."""
    beat(0.2)
    waker = "import os, sys, time; time.sleep(2.5); os.kill(int(sys.argv[1]), 18)"
    subprocess.Popen(
        [sys.executable, "-c", waker, str(os.getpid())], stdout=subprocess.DEVNULL
    )
    os.kill(os.getpid(), signal.SIGSTOP)
    beat(0.2)
    result(request)
    return 0


def act_chatty(request, run_id):
    say(type="info", text="busy")
    while True:
        print("x" * 1000)


def act_lingering_child(request, run_id):
    child = subprocess.Popen(["sleep", "60"])
    Path(os.environ["MIAF_FAKE_NOTE"] + ".child").write_text(str(child.pid))
    result(request)
    return 0


def act_liar(request, run_id):
    """Say what the test asks for as the result, whatever was done."""
    say(type="result", **json.loads(os.environ["MIAF_FAKE_RESULT"]))
    return 0


def act_endless_line(request, run_id):
    """Write a line of 300 MB, then a good result."""
    piece = b"x" * (1 << 20)
    for _ in range(300):
        sys.stdout.buffer.write(piece)
    sys.stdout.buffer.write(b"\n")
    result(request)
    return 0


def act_many_lines(request, run_id):
    for number in range(20_000):
        print(
            json.dumps({"type": "progress", "fraction": number / 20_000, "text": "t"})
        )
        print("e" * 200, file=sys.stderr)
    result(request)
    return 0


if __name__ == "__main__":
    sys.exit(main())
