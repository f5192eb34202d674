"""Recorded gradients are those of steps that are computed one by one."""

import itertools
from contextlib import contextmanager, nullcontext
from functools import partial
from unittest import mock

import pytest
import torch

from miaf_engine.models.network.attention import Switched
from miaf_engine.requests.settings import TrainConfig
from miaf_engine.training import loop
from miaf_engine.training.batch import Batch, SpectralNoise, class_weights
from miaf_engine.training.cuda.recorded_steps import (
    RecordedGradients,
    cuda_recorder,
)
from tests import tiny

STEPS = 12


class Recording:
    """Does what a CUDA graph does: work again, with the places in memory of before."""

    def __init__(self, network, work):
        parts = [part for part in network.modules() if isinstance(part, Switched)]
        self.network, self.work = network, work
        self.taken = [(part, part.taken) for part in parts]
        self.output = work()
        self.gradients = [(p, p.grad) for p in network.parameters()]

    def replay(self):
        for part, taken in self.taken:
            part.taken = taken
        self.output.copy_(self.work())
        for parameter, place in self.gradients:
            if place is not None:
                place.copy_(parameter.grad)
        for part, _ in self.taken:
            part.taken = None


def noise_of(area):
    return SpectralNoise(Batch.build(area, "cpu"), 0.0, None)


@pytest.fixture
def network():
    # Without dropout the attentions alone draw from the generator.
    found = tiny.unlike(tiny.network()).train()
    found.spectral.dropout.p = 0.0
    return found


def compute_of(network, noise):
    weights = class_weights([noise.batch], network.classes, 0.5)
    return partial(loop._gradients, network, TrainConfig(), weights)


def gradients_of(network):
    return [None if p.grad is None else p.grad.clone() for p in network.parameters()]


def steps(network, take, noise):
    """Return loss and gradients of each of some steps from one seed."""
    torch.manual_seed(3)
    return [(take(noise), gradients_of(network)) for _ in range(STEPS)]


def test_they_are_those_of_steps_one_by_one(network):
    noise = noise_of(tiny.area())
    compute = compute_of(network, noise)
    wanted = steps(network, lambda _: compute(noise.batch, noise.spectra()), noise)
    recordings = []

    def recorder(work):
        recordings.append(Recording(network, work))
        return recordings[-1]

    found = steps(network, RecordedGradients(network, compute, recorder), noise)
    assert len(recordings) == 1
    there = set()
    for (loss, gradients), (one_loss, one) in zip(found, wanted, strict=True):
        torch.testing.assert_close(loss, one_loss)
        for gradient, other in zip(gradients, one, strict=True):
            assert (gradient is None) == (other is None)
            if gradient is not None:
                torch.testing.assert_close(gradient, other, rtol=1e-4, atol=1e-6)
        there.add(tuple(gradient is None for gradient in gradients))
    assert len(there) > STEPS / 2  # other attentions are left out each time


def test_each_area_is_recorded_in_its_second_step_and_no_more(network):
    one, other = noise_of(tiny.area()), noise_of(tiny.area(tiny.hole()))
    compute, recorded = compute_of(network, one), []

    def recorder(work):
        recorded.append(work)
        return Recording(network, work)

    take = RecordedGradients(network, compute, recorder)
    counts = []
    for noise in (one, other, other, one, one, other):
        take(noise)
        counts.append(len(recorded))
    assert counts == [0, 0, 1, 2, 2, 2]
    assert all(
        part.taken is None for part in network.modules() if isinstance(part, Switched)
    )


def test_steps_go_on_where_there_is_no_room_for_a_recording(network):
    noise, tried = noise_of(tiny.area()), []
    compute = compute_of(network, noise)
    wanted = steps(network, lambda _: compute(noise.batch, noise.spectra()), noise)

    def recorder(work):
        tried.append(work)
        raise torch.OutOfMemoryError("CUDA out of memory.")

    take = RecordedGradients(network, compute, recorder)
    found = steps(network, take, noise)
    assert len(tried) == 1
    for (loss, gradients), (one_loss, one) in zip(found, wanted, strict=True):
        assert torch.equal(loss, one_loss)
        pairs = zip(gradients, one, strict=True)
        assert all(a is b is None or torch.equal(a, b) for a, b in pairs)


def test_noise_differs_by_step_where_it_is_written_to_one_place(network):
    batch = Batch.build(tiny.area(), "cpu")
    noise, seen = SpectralNoise.of(batch, 0.5), []

    def compute(_batch, spectra):
        seen.append(spectra.clone())
        return spectra.sum()

    take = RecordedGradients(network, compute, lambda work: Recording(network, work))
    for _ in range(4):
        take(noise)
    # The second step records, and replays what it recorded.
    assert len(seen) == 5
    used = [seen[0], *seen[2:]]
    assert all(not torch.equal(a, b) for a, b in itertools.pairwise(used))
    spread = (used[-1] - batch.spectra).std()
    assert 0.45 < float(spread) < 0.55


class Graph:
    """A graph of CUDA that counts its replays."""

    replays = 0

    def replay(self):
        self.replays += 1


def pretend_cuda(monkeypatch, *, free, reserved):
    """Let torch have a CUDA device; return what is recorded with."""
    given = []

    @contextmanager
    def record(graph, **named):
        given.append((graph, named))
        yield

    fakes = {
        "graph_pool_handle": lambda: "pool",
        "mem_get_info": lambda _: (free, 0),
        "memory_reserved": lambda _: reserved,
        "CUDAGraph": Graph,
        "graph": record,
        "device": lambda _: nullcontext(),
    }
    for name, fake in fakes.items():
        monkeypatch.setattr(torch.cuda, name, fake)
    return given


def test_recordings_of_a_device_share_one_pool_of_memory(monkeypatch):
    given = pretend_cuda(monkeypatch, free=100, reserved=100)
    record = cuda_recorder(torch.device("cuda:0"))
    losses = [torch.tensor(1.0), torch.tensor(2.0)]
    recordings = [record(lambda loss=loss: loss) for loss in losses]
    assert [each.output for each in recordings] == losses
    assert [named["pool"] for _, named in given] == ["pool", "pool"]
    recordings[1].replay()
    assert [each.replays for each, _ in given] == [0, 1]


def test_nothing_is_recorded_where_less_is_free_than_is_held(monkeypatch):
    given = pretend_cuda(monkeypatch, free=99, reserved=100)
    with pytest.raises(torch.OutOfMemoryError):
        cuda_recorder(torch.device("cuda:0"))(lambda: torch.tensor(1.0))
    assert not given


def test_steps_are_recorded_on_cuda_alone(network, monkeypatch):
    pretend_cuda(monkeypatch, free=1, reserved=1)
    noise = noise_of(tiny.area())
    weights = class_weights([noise.batch], network.classes, 0.5)
    take = loop._gradients_by(network, TrainConfig(), weights)
    assert not isinstance(take, RecordedGradients)
    card = mock.Mock(is_cuda=True, device=torch.device("cuda:0"))
    take = loop._gradients_by(network, TrainConfig(), card)
    assert isinstance(take, RecordedGradients)
