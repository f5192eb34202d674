"""Gives the classes that a vector file names a value, a name and a colour each."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterable, Mapping, Sequence
from itertools import count
from typing import Any

from miaf_engine.classes import (
    MAX_CLASSES,
    ClassEntry,
    ClassTable,
    distinct_colours,
    natural_key,
    one_line,
)
from miaf_engine.errors import SampleError, with_more
from miaf_engine.progress import SILENT, Progress
from miaf_engine.translation import tr

# Value of a class field: what a feature says its class is.
Key = str | int | float | bool | None
# As many classes, nearly each of one area: the field is a running number.
_MANY = 10
_SIGNS = re.compile(r"[\W_]+")


def class_table(
    keys: Iterable[Key],
    styles: Sequence[Mapping[str, Any]] | None = None,
    progress: Progress = SILENT,
    *,
    avoid: Container[int] = (),
) -> tuple[ClassTable, dict[Key, int]]:
    """Give each class that occurs a value, a name and a colour.

    Whole numbers from 1 to 65535 keep their values, and text gets those that are left,
    in natural order ('field 2' before 'field 10'). With any other number all are
    numbered 1..K. Styles give names and colours, never values: a map has the same
    values whether it was made from a styled layer or from the bare file.

    Args:
        keys: Class of each area, as often as it occurs; None is skipped.
        styles: Entries {"key", "name", "colour"}; those of keys that do not occur are
            dropped.
        progress: Warned where numbers could not be kept or names had to be made unique.
        avoid: Values that text does not get.

    Returns:
        The table, and the index k = 1..K in it of each key.

    Raises:
        SampleError: There is no key.
        InputError: A style holds a colour that is not #rrggbb.
    """
    present = {key for key in keys if key is not None}
    if not present:
        raise SampleError(
            tr("No area has a class."), hint=tr("Enter classes in the class field.")
        )
    styled: dict[Key, Mapping[str, Any]] = {
        key: style for style in styles or () for key in present if _is(style, key)
    }
    ranked = sorted(present, key=_rank)
    keep = all(isinstance(key, str) or is_class_number(key) for key in present)
    if not keep:
        progress.warning(
            tr(
                "The classes {shown} are not all whole numbers from 1 to "
                "{max_classes}. They get the values 1 to {ranked}."
            ).format(shown=_shown(ranked), max_classes=MAX_CLASSES, ranked=len(ranked))
        )
    if alike := _alike(ranked):
        progress.warning(
            tr(
                "Class names that differ only in case, blanks or punctuation are "
                "different classes: {alike}. If they are the same class, give them "
                "one name in the class field."
            ).format(alike=alike)
        )
    names = _names(ranked, styled, progress)
    colours = _colours(ranked, styled)
    values = _values(ranked, avoid) if keep else range(1, len(ranked) + 1)
    entries = [ClassEntry(*facts) for facts in zip(values, names, colours, strict=True)]
    table = ClassTable(tuple(entries))
    index = {value: k for k, value in enumerate(table.values, 1)}
    return table, {
        key: index[entry.value] for key, entry in zip(ranked, entries, strict=True)
    }


def class_an_area(keys: Sequence[Key], class_field: str) -> tuple[str, str]:
    """Say that nearly every area has a class of its own, as by an id field.

    Args:
        keys: Class of each area.
        class_field: Where they come from, for the text.

    Returns:
        What was found, and what to do; both empty where classes have several areas.
    """
    named = [key for key in keys if key is not None]
    classes = len(set(named))
    if classes < _MANY or classes < 0.8 * len(named):
        return "", ""
    if classes == len(named):
        fact = tr("Each of the {areas} areas has its own class.")
    else:
        fact = tr("The {areas} areas have {classes} classes.")
    advice = tr("Check that '{field}' is the field that names the class.")
    return (
        fact.format(areas=len(named), classes=classes),
        advice.format(field=class_field),
    )


def _alike(keys: Iterable[Key]) -> str:
    """Return texts that are the same but for case, blanks and signs; '' for none."""
    groups: dict[str, list[str]] = {}
    for key in keys:
        if isinstance(key, str):
            plain = unicodedata.normalize("NFKC", key).casefold()
            groups.setdefault(_SIGNS.sub("", plain) or key, []).append(key)
    shown = [
        " and ".join(f"'{one_line(key)}'" for key in sorted(group))
        for group in groups.values()
        if len(group) > 1
    ]
    return "; ".join(shown[:10]) + (" ..." if len(shown) > 10 else "")


def is_class_number(key: Key) -> bool:
    """Return whether a key can be the value of its class."""
    return type(key) is int and 1 <= key <= MAX_CLASSES


def _values(ranked: Sequence[Key], avoid: Container[int]) -> list[int]:
    """Return the value of each key: numbers their own, text the next that is free."""
    taken = {key for key in ranked if isinstance(key, int)}
    free = (n for n in count(1) if n not in taken and n not in avoid)
    return [key if isinstance(key, int) else next(free) for key in ranked]


def _is(style: Mapping[str, Any], key: Key) -> bool:
    """Return whether a style is for a key; a renderer may hold 3 as '3' or 3.0."""
    return key_text(style.get("key")) == key_text(key)


def key_text(key: object) -> str:
    """Return a key as text: 3.0 and '3 ' as '3', an accented letter as one."""
    if isinstance(key, bool):
        return str(key).casefold()
    if isinstance(key, float) and key.is_integer():
        key = int(key)
    return unicodedata.normalize("NFC", str(key).strip())


def _rank(key: Key) -> tuple[int, float, list[tuple[int, int, str]], str]:
    if isinstance(key, str):
        # 'corn' and 'Corn' come in one order too, whatever order a set has.
        return 1, 0.0, natural_key(key), key
    return 0, float(key or 0), [], ""


def _names(
    ranked: Sequence[Key], styled: Mapping[Key, Mapping[str, Any]], progress: Progress
) -> list[str]:
    """Return one name a class, none twice."""
    given = [
        one_line(str(styled.get(key, {}).get("name") or ""))
        or one_line(key_text(key))
        or f"class {number}"
        for number, key in enumerate(ranked, 1)
    ]
    doubled = sorted({name for name in given if given.count(name) > 1})
    if doubled:
        progress.warning(
            tr(
                "Several classes are called {shown}. They are distinguished by their "
                "values in the class field."
            ).format(shown=_shown(doubled))
        )
    names: list[str] = []
    for key, name in zip(ranked, given, strict=True):
        unique = f"{name} ({one_line(key_text(key))})" if name in doubled else name
        while unique in names:
            unique += "'"
        names.append(unique)
    return names


def _colours(
    ranked: Sequence[Key], styled: Mapping[Key, Mapping[str, Any]]
) -> list[str]:
    own = [str(styled.get(key, {}).get("colour") or "").lower() for key in ranked]
    spare = [c for c in distinct_colours(2 * len(ranked)) if c not in own]
    return [colour or spare.pop(0) for colour in own]


def _shown(items: Sequence[object]) -> str:
    return with_more(", ".join(map(str, items[:10])), len(items) - 10)
