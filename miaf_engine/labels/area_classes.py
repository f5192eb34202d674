"""The classes that areas of several layers name, beside those of an initial model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from miaf_engine.classes import ClassTable
from miaf_engine.errors import SHOWN, listed
from miaf_engine.labels.class_keys import Key, class_table
from miaf_engine.labels.class_union import united
from miaf_engine.labels.number_names import numbers_meant
from miaf_engine.progress import SILENT, Progress

Styles = Sequence[Mapping[str, Any]] | None


def classes_of_areas(
    keys: Sequence[Key], styles: Styles, known: ClassTable | None, progress: Progress
) -> tuple[ClassTable, dict[Key, int]]:
    """Return the classes of areas and of an initial model, and that of each key, 1..K.

    Args:
        keys: Class of each area, of all layers.
        styles: Names and colours: {"key", "name", "colour"}.
        known: Classes of an initial model, kept as they are.
        progress: Told how they were brought together.

    Raises:
        InputError: There is no key, too many classes, or a style has no true colour.
    """
    meant = numbers_meant(keys, styles, known, progress)
    # A class that a model knows by its number alone is no text's, by chance.
    bare = {entry.value for entry in known or () if entry.is_bare}
    own, index = class_table(
        [meant.get(key, key) for key in keys], styles, progress, avoid=bare
    )
    table, place = with_known(own, known, progress)
    found = {key: place[k - 1] for key, k in index.items()}
    return table, found | {text: found[number] for text, number in meant.items()}


def with_known(
    table: ClassTable, known: ClassTable | None, progress: Progress
) -> tuple[ClassTable, list[int]]:
    """Put classes beside those that an initial model knows.

    Classes are matched by name, and by value where one side has nothing but the value.

    Returns:
        All classes, those known with their values, names and colours, and for each
        class of `table` its index 1..K among them.
    """
    if known is None:
        return table, list(range(1, len(table) + 1))
    union = united(known, table)
    new = [union.classes.names[k] for k in set(union.second) - set(union.first)]
    if new:
        progress.info(f"New classes beside those of the initial model: {listed(new)}.")
    lacking = [union.classes.names[k] for k in set(union.first) - set(union.second)]
    if lacking:
        progress.warning(
            f"The areas hold none of {listed(sorted(lacking))}, which the initial "
            "model knows: these classes stay as they were learnt, are not scored, and "
            "may be found less well than before. Give their old areas too."
        )
    return union.classes, [k + 1 for k in union.second]


def with_reference(
    keys: Sequence[Key],
    class_of_key: Mapping[Key, int],
    styles: Styles,
    known: ClassTable | None,
    progress: Progress,
) -> dict[Key, int]:
    """Return the class of each key, with those that reference areas say otherwise.

    Args:
        keys: Class of each reference area.
        class_of_key: Class 1..K of each key of the training areas.
        styles: As in `classes_of_areas`.
        known: As in `classes_of_areas`.
        progress: Told of text that stands for a number, or a number for text.
    """
    new = {key for key in keys if key is not None and key not in class_of_key}
    same = [*(styles or ()), *_names_of_numbers(class_of_key)]
    # What stands for nothing is told of where areas are burnt.
    meant = numbers_meant([*class_of_key, *new], same, known, SILENT)
    classes: dict[Key, set[int]] = {}
    for key, k in class_of_key.items():
        classes.setdefault(meant.get(key, key), set()).add(k)
    found = {key: classes.get(meant.get(key, key), set()) for key in new}
    more = {key: next(iter(own)) for key, own in found.items() if len(own) == 1}
    if more:
        said = sorted(map(str, more))
        progress.info(
            "Classes that validation areas give as number or text where training "
            f"areas do otherwise are taken for the same: {listed(said, SHOWN)}."
        )
    return {**class_of_key, **more}


def _names_of_numbers(class_of_key: Mapping[Key, int]) -> list[dict[str, Key]]:
    """Return as styles which texts are of the same class as a number."""
    numbers = {k: key for key, k in class_of_key.items() if not isinstance(key, str)}
    return [
        {"key": numbers[k], "name": key}
        for key, k in class_of_key.items()
        if isinstance(key, str) and k in numbers
    ]
