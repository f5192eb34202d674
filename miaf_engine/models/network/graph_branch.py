"""The graph branch: convolutions over the superpixel graph."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

from miaf_engine.models.network.assignment import GraphTensors


class GraphConvolution(nn.Module):
    """Graph convolution whose edge weights follow from spectral likeness.

        y_i = sum_j a_ij (W x_j + b),   a_ij = softmax_j(-|P x_i - P x_j|^2 / D_out)

    j runs over the neighbours of superpixel i and i itself; P is a learned projection.
    A superpixel without neighbours keeps its own features.

    Shape:
        nodes (N, D_in), output (N, D_out).
    """

    def __init__(self, width_in: int, width_out: int) -> None:
        super().__init__()
        self.compare = nn.Linear(width_in, width_out, bias=False)
        self.transform = nn.Linear(width_in, width_out)

    def forward(self, nodes: Tensor, edges: Tensor) -> Tensor:
        """Return each node's weighted mean of its neighbours' features."""
        target, source = edges
        weight = self.edge_weights(nodes, edges)
        # In float32 also under mixed precision, as the weights are.
        transformed = self.transform(nodes).float()
        messages = transformed.index_select(0, source) * weight[:, None]
        return torch.zeros(
            len(nodes), messages.shape[1], dtype=messages.dtype, device=nodes.device
        ).index_add(0, target, messages)

    def edge_weights(self, nodes: Tensor, edges: Tensor) -> Tensor:
        """Return the weight of each edge, (E,); they sum to 1 at each target."""
        target, source = edges
        compared = self.compare(nodes).float()
        apart = compared.index_select(0, target) - compared.index_select(0, source)
        score = -apart.square().mean(dim=1)
        # A node's largest score is its self-loop's, 0: exp cannot overflow.
        score = score.exp()
        total = score.new_zeros(len(nodes)).index_add(0, target, score)
        shares: Tensor = score / total.index_select(0, target)
        return shares


class GraphBranch(nn.Module):
    """Graph branch (CGC in the paper): two graph convolutions.

        F_G = h2(h1(Q^T F_E)),   h(x) = LeakyReLU(GraphConvolution(BN(x)))

    Q^T averages pixels into superpixels (`assignment.encode`).

    Shape:
        nodes (N, D), output (N, D).
    """

    def __init__(self, width: int) -> None:
        super().__init__()
        self.norms = nn.ModuleList(nn.BatchNorm1d(width) for _ in range(2))
        self.convolutions = nn.ModuleList(
            GraphConvolution(width, width) for _ in range(2)
        )

    def forward(self, nodes: Tensor, graph: GraphTensors) -> Tensor:
        """Return the features of each superpixel after two hops."""
        for norm, convolution in zip(self.norms, self.convolutions, strict=True):
            nodes = functional.leaky_relu(
                convolution(_normed(norm, nodes), graph.edges)
            )
        return nodes


def _normed(norm: nn.Module, nodes: Tensor) -> Tensor:
    """Apply batch norm; a single superpixel has no variance to train it with."""
    if norm.training and len(nodes) == 1:
        return nodes
    normed: Tensor = norm(nodes)
    return normed
