"""What all requests share: types checked when made, JSON in and out."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from miaf_engine.errors import ConfigError
from miaf_engine.requests.settings import (
    PRESETS,
    STANDARD,
    BandConfig,
    NetworkConfig,
    SegmentationConfig,
    Settings,
    SplitConfig,
    SuperpixelConfig,
    TrainConfig,
)
from miaf_engine.translation import tr

# Settings that a training takes, an inspection, and a segmentation.
SETTINGS_CLASSES = (
    SplitConfig,
    TrainConfig,
    NetworkConfig,
    SuperpixelConfig,
    BandConfig,
)
INSPECT_SETTINGS = (BandConfig,)
SUPERPIXEL_SETTINGS = (SegmentationConfig, BandConfig)
# Whose band statistics a cube is normalised by: the training scene's or its own.
NORMALISE_BY = ("model", "scene")
# How an array's axes are named, and how pixels in a row were taken from the image:
# row by row (C) or, as MATLAB does, column by column (F).
ARRAY_AXES = ("auto", "rows,columns,bands", "bands,rows,columns")
PIXEL_ORDERS = ("F", "C")


# Types that the fields are declared with, and what JSON gives for them.
_KINDS: dict[str, tuple[type, ...]] = {
    "str": (str,),
    "int": (int,),
    "bool": (bool,),
    "float": (int, float),
    "float | None": (int, float, type(None)),
    "str | None": (str, type(None)),
    "dict[str, Any] | None": (dict, type(None)),
}
_ELEMENTS: dict[str, tuple[type, ...]] = {
    "list[str] | None": (str,),
    "list[float] | None": (int, float),
    "list[dict[str, Any]] | None": (dict,),
}
# What torch takes as a seed.
_LARGEST = 2**63 - 1


@dataclass(frozen=True)
class Request:
    """Base of the requests: JSON in, with unknown keys refused."""

    def __post_init__(self) -> None:
        """Raise ConfigError for the first entry of a wrong type or out of range."""
        for item in fields(self):
            value, kind = getattr(self, item.name), str(item.type)
            if not _is_of(value, kind):
                raise ConfigError(
                    tr(
                        "The request's entry '{name}' must be a {kind} (got {value})."
                    ).format(name=item.name, kind=kind, value=repr(value))
                )
            if kind == "int" and not 0 <= value <= _LARGEST:
                raise ConfigError(
                    tr(
                        "The request's entry '{name}' must be a whole number from 0 to "
                        "{most} (got {value})."
                    ).format(name=item.name, most=_LARGEST, value=value)
                )

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> Any:
        """Build a request from JSON values.

        Raises:
            ConfigError: A key is unknown or a needed one is missing.
        """
        known = {item.name for item in fields(cls)}
        unknown = sorted(set(values) - known)
        if unknown:
            raise ConfigError(
                tr("Unknown entry '{name}' in the request.").format(name=unknown[0]),
                hint=tr("Known entries: {names}.").format(
                    names=", ".join(sorted(known))
                ),
            )
        try:
            return cls(**values)
        except TypeError as error:
            raise ConfigError(
                tr("The request is incomplete: {error}.").format(error=error)
            ) from error

    def as_json(self) -> dict[str, Any]:
        """Return the request as JSON values."""
        return asdict(self)

    def source_of(self, entry: str) -> dict[str, Any] | None:
        """Return what the file of an entry is a copy of, None where it is none."""
        return (getattr(self, "sources", None) or {}).get(entry)

    def name_of(self, entry: str) -> str:
        """Return the name of the file of an entry, or of what it was copied from."""
        source = self.source_of(entry)
        if source is None:
            return Path(str(getattr(self, entry))).name
        return Path(source["file"]).name if source.get("file") else str(source["name"])


def _is_of(value: Any, kind: str) -> bool:
    """Return whether a value is of the type that a field is declared with."""
    if kind in _ELEMENTS:
        several = isinstance(value, (list, tuple))
        return value is None or (
            several and all(isinstance(part, _ELEMENTS[kind]) for part in value)
        )
    # To Python a bool is an int; to a user it is not.
    return isinstance(value, _KINDS[kind]) and (
        kind == "bool" or not isinstance(value, bool)
    )


@dataclass(frozen=True)
class DiagnosticsRequest(Request):
    """List the engine's packages, devices and free memory."""


class SettingsRequest(Request):
    """Base of requests with a field `settings`: values of the settings by name."""

    settings: dict[str, Any] | None

    def part(self, kind: type[Settings]) -> Any:
        """Return the settings of one class: those given, the preset's, the defaults.

        Raises:
            ConfigError: A setting is unknown to every class, or wrong.
        """
        preset = PRESETS[getattr(self, "preset", STANDARD)]
        values = {**preset, **(self.settings or {})}
        names = {item.name for cls in SETTINGS_CLASSES for item in fields(cls)}
        unknown = sorted(set(values) - names)
        if unknown:
            raise ConfigError(
                tr("Unknown setting '{name}'.").format(name=unknown[0]),
                hint=tr("Known settings: {names}.").format(
                    names=", ".join(sorted(names))
                ),
            )
        own = {item.name for item in fields(kind)}
        return kind.from_json({k: v for k, v in values.items() if k in own})
