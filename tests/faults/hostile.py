"""Gives the engine files that are cut short, or were made to do harm."""

from __future__ import annotations

import json
import os
import pickle
import random
import shutil
import struct
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.faults.jobs import Job, engine, finish, last, leftovers

HOSTILE = ("truncated raster", "hostile raster", "hostile model", "hostile areas")
HOSTILE += ("hostile request",)
_CUBES = {"train": "cube", "classify": "cube", "assess": "classification"}
_AREAS = {"train": "rois", "assess": "reference"}
_NETWORK = "/vsicurl/http://127.0.0.1:9/a.tif"
_ENTITIES = "".join(f'<!ENTITY e{n} "{20 * f"&e{n - 1};"}">' for n in range(1, 9))
_BOMB = (
    f'<!DOCTYPE x [<!ENTITY e0 "aaaaaaaa">{_ENTITIES}]><PAMDataset>&e8;</PAMDataset>'
)


def applies(fault: str, task: str) -> bool:
    """Return whether a task reads such a file."""
    if fault == "hostile model":
        return task == "classify"
    return fault != "hostile areas" or task in _AREAS


def strike(job: Job, fault: str, number: int, folder: Path) -> dict[str, Any]:
    """Run a job on such a file, and return what was found."""
    chance = random.Random(f"{job.task} {fault} {number}")
    shutil.rmtree(folder, ignore_errors=True)
    results = folder / "results"
    shutil.copytree(job.old, results)
    request = job.request(results, folder / "request.json")
    if fault == "hostile request":
        kind = _spoil_request(request, number)
    else:
        key, kind, path = _spoilt(job, fault, number, folder, chance)
        request = job.request(results, folder / "request.json", **{key: str(path)})
    begun = time.monotonic()
    process = engine(request, folder / "scratch")
    said = last(finish(process))
    found = {
        "fault": fault,
        "task": job.task,
        "number": number,
        "what": kind,
        "exit": process.returncode,
        "kind": said.get("kind", said.get("type", "")),
        "message": said.get("message", ""),
        "results": job.judge(results),
        "leftovers": leftovers(results, job),
        "seconds": round(time.monotonic() - begun, 2),
    }
    shutil.rmtree(folder, ignore_errors=True)
    return found


def _spoilt(
    job: Job, fault: str, number: int, folder: Path, chance: random.Random
) -> tuple[str, str, Path]:
    """Return the field of the request, what is wrong, and the spoilt file."""
    kinds, key = _RASTERS, _CUBES[job.task]
    if fault == "hostile model":
        kinds, key = _MODELS, "model"
    elif fault == "hostile areas":
        kinds, key = _VECTORS, _AREAS[job.task]
    kind, spoil = list(kinds.items())[number % len(kinds)]
    if fault == "truncated raster":
        kind, spoil = "cut short", _cut
    source = Path(job.values[key])
    copy = folder / "input" / source.name
    copy.parent.mkdir()
    shutil.copy2(source, copy)
    return key, kind, spoil(copy, chance)


def _cut(path: Path, chance: random.Random) -> Path:
    os.truncate(path, int(path.stat().st_size * chance.uniform(0.0, 0.98)))
    return path


def _text(suffix: str, text: str) -> Callable[[Path, random.Random], Path]:
    def write(path: Path, _chance: random.Random) -> Path:
        other = path.with_suffix(suffix)
        other.write_text(text.replace("SELF", str(other)), encoding="utf-8")
        return other

    return write


def _vrt(source: str, size: int = 30) -> Callable[[Path, random.Random], Path]:
    bands = "".join(
        f'<VRTRasterBand dataType="Float32" band="{band}"><SimpleSource>'
        f"<SourceFilename>{source}</SourceFilename><SourceBand>{band}</SourceBand>"
        "</SimpleSource></VRTRasterBand>"
        for band in range(1, 13)
    )
    head = f'<VRTDataset rasterXSize="{size}" rasterYSize="{size}">'
    return _text(".vrt", f"{head}{bands}</VRTDataset>")


def _header(path: Path, _chance: random.Random) -> Path:
    text = "ENVI\nsamples = 30\nlines = 24\nbands = 1000000000\ndata type = 4\n"
    text += "interleave = bsq\nbyte order = 0\nheader offset = 0\n"
    raw = path.with_suffix(".dat")
    raw.write_bytes(bytes(30 * 24 * 4))
    raw.with_suffix(".hdr").write_text(text, encoding="ascii")
    return raw


