"""What a report says of a map, in words and by class."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from miaf_qgis.layers.run_notes import accuracy_in_words
from miaf_qgis.translation import tr

# Begins the entry of the settings that tells a model from which training continued.
_EARLIER_MODEL = "earlier model"
_FIGURES = ("map_accuracy", "map_accuracy_interval", "map_accuracy_doubt")


@dataclass(frozen=True)
class Outcome:
    """What is known of a map.

    Attributes:
        words: How good it is, in a sentence or two.
        found: Share of each class that the map finds (producer's accuracy), 0..1; a
            class that was not scored is missing.
        figures: The accuracy to expect and its interval, where they are known.
    """

    words: str = ""
    found: dict[str, float] = field(default_factory=dict)
    figures: dict[str, Any] = field(default_factory=dict)


def outcome_of(report: Path | None) -> Outcome:
    """Return what the numbers beside a report say; nothing where there are none."""
    if report is None:
        return Outcome()
    try:
        numbers = json.loads(report.with_suffix(".json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return Outcome()
    if not isinstance(numbers, dict):
        return Outcome()
    if not isinstance(numbers.get("map_accuracy"), (int, float)):
        return Outcome(_why_not_measured(numbers))
    figures = {key: numbers[key] for key in _FIGURES if key in numbers}
    return Outcome(_words(numbers), _found(numbers), figures)


def _why_not_measured(numbers: dict[str, Any]) -> str:
    settings = numbers.get("settings")
    names = list(settings) if isinstance(settings, dict) else []
    if any(name.startswith(_EARLIER_MODEL) for name in names):
        return tr(
            "The accuracy of this map was not measured, because the model from which "
            "it continues was trained on all areas. Train from the beginning to "
            "measure it."
        )
    return tr(
        "The accuracy of this map was not measured, because no area could be held out "
        "of the training. Draw several areas of each class, each of several pixels."
    )


def _words(numbers: dict[str, Any]) -> str:
    words = accuracy_in_words(numbers)
    unlike = numbers.get("unlike_share")
    if isinstance(unlike, (int, float)) and unlike >= 0.01:
        words += " " + tr("{share} % of the map is unlike all training areas.").format(
            share=round(100 * unlike)
        )
    return words


def _found(numbers: dict[str, Any]) -> dict[str, float]:
    return {
        str(entry.get("name")): float(entry["producers_accuracy"])
        for entry in numbers.get("classes") or []
        if isinstance(entry, dict)
        and isinstance(entry.get("producers_accuracy"), (int, float))
    }
