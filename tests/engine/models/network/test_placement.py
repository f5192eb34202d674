"""The form of the network follows the device, and changes nothing but rounding."""

import copy

import pytest
import torch
from torch import nn
from torch.utils._python_dispatch import TorchDispatchMode

from miaf_engine.models.network.placement import place
from miaf_engine.models.network.spectral import SpectralFeatures
from tests import tiny

SETTINGS = [
    {},
    {"kernel_sizes": (7, 11)},
    {"convolution_branch": False},
    {"graph_branch": False},
    {"committee": False},
]


class Called(TorchDispatchMode):
    """Notes the names of the operators that are called."""

    def __init__(self):
        super().__init__()
        self.names = set()

    def __torch_dispatch__(self, function, types, args=(), kwargs=None):
        self.names.add(function.__name__.partition(".")[0])
        return function(*args, **(kwargs or {}))


def step(network, valid=None):
    """Return the logits of all heads, and the gradients, of a training step."""
    torch.manual_seed(0)
    scene = tiny.scene(valid=tiny.hole())
    spectra = torch.from_numpy(scene.image[:, scene.valid].T.copy())
    heads = network.heads(spectra, tiny.tensors(scene), tiny.layout(scene))
    logits = [one for head in heads for one in head.logits]
    trained = [one for one in logits if one.requires_grad]
    sum(one.square().mean() for one in trained).backward()
    return logits, {n: p.grad for n, p in network.named_parameters() if p.requires_grad}


@pytest.mark.parametrize("training", [True, False])
@pytest.mark.parametrize("settings", SETTINGS, ids=str)
def test_the_fast_network_is_the_plain_one(settings, training):
    plain = tiny.unlike(tiny.network(**settings)).train(training)
    fast = place(copy.deepcopy(plain), "cpu")
    (own, own_gradients), (theirs, their_gradients) = step(fast), step(plain)
    for one, other in zip(own, theirs, strict=True):
        torch.testing.assert_close(one, other, rtol=1e-3, atol=1e-3)
    assert own_gradients.keys() == their_gradients.keys()
    for name, gradient in own_gradients.items():
        torch.testing.assert_close(
            gradient, their_gradients[name], rtol=1e-3, atol=1e-3, msg=name
        )
    for name, buffer in fast.named_buffers():
        torch.testing.assert_close(buffer, dict(plain.named_buffers())[name])


def test_weights_and_their_names_stay():
    network = tiny.network()
    before = {name: tensor.data_ptr() for name, tensor in network.state_dict().items()}
    after = place(network, "cpu").state_dict()
    assert {name: tensor.data_ptr() for name, tensor in after.items()} == before


def test_other_devices_have_the_plain_form():
    network = place(tiny.network(), "cpu")
    fast = {type(module) for module in network.modules()}
    place(network, "meta")
    kinds = {type(module) for module in network.modules()}
    assert {nn.Dropout, nn.Conv2d, SpectralFeatures} <= kinds
    assert not {nn.Dropout, nn.Conv2d, SpectralFeatures} & fast
    assert not [kind for kind in kinds if ".cpu." in kind.__module__]


def test_the_plain_form_uses_no_operator_of_the_cpu_alone():
    found = []
    for network in (tiny.network(), place(tiny.network(), "cpu")):
        with Called() as called:
            step(network.train())
        found.append(called.names)
    plain, fast = found
    assert "batch_norm_update_stats" not in plain
    assert "batch_norm_update_stats" in fast
