"""ENVI files written byte by byte, in every layout that the format knows."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from miaf_engine.grid import Grid
from tests.scenes import write_envi

INTERLEAVES = {"bsq": (0, 1, 2), "bil": (1, 0, 2), "bip": (1, 2, 0)}
TYPES = {
    "uint8": 1, "int16": 2, "int32": 3, "float32": 4, "float64": 5, "uint16": 12,
    "uint32": 13, "int64": 14, "uint64": 15,
}  # fmt: skip
_OURS = ("data type", "interleave", "byte order", "header offset", "data ignore")


def write_raw_envi(
    path: Path,
    values: np.ndarray,
    where: Grid,
    interleave: str,
    order: str,
    *,
    offset: int = 0,
    fields: dict[str, str] | None = None,
) -> Path:
    """Write an array (bands, rows, columns) as ENVI, little (<) or big (>) endian.

    The header is that of GDAL but for the fields that say how the bytes lie.
    """
    write_envi(path, np.zeros(values.shape, "uint8"), where)
    header, kind = path.with_suffix(".hdr"), np.dtype(values.dtype)
    kept = [
        line
        for line in header.read_text("utf-8").splitlines()
        if not line.startswith(_OURS)
    ]
    own = {
        "data type": TYPES[kind.name],
        "interleave": interleave,
        "byte order": int(order == ">"),
        "header offset": offset,
        **(fields or {}),
    }
    kept += [f"{key} = {value}" for key, value in own.items()]
    header.write_text("\n".join(kept) + "\n", "utf-8")
    stored = values.transpose(INTERLEAVES[interleave]).astype(kind.newbyteorder(order))
    path.write_bytes(b"\1" * offset + stored.tobytes())
    return path