def _bomb(path: Path, _chance: random.Random) -> Path:
    Path(f"{path}.aux.xml").write_text(_BOMB, encoding="ascii")
    return _cut(path, random.Random(0))


_RASTERS = {
    "a VRT of itself": _vrt("SELF"),
    "a VRT that names a network": _vrt(_NETWORK),
    "a VRT of 2147483647 columns": _vrt("cube.tif", 2**31 - 1),
    "a header of a billion bands": _header,
    "a side file of entities": _bomb,
    "no raster": _text(".tif", "II*\0" + 400 * "nonsense"),
}
_VECTORS: dict[str, Callable[[Path, random.Random], Path]] = {
    "cut short": _cut,
    "a VRT that names a network": _text(
        ".vrt",
        f'<OGRVRTDataSource><OGRVRTLayer name="a"><SrcDataSource>{_NETWORK}'
        "</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>",
    ),
    "brackets": _text(".geojson", '{"type":' + 200_000 * "["),
    "no areas": _text(".gpkg", "SQLite format 3\0" + 400 * "nonsense"),
}


def _model(change: Callable[[dict[str, Any]], None]) -> Callable[..., Path]:
    """Return what changes the header of a model file, and keeps the weights."""

    def write(path: Path, _chance: random.Random) -> Path:
        content = path.read_bytes()
        (length,) = struct.unpack("<Q", content[:8])
        header = json.loads(content[8 : 8 + length])
        change(header)
        text = json.dumps(header).encode()
        path.write_bytes(struct.pack("<Q", len(text)) + text + content[8 + length :])
        return path

    return write


def _first(header: dict[str, Any]) -> str:
    return next(name for name in header if name.endswith("weight"))


def _claim(header: dict[str, Any]) -> None:
    size = 10 * 2**30
    claim = {"dtype": "F32", "shape": [size // 4], "data_offsets": [0, size]}
    header[_first(header)] = claim


def _newer(header: dict[str, Any]) -> None:
    card = json.loads(header["__metadata__"]["miaf"]) | {"version": 99}
    header["__metadata__"]["miaf"] = json.dumps(card)


def _path(header: dict[str, Any]) -> None:
    header["../../../x"] = header.pop(_first(header))


def _turned(header: dict[str, Any]) -> None:
    tensor = next(t for t in header.values() if len(set(t.get("shape", ()))) > 1)
    tensor["shape"].reverse()


def _nan(path: Path, _chance: random.Random) -> Path:
    content = bytearray(path.read_bytes())
    (length,) = struct.unpack("<Q", content[:8])
    weights = len(content) - 8 - length
    content[8 + length :] = struct.pack("<f", float("nan")) * (weights // 4)
    path.write_bytes(content)
    return path


def _bytes(content: bytes) -> Callable[[Path, random.Random], Path]:
    def write(path: Path, _chance: random.Random) -> Path:
        path.write_bytes(content)
        return path

    return write


_MODELS = {
    "cut short": _cut,
    "a claim of 10 GB": _model(_claim),
    "a header of 2^60 bytes": _bytes(struct.pack("<Q", 2**60) + b"{}"),
    "weights that are no numbers": _nan,
    "a wrong shape": _model(_turned),
    "a name that is a path": _model(_path),
    "a newer version": _model(_newer),
    "a pickle": _bytes(pickle.dumps({"weights": [1.0]})),
    "brackets": _bytes(struct.pack("<Q", 500_000) + 500_000 * b"["),
}
# Runs with each, so that every kind is met.
KINDS = max(map(len, (_RASTERS, _VECTORS, _MODELS)))


def _spoil_request(path: Path, number: int) -> str:
    content = json.loads(path.read_text(encoding="utf-8"))
    request = content["request"]
    spoilt: dict[str, Any] = {
        "cut short": json.dumps(content)[: 40 + number],
        "brackets": 100_000 * "[",
        "an unknown field": {**content, "request": {**request, "colour": 1}},
        "a number for a path": {**content, "request": dict.fromkeys(request, 5)},
        "a path for a run id": {**content, "run_id": "../../x"},
        "a newer version": {**content, "version": 99},
    }
    kind, value = list(spoilt.items())[number % len(spoilt)]
    text = value if isinstance(value, str) else json.dumps(value)
    path.write_text(text, encoding="utf-8")
    return kind
