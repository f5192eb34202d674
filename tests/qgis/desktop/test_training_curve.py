"""The curve of a training: what it shows and says, from the first epoch to the end."""

import pytest
from qgis.PyQt.QtCore import QBuffer, QIODevice
from qgis.PyQt.QtGui import QColor, QImage
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


def train(first, last, stage="", count=75, run="a"):
    for number in range(first, last + 1):
        accuracy = number / 100 if number > 50 and number % 5 == 0 else None
        TRAINING.epoch.emit(Epoch(run, stage, number, count, 1 / number, accuracy))


def lines(curve):
    if curve._plot._canvas is None:
        pytest.skip("no matplotlib")
    return [axes.lines[0].get_xydata() for axes in curve._plot._canvas.figure.axes]


def test_loss_and_accuracy_are_drawn(curve):
    TRAINING.begun.emit("a", "train")
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
    TRAINING.ended.emit("a", "Cancelled. Run again to continue at epoch 21.")
    assert curve._words.text() == "Cancelled. Run again to continue at epoch 21."
    assert len(lines(curve)[0]) == 20


def picture(*colours):
    """Return a PNG of one row of pixels."""
    image = QImage(len(colours), 1, QImage.Format.Format_RGB32)
    for x, colour in enumerate(colours):
        image.setPixelColor(x, 0, QColor(colour))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    assert image.save(buffer, "PNG")
    return bytes(buffer.data())


def test_a_coarse_map_is_shown_until_the_training_ends(curve):
    curve.resize(400, 500)
    curve.show()
    assert not curve._map.isVisible()
    TRAINING.begun.emit("a", "train")
    TRAINING.previewed.emit("a", picture("#ff0000", "#0000ff"))
    assert curve._map.isVisible()
    QApplication.processEvents()
    seen = curve._map.grab().toImage()
    middle = seen.height() // 2
    places = (seen.width() // 4, 3 * seen.width() // 4)
    assert [seen.pixelColor(x, middle).name() for x in places] == ["#ff0000", "#0000ff"]
    TRAINING.previewed.emit("a", picture("#00ff00"))
    assert curve._map._image.pixelColor(0, 0).name() == "#00ff00"
    TRAINING.ended.emit("a", "")
    assert not curve._map.isVisible() and curve._map._image.isNull()


def test_what_is_no_picture_is_not_shown(curve):
    curve.show()
    TRAINING.previewed.emit("a", b"no picture")
    assert not curve._map.isVisible()


def test_a_training_that_reads_its_cube_is_said_to_run(curve):
    assert curve._words.text() == "No training is running."
    TRAINING.begun.emit("b", "classify")
    assert curve._words.text() == "No training is running."
    TRAINING.begun.emit("a", "train")
    assert "the cube is read" in curve._words.text()
    TRAINING.ended.emit("a", "")
    assert curve._words.text() == "No training is running."


def test_another_run_leaves_the_last_curve(curve):
    train(1, 20)
    TRAINING.ended.emit("a", "")
    TRAINING.begun.emit("b", "classify")
    TRAINING.ended.emit("b", "")
    assert len(lines(curve)[0]) == 20


def test_of_two_trainings_at_once_each_has_its_own_curve(curve):
    curve.show()
    for run in ("a", "b"):
        TRAINING.begun.emit(run, "train")
    for number in range(1, 11):
        train(number, number, run="b")
        train(3 * number, 3 * number, count=100)
    TRAINING.previewed.emit("a", picture("#ff0000"))
    curve._show()
    assert not curve._map.isVisible()
    assert curve._words.text().startswith("Epoch 10 of 75")
    assert lines(curve)[0][:, 0].tolist() == list(range(1, 11))
    TRAINING.previewed.emit("b", picture("#0000ff"))
    TRAINING.ended.emit("b", "Cancelled.")
    assert not curve._map.isVisible()
    assert curve._words.text().startswith("Epoch 30 of 100")
    assert lines(curve)[0][:, 0].tolist() == list(range(3, 31, 3))


def test_another_run_that_ends_leaves_the_map_of_a_training(curve):
    curve.show()
    train(1, 20)
    TRAINING.previewed.emit("a", picture("#ff0000"))
    TRAINING.begun.emit("b", "classify")
    TRAINING.ended.emit("b", "Cancelled.")
    curve._show()
    assert curve._map.isVisible()
    assert curve._words.text().startswith("Epoch 20 of 75")
