"""What the attentions have in common."""

import torch

from miaf_engine.models.network.attention import Gate, Switched, neutral


def test_a_gate_begins_as_one_and_learns():
    gate, features = Gate(8), torch.randn(5, 8)
    assert torch.equal(gate(features), torch.ones(5, 8))
    gate(features)[:, 0].sum().backward()
    assert gate[2].weight.grad.abs().max() > 0


def test_a_gate_has_a_quarter_of_the_features_between_its_layers_and_four_at_least():
    assert Gate(48)[0].out_features == 12
    assert Gate(8)[0].out_features == 4


def test_a_neutral_layer_scores_all_alike():
    layer = neutral(torch.nn.Linear(3, 2))
    assert torch.equal(layer(torch.randn(4, 3)), torch.zeros(4, 2))


def test_an_attention_is_left_out_of_half_of_the_training_steps_and_of_no_map():
    torch.manual_seed(0)
    attention = Switched()
    count = sum(attention.left_out() for _ in range(1000))
    assert 437 < count < 563  # four standard deviations
    assert not any(attention.eval().left_out() for _ in range(100))
