"""What a caller may ask of a classification of many scenes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from miaf_engine.requests.base import Request


@dataclass(frozen=True)
class ClassifyScenesRequest(Request):
    """Classify several cubes with one model, which is loaded once.

    Attributes:
        model: Model file.
        scenes: For each cube the fields of a `ClassifyRequest`, without `model` and
            `device`.
        device: auto, cpu, cuda, cuda:N or mps.
    """

    model: str
    scenes: list[dict[str, Any]] | None = None
    device: str = "auto"
