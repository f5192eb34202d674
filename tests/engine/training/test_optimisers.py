"""The optimisers are torch's, and torch's compiler stays out."""

import pytest
import torch

from miaf_engine.training.optimisers import LBFGS, AdamW
from tests.repository import fresh_python

STEPS = """
import sys
import torch
from miaf_engine.training.optimisers import AdamW

network = torch.nn.Linear(3, 2)
optimiser = AdamW(network.parameters(), lr=0.1, fused=True)
schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, 0.1, total_steps=4)
for _ in range(2):
    optimiser.zero_grad(set_to_none=True)
    network(torch.ones(4, 3)).sum().backward()
    optimiser.step()
    schedule.step()
optimiser.load_state_dict(optimiser.state_dict())
print("torch._dynamo" in sys.modules)
"""


@pytest.mark.parametrize("fused", [False, True])
def test_steps_are_those_of_torch(fused):
    ends = []
    for kind in (AdamW, torch.optim.AdamW):
        torch.manual_seed(0)
        network = torch.nn.Linear(5, 3)
        optimiser = kind(network.parameters(), lr=0.1, weight_decay=0.1, fused=fused)
        for _ in range(4):
            optimiser.zero_grad(set_to_none=True)
            network(torch.randn(7, 5)).square().sum().backward()
            optimiser.step()
        assert all(not part.grad_fn for part in network.parameters())
        ends.append((network.state_dict(), optimiser.state_dict()["state"]))
    (own, own_state), (theirs, their_state) = ends
    assert all(torch.equal(own[name], theirs[name]) for name in theirs)
    for number, state in their_state.items():
        assert all(torch.equal(own_state[number][k], state[k]) for k in state)


def test_a_solution_is_that_of_torch():
    ends = []
    for kind in (LBFGS, torch.optim.LBFGS):
        place = torch.tensor([3.0, -2.0], requires_grad=True)
        solver = kind([place], max_iter=20, line_search_fn="strong_wolfe")

        def loss(solver=solver, place=place):
            solver.zero_grad()
            height = (place - torch.tensor([1.0, 4.0])).pow(4).sum()
            height.backward()
            return height

        solver.step(loss)
        ends.append(place.detach())
    assert torch.equal(*ends)
    assert torch.allclose(ends[0], torch.tensor([1.0, 4.0]), atol=0.05)


def test_the_compiler_is_not_imported():
    assert fresh_python(STEPS).strip() == "False"
