"""Which processor is chosen, what is refused, and what becomes of a card that fails."""

from contextlib import nullcontext

import pytest
import torch

from miaf_engine.errors import ConfigError, DeviceError, MemoryShortError
from miaf_engine.models import devices
from miaf_engine.models.devices import Device, choose_device, fault_of, mixed_precision
from tests.scenes import Recorder

# As torch 2.13 words them.
MEMORY = [
    torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 2.00 GiB."),
    RuntimeError("CUDA error: out of memory"),
    RuntimeError(
        "CUDA error: CUBLAS_STATUS_ALLOC_FAILED when calling `cublasCreate(handle)`"
    ),
    RuntimeError("cuDNN error: CUDNN_STATUS_ALLOC_FAILED"),
    RuntimeError(
        "MPS backend out of memory (MPS allocated: 9.06 GB, other allocations: 384.00 "
        "KB, max allowed: 9.07 GB). Tried to allocate 256 bytes on private pool."
    ),
    RuntimeError("Invalid buffer size: 12.34 GiB"),
]
BUILD = [
    RuntimeError(
        "CUDA error: no kernel image is available for execution on the device\n"
        "CUDA kernel errors might be asynchronously reported at some other API call."
    ),
    RuntimeError("CUDA error: CUBLAS_STATUS_ARCH_MISMATCH when calling `cublasGemmEx`"),
]
OPERATOR = [
    NotImplementedError(
        "The operator 'aten::batch_norm_update_stats' is not currently implemented for "
        "the MPS device. If you want this op to be considered for addition please "
        "comment on https://github.com/pytorch/pytorch/issues/141287"
    ),
    TypeError(
        "Cannot convert a MPS Tensor to float64 dtype as the MPS framework doesn't "
        "support float64. Please use float32 instead."
    ),
]


@pytest.fixture
def two_gpus(monkeypatch):
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    monkeypatch.setattr(torch.cuda, "device_count", lambda: 2)
    monkeypatch.setattr(torch.cuda, "mem_get_info", lambda _: (3 * 2**30, 8 * 2**30))
    monkeypatch.setattr(torch.cuda, "get_device_name", lambda number: f"Card {number}")
    monkeypatch.setattr(torch.cuda, "empty_cache", lambda: None)


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
    def never(_device):
        raise AssertionError

    assert choose_device("cpu", never).name == "cpu"


@pytest.mark.parametrize("name", ["cuda:2", "cuda:-1", "cuda:x", "gpu", "", "cuda:0:1"])
def test_devices_that_are_not_there_are_refused(two_gpus, name):
    with pytest.raises(ConfigError, match="not available") as caught:
        choose_device(name)
    assert "cpu, cuda:0, cuda:1" in caught.value.hint


@pytest.mark.parametrize("name", ["cuda", "cuda:0", "mps"])
def test_no_gpu_is_refused(no_gpu, name):
    with pytest.raises(ConfigError, match="not available"):
        choose_device(name)


@pytest.mark.parametrize("error", MEMORY, ids=str)
def test_short_memory_of_a_card_is_known(error):
    assert fault_of(error).memory
    assert fault_of(error).cause == "its memory is too small"


@pytest.mark.parametrize("error", BUILD, ids=str)
def test_a_build_of_torch_without_code_for_the_card_is_known(error):
    assert not fault_of(error).memory
    assert "no code for this card" in fault_of(error).cause


def test_what_torch_cannot_compute_is_named():
    one, two = (fault_of(error).cause for error in OPERATOR)
    assert one == "torch cannot compute 'aten::batch_norm_update_stats' on it"
    assert two == "torch cannot compute numbers of 64 bits on it"


@pytest.mark.parametrize(
    "error",
    [
        RuntimeError("CUDA error: misaligned address"),
        RuntimeError("DefaultCPUAllocator: can't allocate memory"),
        TypeError("expected Tensor as element 0, but got None"),
        NotImplementedError(),
    ],
    ids=repr,
)
def test_other_errors_are_no_fault_of_the_card(error):
    assert fault_of(error) is None


OTHER = [RuntimeError("CUDA error: unknown error\nmore"), KeyError("sm_35")]


@pytest.mark.parametrize("error", [*MEMORY, *BUILD, *OPERATOR, *OTHER], ids=str)
def test_auto_takes_the_cpu_where_the_card_fails_its_trial(two_gpus, error):
    tried, heard = [], Recorder()

    def fails(device):
        tried.append(str(device))
        raise error

    device = choose_device("auto", fails, heard)
    assert tried == ["cuda:0"]
    assert device.name == "cpu"
    (said,) = heard.warnings
    assert said.startswith("The CPU takes over from cuda:0 for the rest of this run")
    assert "\n" not in said
    assert heard.infos == []
    assert "in place of cuda:0" in device.reason


@pytest.mark.parametrize("error", [*MEMORY, *BUILD, *OPERATOR, *OTHER], ids=str)
def test_a_named_card_that_fails_its_trial_is_an_error(two_gpus, error):
    def fails(_device):
        raise error

    wanted = MemoryShortError if error in MEMORY else DeviceError
    with pytest.raises(wanted, match=r"[Dd]evice 'cuda:1'") as caught:
        choose_device("cuda:1", fails)
    assert "set device to auto" in caught.value.hint.lower()


def test_a_card_that_does_not_even_say_what_it_is_is_not_taken(two_gpus, monkeypatch):
    def busy(_index):
        raise RuntimeError("CUDA error: all CUDA-capable devices are busy")

    monkeypatch.setattr(torch.cuda, "mem_get_info", busy)
    heard = Recorder()
    assert choose_device("auto", progress=heard).name == "cpu"
    assert "devices are busy" in heard.warnings[0]


def test_a_card_that_works_is_said(two_gpus):
    tried, heard = [], Recorder()
    assert choose_device("auto", tried.append, heard).name == "cuda:0"
    assert tried == [torch.device("cuda:0")]
    assert heard.warnings == []
    assert heard.infos == ["Device: CUDA device 0: Card 0, 3.0 of 8.0 GiB free."]


def test_a_device_is_left_only_where_it_may_be():
    fault = fault_of(MEMORY[0])
    with pytest.raises(MemoryShortError):
        Device("mps", "Apple GPU as asked").leave(fault, Recorder())
    device = Device("mps", "Apple GPU", may_fall_back=True, most_pixels=100)
    device.leave(fault, Recorder())
    assert (device.name, device.is_card, device.most_pixels) == ("cpu", False, None)


@pytest.mark.parametrize("native", [True, False])
def test_bfloat16_only_where_the_card_computes_in_it(two_gpus, monkeypatch, native):
    def supported(including_emulation=True):
        return native or including_emulation

    asked = []
    monkeypatch.setattr(torch.cuda, "is_bf16_supported", supported)
    monkeypatch.setattr(
        torch.cuda, "device", lambda d: asked.append(d) or nullcontext()
    )
    context = mixed_precision("cuda:1")
    assert asked == ["cuda:1"]
    assert isinstance(context, torch.autocast) == native
    if native:
        assert context.fast_dtype == torch.bfloat16
    assert isinstance(mixed_precision("mps"), nullcontext)
