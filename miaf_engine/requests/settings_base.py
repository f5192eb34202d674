"""What all settings share: declared once with range and help, checked at birth."""

from __future__ import annotations

from dataclasses import asdict, field, fields
from typing import Any

from miaf_engine.errors import ConfigError


def setting(
    default: Any,
    help_text: str,
    *,
    low: float | None = None,
    high: float | None = None,
    choices: tuple[str, ...] | None = None,
    advanced: bool = True,
) -> Any:
    """Declare a dataclass field with what a front end needs to offer it.

    Args:
        default: Value used where the user says nothing; its type is the field's.
        help_text: One sentence for the user.
        low: Smallest value allowed, of each element for a tuple.
        high: Largest value allowed, of each element for a tuple.
        choices: The values allowed, for a closed choice.
        advanced: Whether a dialog folds it away.
    """
    facts = {
        "help": help_text,
        "low": low,
        "high": high,
        "choices": choices,
        "advanced": advanced,
    }
    return field(default=default, metadata=facts)


class Settings:
    """Base of the settings classes: checks types and ranges at birth."""

    def __post_init__(self) -> None:
        """Raise ConfigError for the first value of a wrong type or out of range."""
        for item in fields(self):  # type: ignore[arg-type]
            value = getattr(self, item.name)
            object.__setattr__(self, item.name, checked(item, value))

    def as_json(self) -> dict[str, Any]:
        """Return the settings as JSON values (tuples become lists)."""
        return {
            key: list(value) if isinstance(value, tuple) else value
            for key, value in asdict(self).items()  # type: ignore[call-overload]
        }

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> Any:
        """Build from JSON values; a missing key takes its default.

        Raises:
            ConfigError: A key is unknown or a value is wrong.
        """
        known = {item.name for item in fields(cls)}  # type: ignore[arg-type]
        unknown = sorted(set(values) - known)
        if unknown:
            raise ConfigError(
                f"Unknown setting '{unknown[0]}'.",
                hint=f"Known settings: {', '.join(sorted(known))}.",
            )
        return cls(**values)


def checked(item: Any, value: Any) -> Any:
    """Return `value` in the type of the dataclass field `item`.

    Raises:
        ConfigError: It cannot be converted, or lies outside the field's range.
    """
    default, facts = item.default, item.metadata
    try:
        value = _converted(default, value)
    except (TypeError, ValueError, OverflowError) as error:
        kind = "list of numbers" if isinstance(default, tuple) else type(default)
        kind = kind if isinstance(kind, str) else kind.__name__
        raise ConfigError(
            f"Setting '{item.name}' must be a {kind} (got {value!r})."
        ) from error
    low, high, choices = facts.get("low"), facts.get("high"), facts.get("choices")
    for element in value if isinstance(value, tuple) else (value,):
        if choices is not None and element not in choices:
            raise ConfigError(
                f"Setting '{item.name}' must be one of {', '.join(choices)} "
                f"(got {element!r})."
            )
        # Written so that NaN, which compares false to everything, is refused too.
        if low is not None and not element >= low:
            raise ConfigError(
                f"Setting '{item.name}' must be at least {low} (got {element})."
            )
        if high is not None and not element <= high:
            raise ConfigError(
                f"Setting '{item.name}' must be at most {high} (got {element})."
            )
    return value


def _converted(default: Any, value: Any) -> Any:
    if isinstance(default, bool):
        return _as_bool(value)
    if isinstance(default, int):
        return _as_int(value)
    if isinstance(default, float):
        return float(value)
    if isinstance(default, tuple):
        parts = value.split(",") if isinstance(value, str) else value
        kind = _as_int if isinstance(default[0], int) else float
        converted = tuple(kind(part) for part in parts)
        if not converted:
            raise ValueError
        return converted
    if not isinstance(value, str):
        raise TypeError
    return value


_BOOLEANS = {
    "true": True,
    "yes": True,
    "1": True,
    "false": False,
    "no": False,
    "0": False,
}


def _as_bool(value: Any) -> bool:
    word = str(value).lower()
    if word not in _BOOLEANS:
        raise ValueError
    return _BOOLEANS[word]


def _as_int(value: Any) -> int:
    number = float(value) if isinstance(value, str) else value
    if isinstance(number, bool) or int(number) != number:
        raise ValueError
    return int(number)
