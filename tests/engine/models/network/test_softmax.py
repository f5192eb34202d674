"""Softmax of few and of many classes."""

import pytest
import torch

from miaf_engine.models.network.softmax import softmax_of_rows


def test_a_row_of_three():
    found = softmax_of_rows(torch.tensor([[0.0, 1.0, 2.0], [5.0, 5.0, 5.0]]))
    expected = torch.tensor([[0.0900306, 0.2447285, 0.6652410], [1 / 3] * 3])
    torch.testing.assert_close(found, expected)


@pytest.mark.parametrize("classes", [1, 2, 15, 16, 17, 40])
def test_it_is_torch_s_softmax(classes):
    scores = 50 * torch.randn(300, classes, generator=torch.Generator().manual_seed(0))
    found = softmax_of_rows(scores)
    torch.testing.assert_close(found, torch.softmax(scores, dim=1))
    assert softmax_of_rows(scores[:0]).shape == (0, classes)


def test_gradients_are_torch_s():
    scores = torch.randn(20, 3)
    found = []
    for softmax in (softmax_of_rows, lambda rows: torch.softmax(rows, dim=1)):
        source = scores.clone().requires_grad_()
        softmax(source).square().sum().backward()
        found.append(source.grad)
    torch.testing.assert_close(*found)
