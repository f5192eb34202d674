"""pyogrio, made to take the path of a local file as it is.

It takes a `!` in a path for the seam between an archive and a file in it, and drops
what follows a `;`. So it would read, and write over, another file than the one named.
The engine names local files only, and none inside an archive.
"""

from __future__ import annotations

import os
from pathlib import Path
from types import ModuleType

import pyogrio
import pyogrio.core
import pyogrio.raw
import pyogrio.util

_PARSED = pyogrio.util.vsi_path
_SEAMS = ("!", ";")


def _as_it_is(path: str | Path) -> str:
    """Return the path as GDAL takes it; in place of `pyogrio.util.vsi_path`."""
    text = os.fspath(path)
    if text.startswith("/vsi") or not any(seam in text for seam in _SEAMS):
        found: str = _PARSED(path)
        return found
    return f"/vsizip/{text}" if text.endswith(".zip") else text


def _replaced() -> None:
    modules: tuple[ModuleType, ...] = (pyogrio.util, pyogrio.core, pyogrio.raw)
    for module in modules:
        if getattr(module, "vsi_path", None) is _PARSED:
            module.vsi_path = _as_it_is  # type: ignore[attr-defined]


_replaced()
read, read_info, write = pyogrio.raw.read, pyogrio.read_info, pyogrio.raw.write
list_layers = pyogrio.list_layers
