"""The training loop: repeatable, honest about validation, and stoppable."""

import copy
import json
from dataclasses import replace

import numpy as np
import pytest
import torch

from miaf_engine.accuracy.calibration import fit_temperature
from miaf_engine.errors import Cancelled, SampleError, TrainingError
from miaf_engine.preprocessing.normalisation import Scene
from miaf_engine.progress import Progress
from miaf_engine.requests.settings import TrainConfig
from miaf_engine.training import history as history_module
from miaf_engine.training import loop
from miaf_engine.training.batch import Batch, TrainingScene
from miaf_engine.training.loop import fit, validate
from tests import tiny

# Without the final epochs, which learn the validation pixels as well.
CONFIG = TrainConfig(epochs=8, learning_rate=0.02, final_percent=0)
NOTHING = np.zeros((tiny.HEIGHT, tiny.WIDTH), dtype=bool)


@pytest.fixture(scope="module")
def area():
    return tiny.area(tiny.hole())


def trained(area, seed=0, config=CONFIG, **more):
    network = tiny.network(dropout=0.2)
    areas = [area] if isinstance(area, TrainingScene) else area
    return network, fit(network, areas, config, seed=seed, **more)


def same_weights(one, other):
    two = other.state_dict()
    return all(torch.equal(tensor, two[n]) for n, tensor in one.state_dict().items())


def replaced(area, **more):
    return TrainingScene(**(vars(area) | more))


def test_same_seed_gives_the_same_bits(area):
    (first, one), (second, two) = trained(area), trained(area)
    assert same_weights(first, second)
    assert one.losses == two.losses
    assert one.checks == two.checks


def test_another_seed_gives_other_weights(area):
    first, _ = trained(area)
    second, _ = trained(area, seed=1)
    assert not same_weights(first, second)


def test_random_numbers_of_the_caller_do_not_move(area):
    torch.manual_seed(5)
    rng = np.random.get_state()[1].copy()  # noqa: NPY002 - it must not move
    expected = torch.rand(3)
    torch.manual_seed(5)
    first, _ = trained(area)
    assert torch.equal(torch.rand(3), expected)
    state = np.random.get_state()[1]  # noqa: NPY002 - as above
    np.testing.assert_array_equal(state, rng)
    second, _ = trained(area)
    assert same_weights(first, second)


def test_loss_falls_and_the_classes_are_learned(area):
    network, history = trained(area, config=replace(CONFIG, epochs=15))
    assert len(history.losses) == 15
    assert history.losses[-1] < 0.7 * history.losses[0]
    assert history.checks[-1][1] > 0.9
    assert history.seconds > 0
    assert not network.training


def test_best_epoch_is_the_best_checked_and_the_later_of_equals(area, monkeypatch):
    scores = iter([(0.5, 1.0), (0.8, 0.4), (0.8, 0.4), (0.7, 0.1), (0.8, 0.6)])
    kept = []

    def validate_in_turn(network, _):
        kept.append(copy.deepcopy(network))
        return next(scores)

    monkeypatch.setattr(loop, "validate", validate_in_turn)
    config = replace(CONFIG, epochs=14)
    network, history = trained(area, config=config)
    assert [epoch for epoch, *_ in history.checks] == [10, 11, 12, 13, 14]
    assert history.best_epoch == 12
    assert same_weights(network, kept[2])
    assert not same_weights(network, kept[3])


def test_the_weights_kept_score_what_the_history_says(area):
    network, history = trained(area)
    batch = Batch.build(area, "cpu")
    best = next(check for check in history.checks if check[0] == history.best_epoch)
    assert validate(network, [batch]) == pytest.approx(best[1:])
    assert best[1] == max(check[1] for check in history.checks)


def test_without_validation_the_last_epoch_is_kept(area):
    network, history = trained(replaced(area, validation=NOTHING))
    assert history.best_epoch == CONFIG.epochs
    assert history.checks == []
    refreshed = copy.deepcopy(network)
    loop.refresh_statistics(refreshed, [Batch.build(area, "cpu")])
    assert same_weights(network, refreshed)


