"""What a device is tried with, and whether Apple's GPUs have all that is asked."""

from dataclasses import replace
from importlib import resources

import pytest
import torch
from torch.utils._python_dispatch import TorchDispatchMode

from miaf_engine.models.network import placement
from miaf_engine.models.network.miafnet import MiafNet
from miaf_engine.models.trial import trial_network
from miaf_engine.prediction.probabilities import (
    head_probabilities,
    predict,
    try_prediction,
)
from miaf_engine.preprocessing.normalisation import Gain, Normalisation
from miaf_engine.requests.settings import TrainConfig
from miaf_engine.training import spectral_heads
from miaf_engine.training.loop import fit
from miaf_engine.training.trainer import try_training
from tests import tiny

CPU = torch.device("cpu")


class Operators(TorchDispatchMode):
    """Keeps the operators that torch runs, as `name.overload`, by what they return."""

    def __init__(self):
        super().__init__()
        self.found = {}

    def __torch_dispatch__(self, func, types, args=(), kwargs=None):
        out = func(*args, **(kwargs or {}))
        kinds = {part.dtype for part in torch.utils._pytree.tree_leaves(out)
                 if isinstance(part, torch.Tensor)}  # fmt: skip
        name = str(func).removeprefix("aten.").removesuffix(".default")
        self.found.setdefault(name, set()).update(kinds)
        return out


@pytest.fixture
def plain(monkeypatch):
    """Run the plain modules, as every device but the CPU does."""
    monkeypatch.setattr(placement, "_ON_CPU", placement._PLAIN)
    # On the CPU everywhere, so it is no matter what the device has.
    monkeypatch.setattr(spectral_heads, "_fit_discriminant", lambda *_: None)


def operators(*functions):
    with Operators() as seen:
        for function in functions:
            function(CPU)
    return {n: kinds for n, kinds in seen.found.items() if "profiler" not in n}


def test_the_trials_leave_the_random_numbers_alone():
    before = torch.get_rng_state()
    try_training(CPU)
    try_prediction(CPU)
    assert torch.equal(before, torch.get_rng_state())


def test_the_trial_runs_all_that_a_training_and_a_map_run(plain):
    area, values = tiny.area(tiny.hole()), tiny.cube()
    by = Normalisation.fit(values[:, tiny.hole()])
    scene = by.apply(values, tiny.hole(), area.scene.grid, gain=Gain())
    area = replace(area, scene=scene)

    def training(device):
        network = MiafNet(tiny.config(dropout=0.2), tiny.BANDS, 3, unnormalised=True)
        fit(network, [area], TrainConfig(epochs=3), seed=0, device=device)
        head_probabilities(network, area.scene, area.graphs, area.validation, device)
        predict(network, area.scene, area.graphs, device)

    tried = operators(try_training, try_prediction)
    # The line search compares losses and slopes where it does not end at once.
    assert set(operators(training)) - set(tried) <= {"ge.Tensor", "gt.Tensor"}


def test_a_device_that_computes_no_numbers_fails_the_trial(monkeypatch):
    broken = trial_network()
    with torch.no_grad():
        broken.head_weights.fill_(torch.nan)
    module = "miaf_engine.prediction.probabilities.trial_network"
    monkeypatch.setattr(module, lambda: broken)
    with pytest.raises(RuntimeError, match="no numbers"):
        try_prediction(CPU)


def test_apple_gpus_have_all_that_the_engine_asks_of_them(plain):
    asked = operators(try_training, try_prediction)
    assert len(asked) > 80
    missing = sorted(set(asked) - with_a_kernel_for_apple(asked))
    assert missing == []
    assert not [name for name, kinds in asked.items() if torch.float64 in kinds]


def with_a_kernel_for_apple(names):
    """Return those of which torch's table of operators says so."""
    yaml = pytest.importorskip("yaml")
    table = resources.files("torchgen").joinpath("packaged/ATen/native")
    text = table.joinpath("native_functions.yaml").read_text(encoding="utf-8")
    entries = {entry["func"].partition("(")[0]: entry for entry in yaml.safe_load(text)}

    def has(name):
        entry = entries[name]
        kinds = ",".join(entry.get("dispatch", {"CompositeImplicit": ""}))
        if "MPS" in kinds or "Composite" in kinds:
            return True
        of = entry.get("structured_delegate")
        return of is not None and has(of)

    return {name for name in names if name in entries and has(name)}
