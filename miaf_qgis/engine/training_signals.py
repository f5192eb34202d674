"""Lets windows follow a training, whichever dialog, panel or script has started it."""

from __future__ import annotations

from dataclasses import dataclass

from qgis.PyQt.QtCore import QObject, pyqtSignal


@dataclass(frozen=True)
class Epoch:
    """How an epoch went.

    Attributes:
        run: Id of the run.
        stage: Which of the trainings of a run it is, such as "Fold 2 of 5".
        number: The epoch, from 1.
        count: Epochs of this training.
        loss: Mean training loss.
        accuracy: Share of the validation pixels that are right, 0..1, or None.
    """

    run: str
    stage: str
    number: int
    count: int
    loss: float
    accuracy: float | None


class TrainingSignals(QObject):
    """Emits from the thread of the run; a slot of a widget is called in its own.

    Several runs may emit at a time, so each signal of a run has its id.

    Attributes:
        followed: Whether a window would show a coarse map; the engine draws none else.
        begun: A run of the engine begins, with its id and the name of its task.
        epoch: An Epoch is over.
        previewed: There is a new coarse map, with the run's id and a PNG file's
            content.
        ended: The run is over, with its id and what there is to say where it was
            cancelled.
        mapped: A map was made from a dialog or the panel, with the files of the
            request and the figures.
    """

    begun = pyqtSignal(str, str)
    epoch = pyqtSignal(object)
    previewed = pyqtSignal(str, bytes)
    ended = pyqtSignal(str, str)
    mapped = pyqtSignal(object, object)

    def __init__(self) -> None:
        super().__init__()
        self.followed = False


TRAINING = TrainingSignals()
