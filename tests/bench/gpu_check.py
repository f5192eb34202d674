"""What a graphics card makes of the engine, in at most six minutes.

    python -m tests.bench.gpu_check [--device cuda:0] [--quick] [--limit 330]

Trains and maps the demo scene on the card and on the CPU, and measures an epoch and its
kernels, layouts of the depthwise convolution, a large map by its stages, what happens
where memory is short, how far two runs differ, and bfloat16 beside float32. A part that
fails is listed with its error and the next one goes on; parts that no time is left for
are listed too. Figures go to `gpu_check.json` and `gpu_check.md` of the folder.
`--quick` takes a tiny scene: a dry run of a few seconds, on a CPU as well.
"""

from __future__ import annotations

import argparse
import itertools
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

import rasterio
import torch
from torch.nn import functional
from torch.profiler import ProfilerActivity, profile

from miaf_engine.cubes.reader import CubeReader
from miaf_engine.models.applicability import Applicability
from miaf_engine.models.devices import choose_device
from miaf_engine.models.preparation import Preparation
from miaf_engine.prediction import mapper, probabilities
from miaf_engine.prediction.writers import MapWriters
from miaf_engine.progress import Progress
from miaf_engine.requests import TrainRequest
from miaf_engine.requests.classify import ClassifyRequest
from miaf_engine.tasks import carry_out
from miaf_engine.training import loop
from miaf_engine.training.batch import SpectralNoise
from miaf_engine.training.cuda.recorded_steps import (
    RecordedGradients,
    cuda_recorder,
)
from miaf_engine.training.trainer import try_training
from tests import tiny
from tests.bench.scene import CUBE, DEMO, read_band, write_mosaic
from tests.bench.store import RESULTS, Record, keep, markdown

# Computes the gradients of a training area; returns the loss.
Gradients = Callable[[SpectralNoise], torch.Tensor]
LIMIT_S = 330.0  # after which no part starts
FIGURES = (
    *("overall_accuracy", "average_accuracy", "seconds", "seconds_per_epoch"),
    *("device", "device_reason", "peak_memory_mb", "tiles"),
)
# Memory left to torch, in MiB: too little for a map in one tile, and for a training.
MAP_MB, TRAINING_MB = 120, 60
TIMED_STEPS, UNTIMED_STEPS, PROFILED_STEPS, SHOWN = 40, 6, 3, 10


class Heard(Progress):
    """Keeps the warnings."""

    def __init__(self) -> None:
        """Start without any."""
        self.warnings: list[str] = []

    def warning(self, message: str) -> None:
        """Keep the warning."""
        self.warnings.append(message)


