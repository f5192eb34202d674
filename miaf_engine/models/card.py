"""The header of a model file: all that a classification must repeat, and its origin.

A model file is a safetensors file (8 bytes of header length, a JSON header, the
tensors) whose metadata hold one key, `miaf`, with JSON. This module reads the header
with the standard library, so that a plugin can show a model without torch.
"""

from __future__ import annotations

import json
import math
import os
import stat
import struct
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, BinaryIO, NoReturn

from miaf_engine.classes import ClassTable
from miaf_engine.cubes.bands import BandTable
from miaf_engine.errors import FileError, InputError, ModelFormatError
from miaf_engine.limits import MAX_MODEL_HEADER_BYTES
from miaf_engine.translation import marked, tr

FORMAT = "miaf-model"
# 2 added the temperature, 3 the area of applicability, 4 the brightness, 5 tie points,
# 6 how unlike the areas were that the temperature was fitted on.
VERSION = 6
METADATA_KEY = "miaf"
_LATER = ("applicability", "brightness", "tie_points")  # null in older files
_LENGTH = struct.Struct("<Q")
_ITEM_BYTES = {
    "BOOL": 1, "U8": 1, "I8": 1, "U16": 2, "I16": 2, "F16": 2, "BF16": 2,
    "U32": 4, "I32": 4, "F32": 4, "U64": 8, "I64": 8, "F64": 8,
}  # fmt: skip
# What a file may say of its temperature; fits stay well inside.
_COLDEST, _HOTTEST = 0.01, 100.0
_LARGEST = 3.4e38  # number that a float32 can be
_HINT = marked("Choose a model trained with this plugin (*.miaf.safetensors).")


@dataclass(frozen=True)
class ModelCard:
    """What a model file says about itself; all parts are JSON values.

    Attributes:
        bands: Bands of the training cube; the network sees those marked good.
        band_tolerance_nm: How far a band of another cube may lie off.
        normalisation: Statistics that turn cube values into the scene.
        projection: Projection that superpixels are made from.
        classes: Values, names and colours.
        network: Values of `NetworkConfig`.
        superpixels: Values of `SuperpixelConfig`.
        split: Values of `SplitConfig`, and what came of them.
        training: Values of `TrainConfig`, and what came of them.
        seed: Seed of the split, the weights and the noise.
        scores: Accuracy figures and pixels by class and role.
        provenance: Versions, device, time and file names (no folders).
        temperature: What logits are divided by, so that probabilities are calibrated;
            files of version 1 have none and mean 1.
        applicability: Values of `Applicability`; None where it is not known, as in
            files of versions 1 and 2.
        brightness: Of each cube whose brightness the model knows, `mean_brightness` of
            a sample; None where its network has no heads of the unnormalised spectrum,
            as in files of versions 1 to 3.
        tie_points: Values of `TiePoints` of each training cube; None where they are not
            known, as in files of versions 1 to 4.
    """

    bands: BandTable
    band_tolerance_nm: float
    normalisation: dict[str, Any]
    projection: dict[str, Any]
    classes: ClassTable
    network: dict[str, Any]
    superpixels: dict[str, Any]
    split: dict[str, Any]
    training: dict[str, Any]
    seed: int
    scores: dict[str, Any]
    provenance: dict[str, Any]
    temperature: float = 1.0
    applicability: dict[str, Any] | None = None
    brightness: list[Any] | None = None
    tie_points: list[Any] | None = None

    @property
    def epochs(self) -> int | None:
        """Epochs asked for, with those of the models that training continued from.

        None where the file does not say.
        """
        before = self.provenance.get("initial_models", [])
        try:
            trainings = [self.training, *(entry["training"] for entry in before)]
            epochs = [training["epochs"] for training in trainings]
        except (KeyError, TypeError):
            return None
        return sum(epochs) if all(type(n) is int for n in epochs) else None

    @property
    def calibrated(self) -> bool:
        """Whether the temperature was fitted on pixels that were held out.

        A file that does not say counts as calibrated, save where its temperature is the
        one that changes nothing.
        """
        return bool(self.scores.get("calibration_pixels", self.temperature != 1.0))

    def as_json(self) -> dict[str, Any]:
        """Return the card as JSON values, with format and version."""
        values = {item.name: getattr(self, item.name) for item in fields(self)}
        values |= {"bands": self.bands.as_json(), "classes": self.classes.as_json()}
        return {"format": FORMAT, "version": VERSION, **values}

    def as_text(self) -> str:
        """Return the card as JSON text, the same for the same card.

        Raises:
            ValueError: A number is not finite.
        """
        return json.dumps(self.as_json(), sort_keys=True, allow_nan=False)

    @classmethod
    def from_json(cls, values: Mapping[str, Any], path: str = "") -> ModelCard:
        """Build a card from what `as_json` returned.

        Args:
            values: JSON values.
            path: Name of the file, for the message.

        Raises:
            ModelFormatError: Format, version, a key or a value is wrong.
        """
        _check_kind(values, path)
        known = {item.name for item in fields(cls)}
        values = {"temperature": 1.0, **dict.fromkeys(_LATER), **values}
        found = set(values) - {"format", "version"}
        if odd := found - known:
            _refuse(
                path,
                tr("its header has unknown keys: {odd}. Known are {known}").format(
                    odd=_listed(odd), known=_listed(known)
                ),
            )
        if odd := known - found:
            _refuse(
                path,
                tr("its header lacks keys: {odd}. Found are {found}").format(
                    odd=_listed(odd), found=_listed(found)
                ),
            )
        _check_types(values, path)
        parts = {key: values[key] for key in known}
        return cls(**parts | _tables(values, path))


