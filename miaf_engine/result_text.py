"""What the command line prints of a result for a person."""

from __future__ import annotations

from typing import Any

from miaf_engine.report_files import side_files


def result_text(result: dict[str, Any]) -> str:
    """Return the figures and files of a result as lines of text."""
    figures, outputs = result["figures"], result["outputs"]
    lines = [figures["text"]] if "text" in figures else []
    if figures.get("overall_accuracy") is not None:
        lines += _accuracy(figures)
    for name, path in outputs.items():
        lines.append(f"{name}: {path}")
        if name == "report":
            beside = [str(file) for file in side_files(path).values() if file.is_file()]
            lines.append(f"  numbers: {', '.join(beside)}")
    return "".join(f"{line}\n" for line in lines)


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
