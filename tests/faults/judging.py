"""Tells whether results are those of an earlier run, of the new one, or damaged."""

from __future__ import annotations

import json
from pathlib import Path

# Their bytes follow from the input alone; reports hold times.
_EXACT = (".tif", ".xml", ".safetensors", ".csv")


def judge(folder: Path, old: Path, new: Path) -> str:
    """Return 'old', 'new', 'old and new', 'none' or what is damaged.

    Args:
        folder: Results to be judged.
        old: Those of the earlier run, byte by byte.
        new: Those of an undisturbed run.
    """
    ages = set()
    for name in sorted(path.name for path in new.iterdir()):
        path = folder / name
        if not path.exists():
            ages.add("none")
        elif path.suffix in _EXACT:
            kinds = [age for age in (old, new) if _same(path, age)]
            if not kinds:
                return f"damaged: {name}"
            ages.add(("old" if kinds[0] == old else "new") if len(kinds) == 1 else "")
        elif not _whole(path):
            return f"damaged: {name}"
    mixed = _mixed(folder, old, new)
    return mixed or " and ".join(sorted(ages - {""})) or "new"


def _mixed(folder: Path, old: Path, new: Path) -> str:
    """Say which raster stands beside a side file of another age."""
    for side in sorted(new.glob("*.aux.xml")):
        raster = side.name.removesuffix(".aux.xml")
        pair = [folder / raster, folder / side.name]
        whole = any(
            all(path.exists() and _same(path, age) for path in pair)
            for age in (old, new)
        )
        if not whole and any(path.exists() for path in pair):
            return f"damaged: {raster} and its side file differ in age"
    return ""


def _same(path: Path, folder: Path) -> bool:
    other = folder / path.name
    return other.exists() and other.read_bytes() == path.read_bytes()


def _whole(path: Path) -> bool:
    """Return whether a report, or its JSON, goes to its end."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".json":
        try:
            json.loads(text)
        except ValueError:
            return False
        return True
    return text.rstrip().endswith("</html>")