def read_card(path: str | os.PathLike[str]) -> ModelCard:
    """Read the header of a model file; the tensors are not loaded.

    Raises:
        FileError: The file is missing or cannot be read.
        ModelFormatError: It is no model file, damaged, cut short, or newer.
    """
    name = str(path)
    try:
        _check_plain(Path(path))
        with Path(path).open("rb") as file:
            header = _read_header(file, os.fstat(file.fileno()).st_size, name)
    except (FileError, ModelFormatError):
        raise
    except OSError as error:
        raise FileError(
            tr("Cannot read the model '{path}': {reason}.").format(
                path=name, reason=error.strerror or error
            )
        ) from error
    metadata = header.get("__metadata__")
    text = metadata.get(METADATA_KEY) if isinstance(metadata, dict) else None
    if not isinstance(text, str):
        found = _listed(metadata) if isinstance(metadata, dict) else _listed(())
        _refuse(
            name,
            tr("its metadata lack the key '{key}' (found: {found})").format(
                key=METADATA_KEY, found=found
            ),
        )
    return ModelCard.from_json(_parsed(text, name), name)


def _check_plain(path: Path) -> None:
    """Refuse a pipe: whoever opens one waits for a writer, perhaps for ever."""
    mode = path.stat().st_mode
    if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
        raise FileError(
            tr("'{path}' is a device or a pipe, not a model file.").format(path=path),
            hint=tr("Choose a file on a disk (*.miaf.safetensors)."),
        )


def _read_header(file: BinaryIO, size: int, path: str) -> dict[str, Any]:
    """Return the safetensors header after checking it against the file's size."""
    start = file.read(_LENGTH.size)
    if len(start) < _LENGTH.size:
        _refuse(
            path, tr("it has {size} bytes and no safetensors header").format(size=size)
        )
    length = _LENGTH.unpack(start)[0]
    limit = min(MAX_MODEL_HEADER_BYTES, size - _LENGTH.size)
    if not 2 <= length <= limit:
        _refuse(
            path,
            tr(
                "it is not a safetensors file or is cut short: its header would have "
                "{length} bytes, but only 2 to {limit} are possible"
            ).format(length=length, limit=limit),
        )
    header = _parsed(file.read(length), path)
    end = size - _LENGTH.size - length
    for key, entry in header.items():
        if key != "__metadata__":
            _check_tensor(key, entry, end, path)
    return header


