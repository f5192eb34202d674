"""Which processor is chosen, and what is refused."""

import pytest
import torch

from miaf_engine.errors import ConfigError
from miaf_engine.models import devices
from miaf_engine.models.devices import choose_device


@pytest.fixture
def two_gpus(monkeypatch):
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    monkeypatch.setattr(torch.cuda, "device_count", lambda: 2)
    monkeypatch.setattr(torch.cuda, "mem_get_info", lambda _: (3 * 2**30, 8 * 2**30))
    monkeypatch.setattr(torch.cuda, "get_device_name", lambda number: f"Card {number}")


@pytest.fixture
def no_gpu(monkeypatch):
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    monkeypatch.setattr(torch.cuda, "device_count", lambda: 0)
    monkeypatch.setattr(torch.backends.mps, "is_available", lambda: False)


def test_auto_takes_the_first_gpu(two_gpus):
    device = choose_device("auto")
    assert device.name == "cuda:0"
    assert "Card 0, 3.0 of 8.0 GiB free" in device.reason
    assert "as asked" not in device.reason
    assert device.torch == torch.device("cuda:0")


def test_a_gpu_by_number(two_gpus):
    assert choose_device("CUDA:1 ").name == "cuda:1"
    assert "as asked" in choose_device("cuda:1").reason
    assert choose_device("cuda").name == "cuda:0"
    assert devices.names()[:3] == ["cpu", "cuda:0", "cuda:1"]


def test_auto_without_a_gpu_says_why(no_gpu):
    device = choose_device()
    assert device.name == "cpu"
    threads = torch.get_num_threads()
    assert device.reason.startswith(f"no CUDA device was found: CPU, {threads} thread")


def test_cpu_may_be_asked_for(two_gpus):
    assert choose_device("cpu").name == "cpu"


@pytest.mark.parametrize("name", ["cuda:2", "cuda:-1", "cuda:x", "gpu", "", "cuda:0:1"])
def test_devices_that_are_not_there_are_refused(two_gpus, name):
    with pytest.raises(ConfigError, match="not available") as caught:
        choose_device(name)
    assert "cpu, cuda:0, cuda:1" in caught.value.hint


@pytest.mark.parametrize("name", ["cuda", "cuda:0", "mps"])
def test_no_gpu_is_refused(no_gpu, name):
    with pytest.raises(ConfigError, match="not available"):
        choose_device(name)
