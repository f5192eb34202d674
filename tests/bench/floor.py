"""How far an epoch is from what the processor could do: the floating-point floor.

    python -m tests.bench.floor [--epochs N] [--set width=64] [--profile]

The floor is the time of one training epoch (forward and backward) if all its matrix
products and convolutions ran at the rate of a large float32 matrix product, measured
in the same run on as many threads as the engine uses. The multiplications and additions
are counted by torch while the engine trains on the demo scene with default settings
(split `d`, seed 0): the count of four epochs without checks less that of two, halved.
The time is that of the engine's command line, checks and final epochs among it. Sums,
activations, norms and memory traffic are work beyond the floor. With --profile the
operators that take most time are listed.
"""

from __future__ import annotations

import argparse
import math
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from unittest.mock import patch

import torch
from torch.profiler import ProfilerActivity, profile
from torch.utils.flop_counter import FlopCounterMode

from miaf_engine.process.options import build_parser, request_values
from miaf_engine.progress import SILENT
from miaf_engine.requests import TrainRequest
from miaf_engine.tasks import carry_out
from tests.bench.methods import engine, options
from tests.bench.scene import CUBE, TRUTH, only, read_band, write_labels
from tests.bench.splits import make_split
from tests.bench.store import RESULTS, Record, facts, keep, publish

SIZES = (1024, 2048)  # rows of the square matrices
SECONDS = 3.0  # of matrix products, before the epochs and after
FEW, MORE = 2, 4  # epochs counted
PROFILED = 5
SHOWN = 12


def main(arguments: Sequence[str] | None = None) -> int:
    """Count, measure, and write the figures."""
    found = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    found.add_argument("--epochs", type=int, help="epochs timed; default the engine's")
    found.add_argument("--set", nargs="+", action="extend", default=[])
    found.add_argument("--profile", action="store_true", help="list the operators")
    asked = found.parse_args(arguments)
    settings = options(asked.set)
    with tempfile.TemporaryDirectory() as name:
        labels, model = Path(name, "labels.tif"), Path(name, "m.miaf.safetensors")
        truth = read_band(TRUTH)
        split = make_split(truth, "d", 0)
        write_labels(labels, only(truth, split.train, split.val), CUBE)
        inputs = [f"--cube={CUBE}", f"--labels={labels}", f"--model={model}"]
        inputs += ["--holdout=none", "--device=cpu", *settings]
        if asked.profile:
            publish("profile", operators(inputs))
        record = measured(inputs, asked.epochs, settings)
    publish("floor", table(keep(RESULTS / "floor.json", record)))
    return 0


def measured(inputs: list[str], epochs: int | None, settings: list[str]) -> Record:
    """Return the count, the rate, the epoch time and their ratio."""
    bare = [*inputs, "--validation-percent=0"]
    operations = (counted(bare, MORE) - counted(bare, FEW)) / (MORE - FEW)
    rate = product_rate()
    length = [] if epochs is None else [f"--epochs={epochs}"]
    trained = engine("train", *inputs, *length)
    rate = max(rate, product_rate())
    floor = operations / rate
    return {
        "settings": settings,
        "operations_per_epoch": operations,
        "operations_per_second": rate,
        "threads": torch.get_num_threads(),
        "floor_seconds": floor,
        "seconds_per_epoch": trained["seconds_per_epoch"],
        "epochs": trained["epochs"],
        "ratio": trained["seconds_per_epoch"] / floor,
    }


def request_of(inputs: list[str], epochs: int) -> TrainRequest:
    """Return the request that the command line would make."""
    parsed = vars(build_parser().parse_args(["train", *inputs, f"--epochs={epochs}"]))
    values = {k: v for k, v in parsed.items() if k not in ("command", "json")}
    return TrainRequest.from_json(request_values(values))


def counted(inputs: list[str], epochs: int) -> int:
    """Return the multiplications and additions of a run (matrix products).

    With torch's own backward pass: the one in strips, `DepthwiseInStrips`, computes
    some columns twice, which is none of the floor's.
    """
    # The ensemble has no part in an epoch, and its fits take torch minutes to count.
    inputs = [*inputs, "--no-committee"]
    backward = {torch.ops.aten.convolution_backward: of_backward}
    counter = FlopCounterMode(display=False, custom_mapping=backward)
    with counter, patch("miaf_engine.models.network.cpu.depthwise._STRIP", math.inf):
        carry_out(request_of(inputs, epochs), SILENT)
    return counter.get_total_flops()


def of_backward(
    above: Sequence[int],
    image: Sequence[int],
    kernel: Sequence[int],
    *more: Any,
    **_: Any,
) -> int:
    """Return the operations of a convolution's gradients from shapes.

    torch's own formula (2.13) takes a depthwise convolution for a full one.
    """
    wanted = more[-1]  # whether gradients of image, kernel and bias are
    return 2 * math.prod(above) * math.prod(kernel[1:]) * sum(wanted[:2])


def product_rate() -> float:
    """Return the best rate of large float32 matrix products, operations a second."""
    best = 0.0
    for size in SIZES:
        one, other = torch.randn(size, size), torch.randn(size, size)
        end = time.perf_counter() + SECONDS / len(SIZES)
        while time.perf_counter() < end:
            started = time.perf_counter()
            torch.mm(one, other)
            seconds = time.perf_counter() - started
            best = max(best, 2 * size**3 / seconds)
    return best


def operators(inputs: list[str]) -> str:
    """Return the operators with most time of their own over a few epochs."""
    with profile(activities=[ProfilerActivity.CPU]) as profiler:
        carry_out(request_of(inputs, PROFILED), SILENT)
    listed = profiler.key_averages().table(
        sort_by="self_cpu_time_total", row_limit=SHOWN, max_name_column_width=48
    )
    return (
        f"Operators of a run of {PROFILED} epochs, reading and mapping included.\n\n"
        f"```\n{listed}\n```\n"
    )


def table(record: Record) -> str:
    """Return the figures as Markdown."""
    now = facts()
    told = " ".join(record["settings"]) or "default settings"
    return (
        f"One training epoch on Indian Pines (145 x 145 pixels), {told}.\n\n"
        "| figure | value |\n| --- | --- |\n"
        "| multiplications and additions, forward and backward, 10^9 | "
        f"{record['operations_per_epoch'] / 1e9:.2f} |\n"
        "| rate of a large float32 matrix product, 10^9 a second "
        f"({record['threads']} threads) | "
        f"{record['operations_per_second'] / 1e9:.1f} |\n"
        f"| floor, s | {record['floor_seconds']:.4f} |\n"
        f"| epoch, s (mean of {record['epochs']}) | "
        f"{record['seconds_per_epoch']:.4f} |\n"
        f"| epoch over floor | {record['ratio']:.2f} |\n\n"
        f"`python -m tests.bench.floor`; {now['date']}; {now['machine']}; torch "
        f"{now['versions']['torch']}.\n"
    )


if __name__ == "__main__":
    sys.exit(main())
