"""Brings the classes of two maps together."""

from __future__ import annotations

from dataclasses import dataclass

from miaf_engine.classes import ClassEntry, ClassTable, distinct_colours, plain_name
from miaf_engine.errors import InputError


@dataclass(frozen=True)
class ClassUnion:
    """The classes of two maps as one table.

    Attributes:
        classes: All classes, those of the first map with their values.
        first: Place in `classes`, from 0, of each class of the first map.
        second: Likewise of the second.
        notes: What a user should know of how they were matched.
    """

    classes: ClassTable
    first: tuple[int, ...]
    second: tuple[int, ...]
    notes: tuple[str, ...]


def united(first: ClassTable, second: ClassTable) -> ClassUnion:
    """Match the classes of two maps by name, else by value.

    A value stands for a class only where one of the maps has nothing but the value:
    two classes that are called differently are two.

    Raises:
        InputError: There are more classes than values.
    """
    entries, notes = list(first.entries), []
    by_name = {plain_name(entry.name): entry for entry in first}
    by_value = {entry.value: entry for entry in first}
    named = {plain_name(entry.name) for entry in second} & set(by_name)
    chosen: list[ClassEntry] = []
    for entry in second:
        match = by_name.get(plain_name(entry.name))
        same = by_value.get(entry.value)
        if match is None and same is not None and plain_name(same.name) not in named:
            if same.is_bare or entry.is_bare:
                match = same
                notes.append(
                    f"Class {entry.value} is taken for the same in both maps, '"
                    f"{same.name}' before and '{entry.name}' after, by its value."
                )
        if match is None:
            match = _added(entry, entries)
            notes.append(f"Class '{entry.name}' is in the map after alone.")
        chosen.append(match)
    gone = [entry.name for entry in first if entry not in chosen]
    notes += [f"Class '{name}' is in the map before alone." for name in gone]
    table = ClassTable(tuple(_with_names(entries, chosen, second)))
    place = {value: k for k, value in enumerate(table.values)}
    return ClassUnion(
        table,
        tuple(place[entry.value] for entry in first),
        tuple(place[entry.value] for entry in chosen),
        tuple(notes),
    )


def _with_names(
    entries: list[ClassEntry], chosen: list[ClassEntry], second: ClassTable
) -> list[ClassEntry]:
    """Return the classes, bare numbers with the second map's name and colour."""
    better = {
        match.value: own
        for match, own in zip(chosen, second, strict=True)
        if match.is_bare and not own.is_bare
    }
    return [
        ClassEntry(entry.value, better[entry.value].name, better[entry.value].colour)
        if entry.value in better
        else entry
        for entry in entries
    ]


def _added(entry: ClassEntry, entries: list[ClassEntry]) -> ClassEntry:
    """Add a class under its own value and colour where they are free."""
    values = {other.value for other in entries}
    free = (value for value in range(1, len(values) + 2) if value not in values)
    value = entry.value if entry.value not in values else next(free)
    colours = {other.colour for other in entries}
    spare = (c for c in distinct_colours(len(colours) + 1) if c not in colours)
    colour = entry.colour if entry.colour not in colours else next(spare)
    try:
        added = ClassEntry(value, entry.name, colour)
    except InputError as error:
        raise InputError("The two maps have too many classes together.") from error
    entries.append(added)
    return added
