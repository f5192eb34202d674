"""How a training's bar is shared out: by the time that its stages take."""

from __future__ import annotations

from miaf_engine.requests import TrainRequest
from miaf_engine.tasks.train.setup import TrainingSetup
from miaf_engine.training.initial_model import shortened
from miaf_engine.training.stage_costs import (
    Shares,
)


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
