"""The optimisers are torch's, and torch's compiler stays out."""

from functools import partial
from unittest.mock import patch

import pytest
import torch

from miaf_engine.training.cpu.optimisers import adamw, lbfgs
from tests.repository import fresh_python

STEPS = """
import sys
import torch
from miaf_engine.training.cpu.optimisers import adamw, lbfgs

network = torch.nn.Linear(3, 2)
optimiser = adamw(network.parameters(), lr=0.1, weight_decay=0.1)
schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, 0.1, total_steps=4)
for _ in range(2):
    optimiser.zero_grad(set_to_none=True)
    network(torch.ones(4, 3)).sum().backward()
    optimiser.step()
    schedule.step()
optimiser.load_state_dict(optimiser.state_dict())
solver = lbfgs([torch.ones(2, requires_grad=True)], max_iter=2)
solver.step(lambda: solver.param_groups[0]["params"][0].sum())
print("torch._dynamo" in sys.modules)
"""


@pytest.mark.parametrize("fused", [False, True])
def test_steps_are_those_of_torch(fused):
    ends = []
    for kind in (adamw, partial(torch.optim.AdamW, fused=fused)):
        torch.manual_seed(0)
        network = torch.nn.Linear(5, 3)
        optimiser = kind(network.parameters(), lr=0.1, weight_decay=0.1)
        for _ in range(4):
            optimiser.zero_grad(set_to_none=True)
            network(torch.randn(7, 5)).square().sum().backward()
            optimiser.step()
        assert all(not part.grad_fn for part in network.parameters())
        ends.append((network.state_dict(), optimiser.state_dict()["state"]))
    (own, own_state), (theirs, their_state) = ends
    torch.testing.assert_close(own, theirs)
    torch.testing.assert_close(own_state, their_state)


def test_a_solution_is_that_of_torch():
    ends = []
    torchs = partial(torch.optim.LBFGS, history_size=10, line_search_fn="strong_wolfe")
    for kind in (lbfgs, torchs):
        place = torch.tensor([3.0, -2.0], requires_grad=True)
        solver = kind([place], max_iter=20)

        def loss(solver=solver, place=place):
            solver.zero_grad()
            height = (place - torch.tensor([1.0, 4.0])).pow(4).sum()
            height.backward()
            return height

        solver.step(loss)
        ends.append(place.detach())
    assert torch.equal(*ends)
    assert torch.allclose(ends[0], torch.tensor([1.0, 4.0]), atol=0.05)


def test_other_devices_have_the_optimisers_of_torch():
    elsewhere = [torch.ones(2, device="meta", requires_grad=True)]
    with patch("torch.optim.AdamW.__init__", return_value=None):
        assert type(adamw(elsewhere, lr=0.1, weight_decay=0.0)) is torch.optim.AdamW
    assert type(lbfgs(elsewhere, max_iter=2)) is torch.optim.LBFGS


def test_the_compiler_is_not_imported():
    assert fresh_python(STEPS).strip() == "False"
