"""What a model file says of its model, without the network."""

from __future__ import annotations

from dataclasses import dataclass

from miaf_engine.models.applicability import Applicability, applicability_of
from miaf_engine.models.card import ModelCard, read_card
from miaf_engine.models.preparation import Preparation, preparation_of
from miaf_engine.models.tie_points import TiePoints, tie_points_of


@dataclass(frozen=True, eq=False)
class ModelFacts:
    """A model without its network.

    Attributes:
        path: Its file.
        card: Its header.
        preparation: What a cube goes through before its network.
        applicability: Which spectra the model applies to; None where it does not say.
        tie_points: Those of each training cube; empty where it does not say.
    """

    path: str
    card: ModelCard
    preparation: Preparation
    applicability: Applicability | None
    tie_points: tuple[TiePoints, ...]

    @classmethod
    def read(cls, path: str) -> ModelFacts:
        """Read the header of a model file.

        Raises:
            MiafError: The file is not a model.
        """
        card = read_card(path)
        return cls(
            path,
            card,
            preparation_of(card, path),
            applicability_of(card, path),
            tie_points_of(card, path),
        )

    @property
    def threshold(self) -> float | None:
        """Index above which a pixel is unlike the training areas; None if unknown."""
        return None if self.applicability is None else self.applicability.threshold
