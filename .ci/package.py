"""Writes the plugin as `miaf-VERSION.zip`, as plugins.qgis.org wants it.

Only files that git tracks go in, so nothing slips in by accident. The same commit
gives the same bytes: files are sorted and carry the commit's date.
"""

from __future__ import annotations

import argparse
import configparser
import os
import subprocess
import sys
import time
import zipfile
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).resolve().parents[1]
TOP_FOLDER = "miaf"
FILES = {"__init__.py", "metadata.txt", "LICENSE", "README.md", "CHANGELOG.md"}
FOLDERS = {"miaf_qgis", "miaf_engine", "resources"}
NEEDED = {"__init__.py", "metadata.txt", "LICENSE"}
LIMIT_MB = 25  # of plugins.qgis.org
PERMISSIONS = 0o100644 << 16  # an ordinary file, not executable


def main() -> int:
    """Write the zip and print where it is."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--output", type=Path, default=ROOT / "build")
    folder = parser.parse_args().output
    names = [name for name in tracked() if belongs(PurePosixPath(name))]
    missing = NEEDED.difference(names)
    if missing:
        print(f"git does not track {', '.join(sorted(missing))}.", file=sys.stderr)
        return 1
    metadata = configparser.ConfigParser(interpolation=None)
    metadata.read(ROOT / "metadata.txt", encoding="utf-8")
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"miaf-{metadata['general']['version']}.zip"
    write(target, names)
    size = target.stat().st_size / 2**20
    print(f"{target}: {len(names)} files, {size:.1f} MB")
    if size > LIMIT_MB:
        print(f"More than the {LIMIT_MB} MB that may be uploaded.", file=sys.stderr)
        return 1
    return 0


def git(*words: str) -> str:
    """Return what a git command prints."""
    command = ["git", "-c", "core.quotePath=false", *words]
    return subprocess.run(
        command, cwd=ROOT, check=True, capture_output=True, encoding="utf-8"
    ).stdout


def tracked() -> list[str]:
    """Return the files that git tracks and that are there, sorted."""
    names = sorted(filter(None, git("ls-files", "-z").split("\0")))
    return [name for name in names if (ROOT / name).is_file()]


def belongs(path: PurePosixPath) -> bool:
    """Return whether a tracked file is part of the plugin."""
    if len(path.parts) == 1:
        return path.name in FILES
    if path.parts[0] not in FOLDERS or any(p.startswith(".") for p in path.parts):
        return False
    # Tools and lint settings are for developers.
    makes_resources = path.parts[0] == "resources" and path.suffix == ".py"
    return not makes_resources and path.name != "ruff.toml"


def write(target: Path, names: list[str]) -> None:
    """Write the files into a zip, in one top folder."""
    seconds = int(
        os.environ.get("SOURCE_DATE_EPOCH") or git("log", "-1", "--format=%ct")
    )
    date = time.gmtime(seconds)[:6]
    with zipfile.ZipFile(target, "w") as archive:
        for name in names:
            entry = zipfile.ZipInfo(f"{TOP_FOLDER}/{name}", date)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # Unix, on every system
            entry.external_attr = PERMISSIONS
            archive.writestr(entry, (ROOT / name).read_bytes(), compresslevel=9)


if __name__ == "__main__":
    sys.exit(main())
