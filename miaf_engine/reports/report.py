"""The accuracy report: one HTML file that needs no other, and its numbers as JSON."""

from __future__ import annotations

import base64
import json
import math
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from miaf_engine.accuracy.area_estimates import ERRORS
from miaf_engine.classes import ClassTable
from miaf_engine.io.outputs import pending
from miaf_engine.io.paths import side_files
from miaf_engine.progress import SILENT, Progress, Span
from miaf_engine.reports import plots
from miaf_engine.reports.content import (
    ReportContent,
    Spectra,
    figures,
)
from miaf_engine.reports.matrix import (
    WIDEST_TABLE,
    confusions,
    matrix_png,
    matrix_rows,
    write_classes_csv,
    write_matrix_csv,
)
from miaf_engine.reports.plots import (
    BandAxis,
    reliability_png,
    roles_png,
    spectra_png,
    spectrum_png,
)
from miaf_engine.translation import ngettext, spoken, tr

NOTHING = "\N{EN DASH}"
_SPACE, _THIN = "\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}"
TEMPLATES = Path(__file__).with_name("templates")
# Pictures of single spectra beyond either would make the file unwieldy.
MOST_PANELS, MOST_PANEL_BYTES = 60, 600_000
# The classes that the first lines name: so many of those found less than this.
WEAKEST, HALF = 3, 0.5


def percent(value: float | None, digits: int = 1) -> str:
    """Write a share as percent."""
    if value is None or math.isnan(value):
        return NOTHING
    return f"{100 * value:.{digits}f}{_SPACE}%"


def interval(ends: Sequence[float | None]) -> str:
    """Write the ends of an interval of shares as percent."""
    low, high = ends
    if low is None or high is None or math.isnan(low):
        return NOTHING
    return _between(f"{100 * low:.1f}", percent(high)).replace(" ", _SPACE)


def points(value: float | None) -> str:
    """Write a difference of shares in percentage points, with its sign."""
    if value is None or math.isnan(value):
        return NOTHING
    return _in_points(f"{100 * value:+.1f}")


def points_interval(ends: Sequence[float | None]) -> str:
    """Write the ends of an interval of differences in percentage points."""
    low, high = ends
    if low is None or high is None or math.isnan(low):
        return NOTHING
    return _in_points(_between(f"{100 * low:+.1f}", f"{100 * high:+.1f}"))


def _in_points(text: str) -> str:
    text = tr("{difference} points").format(difference=text)
    return text.replace(" ", _SPACE).replace("-", "\N{MINUS SIGN}")


def probability(value: float) -> str:
    """Write a p value with its relation."""
    return f"={_SPACE}{value:.3f}" if value >= 0.001 else f"<{_SPACE}0.001"


def thousands(value: int | None) -> str:
    """Write a whole number, groups of three apart from ten thousand on."""
    if value is None:
        return NOTHING
    grouped = f"{value:,}" if value >= 10_000 else str(value)
    return grouped.replace(",", _THIN)


def amount(value: float | None) -> str:
    """Write an area: whole from a hundred on, else three digits."""
    if value is None or math.isnan(value):
        return NOTHING
    return thousands(round(value)) if value >= 100 else f"{value:#.3g}"


def amounts(ends: Sequence[float | None]) -> str:
    """Write the ends of an interval of areas."""
    return _between(*map(amount, ends))


def _between(low: str, high: str) -> str:
    return tr("{low} to {high}").format(low=low, high=high)


def margin(error: float | None) -> float | None:
    """Return half the width of the 95 % interval of a standard error."""
    return None if error is None else ERRORS * error


def write_report(
    path: str | Path, content: ReportContent, progress: Progress = SILENT
) -> Path:
    """Write the report, and its numbers beside it as JSON and CSV.

    Args:
        path: HTML file.
        content: What to show.
        progress: Receives the pictures.

    Returns:
        Path of the JSON file.

    Raises:
        FileError: A file cannot be written.
    """
    beside = side_files(path)
    if content.assessment is not None:
        write_matrix_csv(beside["matrix"], content.assessment)
        write_classes_csv(beside["classes"], content.assessment, content.counts)
    files = {name: file.name for name, file in beside.items()}
    return write_page(path, render(content, files, progress), figures(content))


def write_page(path: str | Path, page: str, numbers: Mapping[str, Any]) -> Path:
    """Write a page, and its numbers beside it as `STEM.json`; return that path."""
    text = json.dumps(numbers, indent=1, allow_nan=False, sort_keys=True)
    sibling = side_files(path)["numbers"]
    for target, content in ((sibling, text), (Path(path), page)):
        with pending(target) as temporary:
            Path(temporary).write_text(content, encoding="utf-8", newline="\n")
    return sibling


