"""Which processor the network runs on, and why."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import Any

import torch

from miaf_engine.errors import ConfigError


@dataclass(frozen=True)
class Device:
    """A chosen processor.

    Attributes:
        name: As torch spells it: cpu, cuda:0, mps.
        reason: A sentence part for the user that says what it is and why.
        may_fall_back: Whether the CPU may take over where its memory is short; not
            where the user named the device.
    """

    name: str
    reason: str
    may_fall_back: bool = False

    @property
    def torch(self) -> torch.device:
        """The device as torch takes it."""
        return torch.device(self.name)


def choose_device(wanted: str = "auto") -> Device:
    """Return the device asked for; `auto` takes the best one there is.

    Args:
        wanted: auto, cpu, cuda, cuda:N or mps.

    Raises:
        ConfigError: The name is unknown or the device is not there.
    """
    name = wanted.strip().lower()
    if name == "auto":
        return _best_device()
    if name == "cpu":
        return Device("cpu", f"CPU as asked, {_threads()}")
    if name == "mps" and torch.backends.mps.is_available():
        return Device("mps", "Apple GPU as asked")
    if name == "cuda" or name.startswith("cuda:"):
        return _cuda_device(name)
    raise ConfigError(
        f"Device '{wanted}' is not available.", hint=f"There is: {', '.join(names())}."
    )


def mixed_precision(device: torch.device | str) -> AbstractContextManager[Any]:
    """Return a context in which the network computes in the device's fast precision.

    bfloat16 where a CUDA device has it, which keeps the range of float32 and needs no
    scaling of the loss; everywhere else float32. Sums over superpixels and the loss
    stay in float32, see `assignment.encode` and `GraphConvolution`.
    """
    if torch.device(device).type == "cuda" and torch.cuda.is_bf16_supported():
        return torch.autocast("cuda", dtype=torch.bfloat16)
    return nullcontext()


def reason_of(chosen: Device, used: str) -> str:
    """Return why `used` made the results, where another device was chosen first."""
    if used == chosen.name:
        return chosen.reason
    return f"CPU, {_threads()}, because the memory of {chosen.name} was too small"


def out_of_device_memory(error: RuntimeError) -> bool:
    """Return whether a graphics card had too little memory; Apple's has no class."""
    words = "MPS backend out of memory"
    return isinstance(error, torch.OutOfMemoryError) or words in str(error)


def release_memory(device: torch.device) -> None:
    """Give unused memory of a graphics card back."""
    if device.type == "cuda" and torch.cuda.is_available():
        torch.cuda.empty_cache()
    elif device.type == "mps" and torch.backends.mps.is_available():
        torch.mps.empty_cache()


def names() -> list[str]:
    """Return the names of all devices of this machine."""
    found = ["cpu"] + [f"cuda:{n}" for n in range(torch.cuda.device_count())]
    return found + (["mps"] if torch.backends.mps.is_available() else [])


def _best_device() -> Device:
    if torch.cuda.is_available():
        device = _cuda_device("cuda:0")
        reason = device.reason.replace(" as asked", "")
        return Device(device.name, reason, may_fall_back=True)
    if torch.backends.mps.is_available():
        return Device("mps", "Apple GPU", may_fall_back=True)
    return Device("cpu", f"no CUDA device was found: CPU, {_threads()}")


def _threads() -> str:
    count = torch.get_num_threads()
    return f"{count} thread{'' if count == 1 else 's'}"


def _cuda_device(name: str) -> Device:
    number = name.partition(":")[2] or "0"
    if not number.isdecimal() or int(number) >= torch.cuda.device_count():
        raise ConfigError(
            f"Device '{name}' is not available.",
            hint=f"There is: {', '.join(names())}.",
        )
    index = int(number)
    free, total = torch.cuda.mem_get_info(index)
    model = torch.cuda.get_device_name(index)
    return Device(
        f"cuda:{index}",
        f"CUDA device {index} as asked: {model}, "
        f"{free / 2**30:.1f} of {total / 2**30:.1f} GiB free",
    )
