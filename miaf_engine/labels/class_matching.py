"""Matches classes of several sources: areas, styles, models, maps and references.

Names are matched to the codes of classes, areas of several files get common classes,
and classes of two maps, or of a map and its reference, are found in each other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from miaf_engine.classes import (
    ClassEntry,
    ClassTable,
    distinct_colours,
    natural_key,
    one_line,
    plain_name,
)
from miaf_engine.errors import SHOWN, InputError, SampleError, listed, with_more
from miaf_engine.labels.class_keys import (
    Key,
    class_table,
    is_class_number,
    key_text,
)
from miaf_engine.progress import SILENT, Progress
from miaf_engine.translation import tr

# More that the map does not have are no classes, but perhaps numbers of fields.
MOST_UNMATCHED = 1000
_WHOLE = re.compile("[1-9][0-9]{0,4}")
Styles = Sequence[Mapping[str, Any]] | None


def keys_meant(
    keys: Iterable[Key],
    styles: Sequence[Mapping[str, Any]] | None = None,
    known: ClassTable | None = None,
    progress: Progress = SILENT,
) -> dict[Key, Key]:
    """Return the key that each text stands for: a number it says, or a key it names.

    Names are those of the styles; for numbers also those of an initial model where
    the styles give none.

    Args:
        keys: Classes of the areas of all layers; None is skipped.
        styles: Entries {"key", "name", "colour"}.
        known: Classes of an initial model.
        progress: Receives which texts stand for another key, and warnings of the rest.

    Returns:
        Key of each such text; texts that stand for themselves are left out.
    """
    present = {key for key in keys if key is not None}
    texts = {key for key in present if isinstance(key, str)}
    numbers = {_plain(key): key for key in present - texts}
    if not texts:
        return {}
    names = _Names(texts, numbers, styles or (), known)
    found = {text: names.meant(text) for text in sorted(texts, key=natural_key)}
    _warn(found, bool(numbers), progress)
    return {
        text: next(iter(own))
        for text, own in found.items()
        if len(own) == 1 and text not in own
    }


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
                    tr(
                        "Class {value} is the same class in both maps because of its "
                        "value, although it is called '{name}' before and '{other}' "
                        "after."
                    ).format(value=entry.value, name=same.name, other=entry.name)
                )
        if match is None:
            match = _added(entry, entries)
            notes.append(
                tr("Class '{name}' is only in the map after.").format(name=entry.name)
            )
        chosen.append(match)
    gone = [entry.name for entry in first if entry not in chosen]
    notes += [
        tr("Class '{name}' is only in the map before.").format(name=name)
        for name in gone
    ]
    table = ClassTable(tuple(_with_names(entries, chosen, second)))
    place = {value: k for k, value in enumerate(table.values)}
    return ClassUnion(
        table,
        tuple(place[entry.value] for entry in first),
        tuple(place[entry.value] for entry in chosen),
        tuple(notes),
    )


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
        progress: Receives classes whose names differ and whose value is the same.
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
            doubtful.append(
                tr("{key} is '{name}', but '{other}' in the map").format(
                    key=key, name=own.name, other=other.name
                )
            )
    if doubtful:
        shown = with_more("; ".join(doubtful[:SHOWN]), len(doubtful) - SHOWN)
        progress.warning(
            tr(
                "Classes with different names count as the same because of their "
                "value: {classes}. If they are not, give them other values."
            ).format(classes=shown)
        )
    # A code and the name that stands for it are one class.
    of_place = {index[key]: k for key, k in matched.items()}
    return {key: of_place[at] for key, at in index.items() if at in of_place}


def with_unmatched(
    index: Mapping[Key, int],
    found: ClassTable,
    wanted: ClassTable,
    matched: Mapping[Key, int],
) -> tuple[ClassTable, dict[Key, int]]:
    """Return the map's classes, then those of the reference alone, and each key's.

    A map is wrong wherever the reference has a class that it does not know.

    Args:
        index: Class 1..K in `found` of each key.
        found: Classes of the reference.
        wanted: Classes of the map.
        matched: Class in `wanted` of the keys that have one, of `match_classes`.

    Raises:
        SampleError: The reference alone has too many classes.
    """
    strange = sorted({k for key, k in index.items() if key not in matched})
    if len(strange) > MOST_UNMATCHED:
        raise SampleError(
            tr("The reference has {count} classes that the map does not have.").format(
                count=len(strange)
            ),
            hint=tr("Check its class field, or that the raster holds classes."),
        )
    last, count = wanted.values[-1], len(wanted)
    spare = distinct_colours(count + len(strange))[count:]
    entries = [
        ClassEntry(last + n, found.entries[k - 1].name, colour)
        for n, (k, colour) in enumerate(zip(strange, spare, strict=True), 1)
    ]
    added = {k: count + n for n, k in enumerate(strange, 1)}
    of_key = {
        key: matched[key] if key in matched else added[k] for key, k in index.items()
    }
    return ClassTable((*wanted, *entries)), of_key


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
            tr("The reference areas have none of the map's classes."),
            hint=tr("The map has {names}.").format(names=", ".join(classes.names)),
        )


def classes_of_areas(
    keys: Sequence[Key], styles: Styles, known: ClassTable | None, progress: Progress
) -> tuple[ClassTable, dict[Key, int]]:
    """Return the classes of areas and of an initial model, and that of each key, 1..K.

    Args:
        keys: Class of each area, of all layers.
        styles: Names and colours: {"key", "name", "colour"}.
        known: Classes of an initial model, kept as they are.
        progress: Receives how they were brought together.

    Raises:
        InputError: There is no key, too many classes, or a style has no true colour.
    """
    meant = keys_meant(keys, styles, known, progress)
    # A class that a model knows by its number alone is no text's, by chance.
    bare = {entry.value for entry in known or () if entry.is_bare}
    own, index = class_table(
        [meant.get(key, key) for key in keys], styles, progress, avoid=bare
    )
    table, place = with_known(own, known, progress)
    found = {key: place[k - 1] for key, k in index.items()}
    return table, found | {text: found[key] for text, key in meant.items()}


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
    found = [union.classes.names[k] for k in union.second]
    meant = [
        tr("{number} is '{name}'").format(number=entry.value, name=name)
        for entry, name in zip(table, found, strict=True)
        if entry.is_bare and name != entry.name
    ]
    if meant:
        progress.info(
            tr(
                "Numbers in the class field are the values of the initial model's "
                "classes: {classes}."
            ).format(classes=with_more("; ".join(meant[:SHOWN]), len(meant) - SHOWN))
        )
    new = [union.classes.names[k] for k in set(union.second) - set(union.first)]
    if new:
        progress.info(
            tr("New classes, not in the initial model: {new}.").format(new=listed(new))
        )
    lacking = [union.classes.names[k] for k in set(union.first) - set(union.second)]
    if lacking:
        progress.warning(
            tr(
                "There are no areas of {lacking}, which the initial model knows. "
                "These classes are not trained further or scored, and may be "
                "classified worse than before. Add their old areas."
            ).format(lacking=listed(sorted(lacking)))
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
        progress: Receives which codes and names are one class.
    """
    new = {key for key in keys if key is not None and key not in class_of_key}
    same = [*(styles or ()), *_names_of_numbers(class_of_key)]
    # Text that matches no class is reported when areas are rasterised.
    meant = keys_meant([*class_of_key, *new], same, known, SILENT)
    classes: dict[Key, set[int]] = {}
    for key, k in class_of_key.items():
        classes.setdefault(meant.get(key, key), set()).add(k)
    found = {key: classes.get(meant.get(key, key), set()) for key in new}
    more: dict[Key, int]
    more = {key: next(iter(own)) for key, own in found.items() if len(own) == 1}
    if more:
        said = sorted(map(str, more))
        progress.info(
            tr(
                "Classes given as a code in one layer and as a name in the other "
                "are matched: {said}."
            ).format(said=listed(said, SHOWN))
        )
    return {**class_of_key, **more}


