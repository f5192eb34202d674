"""Reads the file in which a caller says what the engine should do."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from miaf_engine.errors import ConfigError, MiafError
from miaf_engine.limits import MAX_REQUEST_BYTES
from miaf_engine.requests import TASKS

FORMAT, VERSION = "miaf-request", 1


def read_request(path: Path) -> dict[str, Any]:
    """Read and check the envelope of a request file.

    Raises:
        ConfigError: It is no request, or of another version, or asks for an unknown
            task.
    """
    try:
        if path.stat().st_size > MAX_REQUEST_BYTES:
            raise ConfigError(f"The request file '{path.name}' is too large.")
        envelope = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        if isinstance(error, MiafError):
            raise
        raise ConfigError(f"'{path.name}' is not a request file: {error}.") from error
    _check_envelope(envelope, path.name)
    return {"log": None, "run_id": None, **envelope}


def _check_envelope(envelope: Any, name: str) -> None:
    if not isinstance(envelope, dict) or envelope.get("format") != FORMAT:
        raise ConfigError(f"'{name}' is not a request file.")
    if envelope.get("version") != VERSION:
        raise ConfigError(
            f"The request is of version {envelope.get('version')}; "
            f"this engine knows version {VERSION}.",
            hint="Use a plugin and an engine of the same release.",
        )
    if envelope.get("task") not in list(TASKS):
        raise ConfigError(
            f"Unknown task {envelope.get('task')!r}.",
            hint=f"Known tasks: {', '.join(TASKS)}.",
        )
    if not isinstance(envelope.get("request"), dict):
        raise ConfigError("The request file has no request.")
    for key in ("log", "run_id"):
        if not isinstance(envelope.get(key), (str, type(None))):
            raise ConfigError(f"The request file's '{key}' is no text.")
