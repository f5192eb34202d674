"""A model that training continues from."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields, replace
from typing import Any, Protocol

import torch
from torch import Tensor

from miaf_engine.accuracy.calibration import Calibration
from miaf_engine.classes import ClassTable
from miaf_engine.errors import ConfigError
from miaf_engine.io.fingerprints import fingerprint
from miaf_engine.labels.area_digests import AreaRecord
from miaf_engine.models.card import ModelCard
from miaf_engine.models.file import load_model
from miaf_engine.models.network.miafnet import MiafNet
from miaf_engine.models.preparation import Preparation, preparation_of
from miaf_engine.progress import Progress
from miaf_engine.requests import TrainRequest
from miaf_engine.requests.settings import (
    BandConfig,
    NetworkConfig,
    SplitConfig,
    SuperpixelConfig,
    TrainConfig,
    named,
    shown,
)
from miaf_engine.training.history import History
from miaf_engine.training.inputs import Configs
from miaf_engine.translation import tr, tr_n


class TrainingStart(Protocol):
    """What training continues from."""

    @property
    def preparation(self) -> Preparation:
        """What a cube goes through before the network."""

    def with_classes(self, classes: ClassTable, seed: int, /) -> MiafNet:
        """Return the network with a place for each class."""

    def continued(self, history: History, /) -> History:
        """Return the history of a continued training, with the temperature kept."""


@dataclass(frozen=True, eq=False)
class ScoredNetwork:
    """The network that was scored, before it is trained on the test areas.

    Attributes:
        preparation: What a cube goes through before the network.
        network: The network; never changed.
        history: Its training.
    """

    preparation: Preparation
    network: MiafNet
    history: History

    def with_classes(self, _classes: ClassTable, _seed: int) -> MiafNet:
        """Return a copy of the network, which knows all classes."""
        return copy.deepcopy(self.network)

    def continued(self, history: History) -> History:
        """Return its own history followed by the epochs that continued from it."""
        return self.history.followed_by(history)


def shortened(training: TrainConfig) -> TrainConfig:
    """Return the settings of a continued training: short, at a low rate.

    It continues from a network that was trained on most areas, so none of them could
    serve for validation.
    """
    return replace(
        training,
        epochs=max(1, round(training.epochs * training.continue_percent / 100)),
        learning_rate=training.learning_rate * training.continue_rate_percent / 100,
        final_percent=0.0,
    )


@dataclass(frozen=True, eq=False)
class InitialModel:
    """A model that training continues from.

    Attributes:
        path: Its file.
        card: Its header.
        preparation: What a cube goes through before its network.
        network: Its network, on the CPU; never changed.
        record: Its training areas.
    """

    path: str
    card: ModelCard
    preparation: Preparation
    network: MiafNet
    record: AreaRecord

    @classmethod
    def read(cls, request: TrainRequest) -> InitialModel | None:
        """Read a request's initial model; None where there is none.

        Raises:
            ConfigError: The request asks for what a continued training cannot do.
            FileError: The file cannot be read.
            ModelFormatError: It is no model or damaged.
        """
        if request.initial_model is None:
            return None
        split: SplitConfig = request.part(SplitConfig)
        asked = {"folds": split.folds > 1, "refit": split.refit}
        for item in fields(split):
            if asked.get(item.name):
                raise ConfigError(
                    tr(
                        "A training that continues from a model cannot use {setting}, "
                        "because the areas are training areas of that model."
                    ).format(setting=named(item)),
                    hint=tr(
                        "Leave {setting} out. Areas held out from the initial model "
                        "are held out again."
                    ).format(setting=named(item)),
                )
        network, card = load_model(request.initial_model)
        preparation = preparation_of(card, request.initial_model)
        record = AreaRecord.from_json(card.provenance.get("areas"))
        return cls(request.initial_model, card, preparation, network, record)

    def configs(self, request: TrainRequest, progress: Progress) -> Configs:
        """Return the settings: the model's, and a short training at a low rate.

        Raises:
            ConfigError: The request asks for other settings than the model's.
        """
        card, training = self.card, request.part(TrainConfig)
        network = NetworkConfig.from_json(card.network)
        _check_same(request.part(NetworkConfig), network)
        _check_same(request.part(SuperpixelConfig), self.preparation.superpixels)
        bands = {f.name for f in fields(BandConfig)}
        said = {k: v for k, v in _part(card.provenance, "bands").items() if k in bands}
        _check_same(request.part(BandConfig), BandConfig.from_json(said))
        short = shortened(training)
        progress.info(
            tr_n(
                "Training continues from a model of {classes} classes for {n} epoch, "
                "with its bands, normalisation, projection, superpixels and network.",
                "Training continues from a model of {classes} classes for {n} epochs, "
                "with its bands, normalisation, projection, superpixels and network.",
                n=short.epochs,
                classes=len(card.classes),
            )
        )
        return Configs(network, short, self.preparation.superpixels)

    def with_classes(self, classes: ClassTable, seed: int) -> MiafNet:
        """Return the network with a place for each class; new ones start at random.

        Args:
            classes: All classes of the model, by their values, and new ones.
            seed: Seed of what is new.
        """
        old, count = self.network, len(classes)
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(seed)
            network = MiafNet(
                old.config, old.bands, count, unnormalised=old.unnormalised
            )
        place = torch.tensor(
            [classes.values.index(v) for v in self.card.classes.values]
        )
        known, state = old.state_dict(), network.state_dict()
        per_class = class_tensors(old)
        for name, tensor in known.items():
            if name in per_class:
                state[name].index_copy_(0, place, tensor)
            else:
                state[name].copy_(tensor)
        network.load_state_dict(state)
        return network

    def continued(self, history: History) -> History:
        """Return the history with the temperature of the model, which is kept."""
        kept = Calibration(
            self.card.temperature,
            note=tr(
                "The temperature is that of the initial model: the areas that "
                "could be held out to fit a new one are its training areas."
            ),
        )
        return replace(history, calibration=kept)

    def handed_down(self, card: ModelCard) -> ModelCard:
        """Return the card of the continued model with what it has from this one.

        These are the bands as this model names them, and on how many pixels the
        temperature, which is kept, was fitted.
        """
        fitted_on, scores = "calibration_pixels", dict(card.scores)
        scores.pop(fitted_on)
        if fitted_on in self.card.scores:
            scores[fitted_on] = self.card.scores[fitted_on]
        return replace(
            card,
            bands=self.card.bands,
            band_tolerance_nm=self.card.band_tolerance_nm,
            scores=scores,
        )

    def chain(self) -> list[dict[str, Any]]:
        """Return what led to this model, and the model itself, the oldest first."""
        card, before = self.card, self.card.provenance.get("initial_models")
        found = fingerprint("initial model", self.path)
        own = {
            "file": found.file,
            "sha256": found.sha256,
            "created_utc": card.provenance.get("created_utc"),
            "seed": card.seed,
            "cube": _part(card.provenance, "cube").get("file"),
            "labels": _part(card.provenance, "labels").get("file"),
            "classes": card.classes.names,
            "training": card.training,
            "overall_accuracy": card.scores.get("overall_accuracy"),
        }
        return [*(before if isinstance(before, list) else []), own]


def class_tensors(network: MiafNet) -> set[str]:
    """Return the names of the tensors that have a row for each class."""
    with torch.device("meta"):
        wider = MiafNet(
            network.config,
            network.bands,
            network.classes + 1,
            unnormalised=network.unnormalised,
        )
    larger = wider.state_dict()
    return {n for n, t in network.state_dict().items() if t.shape != larger[n].shape}


@contextmanager
def classes_kept(network: MiafNet, absent: list[int]) -> Iterator[None]:
    """Keep the rows of classes without a training pixel as they are.

    Args:
        network: The network that is trained meanwhile.
        absent: Places of the classes, from 0.
    """
    names = class_tensors(network) if absent else set()
    rows = {n: p for n, p in network.named_parameters() if n in names}
    before = {name: row.detach()[absent].clone() for name, row in rows.items()}

    def still(gradient: Tensor) -> Tensor:
        changed = gradient.clone()
        changed[absent] = 0
        return changed

    hooks = [r.register_hook(still) for r in rows.values() if r.requires_grad]
    yield
    for hook in hooks:
        hook.remove()
    with torch.no_grad():  # weight decay moves what has no gradient, too
        for name, row in network.named_parameters():
            if name in before:
                row[absent] = before[name].to(row.device)


def _check_same(asked: Any, own: Any) -> None:
    """Refuse a setting that is neither the model's nor left at its default."""
    for item in fields(own):
        wanted, there = getattr(asked, item.name), getattr(own, item.name)
        if wanted not in (there, item.default):
            raise ConfigError(
                tr(
                    "{setting} is {wanted}, but the initial model was trained with "
                    "{there}."
                ).format(setting=named(item), wanted=shown(wanted), there=shown(there)),
                hint=tr(
                    "Leave the setting at its default to use that of the model, or "
                    "train a new model without an initial one."
                ),
            )


def _part(values: dict[str, Any], key: str) -> dict[str, Any]:
    part = values.get(key)
    return part if isinstance(part, dict) else {}