def render(
    content: ReportContent,
    files: Mapping[str, str] | None = None,
    progress: Progress = SILENT,
) -> str:
    """Return the report as HTML; every text from outside is escaped.

    Args:
        content: What to show.
        files: Names of the files beside it, as `side_files`; None where there are none.
        progress: Receives the pictures.
    """
    assessment = content.assessment
    return template("report.html.j2").render(
        content=content,
        assessment=assessment,
        adjusted=content.adjusted and content.adjusted.as_json(),
        comparison=content.comparison and content.comparison.as_json(),
        rows=_class_rows(content),
        matrix=matrix_rows(assessment),
        confusions=confusions(assessment) if assessment else [],
        least_found=_least_found(content),
        files=files,
        has_bars=len(content.classes) <= MOST_PANELS,
        has_unclassified=bool(
            content.class_map is not None and (content.class_map == 0).any()
        ),
        images=_images(content, progress),
        settings=list(content.applied) or _flat(content.settings),
        run=_run_rows(content),
        nothing=NOTHING,
        language=spoken(),
    )


def template(name: str) -> Template:
    """Return a template of `TEMPLATES`; what is put into it is escaped."""
    return _environment().get_template(name)


def spectra_images(
    spectra: Spectra, classes: ClassTable, progress: Progress = SILENT
) -> dict[str, Any]:
    """Return pictures of mean spectra as data URIs, of all classes and of each."""
    means, colours = spectra.means, classes.colours
    axis = BandAxis.of(
        means.shape[1], spectra.wavelengths_nm, spectra.band_numbers, spectra.left_out
    )
    if not np.isfinite(means).any():
        return {}
    shown = np.flatnonzero(np.isfinite(means).any(axis=1))[:MOST_PANELS]
    panels: dict[str, str] = {}
    size = 0
    for done, k in enumerate(shown):
        progress.advance(done / len(shown), tr("Drawing the report"))
        drawn = spectrum_png(means, spectra.spreads, axis, k, colours[k])
        size += len(drawn)
        if size > MOST_PANEL_BYTES:
            break
        panels[classes.names[k]] = _data_uri(drawn)
    whole = _data_uri(spectra_png(means, axis, colours, spectra.unit))
    return {"spectra": whole, "panels": panels}


FILTERS: dict[str, Callable[..., Any]] = {
    "percent": percent,
    "range": interval,
    "points": points,
    "points_range": points_interval,
    "probability": probability,
    "thousands": thousands,
    "amount": amount,
    "amounts": amounts,
    "margin": margin,
    "tr": tr,
}


@cache
def _environment() -> Environment:
    # Kept, because it keeps its templates: to compile them takes half a second.
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    # What a block of text is broken into for the width of the file means nothing.
    made.policies["ext.i18n.trimmed"] = True
    made.install_gettext_callables(tr, ngettext, newstyle=True)  # type: ignore[attr-defined]
    made.filters |= FILTERS
    return made


def _images(content: ReportContent, progress: Progress) -> dict[str, Any]:
    """Return the pictures as data URIs, where there is something to draw."""
    images: dict[str, Any] = {}
    colours, spectra, history = (
        content.classes.colours,
        content.spectra,
        content.history,
    )
    if content.class_map is not None:
        progress.advance(0.1, tr("Drawing the report"))
        images["map"] = _data_uri(plots.map_png(content.class_map, colours))
    if history and history["losses"]:
        progress.advance(0.2, tr("Drawing the report"))
        curves = plots.curve_pngs(
            history["losses"], history.get("checks", ()), history.get("best_epoch")
        )
        images["curve"] = {name: _data_uri(png) for name, png in curves.items()}
    if spectra is not None:
        images |= spectra_images(spectra, content.classes, Span(progress, 0.3, 0.8))
    progress.advance(0.8, tr("Drawing the report"))
    if content.roles is not None:
        images["roles"] = _data_uri(roles_png(content.roles))
    if content.assessment and len(content.classes) > WIDEST_TABLE:
        images["matrix"] = _data_uri(matrix_png(content.assessment))
    sure = content.assessment and content.assessment.confidence
    if sure and sure.after.pixels.any():
        pairs = (
            (tr("Before calibration"), sure.before),
            (tr("After calibration"), sure.after),
        )
        images["reliability"] = {
            name: _data_uri(reliability_png(part)) for name, part in pairs
        }
    return images


def _class_rows(content: ReportContent) -> list[dict[str, Any]]:
    """Return one row a class: its entry, its figures, its pixels by role."""
    scored = content.assessment.as_json()["classes"] if content.assessment else None
    counts, areas = content.counts or {}, content.areas or {}
    return [
        {
            "entry": entry,
            "figures": scored[k] if scored else None,
            "counts": counts.get(entry.name, {}),
            "areas": areas.get(entry.name, {}),
        }
        for k, entry in enumerate(content.classes)
    ]


def _least_found(content: ReportContent) -> str:
    """Name the classes of which the map finds the smallest share, below a half."""
    found = [
        (row["figures"]["producers_accuracy"], row["entry"].name)
        for row in _class_rows(content)
        if row["figures"] and row["figures"]["producers_accuracy"] is not None
    ]
    weak = sorted(pair for pair in found if pair[0] < HALF)[:WEAKEST]
    return ", ".join(f"{name} ({percent(share, 0)})" for share, name in weak)


def _run_rows(content: ReportContent) -> list[tuple[str, str]]:
    seconds = None if content.seconds is None else f"{content.seconds:.1f} s"
    rows = [
        (tr("device"), content.device),
        (tr("time"), seconds),
        (tr("seed"), content.seed),
    ]
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
