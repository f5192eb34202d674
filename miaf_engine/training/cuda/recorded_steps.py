"""Gradients that are recorded once on a CUDA device and replayed in later steps.

A step runs more than a thousand small kernels. Launching each by itself takes the
processor longer than the device takes to compute it. A CUDA graph launches all of them
at once.

What is recorded has fixed places in memory and no branches. So the spectra with their
noise are written to one place before each replay, and so are the numbers that say which
attentions the step takes. The optimiser steps outside of the recording: its rate
changes, and an attention that is left out has no gradient there.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

import torch
from torch import Tensor, nn

from miaf_engine.models.network.attention import Switched, drawn_out
from miaf_engine.training.batch import Batch, SpectralNoise

# Computes the gradients of a training area from its spectra; returns the loss.
Gradients = Callable[[Batch, Tensor], Tensor]


class Recording(Protocol):
    """Work that can be done again, in the same places in memory.

    Attributes:
        output: What the work returned; each replay overwrites it.
    """

    output: Tensor

    def replay(self) -> None:
        """Do the work again."""


Recorder = Callable[[Callable[[], Tensor]], Recording]


@dataclass(frozen=True, eq=False)
class _Recorded:
    """The recorded gradients of one training area.

    Attributes:
        recording: Returns the loss.
        spectra: Where it reads the spectra, (V, C).
        gradients: Each parameter, and where its gradient is left; None without one.
    """

    recording: Recording
    spectra: Tensor
    gradients: Sequence[tuple[nn.Parameter, Tensor | None]]


class RecordedGradients:
    """Computes gradients; from the second step of a training area on, by a recording.

    The first step is not recorded: libraries prepare themselves in it, and it shows
    how much memory a step takes. Where there is no room for a recording, steps continue
    without.

    Args:
        network: In training, on the device of the areas.
        compute: Computes the gradients of the network's parameters.
        recorder: Records on the device.
    """

    def __init__(
        self, network: nn.Module, compute: Gradients, recorder: Recorder
    ) -> None:
        self._network, self._compute = network, compute
        self._recorder: Recorder | None = recorder
        self._seen: set[int] = set()
        self._recorded: dict[int, _Recorded] = {}
        found = [part for part in network.modules() if isinstance(part, Switched)]
        self._switched = [part for part in found if list(part.parameters())]
        device = next(network.parameters()).device
        self._taken = torch.ones(len(self._switched), device=device)

    def __call__(self, noise: SpectralNoise) -> Tensor:
        """Compute the gradients of a training area; return its loss."""
        key = id(noise.batch)
        if key in self._seen and key not in self._recorded:
            self._record(key, noise)
        self._seen.add(key)
        if key in self._recorded:
            return self._replayed(self._recorded[key], noise)
        return self._compute(noise.batch, noise.spectra())

    def _replayed(self, recorded: _Recorded, noise: SpectralNoise) -> Tensor:
        noise.spectra(out=recorded.spectra)
        left_out = [drawn_out() for _ in self._switched]
        taken = torch.tensor([float(not left) for left in left_out])
        self._taken.copy_(taken, non_blocking=True)
        recorded.recording.replay()
        for parameter, gradient in recorded.gradients:
            parameter.grad = gradient
        for part, left in zip(self._switched, left_out, strict=True):
            for parameter in part.parameters() if left else ():
                parameter.grad = None
        return recorded.recording.output.clone()

    def _record(self, key: int, noise: SpectralNoise) -> None:
        """Record the gradients of an area, unless there is no room."""
        if self._recorder is None:
            return
        parameters = list(self._network.parameters())
        for parameter in parameters:
            parameter.grad = None  # is made again, where it then stays
        for number, part in enumerate(self._switched):
            part.taken = self._taken[number]
        try:
            spectra = torch.empty_like(noise.batch.spectra)
            recording = self._recorder(lambda: self._compute(noise.batch, spectra))
        except RuntimeError:  # torch's for memory that is short is one of these
            self._recorder = None
            self._recorded.clear()
            return
        finally:
            for part in self._switched:
                part.taken = None
        gradients = [(parameter, parameter.grad) for parameter in parameters]
        self._recorded[key] = _Recorded(recording, spectra, gradients)


@dataclass(eq=False)
class _CudaRecording:
    graph: torch.cuda.CUDAGraph
    output: Tensor

    def replay(self) -> None:
        self.graph.replay()


def cuda_recorder(device: torch.device) -> Recorder:
    """Return what records on a CUDA device; its recordings share their memory."""
    pool = torch.cuda.graph_pool_handle()

    def record(work: Callable[[], Tensor]) -> Recording:
        # A recording has memory of its own, and what a step took is held already.
        free, _ = torch.cuda.mem_get_info(device)
        if free < torch.cuda.memory_reserved(device):
            raise torch.OutOfMemoryError("There is no room for a recording.")
        graph = torch.cuda.CUDAGraph()
        # Other threads may use the device meanwhile.
        mode = "thread_local"
        with (
            torch.cuda.device(device),
            torch.cuda.graph(graph, pool=pool, capture_error_mode=mode),
        ):
            output = work()
        return _CudaRecording(graph, output)

    return record
