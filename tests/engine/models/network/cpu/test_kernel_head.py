"""The kernel head in one block of memory against the plain one."""

import copy

import pytest
import torch

from miaf_engine.models.network.cpu.kernel_head import KernelHeadInPlace
from miaf_engine.models.network.ensemble import KernelHead
from tests.tiny import unlike


@pytest.mark.parametrize("pixels", [0, 1, 1024, 2500])
def test_logits_are_those_of_the_plain_head(pixels):
    plain = unlike(KernelHead(7, 4))
    fast = copy.deepcopy(plain)
    fast.__class__ = KernelHeadInPlace
    spectra = torch.randn(pixels, 7)
    with torch.no_grad():
        found = fast(spectra)
        assert torch.equal(found, plain(spectra))
    assert found.shape == (pixels, 4)
    assert torch.equal(fast(spectra), found)  # where gradients are taken too
