"""What is to be done for a list of scenes: which of them, and where to."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from miaf_engine import __version__
from miaf_engine.errors import FileError, InputError, listed
from miaf_engine.io.fingerprints import fingerprint
from miaf_engine.io.gdal import refuse_network
from miaf_engine.io.input_files import InputFiles
from miaf_engine.io.outputs import check_writable
from miaf_engine.io.paths import is_file, is_folder, is_there, why_unseen
from miaf_engine.limits import MAX_LIST_BYTES
from miaf_engine.models.card import ModelCard, read_card
from miaf_engine.progress import SILENT, Progress
from miaf_engine.requests.classify import ClassifyManyRequest, ClassifyRequest
from miaf_engine.requests.rasters import CLASS_MAP, MAP_RASTERS, RASTER_NAMES
from miaf_engine.tasks.classify_many.summary import (
    KEPT,
    NOT_RUN,
    SceneRow,
    is_up_to_date,
    notes_beside,
    read_summary,
    stamp,
    stamps_of_input,
    warn_of_unlisted_maps,
)
from miaf_engine.tasks.outputs import check_unread
from miaf_engine.tasks.workers.jobs import Job
from miaf_engine.translation import tr

_QUOTED = re.compile(r'^"(.*)"$')
# A run that failed for lack of memory continues with fewer workers or a smaller budget.
_NOT_DECISIVE = {"scene_list", "model", "output_folder", "workers", "scheduler"}
# What shares out the scenes of the list; a worker maps a whole scene by itself.
_OF_THE_LIST = {"workers", "threads", "scheduler"}


def read_scene_list(path: str, progress: Progress = SILENT) -> list[str]:
    """Return the cubes of a list, as absolute paths in the list's order, each once.

    A line is a path, absolute or relative to the list's folder, in quotation marks or
    not. Blank lines, and lines that begin with #, are left out.

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
    lines = [line for line in lines if line and not line.startswith("#")]
    # Windows copies paths in quotation marks, which no path there can have.
    named = [_QUOTED.sub(r"\1", line) for line in lines]
    if not named:
        raise InputError(
            tr("The list '{path}' has no scenes.").format(path=path),
            hint=tr("Write the path of a cube on each line."),
        )
    scenes: dict[str, str] = {}
    twice = []
    for line in named:
        refuse_network(line)
        scene = os.path.normpath(folder / line)
        if scenes.setdefault(os.path.realpath(scene), line) is not line:
            twice.append(line)
    if twice:
        progress.warning(
            tr("Listed several times, but classified once: {twice}.").format(
                twice=listed(twice)
            )
        )
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


@dataclass(frozen=True, eq=False)
class ManyPlan:
    """What is to be done.

    Attributes:
        table: Where the summary lies.
        rows: A row for each scene in the list's order, those to do as not run.
        jobs: What to do; `Job.number` is the place in `rows`.
        setup: What each worker is sent first.
        card: The model's header.
        folder: Where all outputs lie.
    """

    table: Path
    rows: list[SceneRow]
    jobs: list[Job]
    setup: dict[str, Any]
    card: ModelCard
    folder: str

    @classmethod
    def of(cls, request: ClassifyManyRequest, progress: Progress) -> ManyPlan:
        """Read the list and see what is done already.

        Raises:
            ConfigError: An output would replace an input.
            InputError: None of the scenes is there.
            FileError: List or mask cannot be read, or the folder not be written.
            ModelFormatError: The model is damaged.
        """
        scenes = read_scene_list(request.scene_list, progress)
        model = os.path.abspath(request.model)
        card = read_card(model)
        _check_mask(request.mask)
        table = _table_of(request)
        known = read_summary(table, progress)
        names = output_names(scenes, _names_before(known))
        digest = fingerprint("model", model).sha256 or ""
        asked = [
            _request_of(request, scene, name, model)
            for scene, name in zip(scenes, names, strict=True)
        ]
        others = (request.scene_list, model, request.mask)
        read = InputFiles([*(one.cube for one in asked), *others])
        _check_apart(asked, read, table)
        _look_for(scenes, request.scheduler is None, progress)
        options = _digest_of(request, digest)
        written = [path for one in asked for path in paths_of(one)]
        warn_of_unlisted_maps(known, scenes, written, progress)
        known = {} if request.again else known
        rows = [_row_of(one, options, known.get(one.cube), read) for one in asked]
        jobs = [
            Job(
                number,
                one.cube,
                {
                    "kind": "scene",
                    "request": one.as_json(),
                    "digest": digest,
                    "engine": __version__,
                },
            )
            for number, (one, row) in enumerate(zip(asked, rows, strict=True))
            if row.outcome == NOT_RUN
        ]
        setup = {"model": model, "digest": digest, "device": request.device}
        return cls(table, rows, jobs, setup, card, str(table.parent))


def paths_of(request: ClassifyRequest) -> list[str]:
    """Return the outputs of a scene."""
    return [path for name in RASTER_NAMES if (path := getattr(request, name))]


