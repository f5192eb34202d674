"""Builds the engine's own environment: venv, pip, check, marker."""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlsplit

from qgis.core import QgsProcessingException, QgsProcessingFeedback, QgsSettings

from miaf_qgis import PLUGIN_FOLDER
from miaf_qgis.engine.child_process import Child, Stopped
from miaf_qgis.engine.downloads import DownloadProgress
from miaf_qgis.engine.environment import (
    MARKER,
    REQUIREMENTS,
    environment_folder,
    environment_python,
)
from miaf_qgis.translation import tr

# Which packages are in it came from: another source means another build of torch.
_SOURCE = ".source"
# Where uv keeps what it has downloaded, among the downloads.
_UV = "uv"
_PIP = (
    "-m",
    "pip",
    "install",
    "--disable-pip-version-check",
    "--no-input",
    "--progress-bar=off",
)
# Variables and not options, because an old pip ignores what it does not know.
_PATIENCE = {
    "PIP_RETRIES": "5",
    "PIP_DEFAULT_TIMEOUT": "60",
    "PIP_RESUME_RETRIES": "5",
    "UV_HTTP_TIMEOUT": "60",
    "UV_LINK_MODE": "copy",
}


@dataclass(frozen=True)
class Source:
    """Where pip takes the packages from.

    Attributes:
        wheels: Folder of wheel files, used alone; empty for the usual index.
        index_url: Index searched beside the usual one; empty for none.
        build: Build of torch, 'cpu' or 'cuda', where the usual index has another for
            this system; empty where its own will do.
    """

    wheels: str = ""
    index_url: str = ""
    build: str = ""

    @property
    def key(self) -> str:
        """Text that tells sources apart and gives no password away."""
        text = f"{self.wheels}|{self.index_url}" + (self.build and f"|{self.build}")
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
        feedback: Receives each step.

    Raises:
        QgsProcessingException: A step failed.
        Stopped: The user cancelled; the next run continues from there.
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
        _make(python, folder, feedback)
        (folder / _SOURCE).write_text(source.key, encoding="utf-8")
    feedback.setProgressText(
        tr("Installing packages, which takes several minutes the first time")
    )
    _make_room(_downloads(folder))
    if not (source.build and _install_build(own, source, feedback)):
        _install(own, source, feedback)
    shutil.rmtree(_downloads(folder), ignore_errors=True)
    return folder


def _make(python: str, folder: Path, feedback: QgsProcessingFeedback) -> None:
    """Make an empty environment with pip.

    Raises:
        QgsProcessingException: This Python can make none.
    """
    new = [python, "-m", "venv", "--clear"]
    failure = tr(
        "{python} cannot make a virtual environment. On Debian and Ubuntu, install "
        "the package python3-venv. On other systems, choose a Python 3.10 or newer "
        "from python.org or conda as 'Python'."
    ).format(python=python)
    try:
        return _run([*new, str(folder)], folder, feedback, failure)
    except QgsProcessingException as error:
        first = error
    # Debian parts venv from its pip, and not everyone may install packages there; the
    # pip of this Python, if it has one, can put another into the environment.
    feedback.pushInfo(tr("Trying again with pip from {python}").format(python=python))
    try:
        _run([*new, "--without-pip", str(folder)], folder, feedback, failure)
        packages = _site_packages(folder)
        command = [python, *_PIP, "--target", str(packages), "pip"]
        _run(command, folder, feedback, failure)
    except QgsProcessingException:
        raise first from None


def _site_packages(folder: Path) -> Path:
    if sys.platform == "win32":
        return folder / "Lib" / "site-packages"
    return next(iter(sorted((folder / "lib").glob("python3*"))), folder / "lib") / (
        "site-packages"
    )


def _install(own: Path, source: Source, feedback: QgsProcessingFeedback) -> None:
    _run(
        [str(own), *_PIP, *source.arguments(), "-r", str(REQUIREMENTS)],
        own.parents[1],
        feedback,
        tr(
            "The packages cannot be installed. Check the network connection, the "
            "proxy of QGIS and the free disk space, or choose a 'Folder of wheels'. "
            "Packages that are already installed are kept."
        ),
    )


def _install_build(own: Path, source: Source, feedback: QgsProcessingFeedback) -> bool:
    """Install with the build of torch that this machine needs; return whether it went.

    uv knows where each build is; pip does not.
    """
    backend = "cpu" if source.build == "cpu" else "auto"
    command = [str(own), "-m", "uv", "pip", "install", "--python", str(own)]
    try:
        failure = tr("uv cannot be installed.")
        _run([str(own), *_PIP, "uv"], own.parents[1], feedback, failure)
        _run(
            [*command, "--torch-backend", backend, "-r", str(REQUIREMENTS)],
            own.parents[1],
            feedback,
            tr("uv cannot install the packages."),
        )
    except QgsProcessingException as error:
        feedback.pushWarning(
            tr(
                "The {build} build of torch is not available ({reason}). The standard "
                "build is installed instead. It is larger on Linux and has no CUDA on "
                "Windows."
            ).format(build=source.build, reason=error)
        )
        return False
    return True


def _discard_other_source(folder: Path, source: Source) -> None:
    note = folder / _SOURCE
    if note.is_file() and note.read_text(encoding="utf-8") != source.key:
        shutil.rmtree(folder)


def _downloads(folder: Path) -> Path:
    """Return where pip and uv put what they download for an environment.

    Beside it, because the usual place for temporary files is often too small.
    """
    return folder.with_name(f".{folder.name}-downloads")


def _make_room(downloads: Path) -> None:
    """Empty the folder of downloads of all but uv's, which uv takes up again."""
    downloads.mkdir(exist_ok=True)
    for left in downloads.iterdir():
        if left.name != _UV:
            shutil.rmtree(left, ignore_errors=True)


def _run(
    arguments: Sequence[str],
    folder: Path,
    feedback: QgsProcessingFeedback,
    failure: str,
) -> None:
    """Run a program that fills the environment `folder`.

    Raises:
        QgsProcessingException: It failed.
        Stopped: The user cancelled.
    """
    last = ""
    environment = {**_PATIENCE, **_index_of_pip(), **proxy_environment()}
    merged = "uv" in arguments
    downloads = _downloads(folder)
    if downloads.is_dir():
        environment |= dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(downloads))
        if "UV_CACHE_DIR" not in os.environ:
            environment["UV_CACHE_DIR"] = str(downloads / _UV)
    progress = DownloadProgress(downloads, folder, feedback)
    with Child(arguments, PLUGIN_FOLDER, environment, merged=merged) as child:
        try:
            for line in child.lines(feedback, progress.look):
                feedback.pushInfo(line)
                last = line.strip() or last
                progress.hear(line)
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


def _index_of_pip() -> dict[str, str]:
    """Return the index set for pip, as uv does not read its configuration."""
    names = {
        "PIP_INDEX_URL": "UV_DEFAULT_INDEX",
        "PIP_FIND_LINKS": "UV_FIND_LINKS",
        "PIP_CERT": "SSL_CERT_FILE",
    }
    return {uv: os.environ[pip] for pip, uv in names.items() if os.environ.get(pip)}


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
    direct = settings.value("proxy/noProxyUrls", []) or []
    direct = [direct] if isinstance(direct, str) else direct
    hosts = [urlsplit(url).hostname or url for url in direct if url]
    exceptions = {"NO_PROXY": ",".join(hosts)} if hosts else {}
    return {"HTTP_PROXY": address, "HTTPS_PROXY": address, **exceptions}
