"""What the engine's interpreter has, as a text to paste into a report."""

from __future__ import annotations

import platform
import sys
from importlib import metadata
from typing import Any

from miaf_engine import __version__
from miaf_engine.memory import free_memory_mb, total_memory_mb
from miaf_engine.progress import Progress
from miaf_engine.translation import tr

PACKAGES = (
    "torch",
    "numpy",
    "scikit-image",
    "scipy",
    "threadpoolctl",
    "scikit-learn",
    "h5py",
    "rasterio",
    "pyogrio",
    "shapely",
    "platformdirs",
    "safetensors",
    "jinja2",
    "matplotlib",
)


def diagnostics(progress: Progress) -> dict[str, Any]:
    """List versions, devices and memory; no path is named."""
    progress.step(0.1, tr("Checking the packages of the engine"))
    lines = [
        f"MIAF-Net engine {__version__}",
        f"Python {platform.python_version()} ({sys.implementation.name})",
        f"System {platform.system()} {platform.release()} {platform.machine()}",
        *(f"{name} {_version(name)}" for name in PACKAGES),
    ]
    progress.step(0.3, tr("Looking for devices"))
    found = "none"
    try:
        from miaf_engine.models.devices import choose_device
        from miaf_engine.training.trainer import try_training

        device = choose_device("auto", try_training)
        found = device.name
        lines.append(
            tr("Device {name}: {reason}").format(name=device.name, reason=device.reason)
        )
    except ImportError as error:
        lines.append(
            tr("Device unknown: torch cannot be imported ({error})").format(error=error)
        )
    lines.append(
        tr("Memory {total} in total, {free} free").format(
            total=_mib(total_memory_mb()), free=_mib(free_memory_mb())
        )
    )
    progress.step(1.0, tr("Done"))
    return {"outputs": {}, "figures": {"text": "\n".join(lines), "device_found": found}}


def _version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "missing"


def _mib(value: float | None) -> str:
    return "unknown" if value is None else f"{value:.0f} MiB"
