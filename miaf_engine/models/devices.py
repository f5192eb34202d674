"""Which processor the network runs on, why, and what happens where it fails."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from miaf_engine.errors import ConfigError, DeviceError, MemoryShortError
from miaf_engine.progress import SILENT, Progress
from miaf_engine.translation import tr, tr_n

# Tries the network on a device; raises whatever torch raises where it does not run.
Trial = Callable[[torch.device], object]

# How torch says that a card's memory is short where the error has no class of its own:
# CUDA's driver, its libraries, which keep memory of their own, and Apple's.
_MEMORY = (
    "CUDA error: out of memory",
    "CUDA out of memory",
    "CUBLAS_STATUS_ALLOC_FAILED",
    "CUDNN_STATUS_ALLOC_FAILED",
    "CUSOLVER_STATUS_ALLOC_FAILED",
    "MPS backend out of memory",
    "Invalid buffer size",
)
_BUILD = (
    "no kernel image is available",
    "CUBLAS_STATUS_ARCH_MISMATCH",
    "CUDNN_STATUS_ARCH_MISMATCH",
)
_OPERATOR = re.compile("operator '([^']+)' is not currently (?:implemented|supported)")
_FLOAT64 = "doesn't support float64"


@dataclass(frozen=True)
class DeviceFault:
    """Why a graphics card cannot run the network.

    Attributes:
        cause: A clause for the user, as "its memory is too small".
        hint: What the user can do who named the card.
        memory: Whether less to compute at once may help.
    """

    cause: str
    hint: str
    memory: bool = False


@dataclass(eq=False)
class Device:
    """The processor of a run: the one chosen, or the CPU once that one has failed.

    Everything in a run that computes on a device shares one of these.

    Attributes:
        name: As torch spells it: cpu, cuda:0, mps.
        reason: A sentence part for the user that says what it is and why.
        may_fall_back: Whether the CPU may take over where it fails; not where the user
            named the device.
        most_pixels: Pixels of the largest tile that may fit its memory; None until one
            did not.
    """

    name: str
    reason: str
    may_fall_back: bool = False
    most_pixels: int | None = None

    @property
    def torch(self) -> torch.device:
        """The device as torch takes it."""
        return torch.device(self.name)

    @property
    def is_card(self) -> bool:
        """Whether it is a graphics card, which may fail where the CPU does not."""
        return self.name != "cpu"

    def leave(self, fault: DeviceFault, progress: Progress) -> None:
        """Let the CPU take over for the rest of the run, and say so once.

        Raises:
            DeviceError: The user named the device, so it is not left.
            MemoryShortError: As above, where its memory is short.
        """
        failed = self.name
        if not self.may_fall_back and fault.memory:
            raise MemoryShortError(
                tr("The memory of device '{name}' is too small.").format(name=failed),
                hint=fault.hint,
            )
        if not self.may_fall_back:
            raise DeviceError(
                tr("Device '{name}' failed: {cause}.").format(
                    name=failed, cause=fault.cause
                ),
                hint=fault.hint,
            )
        release_memory(self.torch)
        self.name, self.most_pixels = "cpu", None
        self.reason = tr("CPU, {threads}, in place of {failed}: {cause}").format(
            threads=_threads(), failed=failed, cause=fault.cause
        )
        progress.warning(
            tr(
                "The CPU takes over from {failed} for the rest of this run, which "
                "takes longer: {cause}."
            ).format(failed=failed, cause=fault.cause)
        )


def choose_device(
    wanted: str = "auto", trial: Trial | None = None, progress: Progress = SILENT
) -> Device:
    """Return the device asked for; `auto` takes the best one that works.

    Args:
        wanted: auto, cpu, cuda, cuda:N or mps.
        trial: Is given a graphics card before it is taken.
        progress: Receives which device it is and why.

    Raises:
        ConfigError: The name is unknown or the device is not there.
        DeviceError: The device was named, and does not work.
        MemoryShortError: The device was named, and its memory is used up.
    """
    name = wanted.strip().lower()
    device = _best_device() if name == "auto" else _named_device(name, wanted)
    if device.is_card:
        fault = _fault_in_trial(device, trial)
        if fault is not None:
            device.leave(fault, progress)
            return device
    progress.info(tr("Device: {reason}.").format(reason=device.reason))
    return device


def fault_of(error: BaseException) -> DeviceFault | None:
    """Return what an error says of a graphics card; None where it is another defect."""
    text = str(error)
    if isinstance(error, torch.OutOfMemoryError) or any(w in text for w in _MEMORY):
        return DeviceFault(
            tr("its memory is too small"),
            tr(
                "Close other programs that use it, or lower the width. Set device "
                "to auto to let the CPU take over, or to cpu."
            ),
            memory=True,
        )
    if any(words in text for words in _BUILD):
        return DeviceFault(
            tr("this build of torch has no code for this card"),
            tr(
                "Set up the engine with a build of torch for the card, or set "
                "device to auto or cpu."
            ),
        )
    missing = _OPERATOR.search(text)
    if missing or _FLOAT64 in text:
        what = f"'{missing[1]}'" if missing else tr("numbers of 64 bits")
        return DeviceFault(
            tr("torch cannot compute {what} on it").format(what=what),
            tr("Set device to auto or cpu."),
        )
    return None


def mixed_precision(device: torch.device | str) -> AbstractContextManager[Any]:
    """Return a context in which the network computes in the device's fast precision.

    bfloat16 where a CUDA device computes in it, which keeps the range of float32 and
    needs no scaling of the loss; everywhere else float32, on older cards too, which
    only imitate bfloat16. Sums over superpixels and the loss stay in float32, see
    `assignment.encode` and `GraphConvolution`.
    """
    if torch.device(device).type == "cuda":
        with torch.cuda.device(device):  # what is supported is asked of the current one
            native = torch.cuda.is_bf16_supported(including_emulation=False)
        if native:
            return torch.autocast("cuda", dtype=torch.bfloat16)
    return nullcontext()


def pinned(array: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return a copy that CUDA reads without the processor's help."""
    copy: NDArray[np.float32] = torch.from_numpy(array).pin_memory().numpy()
    return copy


