"""A network of this very run that a short training goes on from."""

from __future__ import annotations

import copy
from dataclasses import dataclass, replace
from typing import Protocol

from miaf_engine.classes import ClassTable
from miaf_engine.models.network.miafnet import MiafNet
from miaf_engine.models.preparation import Preparation
from miaf_engine.requests.settings import TrainConfig
from miaf_engine.training.history import History


class Start(Protocol):
    """What a training goes on from."""

    @property
    def preparation(self) -> Preparation:
        """What a cube goes through before the network."""

    def grown(self, classes: ClassTable, seed: int, /) -> MiafNet:
        """Return the network with a place for each class."""

    def continued(self, history: History, /) -> History:
        """Return the history of a training that went on, with the temperature kept."""


@dataclass(frozen=True, eq=False)
class Scored:
    """The network that was scored, before it learns what it was scored on.

    Attributes:
        preparation: What a cube goes through before the network.
        network: The network; never changed.
        history: Its training.
    """

    preparation: Preparation
    network: MiafNet
    history: History

    def grown(self, _classes: ClassTable, _seed: int) -> MiafNet:
        """Return a copy of the network, which knows all classes."""
        return copy.deepcopy(self.network)

    def continued(self, history: History) -> History:
        """Return its own history, and then the epochs that went on from it."""
        return self.history.followed_by(history)


def shortened(training: TrainConfig) -> TrainConfig:
    """Return the settings of a training that goes on: short, at a low rate.

    It goes on from a network that has learnt most areas already, so none of them could
    choose an epoch.
    """
    return replace(
        training,
        epochs=max(1, round(training.epochs * training.continue_percent / 100)),
        learning_rate=training.learning_rate * training.continue_rate_percent / 100,
        final_percent=0.0,
    )
