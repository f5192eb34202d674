"""What an inspection of a cube and its training areas found, as JSON and as HTML."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from miaf_engine.classes import ClassEntry, ClassTable
from miaf_engine.errors import with_more
from miaf_engine.reports.content import Spectra, clean
from miaf_engine.reports.report import (
    spectra_images,
    template,
    write_page,
)
from miaf_engine.tasks.inspection.separability import (
    HOPELESS,
    POOR,
    Separability,
)
from miaf_engine.translation import spoken, tr

Grade = Literal["problem", "note"]
_SHOWN = 10

# A table of more classes than these is too wide to read; the nearest pairs are listed.
_WIDEST_TABLE = 40

_MOST_PAIRS = 100


@dataclass(frozen=True)
class Finding:
    """Something that the user should know before a training.

    Attributes:
        grade: A problem costs areas, classes or accuracy; a note is good to know.
        kind: What it is, for programs.
        message: What was found, with the numbers.
        advice: What to do, in one sentence.
        features: Ids of the features concerned.
        classes: Names of the classes concerned.
    """

    grade: Grade
    kind: str
    message: str
    advice: str
    features: tuple[int, ...] = ()
    classes: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The message and the advice."""
        return f"{self.message} {self.advice}".strip()

    def as_json(self) -> dict[str, Any]:
        """Return the finding as JSON values."""
        return {
            "grade": self.grade,
            "kind": self.kind,
            "message": self.message,
            "advice": self.advice,
            "features": list(self.features),
            "classes": list(self.classes),
        }


@dataclass(frozen=True)
class ClassFacts:
    """What there is of one class.

    Attributes:
        entry: Its value, name and colour.
        areas: Number of areas.
        joined: The same, areas that touch counted as one: these are held out whole.
        pixels: Labelled pixels.
        valid: Those of them where the cube has data; None where that was not looked at.
        sampled: Those of them that spectra and distances are from.
    """

    entry: ClassEntry
    areas: int
    joined: int
    pixels: int
    valid: int | None
    sampled: int


@dataclass(frozen=True, kw_only=True)
class Inspection:
    """All that was found.

    Attributes:
        title: Heading.
        findings: Problems and notes.
        cube: What the cube is, by name, each a sentence or a number.
        facts: The same and more for programs.
        classes: The classes; None without areas.
        class_facts: One a class.
        spectra: Mean spectra.
        separability: Distances of the classes.
        inputs: Names of the files by what they are.
    """

    title: str
    findings: Sequence[Finding]
    cube: Mapping[str, str]
    facts: Mapping[str, Any]
    classes: ClassTable | None = None
    class_facts: Sequence[ClassFacts] = ()
    spectra: Spectra | None = None
    separability: Separability | None = None
    inputs: Mapping[str, str] = field(default_factory=dict)

    def graded(self, grade: Grade) -> list[Finding]:
        """Return the findings of one grade."""
        return [finding for finding in self.findings if finding.grade == grade]

    @property
    def summary(self) -> str:
        """The numbers of problems and notes, as a sentence."""
        problems, notes = len(self.graded("problem")), len(self.graded("note"))
        return tr("Problems: {problems}, notes: {notes}.").format(
            problems=problems or tr("none"), notes=notes or tr("none")
        )

    def as_json(self) -> dict[str, Any]:
        """Return the figures as JSON values, null where undefined."""
        return {
            "text": self.summary,
            "has_problems": bool(self.graded("problem")),
            "problem_count": len(self.graded("problem")),
            "note_count": len(self.graded("note")),
            "problems": [item.as_json() for item in self.findings],
            "classes": [_class_json(item) for item in self.class_facts],
            "separability": self._separability(),
            "cube": clean(self.facts),
        }

    def full_json(self) -> dict[str, Any]:
        """Return what stands beside the report: the figures, and the spectra."""
        names = self.classes.names if self.classes else []
        return {
            **self.as_json(),
            "title": self.title,
            "inputs": dict(self.inputs),
            "spectra": clean(self.spectra and self.spectra.as_json(names)),
        }

    def _separability(self) -> dict[str, Any] | None:
        if self.separability is None or self.classes is None:
            return None
        names = self.classes.names
        return {
            "method": "Jeffries-Matusita distance, 0 to 2",
            "components": self.separability.components,
            "pixels": sum(item.sampled for item in self.class_facts),
            "poor_below": POOR,
            "hopeless_below": HOPELESS,
            "pairs": [
                {"classes": [names[i], names[j]], "jeffries_matusita": distance}
                for i, j, distance in self.separability.pairs()
            ],
        }


def listed(items: Sequence[object]) -> str:
    """Return the first few of some things as text."""
    return with_more(", ".join(map(str, items[:_SHOWN])), len(items) - _SHOWN)


def write_inspection(path: str | Path, found: Inspection) -> Path:
    """Write the report, and its numbers beside it as `STEM.json`.

    Raises:
        FileError: A file cannot be written.
    """
    return write_page(path, render_inspection(found), found.full_json())


def render_inspection(found: Inspection) -> str:
    """Return the report as HTML; every text from outside is escaped."""
    images: dict[str, Any] = {}
    if found.spectra is not None and found.classes is not None:
        images = spectra_images(found.spectra, found.classes)
    return template("inspection.html.j2").render(
        content=found,
        images=images,
        problems=found.graded("problem"),
        notes=found.graded("note"),
        matrix=_matrix(found.separability),
        pairs=_pairs(found),
        sampled=sum(item.sampled for item in found.class_facts),
        labelled=sum(item.pixels for item in found.class_facts),
        language=spoken(),
        poor=POOR,
        hopeless=HOPELESS,
    )


def _class_json(item: ClassFacts) -> dict[str, Any]:
    return {
        "name": item.entry.name,
        "value": item.entry.value,
        "colour": item.entry.colour,
        "polygons": item.areas,
        "polygons_joined": item.joined,
        "pixels": item.pixels,
        "valid_pixels": item.valid,
        "sampled_pixels": item.sampled,
    }


def _matrix(measured: Separability | None) -> list[list[dict[str, str]]]:
    """Return text and shade of each cell, below the diagonal; none if too wide."""
    if measured is None or len(measured.distances) > _WIDEST_TABLE:
        return []
    rows = measured.distances.tolist()
    return [[_cell(value) for value in row[:i]] for i, row in enumerate(rows)]


def _cell(distance: float) -> dict[str, str]:
    if math.isnan(distance):
        return {"text": "\N{EN DASH}", "shade": "#ffffff"}
    bad, poor = distance < HOPELESS, distance < POOR
    shade = "#f4b6ae" if bad else "#fde3b4" if poor else "#ffffff"
    return {"text": f"{distance:.2f}", "shade": shade}


def _pairs(found: Inspection) -> list[tuple[str, str, str]]:
    """Return the pairs of classes that are hard to tell apart."""
    if found.separability is None or found.classes is None:
        return []
    names = found.classes.names
    return [
        (names[i], names[j], f"{distance:.2f}")
        for i, j, distance in found.separability.pairs()[:_MOST_PAIRS]
        if distance < POOR
    ]
