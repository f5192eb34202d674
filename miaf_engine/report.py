"""The accuracy report: one HTML file that needs no other, and its numbers as JSON."""

from __future__ import annotations

import base64
import json
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from miaf_engine import plots
from miaf_engine.classes import ClassTable
from miaf_engine.metrics import Assessment
from miaf_engine.outputs import pending
from miaf_engine.report_content import ReportContent, Spectra, figures
from miaf_engine.report_numbers import FILTERS, NOTHING

__all__ = ["ReportContent", "Spectra", "render", "write_report"]

TEMPLATES = Path(__file__).parents[1] / "resources" / "report"
MOST_PANELS = 60  # spectra beyond this many classes would make the file unwieldy
_AGREED, _CONFUSED = (33, 113, 181), (203, 45, 35)  # blue and red, also told apart


def write_report(path: str | Path, content: ReportContent) -> Path:
    """Write the report, and its numbers beside it as `STEM.json`.

    Args:
        path: HTML file.
        content: What to show.

    Returns:
        Path of the JSON file.

    Raises:
        FileError: A file cannot be written.
    """
    return write_page(path, render(content), figures(content))


def write_page(path: str | Path, page: str, numbers: Mapping[str, Any]) -> Path:
    """Write a page, and its numbers beside it as `STEM.json`; return that path."""
    text = json.dumps(numbers, indent=1, allow_nan=False, sort_keys=True)
    sibling = Path(path).with_suffix(".json")
    for target, content in ((sibling, text), (Path(path), page)):
        with pending(target) as temporary:
            Path(temporary).write_text(content, encoding="utf-8", newline="\n")
    return sibling


def render(content: ReportContent) -> str:
    """Return the report as HTML; every text from outside is escaped."""
    return template("report.html.j2").render(
        content=content,
        assessment=content.assessment,
        adjusted=content.adjusted and content.adjusted.as_json(),
        comparison=content.comparison and content.comparison.as_json(),
        rows=_class_rows(content),
        matrix=_matrix_rows(content.assessment),
        has_unclassified=bool(
            content.class_map is not None and (content.class_map == 0).any()
        ),
        images=_images(content),
        settings=_flat(content.settings),
        run=_run_rows(content),
        nothing=NOTHING,
    )


def template(name: str) -> Template:
    """Return a template of `TEMPLATES`; what is put into it is escaped."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= FILTERS
    return environment.get_template(name)


def _images(content: ReportContent) -> dict[str, Any]:
    """Return the pictures as data URIs, where there is something to draw."""
    images: dict[str, Any] = {}
    colours, spectra, history = (
        content.classes.colours,
        content.spectra,
        content.history,
    )
    if content.class_map is not None:
        images["map"] = _data_uri(plots.map_png(content.class_map, colours))
    if history and history["losses"]:
        curves = plots.curve_pngs(
            history["losses"], history.get("checks", ()), history.get("best_epoch")
        )
        images["curve"] = {name: _data_uri(png) for name, png in curves.items()}
    if spectra is not None:
        images |= spectra_images(spectra, content.classes)
    return images


def spectra_images(spectra: Spectra, classes: ClassTable) -> dict[str, Any]:
    """Return pictures of mean spectra as data URIs, of all classes and of each."""
    means, waves, colours = spectra.means, spectra.wavelengths_nm, classes.colours
    if not np.isfinite(means).any():
        return {}
    shown = np.flatnonzero(np.isfinite(means).any(axis=1))[:MOST_PANELS]
    return {
        "spectra": _data_uri(plots.spectra_png(means, waves, colours, spectra.unit)),
        "panels": {
            classes.names[k]: _data_uri(
                plots.spectrum_png(means, spectra.spreads, waves, k, colours[k])
            )
            for k in shown
        },
    }


def _class_rows(content: ReportContent) -> list[dict[str, Any]]:
    """Return one row a class: its entry, its figures, its pixels by role."""
    scored = content.assessment.as_json()["classes"] if content.assessment else None
    counts = content.counts or {}
    return [
        {
            "entry": entry,
            "figures": scored[k] if scored else None,
            "counts": counts.get(entry.name, {}),
        }
        for k, entry in enumerate(content.classes)
    ]


def _matrix_rows(assessment: Assessment | None) -> list[dict[str, Any]]:
    """Return the confusion matrix with a shade for each cell."""
    if assessment is None:
        return []
    table = assessment.matrix.tolist()
    return [
        {
            "entry": entry,
            "cells": [_cell(n, sum(row), agreed=i == j) for j, n in enumerate(row)],
            "sum": sum(row),
        }
        for i, (entry, row) in enumerate(zip(assessment.classes, table, strict=True))
    ]


def _cell(count: int, row_sum: int, *, agreed: bool) -> dict[str, Any]:
    """Shade a cell by its share of the reference class, errors more steeply."""
    share = count / row_sum if row_sum else 0.0
    strength = 0.85 * (share if agreed else math.sqrt(share))
    target = _AGREED if agreed else _CONFUSED
    red, green, blue = (round(255 + strength * (c - 255)) for c in target)
    return {
        "count": count,
        "background": f"#{red:02x}{green:02x}{blue:02x}",
        "ink": "#ffffff" if strength > 0.55 else "#1d1d1d" if count else "#a0a0a0",
    }


def _run_rows(content: ReportContent) -> list[tuple[str, str]]:
    seconds = None if content.seconds is None else f"{content.seconds:.1f} s"
    rows = [("device", content.device), ("time", seconds), ("seed", content.seed)]
    return [(name, str(value)) for name, value in rows if value is not None]


def _flat(settings: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return (name, value) for each setting, the group before the name."""
    rows = []
    for name, value in settings.items():
        if isinstance(value, Mapping):
            rows += [(f"{name}: {inner}", text) for inner, text in _flat(value)]
        elif isinstance(value, (list, tuple)):
            rows.append((name, ", ".join(map(str, value))))
        else:
            rows.append((name, str(value)))
    return rows


def _data_uri(png: bytes) -> str:
    return f"data:image/png;base64,{base64.b64encode(png).decode('ascii')}"
