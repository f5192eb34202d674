"""The optimiser is torch's, and torch's compiler stays out."""

from functools import partial

import pytest
import torch

from miaf_engine.training.optimiser import adamw
from tests.repository import fresh_python

STEPS = """
import sys
import torch
from miaf_engine.training.optimiser import adamw

network = torch.nn.Linear(3, 2)
optimiser = adamw(network.parameters(), lr=0.1, weight_decay=0.1)
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


def test_the_compiler_is_not_imported():
    assert fresh_python(STEPS).strip() == "False"
