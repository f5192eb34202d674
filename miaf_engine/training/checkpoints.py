"""The state of one training, saved from time to time and restored.

A training that continues from a checkpoint ends, on the CPU, bit-identical to one that
was never interrupted: weights, optimiser, schedule, random numbers and the best epoch
so far are all restored. The noise is drawn again from the random state that it was
first drawn from, so that it need not be saved.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

import miaf_engine
from miaf_engine import __version__
from miaf_engine.errors import FileError
from miaf_engine.progress import Progress
from miaf_engine.requests.settings import TrainConfig
from miaf_engine.training.batch import Batch
from miaf_engine.training.checkpoint_files import (
    Checkpoints,
    Saved,
    digest_of,
)
from miaf_engine.training.history import History
from miaf_engine.translation import tr

# Sources that a training follows from, given what it is trained on.
ENGINE = Path(miaf_engine.__file__).parent
PROGRAM = (
    "models/network/**/*.py",
    "models/devices.py",
    "accuracy/calibration.py",
    "training/**/*.py",
)
FIRST, FINAL, FINISHED = "first", "final", "finished"
# Writing takes at most this share of the time, however large the network.
_MOST_WRITING = 0.05

Best = tuple[tuple[float, float], dict[str, Tensor]]


@dataclass
class StageState:
    """Where a stage of a training stands.

    Attributes:
        epoch: Epochs done.
        history: What happened in them.
        best: Score and weights of the best epoch so far.
    """

    epoch: int = 0
    history: History = field(default_factory=History)
    best: Best | None = None


class Checkpointer:
    """Keeps the state of one training; without `checkpoints` it does nothing.

    Args:
        checkpoints: Where to.
        key: Identifies this training, see `training_key`.
        network: The network in training.
        device: Where it is trained.
        progress: Receives where the training resumes.
    """

    def __init__(
        self,
        checkpoints: Checkpoints | None,
        key: str,
        network: nn.Module,
        device: torch.device | str,
        progress: Progress,
    ) -> None:
        self._checkpoints, self._key = checkpoints, key
        self._network, self._device = network, torch.device(device)
        self._progress = progress
        self._saved = checkpoints.load(key) if checkpoints else None
        self._stage = FIRST
        self._start: dict[str, Any] = {}
        self._earlier: History | None = None
        # Folds may be short, and their run a long one all the same.
        self._began = checkpoints.began() if checkpoints else 0.0
        self._last = time.monotonic()
        self._interval = checkpoints.interval_s if checkpoints else 0.0
        if self._saved:
            progress.info(_resume_text(self._saved))

    def result(self, stage: str) -> History | None:
        """Return what came of a stage that was left behind before the interruption.

        After `FINISHED` the network has its final weights.
        """
        at = self._saved.facts["stage"] if self._saved else FIRST
        if self._saved is None or (at != FINISHED and (stage, at) != (FIRST, FINAL)):
            return None
        if at == FINISHED:
            self._network.load_state_dict(self._named("network."))
        return History.of(self._saved.facts["earlier"])

    def begin(self, stage: str, earlier: History | None = None) -> None:
        """Enter a stage, before anything random is drawn in it."""
        self._stage, self._earlier = stage, earlier
        if self._resumed:
            self._set_random("start.")
        self._start = self._random()

    def restore(self, optimiser: torch.optim.Optimizer, schedule: Any) -> StageState:
        """Return where the stage resumes, and restore everything to that state."""
        if self._saved is None or not self._resumed:
            return StageState()
        facts = self._saved.facts
        self._network.load_state_dict(self._named("network."))
        state: dict[int, dict[str, Tensor]] = {}
        for name, tensor in self._named("optimiser.").items():
            number, _, part = name.partition(".")
            state.setdefault(int(number), {})[part] = tensor
        optimiser.load_state_dict({"state": state, "param_groups": facts["groups"]})
        schedule.load_state_dict(facts["schedule"])
        best: Best | None = None
        if facts["best"]:
            best = ((facts["best"][0], facts["best"][1]), self._named("best."))
        self._set_random("now.")
        self._saved = None  # Its tensors are in use or not needed any more.
        return StageState(facts["epoch"], History.of(facts["history"]), best)

    def save_if_due(
        self,
        state: StageState,
        epochs: int,
        optimiser: torch.optim.Optimizer,
        schedule: Any,
    ) -> bool:
        """Keep the state after an epoch, where the last was kept long enough ago.

        A cancelled training is kept as it stands, once those of the run have lasted
        that long.

        Returns:
            Whether it is kept.
        """
        now = time.monotonic()
        since = self._began if self._progress.cancelled() else self._last
        if self._checkpoints is None or now - since < self._interval:
            return False
        of_optimiser = optimiser.state_dict()
        facts = {
            "epoch": state.epoch,
            "epochs": epochs,
            "history": state.history.kept(),
            "best": list(state.best[0]) if state.best else None,
            "groups": of_optimiser["param_groups"],
            "schedule": schedule.state_dict(),
        }
        tensors = {
            f"optimiser.{number}.{name}": value
            for number, values in of_optimiser["state"].items()
            for name, value in values.items()
        }
        for name, tensor in (state.best[1] if state.best else {}).items():
            tensors[f"best.{name}"] = tensor
        tensors |= {f"start.{name}": value for name, value in self._start.items()}
        tensors |= {f"now.{name}": value for name, value in self._random().items()}
        self._write(self._stage, facts, self._earlier, tensors)
        return self._checkpoints is not None  # None once it cannot be written.

    def finish(self, history: History) -> None:
        """Keep what came of it, if the run's trainings are long, until outputs are."""
        if self._checkpoints and time.monotonic() - self._began >= self._interval:
            self._write(FINISHED, {"epoch": 0, "epochs": 0}, history, {})

    @property
    def _resumed(self) -> bool:
        return self._saved is not None and self._saved.facts["stage"] == self._stage

    def _write(
        self,
        stage: str,
        facts: dict[str, Any],
        earlier: History | None,
        tensors: dict[str, Tensor],
    ) -> None:
        facts["stage"] = stage
        facts["earlier"] = earlier.kept() if earlier else None
        for name, tensor in self._network.state_dict().items():
            tensors[f"network.{name}"] = tensor
        started = time.monotonic()
        if self._checkpoints is None:
            return
        try:
            self._checkpoints.save(self._key, facts, tensors)
        except FileError as error:
            self._checkpoints = None
            self._progress.info(
                tr(
                    "The state of the training cannot be saved: {error} If the "
                    "training is interrupted, it starts again from the beginning."
                ).format(error=error)
            )
        self._last = time.monotonic()
        least = (self._last - started) / _MOST_WRITING
        self._interval = max(self._interval, least) if self._interval else 0.0

    def _named(self, start: str) -> dict[str, Tensor]:
        if self._saved is None:
            return {}
        own = self._saved.tensors.items()
        return {n.removeprefix(start): t for n, t in own if n.startswith(start)}

    def _random(self) -> dict[str, Tensor]:
        states = {"cpu": torch.get_rng_state()}
        if self._device.type == "cuda":
            states["cuda"] = torch.cuda.get_rng_state(self._device)
        elif self._device.type == "mps":
            states["mps"] = torch.mps.get_rng_state()
        return states

    def _set_random(self, start: str) -> None:
        states = self._named(start)
        torch.set_rng_state(states["cpu"])
        if "cuda" in states:
            torch.cuda.set_rng_state(states["cuda"], self._device)
        elif "mps" in states:
            torch.mps.set_rng_state(states["mps"])