class _Names:
    """What the keys of a class field are called."""

    def __init__(
        self,
        texts: Iterable[str],
        numbers: Mapping[str, Key],
        styles: Sequence[Mapping[str, Any]],
        known: ClassTable | None,
    ) -> None:
        self._texts = {key_text(text): text for text in sorted(texts)}
        self._numbers = numbers
        self._whole = any(is_class_number(key) for key in numbers.values())
        called: dict[Key, set[str]] = {}
        for style in styles:
            key, name = self._styled_key(style.get("key")), str(style.get("name") or "")
            if key is not None and _plain(name) not in ("", _plain(key)):
                # As `class_table` distinguishes classes of the same name.
                long = f"{name} ({key_text(key)})"
                called.setdefault(key, set()).update({_plain(name), _plain(long)})
        self._called = called
        self._styled = _turned(called.items())
        # Of numbers that are no class values, a model has others.
        whole = bool(numbers) and all(map(is_class_number, numbers.values()))
        self._known = _turned(
            (entry.value, {_plain(entry.name)})
            for entry in (known if whole else None) or ()
            if _plain(entry.name) in called.get(entry.value, {_plain(entry.name)})
        )

    def meant(self, text: str) -> set[Key]:
        """Return the keys that a text may stand for, itself where it has a name."""
        if text in self._called:
            return {text}
        said = self._said(text)
        found = {said} - {None} | self._styled.get(_plain(text), set())
        return found or self._known.get(_plain(text), set())

    def _styled_key(self, key: object) -> Key:
        """Return the key of areas that a style is for; None for none."""
        said = self._said(key)
        if said is None and isinstance(key, str):
            return self._texts.get(key_text(key), key.strip() or None)
        return self._texts.get(key_text(key)) if said is None else said

    def _said(self, text: object) -> Key:
        """Return the number that a text or another number says; None for none."""
        plain = _plain(text)
        if plain in self._numbers:
            return self._numbers[plain]
        if self._whole and _WHOLE.fullmatch(plain) and is_class_number(int(plain)):
            return int(plain)
        return None


