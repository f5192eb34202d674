"""What a caller may ask of a comparison of two class maps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from miaf_engine.requests.base import Request


@dataclass(frozen=True)
class CompareRequest(Request):
    """Say what changed between two class maps.

    Attributes:
        before: Class map of the earlier date.
        after: Class map of the later date.
        before_name: What the report calls the map before; the file's name by default.
        after_name: As `before_name`.
        before_styles: Names and colours of its classes: {"key", "name", "colour"}.
        after_styles: As `before_styles`.
        output: Change map to write.
        matrix: CSV of the change matrix to write.
        report: HTML report to write.
        creation_options: GDAL creation options for the raster, `NAME=VALUE`.
    """

    before: str
    after: str
    before_name: str | None = None
    after_name: str | None = None
    before_styles: list[dict[str, Any]] | None = None
    after_styles: list[dict[str, Any]] | None = None
    output: str | None = None
    matrix: str | None = None
    report: str | None = None
    creation_options: list[str] | None = None
