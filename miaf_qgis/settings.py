"""The provider's page under Settings > Options > Processing > Providers."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, NamedTuple

from qgis.core import QgsSettings
from qgis.PyQt.QtGui import QIcon

from miaf_qgis.translation import tr

# Page of the options: the provider's name.
GROUP = "MIAF-Net"
INTERPRETER = "MIAF_ENGINE_PYTHON"
DEVICE = "MIAF_DEVICE"
MEMORY_MB = "MIAF_MEMORY_MB"
THREADS = "MIAF_THREADS"
LOG_FOLDER = "MIAF_LOG_FOLDER"
NAMES = (INTERPRETER, DEVICE, MEMORY_MB, THREADS, LOG_FOLDER)
# Kept by QGIS as a place in this list, so it may only grow at its end.
DEVICES = ("auto", "cpu", "cuda:0", "cuda:1", "cuda:2", "cuda:3", "mps")
# Read at their start by the libraries that compute in the engine.
_MOST_THREADS = 1024
_THREAD_VARIABLES = ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS")


class Entry(NamedTuple):
    """One line of the page.

    Attributes:
        name: Under which QGIS keeps it.
        title: What the page calls it.
        default: Its value until someone changes it.
        kind: Widget, as an attribute of Processing's `Setting`.
        choices: What can be chosen, where the widget is a list.
    """

    name: str
    title: str
    default: Any
    kind: str
    choices: tuple[str, ...] = ()


def entries() -> tuple[Entry, ...]:
    """Return the lines of the page, in its order."""
    return (
        Entry(
            INTERPRETER,
            tr("Python that runs the engine (empty: found automatically)"),
            "",
            "FILE",
        ),
        Entry(
            DEVICE,
            tr("Device used for auto"),
            DEVICES[0],
            "SELECTION",
            DEVICES,
        ),
        Entry(
            MEMORY_MB,
            tr("Memory budget (MiB) used for 0 (0: automatic)"),
            0,
            "INT",
        ),
        Entry(THREADS, tr("Threads of the engine (0: automatic)"), 0, "INT"),
        Entry(
            LOG_FOLDER, tr("Folder for log files (empty: user folder)"), "", "FOLDER"
        ),
    )


def interpreter_setting() -> str:
    """Return the path that the user gave, or an empty text."""
    return _text(INTERPRETER)


def device_setting() -> str:
    """Return the device to take where none is asked for; `auto` unless set."""
    text = _text(DEVICE).lower()
    if text.isdecimal() and int(text) < len(DEVICES):
        return DEVICES[int(text)]
    return text if text in DEVICES else DEVICES[0]


def memory_setting() -> int:
    """Return the memory budget in MiB where none is asked for; 0 is the engine's."""
    return _number(MEMORY_MB)


def log_folder_setting() -> Path | None:
    """Return the folder for log files, None for the usual one."""
    text = _text(LOG_FOLDER)
    return Path(text).expanduser() if text else None


def thread_environment() -> dict[str, str]:
    """Return the variables that give the engine its threads; none where unset."""
    threads = _number(THREADS)
    return dict.fromkeys(_THREAD_VARIABLES, str(threads)) if threads else {}


def _text(name: str) -> str:
    # Read without ProcessingConfig: this is also called where Processing is not loaded.
    value = QgsSettings().value(f"Processing/Configuration/{name}", "")
    return str(value or "").strip()


def _number(name: str) -> int:
    try:
        return max(0, int(float(_text(name) or 0)))
    except (ValueError, OverflowError):
        return 0


def problem_with(name: str, value: Any) -> str:
    """Return why a line of the page cannot hold a value; empty where it can."""
    text = str(value if value is not None else "").strip()
    if name in (MEMORY_MB, THREADS) and not re.fullmatch(r"\d{0,9}", text):
        return tr("Enter 0 or a positive whole number (got {value}).").format(
            value=text
        )
    if name == THREADS and int(text or 0) > _MOST_THREADS:
        return tr("The engine uses at most {most} threads (got {value}).").format(
            most=_MOST_THREADS, value=text
        )
    path = Path(text).expanduser()
    if name == INTERPRETER and text and not path.is_file():
        return tr("There is no file '{path}'.").format(path=text)
    if name == LOG_FOLDER and text and not path.is_dir():
        return tr("There is no folder '{path}'.").format(path=text)
    return ""


def register_settings(icon: QIcon) -> None:
    """Show the settings on the provider's page of the options."""
    try:
        from processing.core.ProcessingConfig import ProcessingConfig, Setting
    except ImportError:  # A script that uses qgis.core alone has no options dialog.
        return
    ProcessingConfig.settingIcons[GROUP] = icon
    for entry in entries():
        setting = Setting(
            GROUP,
            entry.name,
            entry.title,
            entry.default,
            valuetype=getattr(Setting, entry.kind),
            validator=_validator(entry.name),
            options=list(entry.choices),
        )
        ProcessingConfig.addSetting(setting)
        # Ours alone: those of all providers take a good part of the plugin's start.
        setting.read()


def _validator(name: str) -> Any:
    def check(value: Any) -> None:
        # The options page shows the text of a ValueError and stays open.
        problem = problem_with(name, value)
        if problem:
            raise ValueError(problem)

    return check


def unregister_settings() -> None:
    """Take the settings off the options."""
    try:
        from processing.core.ProcessingConfig import ProcessingConfig
    except ImportError:
        return
    for name in NAMES:
        # Absent where Processing was loaded after the provider; unload must not fail.
        if name in ProcessingConfig.settings:
            ProcessingConfig.removeSetting(name)
