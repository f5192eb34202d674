"""What a run found, in sentences for a person at a terminal."""

from __future__ import annotations

from typing import Any

from miaf_engine.errors import SHOWN
from miaf_engine.io.paths import is_file, side_files
from miaf_engine.requests.rasters import MAP_RASTERS
from miaf_engine.translation import marked, tr

# What an output is called, where its own name does not say; by task, where it differs.
_FILES = {
    **{raster.name: raster.title for raster in MAP_RASTERS},
    "model": marked("Model"),
    "report": marked("Report"),
    "matrix": marked("Confusion matrix"),
    "summary": marked("Summary"),
    "labels_output": marked("Labels"),
    "rois_output": marked("Areas"),
}
_OWN_FILES = {
    ("import", "output"): marked("Cube"),
    ("superpixels", "output"): marked("Superpixels"),
    ("suggestareas", "output"): marked("Suggested areas"),
    ("drawsample", "output"): marked("Points"),
    ("compare", "output"): marked("Change map"),
    ("compare", "matrix"): marked("Change matrix"),
}
_OUTCOMES = {
    "done": marked("classified"),
    "kept": marked("up to date"),
    "failed": marked("failed"),
}


def result_text(task: str, result: dict[str, Any]) -> str:
    """Return the figures and files of a task's result as lines of text."""
    figures, outputs = result["figures"], result["outputs"]
    lines = [figures["text"]] if "text" in figures else []
    if figures.get("map_accuracy") is not None:
        lines.append(_map_accuracy(figures))
        if doubt := figures.get("map_accuracy_doubt"):
            lines.append(f"  {doubt}")
    if figures.get("overall_accuracy") is not None:
        lines += _accuracy(figures)
    if "scenes" in figures:
        lines += scene_lines(figures)
    for name, path in outputs.items():
        title = tr(_OWN_FILES.get((task, name)) or _FILES[name])
        lines.append(tr("{what}: {path}").format(what=title, path=path))
        if name == "report":
            beside = [str(file) for file in side_files(path).values() if is_file(file)]
            text = tr("its numbers: {files}").format(files=", ".join(beside))
            lines.append(f"  {text}")
    return "".join(f"{line}\n" for line in lines)


def scene_lines(figures: dict[str, Any], most: int = 4 * SHOWN) -> list[str]:
    """Return a line for each of many scenes, those that failed first."""
    rows = sorted(figures["scenes"], key=lambda row: row["outcome"] != "failed")
    lines = []
    for row in rows[:most]:
        took = "" if row["seconds"] is None else f"{row['seconds']:.1f} s"
        what = row["error"] or row["map"]
        outcome = tr(_OUTCOMES[row["outcome"]])
        lines.append(f"{outcome:<10} {took:>8}  {row['scene']}: {what}")
    if len(rows) > most:
        text = tr("and {count} more, listed in the summary")
        lines.append(text.format(count=len(rows) - most))
    text = tr(
        "Scenes: {count}; classified: {done}; up to date: {kept}; failed: {failed}."
    )
    counts = {key: figures[f"{key}_count"] for key in _OUTCOMES}
    return [*lines, text.format(count=len(rows), **counts)]


def _map_accuracy(figures: dict[str, Any]) -> str:
    """Return the accuracy of the whole map, from a sample or as folds predict it."""
    between = _interval(figures["map_accuracy_interval"])
    text = tr("According to the sample, {share} of the map is right{interval}.")
    if "head_weights" in figures or "unlike_share" in figures:
        text = tr("About {share} of the map should be right{interval}.")
    return text.format(share=percent(figures["map_accuracy"]), interval=between)


def _accuracy(figures: dict[str, Any]) -> list[str]:
    """Return the figures of all classes together, and what they were measured on."""
    between = _interval(figures.get("overall_accuracy_interval"))
    kappa = figures["kappa"]
    lines = [
        tr(
            "Overall accuracy is {overall}{interval}, average accuracy {average} and "
            "kappa {kappa}."
        ).format(
            overall=percent(figures["overall_accuracy"]),
            interval=between,
            average=percent(figures["average_accuracy"]),
            kappa=tr("undefined") if kappa is None else format(kappa, ".3f"),
        ),
        f"  {figures['accuracy_definition']}",
    ]
    if between:
        text = tr("Interval: {method}").format(method=figures["interval_method"])
        lines.append(f"  {text}")
    return lines + [f"  {note}" for note in figures.get("interval_notes", ())]


def percent(share: float) -> str:
    """Return a share as a percentage."""
    return f"{100 * share:.1f} %"


def _interval(ends: tuple[float, float] | tuple[None, None] | None) -> str:
    """Return an interval in brackets, with a space before; empty without one."""
    low, high = ends or (None, None)
    if low is None or high is None:
        return ""
    text = tr("(95 % interval {low} to {high})")
    return " " + text.format(low=f"{100 * low:.1f}", high=percent(high))