def on_device(array: NDArray[Any], device: torch.device | str) -> torch.Tensor:
    """Return an array as a tensor on a device; CUDA need not have it yet."""
    cuda = torch.device(device).type == "cuda"
    return torch.from_numpy(array).to(device, non_blocking=cuda)


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
        return Device(
            "cuda:0", tr("CUDA device {number}").format(number=0), may_fall_back=True
        )
    if torch.backends.mps.is_available():
        return Device("mps", tr("Apple GPU"), may_fall_back=True)
    return Device(
        "cpu", tr("no CUDA device was found: CPU, {threads}").format(threads=_threads())
    )


def _named_device(name: str, wanted: str) -> Device:
    if name == "cpu":
        return Device("cpu", tr("CPU as asked, {threads}").format(threads=_threads()))
    if name == "mps" and torch.backends.mps.is_available():
        return Device("mps", tr("Apple GPU as asked"))
    kind, _, number = name.partition(":")
    number = number if ":" in name else "0"
    known = kind == "cuda" and number.isdecimal()
    if known and int(number) < torch.cuda.device_count():
        return Device(
            f"cuda:{int(number)}",
            tr("CUDA device {number} as asked").format(number=int(number)),
        )
    raise ConfigError(
        tr("Device '{name}' is not available.").format(name=wanted),
        hint=tr("Available are: {names}.").format(names=", ".join(names())),
    )


def _fault_in_trial(device: Device, trial: Trial | None) -> DeviceFault | None:
    """Ask a card what it is, and let it compute a little."""
    try:
        if device.torch.type == "cuda":
            device.reason += f": {_cuda_facts(device.torch.index)}"
        if trial is not None:
            trial(device.torch)
    except Exception as error:  # noqa: BLE001 - drivers fail in ways of their own
        said = str(error).strip().partition("\n")[0] or type(error).__name__
        return fault_of(error) or DeviceFault(
            tr("a small computation on it failed with '{said}'").format(said=said),
            tr(
                "Update its driver, set up the engine with another build of torch, "
                "or set device to auto or cpu."
            ),
        )
    return None


def _cuda_facts(index: int) -> str:
    free, total = torch.cuda.mem_get_info(index)
    model = torch.cuda.get_device_name(index)
    return tr("{model}, {free} of {total} GiB free").format(
        model=model, free=f"{free / 2**30:.1f}", total=f"{total / 2**30:.1f}"
    )


def _threads() -> str:
    count = torch.get_num_threads()
    return tr_n("{n} thread", "{n} threads", count)
