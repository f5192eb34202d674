"""Gives the classes that a vector file names a value, a name and a colour each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from miaf_engine.classes import (
    MAX_CLASSES,
    ClassEntry,
    ClassTable,
    distinct_colours,
    natural_key,
    one_line,
)
from miaf_engine.errors import SampleError
from miaf_engine.progress import SILENT, Progress

# Value of a class field: what a feature says its class is.
Key = str | int | float | bool | None


def class_table(
    keys: Iterable[Key],
    styles: Sequence[Mapping[str, Any]] | None = None,
    progress: Progress = SILENT,
) -> tuple[ClassTable, dict[Key, int]]:
    """Give each class that occurs a value, a name and a colour.

    Whole numbers from 1 to 65535 keep their values. Anything else is numbered 1..K in
    natural order of the field's values ('field 2' before 'field 10'). Styles give names
    and colours, never values: a map has the same values whether it was made from a
    styled layer or from the bare file.

    Args:
        keys: Class of each area, as often as it occurs; None is skipped.
        styles: Entries {"key", "name", "colour"}; those of keys that do not occur are
            dropped.
        progress: Told where numbers could not be kept or names had to be told apart.

    Returns:
        The table, and the index k = 1..K in it of each key.

    Raises:
        SampleError: There is no key.
        InputError: A style holds a colour that is not #rrggbb.
    """
    present = {key for key in keys if key is not None}
    if not present:
        raise SampleError("The areas name no class.", hint="Fill in the class field.")
    styled = {
        key: style for style in styles or () for key in present if _is(style, key)
    }
    ranked = sorted(present, key=_rank)
    keep = all(type(key) is int and 1 <= key <= MAX_CLASSES for key in present)
    if not keep and not all(isinstance(key, str) for key in present):
        progress.warning(
            f"The classes {_shown(ranked)} are not all whole numbers from 1 to "
            f"{MAX_CLASSES}; they get the values 1 to {len(ranked)}."
        )
    names = _names(ranked, styled, progress)
    colours = _colours(ranked, styled)
    entries = [
        ClassEntry(int(key) if keep and key is not None else number, name, colour)
        for number, (key, name, colour) in enumerate(
            zip(ranked, names, colours, strict=True), 1
        )
    ]
    table = ClassTable(tuple(entries))
    index = {value: k for k, value in enumerate(table.values, 1)}
    return table, {
        key: index[entry.value] for key, entry in zip(ranked, entries, strict=True)
    }


def _is(style: Mapping[str, Any], key: Key) -> bool:
    """Return whether a style is for a key; a renderer may hold 3 as '3' or 3.0."""
    return _text(style.get("key")) == _text(key)


def _text(key: object) -> str:
    if isinstance(key, bool):
        return str(key).casefold()
    if isinstance(key, float) and key.is_integer():
        key = int(key)
    return str(key).strip()


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
        or one_line(_text(key))
        or f"class {number}"
        for number, key in enumerate(ranked, 1)
    ]
    doubled = sorted({name for name in given if given.count(name) > 1})
    if doubled:
        progress.warning(
            f"Several classes are called {_shown(doubled)}; they are told apart by the "
            "class field's value."
        )
    names: list[str] = []
    for key, name in zip(ranked, given, strict=True):
        unique = f"{name} ({one_line(_text(key))})" if name in doubled else name
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
    shown = ", ".join(str(item) for item in items[:10])
    return shown + (f" and {len(items) - 10} more" if len(items) > 10 else "")
