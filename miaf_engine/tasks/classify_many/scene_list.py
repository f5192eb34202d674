"""Reads a list of scenes, and gives each a name of its own for its outputs."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from miaf_engine.errors import FileError, InputError, listed
from miaf_engine.io.gdal import refuse_network
from miaf_engine.limits import MAX_LIST_BYTES
from miaf_engine.progress import SILENT, Progress


def read_scene_list(path: str, progress: Progress = SILENT) -> list[str]:
    """Return the cubes of a list, as absolute paths in the list's order, each once.

    A line is a path, absolute or relative to the list's folder. Blank lines, and lines
    that begin with #, are left out.

    Args:
        path: The list, UTF-8.
        progress: Warned of scenes that are listed twice.

    Raises:
        FileError: The list cannot be read, is too large, or names an address on a
            network.
        InputError: It is no text, or has no scene.
    """
    folder = Path(os.path.abspath(path)).parent
    lines = [line.strip() for line in _text(path).splitlines()]
    named = [line for line in lines if line and not line.startswith("#")]
    if not named:
        raise InputError(
            f"The list '{path}' names no scene.",
            hint="Write the path of a cube on each line.",
        )
    scenes: dict[str, str] = {}
    twice = []
    for line in named:
        refuse_network(line)
        scene = os.path.normpath(folder / line)
        if scenes.setdefault(os.path.realpath(scene), line) is not line:
            twice.append(line)
    if twice:
        progress.warning(f"Listed more than once, and done once: {listed(twice)}.")
    return [os.path.normpath(folder / line) for line in scenes.values()]


def output_names(
    scenes: Sequence[str], known: Mapping[str, str] | None = None
) -> list[str]:
    """Return a name for the outputs of each scene: the one it had, or that of its file.

    Files of one name get as many of the folders above in front as tell them apart,
    `2019_line.tif` and `2020_line.tif` say, and numbers where none does. Upper and
    lower case are one, as on some disks.

    Args:
        scenes: Absolute paths, none of them twice.
        known: Names that an earlier run has given, by scene. They stay, so that a scene
            added to a list does not rename the maps of others.
    """
    depth = [1] * len(scenes)
    kept = _kept(scenes, known or {})
    names = [kept.get(scene) or _name(scene, 1) for scene in scenes]
    for _ in range(max(len(Path(scene).parts) for scene in scenes)):
        counts = Counter(name.casefold() for name in names)
        shared = [
            i
            for i, name in enumerate(names)
            if counts[name.casefold()] > 1 and scenes[i] not in kept
        ]
        if not shared:
            return names
        for i in shared:
            depth[i] += 1
            names[i] = _name(scenes[i], depth[i])
    free = [i for i, scene in enumerate(scenes) if scene not in kept]
    taken = {name.casefold() for name in kept.values()}
    for i, name in zip(free, _numbered([names[i] for i in free], taken), strict=True):
        names[i] = name
    return names


def _text(path: str) -> str:
    try:
        if Path(path).stat().st_size > MAX_LIST_BYTES:
            raise FileError(
                f"The list '{path}' is larger than {MAX_LIST_BYTES // 2**20} MiB.",
                hint="Is it a list of paths? Cut it into several.",
            )
        content = Path(path).read_bytes()
    except OSError as error:
        if isinstance(error, FileError):
            raise
        reason = error.strerror or error
        raise FileError(f"Cannot read the list '{path}': {reason}.") from error
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(
            f"The list '{path}' is not UTF-8 text.",
            hint="It is a text file with the path of a cube on each line.",
        ) from error
    if "\0" in text:
        raise InputError(
            f"The list '{path}' is no text.",
            hint="It is a text file with the path of a cube on each line.",
        )
    return text


def _name(scene: str, depth: int) -> str:
    """Return a file's name without suffix, after the folders above it."""
    path = Path(scene)
    folders = [part for part in path.parts[:-1] if part != path.anchor]
    above = folders[len(folders) - depth + 1 :] if depth > 1 else []
    return "_".join([*above, path.stem])


def _kept(scenes: Sequence[str], known: Mapping[str, str]) -> dict[str, str]:
    """Return the known names of scenes, each name once."""
    kept: dict[str, str] = {}
    taken: set[str] = set()
    for scene in scenes:
        name = known.get(scene)
        if name and name.casefold() not in taken:
            kept[scene] = name
            taken.add(name.casefold())
    return kept


def _numbered(names: Sequence[str], reserved: Collection[str]) -> list[str]:
    """Put a number after names that are taken."""
    taken = set(reserved)
    free = []
    for name in names:
        number, own = 1, name
        while own.casefold() in taken:
            number += 1
            own = f"{name}_{number}"
        taken.add(own.casefold())
        free.append(own)
    return free