def assert_statistics_are_of_clean_input(network, area):
    """Check each batch norm's statistics against one clean forward."""
    seen = {}
    norms = [m for m in network.modules() if isinstance(m, torch.nn.BatchNorm1d)]
    hooks = [
        norm.register_forward_pre_hook(lambda m, given: seen.__setitem__(m, given[0]))
        for norm in norms
    ]
    # The first norm is part of the weights of the layer after it.
    features, first = network.spectral, network.spectral.blocks[0]
    hooks.append(
        features.register_forward_pre_hook(lambda _, g: seen.__setitem__(first, g[0]))
    )
    with torch.no_grad():
        network.eval()(
            torch.from_numpy(area.scene.image), Batch.build(area, "cpu").graphs
        )
    for hook in hooks:
        hook.remove()
    assert set(seen) == set(norms)
    for norm, rows in seen.items():
        # A variance is over n in training and over n - 1 afterwards: few nodes differ.
        near = {"rtol": 0.001, "atol": 0.001} if len(rows) > 100 else {"rtol": 0.1}
        near = {"atol": 0.05, **near}
        torch.testing.assert_close(norm.running_mean, rows.mean(dim=0), **near)
        torch.testing.assert_close(norm.running_var, rows.var(dim=0), **near)


def test_refresh_restores_momentum_and_is_the_mean_over_areas(area):
    network = tiny.network(dropout=0.5)
    other = tiny.area()
    batches = [Batch.build(one, "cpu") for one in (area, other)]
    loop.refresh_statistics(network, batches)
    norm = network.spectral.blocks[0]
    means = [batch.spectra.mean(dim=0) for batch in batches]
    torch.testing.assert_close(norm.running_mean, (means[0] + means[1]) / 2)
    assert norm.momentum == 0.1
    assert not any(module.training for module in network.modules())
    loop.refresh_statistics(network, batches[:1])
    assert_statistics_are_of_clean_input(network, area)


def test_validation_pixels_never_change_the_weights(area):
    # Checked once, at the last epoch: there is nothing to choose.
    config = replace(CONFIG, epochs=1)
    labels = area.labels.copy()
    labels[area.validation] = labels[area.validation] % 3 + 1
    network, history = trained(area, config=config)
    other, changed = trained(replaced(area, labels=labels), config=config)
    assert same_weights(network, other)
    assert history.checks != changed.checks
    alone, _ = trained(replaced(area, validation=NOTHING), config=config)
    assert same_weights(network, alone)


def test_checking_does_not_disturb_the_training(area):
    _, history = trained(area)
    _, alone = trained(replaced(area, validation=NOTHING))
    assert history.losses == alone.losses


def test_labels_in_no_role_never_change_anything(area):
    labels = np.where(area.training | area.validation, area.labels, 0)
    (first, one), (second, two) = trained(area), trained(replaced(area, labels=labels))
    assert same_weights(first, second)
    assert one.checks == two.checks


def test_labels_on_nodata_are_not_trained_on(area):
    hidden = ~area.scene.valid
    more = replaced(area, training=area.training | hidden)
    first, _ = trained(replaced(area, training=area.training & ~hidden))
    second, _ = trained(more)
    assert same_weights(first, second)


def test_rows_of_a_batch_point_at_their_labels(area):
    batch = Batch.build(area, "cpu")
    wanted = area.training & area.scene.valid
    assert len(batch.rows) == wanted.sum()
    spectra = batch.spectra[batch.rows].numpy()
    np.testing.assert_array_equal(spectra, area.scene.image[:, wanted].T)
    np.testing.assert_array_equal(batch.targets.numpy() + 1, area.labels[wanted])


def test_class_weights_by_hand(area):
    labels = np.zeros_like(area.labels)
    labels[0, 10:26:2], labels[2, 10:12:2] = 1, 3  # 8 pixels and 1
    chosen = (labels > 0) & area.training
    assert chosen.sum() == 9
    batch = Batch.build(replaced(area, labels=labels, training=chosen), "cpu")
    found = loop.class_weights([batch], 3, 1.0)
    # 1/8, 1 and (an absent class counts as one pixel) 1, over their mean 2/9.
    torch.testing.assert_close(found, torch.tensor([1 / 8, 1.0, 1.0]) * 4.5)
    flat = loop.class_weights([batch], 3, 0.0)
    torch.testing.assert_close(flat, torch.ones(3))
    half = loop.class_weights([batch, batch], 3, 0.5)
    expected = torch.tensor([1 / 4, 1 / 2**0.5, 1.0])
    expected /= (16 * expected[0] + 2 * expected[2] * 0 + 2 * 2**-0.5) / 18
    torch.testing.assert_close(half[2] / half[0], torch.tensor(8**0.5))
    mean = (16 * half[0] + 2 * half[2]) / 18
    torch.testing.assert_close(mean, torch.tensor(1.0))