@dataclass
class Check:
    """A device, and what it is given.

    Attributes:
        device: As torch spells it.
        folder: Where models and maps go while the check runs.
        inputs: Fields of a training's request.
        copies: Demo scenes along each side of the large map; 0 maps the scene again.
        seeds: Of the trainings in both precisions.
        found: The figures of the parts so far.
    """

    device: str
    folder: Path
    inputs: Mapping[str, Any]
    copies: int
    seeds: Sequence[int]
    found: Record = field(default_factory=dict)

    @classmethod
    def of(cls, device: str, folder: Path, *, quick: bool) -> Check:
        """Return the check of the demo scene, or of a tiny scene where it is quick."""
        if quick:
            return cls(device, folder, tiny.inputs(folder), 0, (1,))
        inputs = {
            "cube": str(CUBE),
            "rois": str(DEMO / "rois.gpkg"),
            "class_field": "cover",
            "validation_rois": str(DEMO / "validation.gpkg"),
        }
        return cls(device, folder, inputs, 7, (1, 2))

    @property
    def cuda(self) -> bool:
        """Whether it is a CUDA device, which has more to measure."""
        return self.device.startswith("cuda")

    def wait(self) -> None:
        """Wait until the device has done what it was given."""
        if self.cuda:
            torch.cuda.synchronize(self.device)

    def path(self, name: str) -> Path:
        """Return the map of that name."""
        return self.folder / f"{name}.tif"

    def model(self, name: str) -> str:
        """Return the model of that name."""
        return str(self.folder / f"{name}.miaf.safetensors")

    def train(
        self, name: str, device: str, seed: int = 0, **settings: object
    ) -> Record:
        """Train and map; return the figures."""
        given = dict(self.inputs) | {"device": device, "seed": seed, "resume": False}
        given["settings"] = {**(given.get("settings") or {}), **settings}
        model, output = self.model(name), str(self.path(name))
        return self.run(TrainRequest(**given, model=model, output=output))

    def map(
        self, name: str, model: str, device: str, cube: Path | None = None, mb: int = 0
    ) -> Record:
        """Map a cube, the training's own by default; return the figures."""
        source, output = str(cube or self.inputs["cube"]), str(self.path(name))
        request = ClassifyRequest(
            source, self.model(model), output=output, device=device, memory_mb=mb
        )
        return self.run(request)

    def run(self, request: TrainRequest | ClassifyRequest) -> Record:
        """Carry a request out and return its figures, with the card's peak memory."""
        heard, started = Heard(), time.perf_counter()
        if self.cuda:
            torch.cuda.reset_peak_memory_stats(self.device)
        figures = carry_out(request, heard)["figures"]
        self.wait()
        found = {name: figures[name] for name in FIGURES if name in figures}
        found["wall_seconds"] = round(time.perf_counter() - started, 2)
        if heard.warnings:
            found["warnings"] = heard.warnings
        if self.cuda:
            peak = torch.cuda.max_memory_allocated(self.device)
            found["card_peak_mb"] = round(peak / 2**20)
        return found

    def apart(self, one: str, other: str) -> float:
        """Return how many pixels of two maps differ, in percent."""
        differ = read_band(self.path(one)) != read_band(self.path(other))
        return round(100 * float(differ.mean()), 4)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run all parts; return 1 where one failed."""
    found = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    best = choose_device("auto").name
    found.add_argument("--device", default=best, help="as the engine takes it")
    found.add_argument("--quick", action="store_true", help="a dry run, tiny scene")
    found.add_argument("--folder", type=Path, default=RESULTS)
    text = "seconds after which no part starts"
    found.add_argument("--limit", type=float, default=LIMIT_S, help=text)
    asked = found.parse_args(arguments)
    asked.folder.mkdir(parents=True, exist_ok=True)
    started = time.perf_counter()
    with tempfile.TemporaryDirectory() as name:
        check = Check.of(asked.device, Path(name), quick=asked.quick)
        for part in PARTS:
            spent = time.perf_counter() - started
            check.found[part.__name__] = measured(part, check, asked.limit - spent)
            shown = markdown(("figure", "value"), rows(check.found[part.__name__]))
            print(f"\n{title(part)}\n\n{shown}", flush=True)
            keep(asked.folder / "gpu_check.json", check.found)
    text = table(check, time.perf_counter() - started)
    (asked.folder / "gpu_check.md").write_text(text, encoding="utf-8")
    return int(any("error" in part for part in check.found.values()))


def measured(part: Callable[[Check], Record], check: Check, left: float) -> Record:
    """Return what a part measures, or why it does not."""
    if left < 0:
        return {"left out": "no time is left"}
    started = time.perf_counter()
    try:
        found = part(check)
    except Exception as error:  # noqa: BLE001 - the other parts are still worth having
        lines = traceback.format_exc().splitlines()
        found = {"error": repr(error)[:300], "at": lines[-4:]}
    return {**found, "seconds of this part": round(time.perf_counter() - started, 1)}


def card(check: Check) -> Record:
    """Which card it is, and what torch says of it."""
    device = choose_device(check.device, try_training)
    found: Record = {"device": device.reason, "torch": torch.__version__}
    if check.cuda:
        facts = torch.cuda.get_device_properties(check.device)
        with torch.cuda.device(check.device):
            native = torch.cuda.is_bf16_supported(including_emulation=False)
        found |= {
            "name": facts.name,
            "compute capability": f"{facts.major}.{facts.minor}",
            "memory, MiB": round(facts.total_memory / 2**20),
            "computes in bfloat16": native,
            "cuDNN": torch.backends.cudnn.version(),
        }
    return found


def training(check: Check) -> Record:
    """A training with its map, on the card and on the CPU."""
    return {
        "device": check.train("first", check.device),
        "CPU": check.train("cpu", "cpu"),
        "pixels that differ, %": check.apart("first", "cpu"),
    }


def one_step(check: Check) -> Record:
    """One step of the training: its time, and the kernels that take most of it."""

    def one_by_one(*given: Any) -> Gradients:
        return lambda noise: loop._gradients(*given, noise.batch, noise.spectra())

    with patch.object(loop, "_gradients_by", one_by_one):
        times, given, noise = step_ms(check)
    found: Record = {"launched one by one": times}
    if check.cuda:
        found["recorded"], *_ = step_ms(check)
    network, gradients = given[0].to(check.device).train(), one_by_one(*given)
    kinds = [ProfilerActivity.CPU] + [ProfilerActivity.CUDA] * check.cuda
    with profile(activities=kinds) as profiler:
        for _ in range(PROFILED_STEPS):
            gradients(noise)
        check.wait()
    network.eval()
    return found | kernels(profiler, cuda=check.cuda)


def recorded_gradients(check: Check) -> Record:
    """How far gradients of recorded steps are from those computed one by one."""
    if not check.cuda:
        return {"left out": "only CUDA records steps"}
    given, noise = few_steps(check, 8, lambda _given: None)
    noise = replace(noise, scale=0.0, stock=None)
    network = given[0].to(check.device).train()
    network.spectral.dropout.p = 0.0
    compute = partial(loop._gradients, *given)

    def steps(take: Gradients) -> list[torch.Tensor]:
        torch.manual_seed(5)
        return [gradient_of(network, take(noise)) for _ in range(8)]

    def one_by_one(noise: SpectralNoise) -> torch.Tensor:
        return compute(noise.batch, noise.spectra())

    wanted, again = steps(one_by_one), steps(one_by_one)
    recorded = steps(
        RecordedGradients(network, compute, cuda_recorder(given[2].device))
    )
    network.eval()
    return {
        "recorded against one by one, most": farthest(recorded, wanted),
        "one by one, twice, most": farthest(again, wanted),
    }


def gradient_of(network: torch.nn.Module, _loss: torch.Tensor) -> torch.Tensor:
    """Return the gradients of all parameters in one row; 0 where there is none."""
    parts = [
        torch.zeros_like(p) if p.grad is None else p.grad for p in network.parameters()
    ]
    return torch.cat([part.flatten().float() for part in parts]).clone()


def farthest(found: Sequence[torch.Tensor], wanted: Sequence[torch.Tensor]) -> float:
    """Return the largest relative distance of gradients, step by step."""
    pairs = zip(found, wanted, strict=True)
    return round(max(float((a - b).norm() / b.norm()) for a, b in pairs), 6)


def step_ms(check: Check) -> tuple[Record, Sequence[Any], SpectralNoise]:
    """Return the milliseconds of the first steps of a training, and of one later.

    Later ones follow each other without waiting for the device, as in a training. What
    `few_steps` returns is returned as well.
    """
    begun: list[float] = []
    trained: list[Any] = [None]

    def note(given: Sequence[Any]) -> None:
        if given is not trained[0]:  # before were a fold or epochs that are not final
            trained[0] = given
            begun.clear()
        if len(begun) <= UNTIMED_STEPS:
            check.wait()
        begun.append(time.perf_counter())

    given, noise = few_steps(check, TIMED_STEPS, note)
    first = [round(1000 * (b - a), 1) for a, b in itertools.pairwise(begun[:4])]
    later = begun[UNTIMED_STEPS:]
    times = {
        "first steps, ms": first,
        "step, ms": round(1000 * (later[-1] - later[0]) / (len(later) - 1), 2),
    }
    return times, given, noise


def few_steps(
    check: Check, epochs: int, note: Callable[[Sequence[Any]], None]
) -> tuple[Sequence[Any], SpectralNoise]:
    """Train for some epochs; return what the last step was given.

    Args:
        check: What is trained.
        epochs: Of each training of the run.
        note: Called before each step with the network, its settings and the weights of
            the classes, the same object in all steps of a training.
    """
    last: list[Any] = []
    gradients_by = loop._gradients_by

    def watched(*given: Any) -> Gradients:
        gradients = gradients_by(*given)

        def call(noise: SpectralNoise) -> torch.Tensor:
            last[:] = [given, noise]
            note(given)
            return gradients(noise)

        return call

    with patch.object(loop, "_gradients_by", watched):
        few = {"epochs": epochs, "final_percent": 0.0, "holdout": "none"}
        check.train("few", check.device, **few)
    given, noise = last
    return given, noise


def kernels(profiler: profile, *, cuda: bool) -> Record:
    """Return how many kernels a step runs, for how long, and the longest."""
    own = "self_device_time_total" if cuda else "self_cpu_time_total"
    events = [
        event
        for event in profiler.key_averages()
        if not cuda or "cuda" in str(event.device_type).lower()
    ]
    events.sort(key=lambda event: -getattr(event, own))
    busy = sum(getattr(event, own) for event in events)
    return {
        "kernels a step": round(sum(e.count for e in events) / PROFILED_STEPS),
        "busy, ms a step": round(busy / 1000 / PROFILED_STEPS, 3),
        "longest": {
            event.key[:60]: f"{getattr(event, own) / 1000 / PROFILED_STEPS:.3f} ms in "
            f"{event.count / PROFILED_STEPS:.0f}"
            for event in events[:SHOWN]
        },
    }


def depthwise_layouts(check: Check) -> Record:
    """Forward and backward of the depthwise convolution, by kernel, type and layout."""
    layouts = {
        "channels last, as used": torch.channels_last,
        "contiguous": torch.contiguous_format,
    }
    side = 145 if check.copies else 24
    found = {}
    for kernel in (7, 9, 11):
        for kind in (torch.bfloat16, torch.float32):
            for name, layout in layouts.items():
                label = f"{kernel} x {kernel}, {str(kind)[6:]}, {name}"
                for cudnn in (True, False) if check.cuda else (True,):
                    own = "" if cudnn else ", without cuDNN"
                    with torch.backends.cudnn.flags(enabled=cudnn):
                        first, each = depthwise_ms(check, side, kernel, kind, layout)
                    found[f"{label}{own}, first and later ms"] = [first, each]
    return found


def depthwise_ms(
    check: Check,
    side: int,
    kernel: int,
    kind: torch.dtype,
    layout: torch.memory_format,
) -> tuple[float, float]:
    """Return the milliseconds of the first forward and backward pass and of others."""
    width, turns = (48, 10) if check.copies else (8, 1)
    image = torch.randn(1, width, side, side, device=check.device, dtype=kind)
    weight = torch.randn(width, 1, kernel, kernel, device=check.device, dtype=kind)
    image = image.contiguous(memory_format=layout).requires_grad_(True)
    weight = weight.contiguous(memory_format=layout).requires_grad_(True)

    def turn() -> None:
        convolved = functional.conv2d(image, weight, padding=kernel // 2, groups=width)
        convolved.backward(convolved.detach())

    def timed(turns: int) -> float:
        started = time.perf_counter()
        for _ in range(turns):
            turn()
        check.wait()
        return round(1000 * (time.perf_counter() - started) / turns, 3)

    check.wait()
    return timed(1), timed(turns)


def large_map(check: Check) -> Record:
    """A large map by its stages, on the device and on the CPU."""
    cube = Path(check.inputs["cube"])
    if check.copies:
        cube = write_mosaic(check.folder / "mosaic.bil", check.copies)
    with rasterio.open(cube) as file:
        pixels = file.height * file.width
    found: Record = {"megapixels": round(pixels / 1e6, 3)}
    runs = {"first": False, "next": False, "by stages": True}
    for name, by_stages in runs.items():
        with stages(check) if by_stages else nullcontext(Counter()) as spent:
            figures = check.map("large device", "first", check.device, cube)
        found[f"device, {name}"] = per_megapixel(figures, spent, pixels)
    figures = check.map("large CPU", "first", "cpu", cube)
    found["CPU"] = per_megapixel(figures, {}, pixels)
    if check.cuda:
        found["time that the device computes, %"] = busy_percent(check, cube)
    found["pixels that differ, %"] = check.apart("large device", "large CPU")
    return found


def per_megapixel(figures: Record, spent: Mapping[str, float], pixels: int) -> Record:
    """Return the figures of a map, with its seconds and those of its stages."""
    each = {"all": figures["seconds"], **spent}
    return {
        **{
            f"{stage}, seconds a megapixel": round(s * 1e6 / pixels, 3)
            for stage, s in each.items()
        },
        **figures,
    }


def busy_percent(check: Check, cube: Path) -> float:
    """Return the share of a map's time in which the device computes or copies."""
    with profile(activities=[ProfilerActivity.CUDA]) as profiler:
        figures = check.map("busy", "first", check.device, cube)
    busy = sum(event.self_device_time_total for event in profiler.key_averages())
    return round(100 * busy / 1e6 / figures["seconds"], 1)