def _text(path: str) -> str:
    if is_there(path) and not (is_file(path) or is_folder(path)):
        raise FileError(
            tr("The list '{path}' is a device or a pipe.").format(path=path),
            hint=tr("Write the paths into a file on a disk."),
        )
    try:
        if Path(path).stat().st_size > MAX_LIST_BYTES:
            raise FileError(
                tr("The list '{path}' is larger than {most} MiB.").format(
                    path=path, most=MAX_LIST_BYTES // 2**20
                ),
                hint=tr(
                    "Check that it is a list of paths, or divide it into several lists."
                ),
            )
        content = Path(path).read_bytes()
    except OSError as error:
        if isinstance(error, FileError):
            raise
        reason = error.strerror or error
        raise FileError(
            tr("Cannot read the list '{path}': {reason}.").format(
                path=path, reason=reason
            )
        ) from error
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(
            tr("The list '{path}' is not UTF-8 text.").format(path=path),
            hint=tr("Write a text file with the path of a cube on each line."),
        ) from error
    if "\0" in text:
        raise InputError(
            tr("The list '{path}' is not text.").format(path=path),
            hint=tr("Write a text file with the path of a cube on each line."),
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


def _table_of(request: ClassifyManyRequest) -> Path:
    folder = Path(os.path.abspath(request.output_folder))
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FileError(
            tr("Cannot make the folder '{folder}': {reason}.").format(
                folder=folder, reason=error.strerror or error
            ),
            hint=tr("Choose another folder."),
        ) from error
    table = folder / f"{Path(request.scene_list).stem}_summary.csv"
    check_writable(table)
    check_writable(notes_beside(table))
    return table


def _check_mask(mask: str | None) -> None:
    if mask is not None and not is_there(mask):
        if reason := why_unseen(mask):
            raise FileError(
                tr("Cannot read the mask '{mask}': {reason}.").format(
                    mask=mask, reason=reason
                )
            )
        raise FileError(tr("There is no mask '{mask}'.").format(mask=mask))


def _names_before(known: Mapping[str, SceneRow]) -> dict[str, str]:
    """Return the names that an earlier run gave to scenes, from those of their maps."""
    ending = CLASS_MAP.ending
    files = {scene: Path(row.map).name for scene, row in known.items()}
    return {
        scene: file.removesuffix(ending)
        for scene, file in files.items()
        if file.endswith(ending)
    }


def _request_of(
    request: ClassifyManyRequest, scene: str, name: str, model: str
) -> ClassifyRequest:
    """Return the request for one scene: options of the same name and its outputs."""
    own = {item.name for item in fields(ClassifyRequest)}
    own -= {*RASTER_NAMES, *_OF_THE_LIST}
    given = request.as_json()
    values = {key: value for key, value in given.items() if key in own}
    if request.mask is not None:
        values["mask"] = os.path.abspath(request.mask)
    folder = Path(os.path.abspath(request.output_folder))
    for raster in MAP_RASTERS:
        if raster is CLASS_MAP or given[raster.name]:
            values[raster.name] = str(folder / f"{name}{raster.ending}")
    values |= {"cube": scene, "model": model}
    return ClassifyRequest(**values)


def _check_apart(
    asked: Sequence[ClassifyRequest], read: InputFiles, table: Path
) -> None:
    """Refuse outputs that any scene is read from, be it as the source of a VRT."""
    written = [str(table), str(notes_beside(table))]
    for path in [*written, *(path for one in asked for path in paths_of(one))]:
        check_unread(path, read)


def _look_for(scenes: Sequence[str], here: bool, progress: Progress) -> None:
    """Tell of scenes that are not there, and refuse a list of nothing else."""
    missing = [scene for scene in scenes if not is_there(scene)]
    if here and len(missing) == len(scenes):
        reason = why_unseen(scenes[0])
        raise InputError(
            tr("No scene in the list exists, for example {example}.").format(
                example=f"'{scenes[0]}' ({reason})" if reason else f"'{scenes[0]}'",
            ),
            hint=tr("Paths are absolute, or relative to the folder of the list."),
        )
    if missing:
        progress.warning(
            tr("Scenes that do not exist: {missing} of {scenes}.").format(
                missing=len(missing), scenes=len(scenes)
            )
        )


def _digest_of(request: ClassifyManyRequest, model: str) -> str:
    """Return a digest of all that decides a map besides the cube itself."""
    given = {k: v for k, v in request.as_json().items() if k not in _NOT_DECISIVE}
    mask = None if request.mask is None else stamps_of_input(request.mask)
    text = json.dumps([__version__, model, given, mask], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def _row_of(
    one: ClassifyRequest, options: str, known: SceneRow | None, read: InputFiles
) -> SceneRow:
    made_from = None
    if stamp(one.cube) is not None:
        made_from = {
            "options": options,
            "files": stamps_of_input(one.cube, read.files_of(one.cube)),
        }
    output = str(one.output)
    if known and made_from and is_up_to_date(known, made_from, paths_of(one)):
        return SceneRow(**{**vars(known), "outcome": KEPT, "map": output})
    return SceneRow(one.cube, NOT_RUN, output, made_from=made_from)


_NOT_DECISIVE |= {"again", "threads", "memory_mb", "device"}
