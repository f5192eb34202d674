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
_PATH = re.compile(r"'[^']*build/faults/runs/[^/]+/([^']*)'")
_BARE = re.compile(r"[^\s']*build/faults/(?:runs/[^/]+|jobs)/")
_HEAD = """# What was done to the engine, and what was left

`make faults`, `make fuzz` and `make soak` write this page; what they found is in
`build/faults`. All runs are real ones, of a scene of 24 x 30 pixels and 12 bands. The
results of an earlier run lie at their targets. After each run the files are compared
byte by byte with those of the earlier run and of an undisturbed one (reports: to their
end).

## Injections

- *Old kept*: every file is as it was.
- *New*: every file is that of the undisturbed run. It was finished in time, or there
  was nothing that could stop it.
- *Both*: some outputs were in place before the fault, each whole and with its side
  files, and the rest is old. After a kill this counts as harm.
- *Damaged*: anything else, such as a part of a file, or a raster beside the side file
  of another run.
- *Left*: files that belong to nobody, after what the plugin does at the end of a run.
  Nobody can remove them from a disk that has become read-only meanwhile.
- *End*: the time from the fault to the end, or from the start if the fault was there
  before. The two figures are the median and the maximum.

Of eight kills, one is at a moment spread evenly over the time of an undisturbed run,
which is started as the plugin starts it. For the others the engine is a fork of a
process that has loaded its libraries. Two are at moments spread over its time. Two come
after a random message, each followed by a pause of 20 ms. Three come while files move
into place, slowed down from microseconds to 30 ms a file. Runs that were over before
they could be killed were run again, and are not counted.

- *Closed pipe*: the engine's input or its output, half each.
- *Asleep*: the engine is stopped for 2 s and continues.
- *Two at once*: two runs do the same job on the same targets.
- *Short memory*: from a random moment on, the engine may take at most 10 MB more than
  it has. Libraries then fail or crash, which the plugin reports.
- *Locked output*: a move into place is refused, as Windows does it.

| fault | runs | old kept | new | both | damaged | left | alive after 5 s | end (s) |
| --- | --- | --- | --- | --- | --- | --- | --- | --- |
"""


_AGAIN = ("resumed_equal", "left_in_cache")


def found() -> list[dict[str, Any]]:
    """Return what the injections found, as far as they were made."""
    path = BUILD / "found.jsonl"
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return [json.loads(line) for line in lines]


def is_bad(entry: dict[str, Any]) -> bool:
    """Return whether an injection did harm."""
    mixed = "orphan" in entry and _age(entry["results"]) == "both"
    return bool(
        mixed
        or entry["results"].startswith("damaged")
        # From a disk that has become read-only nobody can remove anything.
        or (entry["leftovers"] and entry["fault"] != "read-only disk")
        or entry.get("orphan")
        # Where memory is short, libraries fail as they please; files must be whole.
        or (entry.get("exit") == 2 and entry["fault"] != "short memory")
        or entry.get("resumed_equal") is False
        or entry.get("left_in_cache")
    )


def write(entries: list[dict[str, Any]]) -> None:
    """Write the page."""
    parts = [_HEAD + _table(entries)]
    parts += [_stages(entries), _resumed(entries)]
    parts += [_sentences(entries), _short_memory(entries)]
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


def _short_memory(entries: list[dict[str, Any]]) -> str:
    own = [e["exit"] for e in entries if e["fault"] == "short memory"]
    if not own:
        return ""
    ends = {
        "done all the same": own.count(0),
        "an error that says so": own.count(1),
        "a library's error, reported as a defect": own.count(2),
        "a library's crash, reported as one by the plugin": sum(
            code < 0 for code in own
        ),
    }
    rows = [f"| {end} | {count} |" for end, count in ends.items()]
    head = "## How runs ended whose memory ran short\n\n| end | runs |\n| --- | --- |\n"
    return head + "\n".join(rows) + "\n"


def _short(message: str) -> str:
    plain = " ".join(message.replace("|", " ").split())
    return _BARE.sub(".../", _PATH.sub(r"'.../\1'", plain))


def _resumed(entries: list[dict[str, Any]]) -> str:
    again = [entry for entry in entries if "resumed_equal" in entry]
    if not again:
        return ""
    asked = {True: "RESUME on, as the dialog has it", False: "RESUME off"}
    rows = []
    for (wanted, kept), name in {
        (on, kept): f"{text}; {'a' if kept else 'no'} state was kept"
        for on, text in asked.items()
        for kept in (True, False)
    }.items():
        own = [
            e
            for e in again
            if (e["asked_to_resume"], e["state_kept"]) == (wanted, kept)
        ]
        gone_on = sum(bool(e["gone_on"]) for e in own)
        equal, left = (sum(e[key] for e in own) for key in _AGAIN)
        rows.append(f"| {name} | {len(own)} | {gone_on} | {equal} | {left} |")
    return (
        "## Killed trainings that were run again\n\nEqual: the bytes of the "
        "undisturbed training.\n\n"
        "| next run | runs | continued | equal | states left |\n"
        "| --- | --- | --- | --- | --- |\n" + "\n".join(rows) + "\n"
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