@contextmanager
def stages(check: Check) -> Iterator[Counter[str]]:
    """Add up the seconds that each stage of a map is busy."""
    spent: Counter[str] = Counter()

    def timed(function: Callable[..., Any], stage: str) -> Callable[..., Any]:
        def call(*given: Any, **named: Any) -> Any:
            check.wait()
            started = time.perf_counter()
            found = function(*given, **named)
            check.wait()
            spent[stage] += time.perf_counter() - started
            return found

        return call

    watched = (
        (CubeReader, "read", "reading"),
        (Preparation, "scene", "normalising"),
        (Preparation, "graphs", "superpixels"),
        (Applicability, "index_of", "applicability"),
        (mapper, "predict", "network"),
        (MapWriters, "put", "writing"),
    )
    patches = [
        patch.object(owner, name, timed(getattr(owner, name), stage))
        for owner, name, stage in watched
    ]
    for each in patches:
        each.start()
    try:
        yield spent
    finally:
        for each in patches:
            each.stop()


def short_memory(check: Check) -> Record:
    """What a map and a training do where the card has too little memory."""
    if not check.cuda:
        return {"left out": "only CUDA's memory can be limited"}
    cube = check.folder / "mosaic.bil" if check.copies else None
    few = {"epochs": 2, "final_percent": 0.0, "holdout": "none"}
    found: Record = {}
    with memory_limited(check, MAP_MB):
        found["map"] = check.map("short", "first", "auto", cube)
    found["pixels that differ, %"] = check.apart("short", "large device")
    with memory_limited(check, TRAINING_MB):
        found["training, auto"] = check.train("short", "auto", **few)
    with memory_limited(check, TRAINING_MB):
        try:
            found["training, device named"] = check.train("short", check.device, **few)
        except RuntimeError as error:
            found["training, device named"] = f"{type(error).__name__}: {error}"
    return found


