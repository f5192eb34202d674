"""Which number a class given as text stands for, where others are given as numbers.

Areas that a person drew may hold class numbers, and a layer of superpixels or
suggestions, whose class field is always text, their names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from miaf_engine.classes import ClassTable, natural_key, one_line
from miaf_engine.errors import SHOWN, listed
from miaf_engine.labels.class_keys import (
    Key,
    is_class_number,
    key_text,
)
from miaf_engine.progress import SILENT, Progress

_WHOLE = re.compile("[1-9][0-9]{0,4}")


def numbers_meant(
    keys: Iterable[Key],
    styles: Sequence[Mapping[str, Any]] | None = None,
    known: ClassTable | None = None,
    progress: Progress = SILENT,
) -> dict[Key, Key]:
    """Return the number that each text stands for: the one it says, or is the name of.

    Names are those of the styles, and of an initial model where these give none.

    Args:
        keys: Classes of the areas of all layers; None is skipped.
        styles: Entries {"key", "name", "colour"}.
        known: Classes of an initial model.
        progress: Told which texts stand for a number, and warned of those that do not.

    Returns:
        Number of each such text; nothing where all classes are text, or none is.
    """
    present = {key for key in keys if key is not None}
    texts = {key for key in present if isinstance(key, str)}
    numbers = {_plain(key): key for key in present - texts}
    if not numbers or not texts:
        return {}
    names = _Names(numbers, styles or (), known)
    found = {text: names.meant(text) for text in sorted(texts, key=natural_key)}
    _tell(found, progress)
    return {text: next(iter(own)) for text, own in found.items() if len(own) == 1}


class _Names:
    """What the numbers of a class field are called."""

    def __init__(
        self,
        numbers: Mapping[str, Key],
        styles: Sequence[Mapping[str, Any]],
        known: ClassTable | None,
    ) -> None:
        self._numbers = numbers
        self._whole = any(is_class_number(key) for key in numbers.values())
        called: dict[Key, set[str]] = {}
        for style in styles:
            number, name = self._said(style.get("key")), str(style.get("name") or "")
            if number is not None and _plain(name) not in ("", _plain(number)):
                # As `class_table` tells apart what is called alike.
                long = f"{name} ({key_text(number)})"
                called.setdefault(number, set()).update({_plain(name), _plain(long)})
        self._styled = _turned(called.items())
        # Of numbers that are no class values, a model has others.
        of_model = known if all(map(is_class_number, numbers.values())) else None
        self._known = _turned(
            (entry.value, {_plain(entry.name)})
            for entry in of_model or ()
            if _plain(entry.name) in called.get(entry.value, {_plain(entry.name)})
        )

    def meant(self, text: str) -> set[Key]:
        """Return the numbers that a text may stand for."""
        said = self._said(text)
        found = {said} - {None} | self._styled.get(_plain(text), set())
        return found or self._known.get(_plain(text), set())

    def _said(self, text: object) -> Key:
        """Return the number that a text or another number says; None for none."""
        plain = _plain(text)
        if plain in self._numbers:
            return self._numbers[plain]
        if self._whole and _WHOLE.fullmatch(plain) and is_class_number(int(plain)):
            return int(plain)
        return None


def _turned(called: Iterable[tuple[Key, set[str]]]) -> dict[str, set[Key]]:
    """Return the numbers that have a name, by name."""
    numbers: dict[str, set[Key]] = {}
    for number, names in called:
        for name in names:
            numbers.setdefault(name, set()).add(number)
    return numbers


def _plain(key: object) -> str:
    return one_line(key_text(key)).casefold()


def _tell(found: Mapping[str, set[Key]], progress: Progress) -> None:
    """Say which texts stand for which numbers, and which may be a class twice."""
    sure = {text: next(iter(own)) for text, own in found.items() if len(own) == 1}
    other = [t for t, number in sure.items() if _plain(t) != _plain(number)]
    if other:
        shown = ", ".join(f"'{text}' for {sure[text]}" for text in other[:SHOWN])
        more = len(other) - SHOWN
        progress.info(
            f"Names of classes stand for numbers: {shown}"
            f"{f' and {more} more' if more > 0 else ''}."
        )
    doubtful = [text for text, own in found.items() if len(own) > 1]
    if doubtful:
        shown = "; ".join(
            f"'{text}' for {' or '.join(sorted(map(key_text, found[text])))}"
            for text in doubtful[:SHOWN]
        )
        progress.warning(
            f"Several numbers have a name that areas give as class: {shown}. Such "
            "names are classes of their own. Give the number, or rename the classes."
        )
    apart = [text for text, own in found.items() if not own]
    if apart:
        progress.warning(
            f"Some areas give their class as a number, others as text, and nothing "
            f"says which numbers are meant by {listed(apart)}: they are classes of "
            "their own."
        )