def training_key(
    network: nn.Module,
    batches: Sequence[Batch],
    config: TrainConfig,
    seed: int,
    device: torch.device | str,
) -> str:
    """Return a digest of all that a training follows from.

    The first weights, what is trained on as the loop sees it, the settings, the seed,
    the device and the versions: two trainings with one key end with the same weights.
    """
    processor = torch.backends.cpu.get_cpu_capability()
    versions = (__version__, _program(), torch.__version__, processor)
    weights, settings = network.state_dict(), asdict(config)
    return digest_of([weights, batches, settings, seed, str(device), versions])


@cache
def _program() -> str:
    """Return a digest of the loop's sources; a change restarts a training."""
    paths = {kind: sorted(ENGINE.glob(kind)) for kind in PROGRAM}
    missing = [kind for kind, found in paths.items() if not found]
    if missing:
        raise RuntimeError(f"No source file matches {missing}.")
    files = sorted({path for found in paths.values() for path in found})
    return digest_of([hashlib.sha256(path.read_bytes()).digest() for path in files])


def _resume_text(saved: Saved) -> str:
    facts = saved.facts
    text = tr("Continuing the training interrupted at epoch {epoch} of {epochs}.")
    if facts["stage"] == FINISHED:
        text = tr("Taking over the training that an interrupted run had finished.")
    elif facts["stage"] == FINAL:
        text = tr(
            "Continuing the training interrupted at final epoch {epoch} of {epochs}."
        )
    restart = tr("To start again, switch off 'Continue an interrupted training'.")
    text = text.format(epoch=facts["epoch"], epochs=facts["epochs"])
    return f"{text} {restart}"
