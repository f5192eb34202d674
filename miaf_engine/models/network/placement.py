"""A network on a device, in the form of its modules that suits the device."""

from __future__ import annotations

from typing import TypeVar

import torch
from torch import nn

from miaf_engine.models.network.cpu.depthwise import DepthwiseInStrips
from miaf_engine.models.network.cpu.dropout import ByteDropout
from miaf_engine.models.network.cpu.fusion import (
    HierarchicalFusionInPlace,
    InteractiveAttentionInPlace,
    ScaleAttentionInPlace,
)
from miaf_engine.models.network.cpu.spectral import FoldedSpectralFeatures
from miaf_engine.models.network.cpu.spectral_heads import ClassifiersTogether
from miaf_engine.models.network.ensemble import BranchClassifiers
from miaf_engine.models.network.hierarchical_fusion import (
    HierarchicalFusion,
    ScaleAttention,
)
from miaf_engine.models.network.interactive_attention import InteractiveAttention
from miaf_engine.models.network.spectral import SpectralFeatures

_Module = TypeVar("_Module", bound=nn.Module)

_ON_CPU: dict[type[nn.Module], type[nn.Module]] = {
    BranchClassifiers: ClassifiersTogether,
    nn.Conv2d: DepthwiseInStrips,  # every convolution of the network is depthwise
    nn.Dropout: ByteDropout,
    HierarchicalFusion: HierarchicalFusionInPlace,
    InteractiveAttention: InteractiveAttentionInPlace,
    ScaleAttention: ScaleAttentionInPlace,
    SpectralFeatures: FoldedSpectralFeatures,
}
_PLAIN = {fast: plain for plain, fast in _ON_CPU.items()}


def place(network: _Module, device: torch.device | str) -> _Module:
    """Move a network to a device, in place, and return it.

    On the CPU its modules become their fast forms, on every other device the plain
    ones. Only `forward` differs between both: parameters, statistics and their names
    stay.

    Args:
        network: The network, or a part of it.
        device: As torch takes it.
    """
    forms = _ON_CPU if torch.device(device).type == "cpu" else _PLAIN
    for module in network.modules():
        module.__class__ = forms.get(type(module), type(module))
    return network.to(device)