def test_nan_input_is_a_training_error(area):
    image = area.scene.image.copy()
    image[3, 15, 15] = np.nan
    broken = Scene(image, area.scene.valid, area.scene.grid)
    with pytest.raises(TrainingError, match="epoch 1") as caught:
        trained(replaced(area, scene=broken))
    assert "Learning rate" in caught.value.hint


def test_a_diverging_learning_rate_is_a_training_error(area):
    network = tiny.network()
    with torch.no_grad():
        network.classifier.weight.mul_(1e38)
    with pytest.raises(TrainingError, match="diverged"):
        fit(network, [area], CONFIG, seed=0)


def test_no_training_pixel_is_refused(area):
    for areas in ([], [replaced(area, training=NOTHING)]):
        with pytest.raises(SampleError, match="no labelled pixel"):
            trained(areas)


class Stopping(Progress):
    """Cancels at the third step."""

    def __init__(self):
        self.messages = []

    def advance(self, fraction, text=""):
        self.messages.append((fraction, text))

    def cancelled(self):
        return len(self.messages) == 3


def test_cancel_stops_at_the_epoch(area):
    progress = Stopping()
    with pytest.raises(Cancelled):
        trained(area, progress=progress)
    assert [fraction for fraction, _ in progress.messages] == [1 / 8, 2 / 8, 3 / 8]
    assert "epoch 3 of 8" in progress.messages[-1][1]


def test_areas_with_nothing_but_validation_take_part_in_the_choice(area):
    only = replaced(area, training=NOTHING)
    none = replaced(area, validation=NOTHING)
    _, together = trained(area, config=replace(CONFIG, epochs=1))
    _, apart = trained([none, only], config=replace(CONFIG, epochs=1))
    assert together.losses == apart.losses
    assert together.checks[0][1] == pytest.approx(apart.checks[0][1], abs=0.05)


def test_loss_of_two_pixels_is_known():
    """By hand: p = (2/3, 1/6, 1/6) and (1/4, 1/2, 1/4), s = 0.3, w = (1, 3, 5)."""
    logits = torch.tensor([[4.0, 1.0, 1.0], [1.0, 2.0, 1.0]]).log()
    targets, weights = torch.tensor([0, 1]), torch.tensor([1.0, 3.0, 5.0])
    first = 0.8 * 0.4054651 + 0.1 * 1.7917595 + 0.1 * 1.7917595  # 0.682724
    second = 0.8 * 0.6931472 + 0.1 * 1.3862944 + 0.1 * 1.3862944  # 0.831777
    found = loop.weighted_loss(logits, targets, weights, 0.3)
    assert found.item() == pytest.approx((1 * first + 3 * second) / 4, rel=1e-6)
    assert found.item() == pytest.approx(0.7945134, rel=1e-6)
    # Of several heads at once: one that is surer of both, and the same again.
    both = torch.stack([2 * logits, logits])
    of_heads = loop.weighted_loss(both, targets, weights, 0.3)
    assert of_heads.tolist() == pytest.approx([0.6801182, 0.7945134], rel=1e-6)


def test_smoothing_is_the_same_share_for_common_and_rare_classes():
    """The loss is least at the smoothed target, whatever the class weighs."""
    for targets in ([0, 0], [1, 1]):
        logits = torch.zeros(2, 4, requires_grad=True)
        weights = torch.tensor([0.2, 9.0, 1.0, 1.0])
        optimiser = torch.optim.LBFGS([logits], max_iter=100, tolerance_grad=1e-9)

        def loss(logits=logits, targets=targets, weights=weights, optimiser=optimiser):
            optimiser.zero_grad()
            found = loop.weighted_loss(logits, torch.tensor(targets), weights, 0.1)
            found.backward()
            return found

        optimiser.step(loss)
        expected = torch.full((4,), 0.025)
        expected[targets[0]] = 0.925
        torch.testing.assert_close(
            torch.softmax(logits.detach()[0], 0), expected, atol=1e-3, rtol=0
        )


def test_history_is_json(area):

    _, history = trained(area)
    facts = json.loads(json.dumps(history.as_json(), allow_nan=False))
    assert facts["best_epoch"] == history.best_epoch
    assert len(facts["losses"]) == CONFIG.epochs


def test_final_epochs_learn_the_validation_pixels_and_no_others(area):
    config = replace(CONFIG, final_percent=50)
    network, history = trained(area, config=config)
    assert (history.final_epochs, len(history.losses)) == (4, 12)
    chosen, before = trained(area)
    assert (history.checks, history.best_epoch) == (before.checks, before.best_epoch)
    assert not same_weights(network, chosen)
    # Other labels where the epoch was chosen: the final epochs must notice.
    labels = area.labels.copy()
    labels[area.validation] = labels[area.validation] % 3 + 1
    changed, _ = trained(replaced(area, labels=labels), config=config)
    assert not same_weights(network, changed)
    # And where nothing is trained or chosen: nobody may look.
    labels = area.labels.copy()
    labels[~area.validation & ~area.training] = 1
    same, _ = trained(replaced(area, labels=labels), config=config)
    assert same_weights(network, same)


