"""The convolution branch against plain torch layers."""

import pytest
import torch
from torch import nn

from miaf_engine.models.network.convolution_branch import (
    ConvolutionBranch,
    DepthwiseBlock,
    Layout,
)
from tests.tiny import unlike

HEIGHT, WIDTH, FEATURES = 7, 9, 6


@pytest.fixture
def holes():
    valid = torch.ones(HEIGHT * WIDTH, dtype=torch.bool)
    valid[[0, 1, 30, 31, 32, 62]] = False
    return Layout(HEIGHT, WIDTH, valid.nonzero()[:, 0])


def plain(block, kernel_size):
    """Return the block as 2-D layers with the same weights."""
    norm = nn.BatchNorm2d(FEATURES)
    norm.load_state_dict(block.norm.state_dict())
    depthwise = nn.Conv2d(
        FEATURES, FEATURES, kernel_size, padding=kernel_size // 2, groups=FEATURES
    )
    depthwise.load_state_dict(block.depthwise.state_dict())
    pointwise = nn.Conv2d(FEATURES, FEATURES, 1)
    weights = block.pointwise.state_dict()
    weights["weight"] = weights["weight"][:, :, None, None]
    pointwise.load_state_dict(weights)
    steps = nn.Sequential(norm, depthwise, nn.LeakyReLU(), pointwise, nn.LeakyReLU())
    return steps.train(block.training)


@pytest.mark.parametrize("training", [False, True])
@pytest.mark.parametrize("kernel_size", [1, 3, 5])
def test_block_is_the_plain_sequence_with_skip(kernel_size, training):
    block = unlike(DepthwiseBlock(FEATURES, kernel_size)).train(training)
    image = torch.randn(1, FEATURES, HEIGHT, WIDTH, requires_grad=True)
    layout = Layout(HEIGHT, WIDTH, None)
    expected = image + plain(block, kernel_size)(image)
    found = layout.to_image(block(layout.to_rows(image), layout))
    torch.testing.assert_close(found, expected)
    weight = torch.randn_like(image)
    (grad,) = torch.autograd.grad((found * weight).sum(), image)
    (wanted,) = torch.autograd.grad((expected * weight).sum(), image)
    torch.testing.assert_close(grad, wanted, rtol=1e-4, atol=1e-5)


def test_nodata_is_zero_in_the_convolution(holes):
    block = unlike(DepthwiseBlock(FEATURES, 3))
    rows = torch.randn(len(holes.pixels), FEATURES)
    normed = holes.to_image(block.norm(rows))
    mask = torch.zeros(HEIGHT * WIDTH)
    mask[holes.pixels] = 1.0
    assert (normed.permute(0, 2, 3, 1).reshape(-1, FEATURES)[mask == 0] == 0).all()
    spatial = block.depthwise(normed)
    made = nn.functional.leaky_relu(holes.to_rows(spatial))
    expected = rows + nn.functional.leaky_relu(block.pointwise(made))
    torch.testing.assert_close(block(rows, holes), expected)


def test_rows_survive_the_way_to_the_image_and_back(holes):
    rows = torch.randn(len(holes.pixels), FEATURES)
    assert torch.equal(holes.to_rows(holes.to_image(rows)), rows)
    full = Layout(HEIGHT, WIDTH, None)
    rows = torch.randn(HEIGHT * WIDTH, FEATURES)
    image = full.to_image(rows)
    assert torch.equal(full.to_rows(image), rows)
    assert torch.equal(image[0, :, 2, 5], rows[2 * WIDTH + 5])


def test_some_pixels_are_those_among_all(holes):
    branch = unlike(ConvolutionBranch(FEATURES, 3)).train()
    at = torch.tensor([50, 3, 7])
    for layout in (holes, Layout(HEIGHT, WIDTH, None)):
        count = layout.size if layout.pixels is None else len(layout.pixels)
        rows = torch.randn(count, FEATURES, requires_grad=True)
        whole, some = branch(rows, layout)[at], branch(rows, layout, at)
        torch.testing.assert_close(some, whole)
        weight = torch.randn_like(some)
        given = [rows, *branch.parameters()]
        wanted = torch.autograd.grad((whole * weight).sum(), given)
        for found, expected in zip(
            torch.autograd.grad((some * weight).sum(), given), wanted, strict=True
        ):
            torch.testing.assert_close(found, expected, rtol=1e-4, atol=1e-5)


def test_reach_is_two_kernels():
    branch = unlike(ConvolutionBranch(FEATURES, 3))
    layout = Layout(HEIGHT, WIDTH, None)
    rows = torch.randn(HEIGHT * WIDTH, FEATURES)
    moved = rows.clone()
    moved[0] += 1.0
    changed = (branch(moved, layout) != branch(rows, layout)).any(dim=1)
    rows_changed, columns_changed = changed.view(HEIGHT, WIDTH).nonzero().T
    assert rows_changed.max() == columns_changed.max() == 2
