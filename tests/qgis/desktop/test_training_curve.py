"""The curve of a training: what it shows and says, from the first epoch to the end."""

import pytest
from qgis.PyQt.QtWidgets import QApplication

from miaf_qgis.desktop.training_curve import TrainingCurve
from miaf_qgis.engine.training_signals import TRAINING, Epoch


@pytest.fixture
def curve(qgis):
    if not isinstance(QApplication.instance(), QApplication):
        pytest.skip("no QApplication")
    curve = TrainingCurve()
    yield curve
    curve.deleteLater()


def train(first, last, stage="", count=75):
    for number in range(first, last + 1):
        accuracy = number / 100 if number > 50 and number % 5 == 0 else None
        TRAINING.epoch.emit(Epoch(stage, number, count, 1 / number, accuracy))


def lines(curve):
    if curve._plot._canvas is None:
        pytest.skip("no matplotlib")
    return [axes.lines[0].get_xydata() for axes in curve._plot._canvas.figure.axes]


def test_loss_and_accuracy_are_drawn(curve):
    TRAINING.begun.emit("train")
    train(1, 60)
    curve._show()
    loss, accuracy = lines(curve)
    assert len(loss) == 60 and loss[-1].tolist() == [60, pytest.approx(1 / 60)]
    assert accuracy.ravel().tolist() == pytest.approx([55, 55, 60, 60])
    text = curve._words.text()
    assert text.startswith("Epoch 60 of 75, loss 0.017.")
    assert "Validation accuracy 60.0%, best 60.0%." in text


def test_without_validation_there_is_one_curve(curve):
    train(1, 20)
    curve._show()
    assert len(lines(curve)) == 1
    assert "accuracy" not in curve._words.text()


def test_each_training_of_a_run_has_its_own_curve(curve):
    train(1, 20, "Fold 1 of 2")
    train(1, 5, "Fold 2 of 2")
    curve._show()
    assert len(lines(curve)[0]) == 5
    assert curve._words.text().startswith("Fold 2 of 2: Epoch 5 of 75")


def test_a_cancelled_training_says_where_it_continues(curve):
    train(1, 20)
    TRAINING.ended.emit("Cancelled. Run again to continue at epoch 21.")
    assert curve._words.text() == "Cancelled. Run again to continue at epoch 21."
    assert len(lines(curve)[0]) == 20
