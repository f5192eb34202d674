"""Where the state of a training is kept, so that an interrupted one can continue.

Files lie in the user's cache folder, not beside the outputs, appear whole or not at
all, and are removed when the run succeeds, after some days, or when they take too much
room. They hold weights and losses: no pixel of the scene and no path.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import time
from contextlib import suppress
from dataclasses import dataclass, field, fields, is_dataclass
from pathlib import Path
from typing import Any

import platformdirs
import safetensors
import safetensors.torch
import torch
from torch import Tensor

from miaf_engine.errors import FileError
from miaf_engine.io.outputs import pending
from miaf_engine.io.paths import is_file
from miaf_engine.translation import tr

INTERVAL_S = 30.0  # of training between two checkpoints
KEEP_DAYS = 14  # of one that nobody resumed
MOST_BYTES = 2 * 2**30  # of all together
ROOM_BYTES = 512 * 2**20  # that a checkpoint leaves free on its disk
# Environment variables for tests, and for a cache folder that is too small.
FOLDER_VARIABLE, INTERVAL_VARIABLE = "MIAF_CHECKPOINT_FOLDER", "MIAF_CHECKPOINT_SECONDS"
_FORMAT, _SUFFIX = "miaf-checkpoint-1", ".checkpoint.safetensors"
_DAY_S = 86_400.0


@dataclass(frozen=True)
class Saved:
    """What a checkpoint holds.

    Attributes:
        facts: JSON values.
        tensors: Tensors on the CPU, by name.
    """

    facts: dict[str, Any]
    tensors: dict[str, Tensor]


@dataclass
class Checkpoints:
    """The checkpoints of one run of the engine.

    Attributes:
        folder: Where they lie.
        resume: Whether an interrupted training continues from its checkpoint.
        interval_s: Seconds of training between two; 0 keeps one an epoch.
    """

    folder: Path
    resume: bool = True
    interval_s: float = INTERVAL_S
    _used: set[str] = field(default_factory=set)
    _began: float | None = None

    @classmethod
    def of_user(cls, *, resume: bool) -> Checkpoints:
        """Return those of this user, old ones removed."""
        named = os.environ.get(FOLDER_VARIABLE)
        folder = Path(named) if named else cache_folder() / "checkpoints"
        found = cls(folder, resume, _interval())
        found.tidy()
        return found

    def began(self) -> float:
        """Return when the first of the run's trainings began: now, if this is it."""
        if self._began is None:
            self._began = time.monotonic()
        return self._began

    def path(self, key: str) -> Path:
        """Return the file of a training."""
        return self.folder / f"{key}{_SUFFIX}"

    def load(self, key: str) -> Saved | None:
        """Return the checkpoint of a training; None where none is whole."""
        self._used.add(key)
        if not self.resume or not is_file(self.path(key)):
            return None
        try:
            return _read(self.path(key))
        except (OSError, ValueError, KeyError, TypeError, safetensors.SafetensorError):
            self._remove(self.path(key))
            return None

    def save(self, key: str, facts: dict[str, Any], tensors: dict[str, Tensor]) -> None:
        """Put a checkpoint in place of the one before.

        Raises:
            FileError: It cannot be written, or the disk would be left too full.
        """
        plain = {name: t.detach().cpu().contiguous() for name, t in tensors.items()}
        facts = {**facts, "digest": digest_of(plain)}
        text = json.dumps(facts, sort_keys=True)
        content = safetensors.torch.save(plain, metadata={_FORMAT: text})
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if shutil.disk_usage(self.folder).free < len(content) + ROOM_BYTES:
                raise FileError(
                    tr("The disk of '{folder}' is nearly full.").format(
                        folder=self.folder
                    )
                )
        except OSError as error:
            if isinstance(error, FileError):
                raise
            raise FileError(
                tr("Cannot create '{folder}': {error}.").format(
                    folder=self.folder, error=error
                )
            ) from error
        with pending(self.path(key), at_once=True) as temporary:
            Path(temporary).write_bytes(content)

    def forget(self) -> None:
        """Remove the checkpoints of this run's trainings: their outputs are there."""
        for key in self._used:
            self._remove(self.path(key))

    def tidy(self) -> None:
        """Remove what is old, half-written by a killed run, or too much."""
        with suppress(OSError):
            found = [(path.stat(), path) for path in self.folder.glob(f"*{_SUFFIX}")]
            found.sort(key=lambda pair: -pair[0].st_mtime)
            now, total = time.time(), 0
            for facts, path in found:
                half = path.name.startswith(".")
                total += facts.st_size
                limit = _DAY_S * (1 if half else KEEP_DAYS)
                if now - facts.st_mtime > limit or total > MOST_BYTES:
                    self._remove(path)

    @staticmethod
    def _remove(path: Path) -> None:
        with suppress(OSError):
            path.unlink()


def cache_folder() -> Path:
    """Return the engine's folder for what can be made again."""
    # Without the opinion, which on Windows adds a folder "Cache" below this one.
    return platformdirs.user_cache_path("miaf-engine", appauthor=False, opinion=False)


def digest_of(value: Any) -> str:
    """Return a digest of tensors, numbers and texts, in any nesting."""
    digest = hashlib.blake2b(digest_size=16)
    _feed(digest, value)
    return digest.hexdigest()


def _feed(digest: Any, value: Any) -> None:
    if isinstance(value, Tensor):
        array = value.detach().cpu().contiguous()
        digest.update(f"{array.dtype}{tuple(array.shape)}".encode("ascii"))
        if array.numel():
            digest.update(array.flatten().view(torch.uint8).numpy())
    elif isinstance(value, dict):
        for name in sorted(value):
            digest.update(f"{name}=".encode())
            _feed(digest, value[name])
    elif isinstance(value, (list, tuple)):
        digest.update(f"[{len(value)}]".encode("ascii"))
        for part in value:
            _feed(digest, part)
    elif is_dataclass(value):
        _feed(digest, {item.name: getattr(value, item.name) for item in fields(value)})
    else:
        digest.update(f"{value!r};".encode())


def _read(path: Path) -> Saved:
    with safetensors.safe_open(path, framework="pt", device="cpu") as file:
        facts = json.loads(file.metadata()[_FORMAT])
        # Copies, in torch's own memory, so that the file is released.
        tensors = {name: file.get_tensor(name).clone() for name in file.keys()}
    if facts["digest"] != digest_of(tensors):
        raise ValueError("damaged")
    return Saved(facts, tensors)


def _interval() -> float:
    try:
        return max(0.0, float(os.environ.get(INTERVAL_VARIABLE, INTERVAL_S)))
    except ValueError:
        return INTERVAL_S
