"""Builds the engine's own environment: venv, pip, check, marker."""

from __future__ import annotations

import hashlib
import re
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from qgis.core import QgsProcessingException, QgsProcessingFeedback, QgsSettings

from miaf_qgis import PLUGIN_FOLDER
from miaf_qgis.child_process import Child, Stopped
from miaf_qgis.environment import (
    MARKER,
    REQUIREMENTS,
    environment_folder,
    environment_python,
)
from miaf_qgis.translation import tr

# Which packages are in it came from: another source means another build of torch.
_SOURCE = ".source"
_STEP = re.compile(
    r"(Collecting|Downloading|Using cached|Installing|Looking in links)\b"
)
# About so many such lines come from pip; the bar nears its end without reaching it.
_STEPS = 60


@dataclass(frozen=True)
class Source:
    """Where pip takes the packages from.

    Attributes:
        wheels: Folder of wheel files, used alone; empty for the usual index.
        index_url: Index searched beside the usual one; empty for none.
    """

    wheels: str = ""
    index_url: str = ""

    @property
    def key(self) -> str:
        """Text that tells sources apart and gives no password away."""
        text = f"{self.wheels}|{self.index_url}"
        return hashlib.sha256(text.encode("utf-8")).hexdigest()

    def arguments(self) -> list[str]:
        """Return the options for pip."""
        offline = ["--no-index", "--find-links", self.wheels] if self.wheels else []
        extra = ["--extra-index-url", self.index_url] if self.index_url else []
        return offline + extra


def build_environment(
    python: str,
    version: tuple[int, int],
    source: Source,
    feedback: QgsProcessingFeedback,
) -> Path:
    """Make or complete the environment and return its folder, not yet marked complete.

    Args:
        python: Interpreter that the environment is made with.
        version: Its version.
        source: Where the packages come from.
        feedback: Told of each step.

    Raises:
        QgsProcessingException: A step failed.
        Stopped: The user cancelled; the next run goes on from there.
    """
    folder = environment_folder(version)
    # A virtual environment cannot be moved, so it is built in place and marked last.
    (folder / MARKER).unlink() if (folder / MARKER).exists() else None
    _discard_other_source(folder, source)
    own = environment_python(folder)
    feedback.setProgressText(
        tr("Making the environment in {folder}").format(folder=folder)
    )
    if not (own.is_file() and (folder / _SOURCE).is_file()):
        folder.parent.mkdir(parents=True, exist_ok=True)
        _run(
            [python, "-m", "venv", "--clear", str(folder)],
            feedback,
            tr(
                "{python} cannot make a virtual environment. On Debian and Ubuntu "
                "install the package python3-venv; elsewhere give PYTHON a Python 3.10 "
                "or newer from python.org or conda."
            ).format(python=python),
        )
        (folder / _SOURCE).write_text(source.key, encoding="utf-8")
    feedback.setProgressText(tr("Installing packages; the first time takes minutes"))
    _run(
        [str(own), *_PIP, *source.arguments(), "-r", str(REQUIREMENTS)],
        feedback,
        tr(
            "The packages cannot be installed. Check the network connection, the proxy "
            "of QGIS and the free disc space, or give a folder of wheels; what is "
            "there already is kept."
        ),
    )
    return folder


_PIP = (
    "-m",
    "pip",
    "install",
    "--disable-pip-version-check",
    "--no-input",
    "--progress-bar=off",
)


def _discard_other_source(folder: Path, source: Source) -> None:
    note = folder / _SOURCE
    if note.is_file() and note.read_text(encoding="utf-8") != source.key:
        shutil.rmtree(folder)


def _run(
    arguments: Sequence[str], feedback: QgsProcessingFeedback, failure: str
) -> None:
    steps = 0
    last = ""
    with Child(arguments, PLUGIN_FOLDER, proxy_environment()) as child:
        try:
            for line in child.lines(feedback):
                feedback.pushInfo(line)
                last = line.strip() or last
                steps += bool(_STEP.match(line.strip()))
                feedback.setProgress(90.0 * steps / (steps + _STEPS / 3))
            code = child.exit_code(feedback)
        except Stopped:
            child.kill()
            raise
    if code == 0:
        return
    for line in child.last_words:
        feedback.pushWarning(line)
    errors = [line for line in child.last_words if "error" in line.lower()]
    reason = (errors or list(child.last_words) or [last])[-1]
    raise QgsProcessingException(f"{failure} ({reason})")


def proxy_environment() -> dict[str, str]:
    """Return the proxy of QGIS's options as pip reads it; empty without one."""
    settings = QgsSettings()
    if not settings.value("proxy/proxyEnabled", False, type=bool):
        return {}
    host = str(settings.value("proxy/proxyHost", "") or "")
    if not host or settings.value("proxy/proxyType", "") == "Socks5Proxy":
        return {}  # pip alone speaks no SOCKS.
    port = str(settings.value("proxy/proxyPort", "") or "")
    user = quote(str(settings.value("proxy/proxyUser", "") or ""), safe="")
    word = quote(str(settings.value("proxy/proxyPassword", "") or ""), safe="")
    login = f"{user}:{word}@" if user else ""
    # In the environment, not on the command line, which every user can list.
    address = f"http://{login}{host}" + (f":{port}" if port else "")
    return {"HTTP_PROXY": address, "HTTPS_PROXY": address}
