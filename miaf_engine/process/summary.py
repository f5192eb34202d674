"""What a run found, in sentences for a person at a terminal."""

from __future__ import annotations

from typing import Any

from miaf_engine.errors import SHOWN
from miaf_engine.io.paths import is_file, side_files

# What an output is called, where its own name does not say; by task, where it differs.
_FILES = {
    "output": "Class map",
    "confidence": "Confidence",
    "probabilities": "Class probabilities",
    "entropy": "Entropy",
    "margin": "Margin",
    "applicability": "Area of applicability",
    "model": "Model",
    "report": "Report",
    "matrix": "Confusion matrix",
    "summary": "Summary",
    "labels_output": "Labels",
    "rois_output": "Areas",
}
_OWN_FILES = {
    ("import", "output"): "Cube",
    ("superpixels", "output"): "Superpixels",
    ("suggestareas", "output"): "Suggested areas",
    ("drawsample", "output"): "Points",
    ("compare", "output"): "Change map",
    ("compare", "matrix"): "Change matrix",
}
_OUTCOMES = {"done": "classified", "kept": "up to date", "failed": "failed"}


def result_text(task: str, result: dict[str, Any]) -> str:
    """Return the figures and files of a task's result as lines of text."""
    figures, outputs = result["figures"], result["outputs"]
    lines = [figures["text"]] if "text" in figures else []
    if figures.get("map_accuracy") is not None:
        lines.append(_map_accuracy(figures))
    if figures.get("overall_accuracy") is not None:
        lines += _accuracy(figures)
    if "scenes" in figures:
        lines += scene_lines(figures)
    for name, path in outputs.items():
        title = _OWN_FILES.get((task, name)) or _FILES[name]
        lines.append(f"{title}: {path}")
        if name == "report":
            beside = [str(file) for file in side_files(path).values() if is_file(file)]
            lines.append(f"  its numbers: {', '.join(beside)}")
    return "".join(f"{line}\n" for line in lines)


def scene_lines(figures: dict[str, Any], most: int = 4 * SHOWN) -> list[str]:
    """Return a line for each of many scenes, those that failed first."""
    rows = sorted(figures["scenes"], key=lambda row: row["outcome"] != "failed")
    lines = []
    for row in rows[:most]:
        took = "" if row["seconds"] is None else f"{row['seconds']:.1f} s"
        what = row["error"] or row["map"]
        outcome = _OUTCOMES[row["outcome"]]
        lines.append(f"{outcome:<10} {took:>8}  {row['scene']}: {what}")
    if len(rows) > most:
        lines.append(f"and {len(rows) - most} more, see the summary")
    counts = [f"{figures[f'{key}_count']} {word}" for key, word in _OUTCOMES.items()]
    return [*lines, f"Of {len(rows)} scenes: {', '.join(counts)}."]


def _map_accuracy(figures: dict[str, Any]) -> str:
    """Return the accuracy of the whole map, from a sample or as folds predict it."""
    between = _interval(figures["map_accuracy_interval"])
    share = percent(figures["map_accuracy"])
    if "head_weights" in figures or "unlike_share" in figures:
        return f"About {share} of the map should be right{between}."
    return f"By the sample, {share} of the map are right{between}."


def _accuracy(figures: dict[str, Any]) -> list[str]:
    """Return the figures of all classes together, and what they were measured on."""
    between = _interval(figures.get("overall_accuracy_interval"))
    kappa = figures["kappa"]
    lines = [
        f"Overall accuracy is {percent(figures['overall_accuracy'])}{between}, "
        f"average accuracy {percent(figures['average_accuracy'])} and "
        f"kappa {'undefined' if kappa is None else format(kappa, '.3f')}.",
        f"  {figures['accuracy_definition']}",
    ]
    if between:
        lines.append(f"  Interval: {figures['interval_method']}")
    return lines + [f"  {note}" for note in figures.get("interval_notes", ())]


def percent(share: float) -> str:
    """Return a share as a percentage."""
    return f"{100 * share:.1f} %"


def _interval(ends: tuple[float, float] | tuple[None, None] | None) -> str:
    """Return an interval in brackets, with a space before; empty without one."""
    low, high = ends or (None, None)
    if low is None or high is None:
        return ""
    return f" (95 % interval {100 * low:.1f} to {percent(high)})"
