"""Which build of torch a machine needs, found out without torch."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from miaf_qgis.engine.child_process import ProgramError, answer_of

_SECONDS = 20
_LINUX_DRIVER = Path("/proc/driver/nvidia/version")
FLATPAK_NOTE = Path("/.flatpak-info")


def nvidia_card() -> str:
    """Return the name of the first NVIDIA card with a driver; empty where none is."""
    program = _nvidia_smi()
    if program:
        try:
            command = [program, "--query-gpu=name", "--format=csv,noheader"]
            said = answer_of(command, _SECONDS).decode("utf-8", errors="replace")
        except (OSError, ProgramError):
            said = ""  # There without a card or with a broken driver.
        if said.strip():
            return said.strip().splitlines()[0].strip()
    # In a sandbox, as Flatpak's, the program is missing and the driver may be there.
    if sys.platform.startswith("linux") and _LINUX_DRIVER.is_file():
        return "NVIDIA"
    return ""


def _nvidia_smi() -> str:
    found = shutil.which("nvidia-smi")
    if not found and sys.platform == "win32":
        folder = os.environ.get("PROGRAMFILES", r"C:\Program Files")
        old = Path(folder) / "NVIDIA Corporation" / "NVSMI" / "nvidia-smi.exe"
        return str(old) if old.is_file() else ""
    return found or ""


def wanted_build(compute: str) -> str:
    """Return 'cpu' or 'cuda' for COMPUTE; auto goes by the machine."""
    if sys.platform == "darwin":
        return "cpu"  # One build, which has Apple's GPU in it.
    if compute == "auto":
        return "cuda" if nvidia_card() else "cpu"
    return compute


def usual_build() -> str:
    """Return which build the usual package index offers for this system."""
    return "cuda" if sys.platform.startswith("linux") else "cpu"


def in_flatpak() -> bool:
    """Return whether QGIS runs in Flatpak's sandbox."""
    return FLATPAK_NOTE.is_file()
