"""What the engine gave back, as far as it can be true.

The last line of a run is read by algorithms that style layers and hand on figures. An
engine of another release, or one that writes nonsense, must not end there as a
traceback, nor a file that is not there as a result.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qgis.core import QgsProcessingException

from miaf_qgis.translation import tr

if TYPE_CHECKING:  # QGIS 3.22 on Windows reads this with Python 3.9, which has none
    from typing import TypeGuard

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_SHOWN = 60


@dataclass(frozen=True)
class Answer:
    """What the engine gave back: paths by name, and the protocol's `figures`."""

    outputs: dict[str, str]
    figures: dict[str, Any]

    @classmethod
    def of(cls, fields: Mapping[str, Any], task: str) -> Answer:
        """Return the answer in the fields of a `result` line.

        Args:
            fields: The fields, of any kind.
            task: The task that was carried out.

        Raises:
            QgsProcessingException: A figure is missing or of another kind, or a file is
                named that is not there.
        """
        outputs, figures = fields.get("outputs"), fields.get("figures")
        if not isinstance(outputs, dict):
            raise _unusable("outputs", outputs)
        if not isinstance(figures, dict):
            raise _unusable("figures", figures)
        for name, path in outputs.items():
            _check_file(name, path)
        for key in _NEEDED.get(task, ()):
            if key not in figures:
                raise _unusable(key, None)
        for key, value in figures.items():
            if key in _KINDS and not _KINDS[key](value):
                raise _unusable(key, value)
        return cls(outputs, figures)


def _unusable(key: str, value: object) -> QgsProcessingException:
    text = repr(value)
    shown = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
    return QgsProcessingException(
        tr(
            "The engine's answer cannot be used: '{key}' is {value}. The engine may "
            "be of another release than the plugin. Run 'Set up the engine' again."
        ).format(key=key, value=shown)
    )


def _check_file(name: str, path: object) -> None:
    if not isinstance(path, str) or not path or "\0" in path:
        raise _unusable(name, path)
    try:
        there = Path(path).is_file()
    except OSError:
        there = False
    if not there:
        raise QgsProcessingException(
            tr(
                "The engine wrote '{path}', but the file is missing. It may have been "
                "moved or deleted, or its drive may be disconnected. Run it again."
            ).format(path=path[: 4 * _SHOWN])
        )


def _is_count(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _is_number_or_none(value: object) -> bool:
    if value is None:
        return True
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return False
    try:
        return math.isfinite(float(value))
    except OverflowError:  # JSON knows whole numbers of any length.
        return False


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_flag(value: object) -> bool:
    return isinstance(value, bool)


def _are_classes(value: object) -> bool:
    return isinstance(value, list) and all(map(_is_class, value))


def _is_class(item: object) -> bool:
    if not isinstance(item, dict):
        return False
    value, colour = item.get("value"), item.get("colour")
    return (
        _is_count(value)
        and value < 1 << 31
        and isinstance(item.get("name"), str)
        and isinstance(colour, str)
        and _COLOUR.fullmatch(colour) is not None
    )


def _are_maps(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, dict) for item in value)


_KINDS: dict[str, Callable[[object], bool]] = {
    "overall_accuracy": _is_number_or_none,
    "average_accuracy": _is_number_or_none,
    "kappa": _is_number_or_none,
    "changed_share": _is_number_or_none,
    "changed_area": _is_number_or_none,
    "changed_pixels": _is_count,
    "compared_pixels": _is_count,
    "superpixels": _is_count,
    "suggestions": _is_count,
    "points": _is_count,
    "problem_count": _is_count,
    "has_problems": _is_flag,
    "area_unit": _is_text,
    "accuracy_definition": _is_text,
    "text": _is_text,
    "classes": _are_classes,
    "maps": _are_maps,
}
_NEEDED = {
    "superpixels": ("superpixels",),
    "suggestareas": ("suggestions",),
    "drawsample": ("points",),
    "inspect": ("has_problems", "problem_count"),
    "classifyscenes": ("maps",),
    "compare": (
        *("changed_share", "changed_area", "changed_pixels", "compared_pixels"),
        "area_unit",
    ),
}
