"""Requests that carry settings."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from miaf_engine.errors import ConfigError
from miaf_engine.requests.base import Request
from miaf_engine.requests.request_choices import SETTINGS_CLASSES


class SettingsRequest(Request):
    """Base of requests with a field `settings`: values of the settings by name."""

    settings: dict[str, Any] | None

    def part(self, kind: type) -> Any:
        """Return the settings of one class, from `settings` and the defaults.

        Raises:
            ConfigError: A setting is unknown to every class, or wrong.
        """
        values = self.settings or {}
        names = {item.name for cls in SETTINGS_CLASSES for item in fields(cls)}
        unknown = sorted(set(values) - names)
        if unknown:
            raise ConfigError(
                f"Unknown setting '{unknown[0]}'.",
                hint=f"Known settings: {', '.join(sorted(names))}.",
            )
        own = {item.name for item in fields(kind)}
        return kind.from_json({k: v for k, v in values.items() if k in own})
