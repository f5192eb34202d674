"""How a training's bar is shared out: by the time that its stages take.

On the 21 025 pixels of Indian Pines an epoch takes 0.22 to 0.4 s on 2 CPU cores, a map
about 1 s; the report with its pictures took 15 s beside other programs and is taken for
5. That a graphics card is 20 times as fast is a guess. Only the bar depends on these.
"""

from __future__ import annotations

from dataclasses import dataclass

from miaf_engine.grid import Grid
from miaf_engine.pipeline.plan import Plan
from miaf_engine.pipeline.training_input import Configs, TrainingWindow
from miaf_engine.requests import TrainRequest

_EPOCH_S, _MAP_S = 15e-6, 48e-6  # for one pixel
_REPORT_S, _FILES_S = 5.0, 0.5
_CARD = 20.0
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
        faster = _CARD if card else 1.0
        seconds = [
            pixels * epochs * _EPOCH_S / faster,
            mapped * _MAP_S / faster,
            _REPORT_S if report else _FILES_S,
        ]
        least = _LEAST * sum(seconds)
        learn, draw, write = (max(part, least) for part in seconds)
        scale = (1.0 - start) / (learn + draw + write)
        return cls(start + learn * scale, start + (learn + draw) * scale)


def shares_of(
    request: TrainRequest,
    configs: Configs,
    plan: Plan,
    windows: list[TrainingWindow],
    grid: Grid,
    device: str,
) -> Shares:
    """Return the shares of a training whose windows are read."""
    config = configs.training
    models = len(plan.trials) + 1
    return Shares.of(
        0.03,
        pixels=sum(int(window.cube.valid.sum()) for window in windows),
        epochs=config.epochs * (1 + config.final_percent / 100) * models,
        mapped=grid.height * grid.width,
        report=bool(request.report),
        card=device != "cpu",
    )
