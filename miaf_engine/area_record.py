"""Which areas a model has learnt, and which were held out of it, told by digests.

A training that goes on from a model must not be scored on what that model has learnt.
So a model file names its areas by a digest of their outline, from which nothing of the
outline can be read; whoever has the areas can find them again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

Digests = frozenset[str]
MOST = 20_000  # areas; a label raster of single pixels would swell the file
_LENGTH = 16  # hexadecimal digits


def outline_digest(geometry: BaseGeometry) -> str:
    """Return the digest of an area's outline, wherever it starts and turns."""
    content = shapely.to_wkb(shapely.normalize(geometry), output_dimension=2)
    return hashlib.sha256(content).hexdigest()[:_LENGTH]


@dataclass(frozen=True)
class AreaRecord:
    """What is known of a model's areas, and of those of the models before it.

    Attributes:
        learnt: Digests of areas of which any pixel was trained on or chose an epoch.
        scored: Digests of areas that were only scored.
        whole: Whether all areas are named; else nothing can be said of others.
    """

    learnt: Digests = field(default_factory=frozenset)
    scored: Digests = field(default_factory=frozenset)
    whole: bool = True

    def as_json(self) -> dict[str, Any]:
        """Return the record as JSON values; one too long keeps nothing but that."""
        if not self.whole or len(self.learnt) + len(self.scored) > MOST:
            return {"learnt": [], "scored": [], "whole": False}
        return {
            "learnt": sorted(self.learnt),
            "scored": sorted(self.scored),
            "whole": True,
        }

    @classmethod
    def from_json(cls, values: object) -> AreaRecord:
        """Read what a model file says; of older and damaged ones nothing is known."""
        if not isinstance(values, Mapping):
            return cls(whole=False)
        learnt, scored = values.get("learnt"), values.get("scored")
        if not (_is_texts(learnt) and _is_texts(scored)):
            return cls(whole=False)
        return cls(frozenset(learnt), frozenset(scored), values.get("whole") is True)

    def after(self, learnt: Iterable[str], scored: Iterable[str]) -> AreaRecord:
        """Return the record of a model that went on from this one."""
        known = self.learnt | frozenset(learnt)
        held = (self.scored | frozenset(scored)) - known
        return AreaRecord(known, held, self.whole)


def _is_texts(values: object) -> bool:
    return isinstance(values, Sequence) and all(isinstance(v, str) for v in values)