def _turned(called: Iterable[tuple[Key, set[str]]]) -> dict[str, set[Key]]:
    """Return the keys that have a name, by name."""
    keys: dict[str, set[Key]] = {}
    for key, names in called:
        for name in names:
            keys.setdefault(name, set()).add(key)
    return keys


def _plain(key: object) -> str:
    return one_line(key_text(key)).casefold()


def _warn(found: Mapping[str, set[Key]], numbers: bool, progress: Progress) -> None:
    """Say which texts stand for which keys, and which may be a class twice."""
    sure = {text: next(iter(own)) for text, own in found.items() if len(own) == 1}
    other = [t for t, key in sure.items() if _plain(t) != _plain(key)]
    if other:
        shown = ", ".join(
            tr("'{name}' for {number}").format(name=text, number=sure[text])
            for text in other[:SHOWN]
        )
        shown = with_more(shown, len(other) - SHOWN)
        progress.info(
            tr("Class names stand for values of the class field: {names}.").format(
                names=shown
            )
        )
    doubtful = [text for text, own in found.items() if len(own) > 1]
    if doubtful:
        shown = "; ".join(
            tr("'{name}' for {number}").format(
                name=text, number=" / ".join(sorted(map(key_text, found[text])))
            )
            for text in doubtful[:SHOWN]
        )
        progress.warning(
            tr(
                "Several values of the class field have a name that is also used as a "
                "class: {shown}. These names are separate classes. Use the value, or "
                "rename the classes."
            ).format(shown=shown)
        )
    apart = [text for text, own in found.items() if not own]
    if apart and numbers:
        progress.warning(
            tr(
                "Some areas give their class as a number and others as text. The "
                "numbers of {apart} are not known, so these are separate classes."
            ).format(apart=listed(apart))
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
        raise InputError(tr("The two maps together have too many classes.")) from error
    entries.append(added)
    return added


def _bare(entry: ClassEntry, value: int) -> bool:
    """Return whether a class is known by its number alone."""
    return entry.name.strip() == str(value)


def _names_of_numbers(class_of_key: Mapping[Key, int]) -> list[dict[str, Key]]:
    """Return as styles which texts are of the same class as a number."""
    numbers = {k: key for key, k in class_of_key.items() if not isinstance(key, str)}
    return [
        {"key": numbers[k], "name": key}
        for key, k in class_of_key.items()
        if isinstance(key, str) and k in numbers
    ]
