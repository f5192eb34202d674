"""Writes docs/reliability.md from what injections, fuzzing and the soak have found."""

from __future__ import annotations

import json
import re
import statistics
from collections import Counter
from typing import Any

from tests.repository import ROOT

BUILD = ROOT / "build" / "faults"
PAGE = ROOT / "docs" / "reliability.md"
_PATH = re.compile(r"'[^']*/build/faults/runs/[^/]+/([^']*)'")
_HEAD = """# What was done to the engine, and what was left

`make faults`, `make fuzz` and `make soak` write this page; what they found is in
`build/faults`. All runs are real ones, of a scene of 24 x 30 pixels and 12 bands, with
the results of an earlier run at their targets. After each the files are compared byte
by byte (reports: to their end) with those of the earlier run and of an undisturbed one.

## Injections

*old kept*: every file is as it was; *new*: every file is the undisturbed run's, since
it was done in time; *both*: some outputs were in place before the fault, each whole and
with its side files, and the rest is old. *Damaged* is anything else: a part of a file,
or a raster beside the side file of another run. *Left* counts files that belong to
nobody, after what the plugin does at the end of a run. A third of the kills are at
moments spread evenly over the time that an undisturbed run takes, a third at a random
share of the progress told, a third up to half a second after a file began to be
written. *End* is the time from the fault, or for disks and locks from the start, to the
end: the median, and the most.

| fault | runs | old kept | new | both | damaged | left | alive after 5 s | end (s) |
| --- | --- | --- | --- | --- | --- | --- | --- | --- |
"""


def found() -> list[dict[str, Any]]:
    """Return what the injections found, as far as they were made."""
    path = BUILD / "found.jsonl"
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return [json.loads(line) for line in lines]


def is_bad(entry: dict[str, Any]) -> bool:
    """Return whether an injection did harm."""
    return bool(
        entry["results"].startswith("damaged")
        or entry["leftovers"]
        or entry.get("orphan")
        or entry.get("exit") == 2
        or entry.get("resumed_equal") is False
    )


def write(entries: list[dict[str, Any]]) -> None:
    """Write the page."""
    parts = [_HEAD + _table(entries)]
    parts += [_stages(entries), _sentences(entries), _resumed(entries)]
    parts += [_figures(name) for name in ("fuzz", "soak")]
    PAGE.write_text("\n".join(filter(None, parts)), encoding="utf-8")


def _table(entries: list[dict[str, Any]]) -> str:
    rows = []
    for fault in dict.fromkeys(entry["fault"] for entry in entries):
        own = [entry for entry in entries if entry["fault"] == fault]
        ages = Counter(_age(entry["results"]) for entry in own)
        seconds = [e["seconds"] for e in own if not e.get("done_before")]
        cells = [
            *(fault, len(own), ages["old"], ages["new"], ages["both"], ages["damaged"]),
            sum(len(entry["leftovers"]) for entry in own),
            sum(bool(entry.get("orphan")) for entry in own),
            _spread(seconds),
        ]
        rows.append("| " + " | ".join(map(str, cells)) + " |")
    total = len(entries)
    bad = sum(map(is_bad, entries))
    return "\n".join(rows) + f"\n\n{total} injections, {bad} with harm done.\n"


def _spread(seconds: list[float]) -> str:
    if not seconds:
        return "-"
    return f"{statistics.median(seconds):.2f}, {max(seconds):.2f}"


def _age(results: str) -> str:
    if results.startswith("damaged"):
        return "damaged"
    if results in ("old", "none", "taken away"):
        return "old"
    return "new" if results == "new" else "both"


def _stages(entries: list[dict[str, Any]]) -> str:
    kinds = Counter(
        (entry["task"], entry["stage"])
        for entry in entries
        if "stage" in entry and not entry["done_before"]
    )
    rows = [f"| {task} | {stage} | {n} |" for (task, stage), n in sorted(kinds.items())]
    head = "## Stages in which runs were killed\n\n| task | stage | kills |\n"
    return head + "| --- | --- | --- |\n" + "\n".join(rows) + "\n" if rows else ""


def _sentences(entries: list[dict[str, Any]]) -> str:
    said = {}
    for entry in entries:
        if entry.get("exit") == 1:
            said.setdefault((entry["fault"], entry["kind"]), entry)
    rows = [
        f"| {fault} | {kind} | {_short(entry['message'])} |"
        for (fault, kind), entry in said.items()
    ]
    head = "## What the user reads\n\n| fault | error | for example |\n"
    return head + "| --- | --- | --- |\n" + "\n".join(rows) + "\n" if rows else ""


def _short(message: str) -> str:
    return _PATH.sub(r"'.../\1'", message.replace("|", " "))


def _resumed(entries: list[dict[str, Any]]) -> str:
    again = [e["resumed_equal"] for e in entries if "resumed_equal" in e]
    if not again:
        return ""
    return (
        f"## Resumed\n\n{len(again)} killed trainings were run again; {sum(again)} "
        "gave the bytes of the undisturbed one.\n"
    )


def _figures(name: str) -> str:
    path = BUILD / f"{name}.json"
    if not path.exists():
        return ""
    figures = json.loads(path.read_text(encoding="utf-8"))
    rows = [f"| {key} | {value} |" for key, value in figures["rows"]]
    return (
        f"## {figures['title']}\n\n{figures['text']}\n\n"
        f"| {figures['columns']} |\n| --- | --- |\n" + "\n".join(rows) + "\n"
    )