def _check_tensor(key: str, entry: Mapping[str, Any], end: int, path: str) -> None:
    """Refuse a tensor whose bytes do not fit its shape or lie beyond the file's end."""
    try:
        first, last = entry["data_offsets"]
        shape, size = entry["shape"], _ITEM_BYTES[entry["dtype"]]
        whole = all(type(n) is int and n >= 0 for n in (first, last, *shape))
        sound = whole and last - first == math.prod(shape) * size
    except (KeyError, TypeError, ValueError):
        sound = False
    if not sound:
        _refuse(path, tr("the entry of its tensor '{key}' is damaged").format(key=key))
    if last > end:
        _refuse(
            path,
            tr(
                "it is cut short: its tensor '{key}' ends at byte {last} of the data, "
                "but there are only {end} bytes"
            ).format(key=key, last=last, end=end),
        )


def _parsed(text: str | bytes, path: str) -> dict[str, Any]:
    def finite(word: str) -> float:
        number = float(word)  # also for NaN and Infinity, which Python would read
        if not math.isfinite(number):
            raise ValueError(word)
        return number

    try:
        values = json.loads(text, parse_float=finite, parse_constant=finite)
    # Nested brackets without end exhaust the stack: a file may try.
    except (ValueError, RecursionError) as error:
        raise ModelFormatError(
            tr("'{path}' is not a MIAF model: its header is not valid JSON.").format(
                path=path
            ),
            hint=tr(_HINT),
        ) from error
    if not isinstance(values, dict):
        _refuse(path, tr("its header is not a JSON object"))
    return values


def _check_kind(values: Mapping[str, Any], path: str) -> None:
    kind, version = values.get("format"), values.get("version")
    if kind != FORMAT:
        _refuse(
            path,
            tr("its format is {found}, known is '{known}'").format(
                found=repr(kind), known=FORMAT
            ),
        )
    if type(version) is not int or version < 1:
        _refuse(
            path,
            tr("its version is {found}, known is {known}").format(
                found=repr(version), known=VERSION
            ),
        )
    if version > VERSION:
        raise ModelFormatError(
            tr(
                "'{path}' is a MIAF model of version {version}, but this release reads "
                "version {known}."
            ).format(path=path, version=version, known=VERSION),
            hint=tr("Update the plugin, or train the model again."),
        )


def _check_types(values: Mapping[str, Any], path: str) -> None:
    kinds: dict[str, Any] = {
        "bands": (list, dict),
        "classes": list,
        "seed": int,
        "band_tolerance_nm": (int, float),
        "temperature": (int, float),
        "applicability": (dict, type(None)),
        "brightness": (list, type(None)),
        "tie_points": (list, type(None)),
    }
    for item in fields(ModelCard):
        value = values[item.name]
        wanted = kinds.get(item.name, dict)
        if isinstance(value, bool) or not isinstance(value, wanted):
            found = type(value).__name__
            _refuse(
                path,
                tr("the entry '{name}' of its header is a {found}").format(
                    name=item.name, found=found
                ),
            )
    if not all(map(_is_pair, values["brightness"] or ())):
        _refuse(path, tr("the brightness in its header is damaged"))
    temperature = values["temperature"]
    if not _COLDEST <= temperature <= _HOTTEST:  # also where it is not a number
        _refuse(
            path,
            tr(
                "its temperature is {temperature}, but only {low:g} to {high:g} are "
                "possible"
            ).format(temperature=temperature, low=_COLDEST, high=_HOTTEST),
        )


def _is_pair(value: object) -> bool:
    """Return whether a JSON value is two numbers that a float32 can be."""
    return (
        isinstance(value, list)
        and len(value) == 2
        and all(type(part) in (int, float) and abs(part) < _LARGEST for part in value)
    )


def _tables(values: Mapping[str, Any], path: str) -> dict[str, Any]:
    """Return bands and classes as the card holds them."""
    try:
        return {
            "bands": BandTable.from_json(values["bands"]),
            "classes": ClassTable.from_json(values["classes"]),
        }
    except (InputError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise ModelFormatError(
            tr(
                "'{path}' is not a MIAF model: the bands or classes in its header are "
                "damaged ({error})."
            ).format(path=path, error=error),
            hint=tr(_HINT),
        ) from error


def _refuse(path: str, reason: str) -> NoReturn:
    raise ModelFormatError(
        tr("'{path}' is not a MIAF model: {reason}.").format(path=path, reason=reason),
        hint=tr(_HINT),
    )


def _listed(names: Iterable[object]) -> str:
    return ", ".join(sorted(map(str, names))) or tr("none")
