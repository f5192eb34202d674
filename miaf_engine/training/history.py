"""What happened in a training."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

import torch
from torch import Tensor

from miaf_engine.accuracy.calibration import Calibration

# Losses on a graphics card are read as often as a progress bar moves.
_READ_APART_S = 0.1


@dataclass
class History:
    """What happened in training.

    Attributes:
        losses: Mean training loss of each epoch.
        checks: (epoch, validation accuracy, validation loss), epochs counted from 1.
        best_epoch: Epoch whose weights were kept.
        final_epochs: Epochs after that, with the validation pixels as well, and at last
            with those that were scored, if the model is to be trained on them; they are
            the last of `losses`.
        calibration: Temperature of the best epoch on the validation pixels, from before
            the final epochs train on them.
        seconds: Time of the epochs, validation included.
    """

    losses: list[float] = field(default_factory=list)
    checks: list[tuple[int, float, float]] = field(default_factory=list)
    best_epoch: int = 0
    final_epochs: int = 0
    calibration: Calibration = field(default_factory=Calibration)
    seconds: float = 0.0

    def followed_by(self, after: History) -> History:
        """Return the history and then the epochs of a continued training."""
        return replace(
            self,
            losses=self.losses + after.losses,
            final_epochs=self.final_epochs + len(after.losses),
            seconds=self.seconds + after.seconds,
        )

    def as_json(self) -> dict[str, Any]:
        """Return the history as JSON values."""
        return {
            "losses": self.losses,
            "checks": [list(check) for check in self.checks],
            "best_epoch": self.best_epoch,
            "final_epochs": self.final_epochs,
            "seconds": self.seconds,
        }

    def kept(self) -> dict[str, Any]:
        """Return everything as JSON values, for a checkpoint."""
        return asdict(self)

    @classmethod
    def of(cls, kept: dict[str, Any]) -> History:
        """Return the history that `kept` was of."""
        checks = [(int(n), accuracy, loss) for n, accuracy, loss in kept["checks"]]
        calibration = Calibration(**kept["calibration"])
        return cls(**{**kept, "checks": checks, "calibration": calibration})


class UnreadLosses:
    """Losses that are still on the device.

    Reading one waits until the device has done all that it was given. On a graphics
    card that is done a few times a second, so that the card never waits for its next
    step.

    Args:
        history: What they are read into.
    """

    def __init__(self, history: History) -> None:
        self._history = history
        self._waiting: list[Tensor] = []
        self._last = time.perf_counter()

    def add(self, losses: Sequence[Tensor]) -> None:
        """Take the losses of an epoch, one a step, each of no axes."""
        self._waiting.append(torch.stack(tuple(losses)))

    def due(self) -> bool:
        """Return whether they should be read now; on the CPU always."""
        apart = time.perf_counter() - self._last >= _READ_APART_S
        return apart or self._waiting[-1].is_cpu

    def read(self) -> None:
        """Add the mean loss of each epoch that was not read to the history."""
        for losses in torch.stack(self._waiting).tolist():
            self._history.losses.append(sum(losses) / len(losses))
        self._waiting.clear()
        self._last = time.perf_counter()
