"""Which class of a map each class of a reference is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from miaf_engine.classes import ClassEntry, ClassTable, plain_name
from miaf_engine.errors import SHOWN, SampleError
from miaf_engine.labels.class_keys import Key
from miaf_engine.progress import SILENT, Progress


def match_classes(
    index: Mapping[Key, int],
    found: ClassTable,
    wanted: ClassTable,
    progress: Progress = SILENT,
) -> dict[Key, int]:
    """Return the map's class of each reference key: by name, else by value.

    A class that another one of the reference has by name is not given away by value as
    well: two classes of the reference would be scored as one.

    Args:
        index: Class 1..K in `found` of each key.
        found: Classes of the reference.
        wanted: Classes of the map.
        progress: Told of classes whose names differ and whose value is the same.
    """
    by_name = {plain_name(name): k for k, name in enumerate(wanted.names, 1)}
    by_value = {value: k for k, value in enumerate(wanted.values, 1)}
    matched: dict[Key, int] = {}
    for key, place in index.items():
        k = by_name.get(plain_name(found.entries[place - 1].name))
        if k is not None:
            matched[key] = k
    taken, doubtful = set(matched.values()), []
    for key, place in index.items():
        # Values stand for classes only where the reference says them itself: a text
        # class is numbered by its place in the alphabet.
        if key in matched or type(key) is not int:
            continue
        k = by_value.get(key)
        if k is None or k in taken:
            continue
        matched[key] = k
        own, other = found.entries[place - 1], wanted.entries[k - 1]
        if not _bare(own, key) and not _bare(other, key):
            doubtful.append(f"{key} is '{own.name}', on the map '{other.name}'")
    if doubtful:
        more = len(doubtful) - SHOWN
        progress.warning(
            "Classes that are called differently are taken for the same by their "
            f"value: {'; '.join(doubtful[:SHOWN])}"
            f"{f'; and {more} more' if more > 0 else ''}. If they are not, give them "
            "other values."
        )
    return matched


def _bare(entry: ClassEntry, value: int) -> bool:
    """Return whether a class is known by its number alone."""
    return entry.name.strip() == str(value)


def refuse_unknown(
    keys: Sequence[Key],
    class_of_key: Mapping[Key, int],
    classes: ClassTable,
) -> None:
    """Refuse reference areas where the map has none of their classes.

    Rasterising names those that it lacks.

    Raises:
        SampleError: It has none of them.
    """
    if class_of_key.keys().isdisjoint(keys):
        raise SampleError(
            "The reference areas have none of the map's classes.",
            hint=f"The map has {', '.join(classes.names)}.",
        )