def test_without_validation_pixels_there_are_no_final_epochs(area):
    config = replace(CONFIG, final_percent=50)
    _, history = trained(replaced(area, validation=NOTHING), config=config)
    assert history.final_epochs == 0
    assert history.best_epoch == len(history.losses) == CONFIG.epochs


def test_the_temperature_is_that_of_the_best_epoch_on_validation_pixels(area):
    config = replace(CONFIG, final_percent=50)
    found = trained(area, config=config)[1].calibration
    network, before = trained(area)  # stops at the best epoch
    assert found == before.calibration
    where = area.validation & area.scene.valid
    with torch.no_grad():
        logits = network(
            torch.from_numpy(area.scene.image), Batch.build(area, "cpu").graphs
        )
    scores = logits[:, torch.from_numpy(where)].T.numpy()
    expected = fit_temperature(scores, area.labels[where].astype(int) - 1)
    assert found.temperature == pytest.approx(expected, rel=1e-4)
    assert found.temperature != 1.0
    assert (found.pixels, found.areas) == (where.sum(), where.sum())


def test_ends_of_areas_set_the_temperature_where_they_are_many(area):
    rows = np.indices(area.labels.shape)[0]
    few = area.validation & (rows == 16) & (np.indices(area.labels.shape)[1] < 5)
    many = area.validation & (rows < 20)
    whole = trained(area)[1].calibration
    assert trained(replaced(area, ends=few))[1].calibration == whole
    found = trained(replaced(area, ends=many & (rows > 16)))[1].calibration
    assert found.pixels == (many & (rows > 16) & area.scene.valid).sum()
    assert found.pixels < whole.pixels


def test_pixels_in_the_gap_are_learnt_once_the_epoch_is_chosen(area):
    gap = np.zeros_like(area.training)
    gap[12:14] = True
    config = replace(CONFIG, final_percent=50)
    without, with_gap = (
        trained(replaced(area, gap=part), config=config) for part in (None, gap)
    )
    chosen = slice(None, CONFIG.epochs)
    assert without[1].losses[chosen] == with_gap[1].losses[chosen]
    assert not same_weights(without[0], with_gap[0])


def test_areas_of_validation_pixels_count_alike(area):
    found = trained(replaced(area, groups=area.labels))[1].calibration
    assert found.areas == 3
    # Numbers on pixels in other roles are nobody's business.
    groups = np.where(area.validation, area.labels, 99)
    assert trained(replaced(area, groups=groups))[1].calibration == found


def test_pixels_in_no_role_do_not_move_the_temperature(area):
    labels = np.where(area.training | area.validation, area.labels, 0)
    one, two = trained(area)[1], trained(replaced(area, labels=labels))[1]
    assert one.calibration == two.calibration
    changed = area.labels.copy()
    changed[area.validation] = changed[area.validation] % 3 + 1
    three = trained(replaced(area, labels=changed))[1]
    assert three.calibration.temperature != one.calibration.temperature


def test_without_validation_pixels_nothing_is_calibrated(area):
    found = trained(replaced(area, validation=NOTHING))[1].calibration
    assert (found.temperature, found.pixels) == (1.0, 0)
    assert "no held-out pixels" in found.note


def test_losses_that_are_read_late_are_the_same(monkeypatch):
    area = tiny.area()
    wanted = fit(tiny.network(), [area], CONFIG, seed=0)
    monkeypatch.setattr(history_module.UnreadLosses, "due", lambda _: False)
    found = fit(tiny.network(), [area], CONFIG, seed=0)
    assert found.losses == wanted.losses
    assert found.checks == wanted.checks


def test_a_loss_that_was_read_late_names_its_epoch(monkeypatch):
    monkeypatch.setattr(history_module.UnreadLosses, "due", lambda _: False)
    steps, real = [], loop._gradients

    def step(*given):
        steps.append(given)
        loss = real(*given)
        return loss * torch.inf if len(steps) == 2 else loss

    monkeypatch.setattr(loop, "_gradients", step)
    with pytest.raises(TrainingError, match="epoch 2"):
        fit(tiny.network(), [tiny.area()], CONFIG, seed=0)