@contextmanager
def memory_limited(check: Check, mb: int) -> Iterator[None]:
    """Let torch take so many MiB of the card's memory more than now."""
    torch.cuda.empty_cache()
    total = torch.cuda.get_device_properties(check.device).total_memory
    room = torch.cuda.memory_allocated(check.device) + mb * 2**20
    torch.cuda.set_per_process_memory_fraction(min(1.0, room / total), check.device)
    try:
        yield
    finally:
        torch.cuda.set_per_process_memory_fraction(1.0, check.device)


def repeatability(check: Check) -> Record:
    """How far maps of one seed, of one model, and of device and CPU are apart."""
    check.train("again", check.device)
    check.map("one", "first", check.device)
    check.map("two", "first", check.device)
    check.map("host", "first", "cpu")
    return {
        "trained twice, pixels that differ, %": check.apart("first", "again"),
        "one model mapped twice, %": check.apart("one", "two"),
        "one model on device and CPU, %": check.apart("one", "host"),
    }


def precision(check: Check) -> Record:
    """The device's own precision beside float32, by seed."""
    found = {}
    for seed in check.seeds:
        found[f"own, seed {seed}"] = check.train(f"own {seed}", check.device, seed)
        with (
            patch.object(loop, "mixed_precision", nullcontext),
            patch.object(probabilities, "mixed_precision", nullcontext),
        ):
            name = f"float32, seed {seed}"
            found[name] = check.train(f"exact {seed}", check.device, seed)
        differ = check.apart(f"own {seed}", f"exact {seed}")
        found[f"pixels that differ, seed {seed}, %"] = differ
    return found


PARTS = (
    *(card, training, one_step, recorded_gradients, large_map, repeatability),
    *(short_memory, depthwise_layouts, precision),
)


def title(part: Callable[[Check], Record]) -> str:
    """Return what a part measures, from its docstring."""
    return (part.__doc__ or "").strip().rstrip(".")


def rows(found: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, str]]:
    """Yield name and value of each figure, those of a group with its name before."""
    for name, value in found.items():
        if isinstance(value, Mapping):
            yield from rows(value, f"{before}{name}: ")
        else:
            several = isinstance(value, list)
            text = "; ".join(map(str, value)) if several else str(value)
            yield f"{before}{name}", text.replace("|", "/").replace("\n", " ")


def table(check: Check, seconds: float) -> str:
    """Return all figures as Markdown."""
    parts = [
        f"## {title(part)}\n\n"
        + markdown(("figure", "value"), rows(check.found[part.__name__]))
        for part in PARTS
    ]
    head = f"# {check.device}, checked in {seconds:.0f} s\n"
    return "\n".join([head, *parts])


if __name__ == "__main__":
    sys.exit(main())
