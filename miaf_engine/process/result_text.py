"""What the command line prints of a result for a person."""

from __future__ import annotations

from typing import Any

from miaf_engine.errors import SHOWN
from miaf_engine.io.paths import is_file, side_files


def result_text(result: dict[str, Any]) -> str:
    """Return the figures and files of a result as lines of text."""
    figures, outputs = result["figures"], result["outputs"]
    lines = [figures["text"]] if "text" in figures else []
    if figures.get("overall_accuracy") is not None:
        lines += _accuracy(figures)
    if "scenes" in figures:
        lines += scene_lines(figures)
    for name, path in outputs.items():
        lines.append(f"{name}: {path}")
        if name == "report":
            beside = [str(file) for file in side_files(path).values() if is_file(file)]
            lines.append(f"  numbers: {', '.join(beside)}")
    return "".join(f"{line}\n" for line in lines)


def scene_lines(figures: dict[str, Any], most: int = 4 * SHOWN) -> list[str]:
    """Return a line for each of many scenes, those that failed first."""
    rows = sorted(figures["scenes"], key=lambda row: row["outcome"] != "failed")
    lines = []
    for row in rows[:most]:
        took = "" if row["seconds"] is None else f"{row['seconds']:.1f} s"
        what = row["error"] or row["map"]
        lines.append(f"{row['outcome']:<7} {took:>8}  {row['scene']}: {what}")
    if len(rows) > most:
        lines.append(f"and {len(rows) - most} more, see the summary")
    counts = (
        f"{figures[f'{name}_count']} {name}" for name in ("done", "kept", "failed")
    )
    return [*lines, f"{len(rows)} scenes: {', '.join(counts)}"]


def _accuracy(figures: dict[str, Any]) -> list[str]:
    """Return the figures of all classes together, and what they were measured on."""
    low, high = figures.get("overall_accuracy_interval") or (None, None)
    between = "" if low is None else f" (95 % interval {low:.1%} to {high:.1%})"
    kappa = figures["kappa"]
    lines = [
        f"Overall accuracy {figures['overall_accuracy']:.1%}{between}, "
        f"average accuracy {figures['average_accuracy']:.1%}, "
        f"kappa {'undefined' if kappa is None else format(kappa, '.3f')}",
        f"  on {figures['accuracy_definition']}",
    ]
    if between:
        lines.append(f"  interval: {figures['interval_method']}")
    return lines + [f"  {note}" for note in figures.get("interval_notes", ())]
