"""How a training's bar is shared out: by the time that its stages take."""

from __future__ import annotations

from dataclasses import dataclass

from miaf_engine.requests import TrainRequest
from miaf_engine.tasks.train.setup import TrainingSetup
from miaf_engine.training.going_on import shortened
from miaf_engine.training.stage_costs import (
    CARD,
    EPOCH_S,
    FILES_S,
    MAP_S,
    REPORT_S,
)

# No stage is so short that it is not worth a part of the bar.
_LEAST = 0.01


@dataclass(frozen=True)
class Shares:
    """Where stages end on a bar from 0 to 1.

    Attributes:
        learnt: End of all trainings.
        mapped: End of the map.
    """

    learnt: float
    mapped: float

    @classmethod
    def of(
        cls,
        start: float,
        *,
        pixels: int,
        epochs: float,
        mapped: int,
        report: bool,
        card: bool,
    ) -> Shares:
        """Share out what is left of the bar.

        Args:
            start: What is done.
            pixels: Pixels that an epoch sees.
            epochs: Epochs of all models.
            mapped: Pixels of the map.
            report: Whether there is a report.
            card: Whether a graphics card computes.
        """
        faster = CARD if card else 1.0
        seconds = [
            pixels * epochs * EPOCH_S / faster,
            mapped * MAP_S / faster,
            REPORT_S if report else FILES_S,
        ]
        least = _LEAST * sum(seconds)
        learn, draw, write = (max(part, least) for part in seconds)
        scale = (1.0 - start) / (learn + draw + write)
        return cls(start + learn * scale, start + (learn + draw) * scale)


def epochs_of(setup: TrainingSetup) -> tuple[float, float]:
    """Return the epochs of the models that are scored and let go, and of the kept."""
    config, plan = setup.learner.configs.training, setup.plan
    whole = config.epochs * (1 + config.final_percent / 100)
    kept = shortened(config).epochs if plan.goes_on else whole
    return whole * len(plan.trials), kept


def shares_of(request: TrainRequest, setup: TrainingSetup) -> Shares:
    """Return the shares of a training whose windows are read."""
    grid = setup.reader.grid
    return Shares.of(
        0.03,
        pixels=sum(int(window.cube.valid.sum()) for window in setup.windows),
        epochs=sum(epochs_of(setup)),
        mapped=grid.height * grid.width,
        report=bool(request.report),
        card=setup.learner.device.name != "cpu",
    )
