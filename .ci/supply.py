"""What the engine's environment is made of: pinned, licensed, audited.

    .venv/bin/python .ci/supply.py lock | licences | audit

`lock` needs uv, `audit` pip-audit, both with a package index and a network; where they
are not to be had it says so, and nothing is changed.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
import venv
from importlib.metadata import Distribution, distribution, distributions
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
REQUIREMENTS = ROOT / "miaf_engine" / "requirements.txt"
LOCK = ROOT / "requirements-lock.txt"
PAGE = ROOT / "docs" / "licences.md"
HEAD = """# Written by `make lock`: what miaf_engine/requirements.txt comes to on Linux,
# Windows and macOS with Python 3.10 and newer, each with the hashes of its files.
# pip install --require-hashes -r requirements-lock.txt
"""
PAGE_HEAD = """# What is installed, and its licences

`make licences` writes this page from the environment `.venv` that `make setup` built.
*Engine*: needed by `miaf_engine/requirements.txt`; the rest is for tests and checks.
The plugin's package holds none of it. With torch for NVIDIA cards come NVIDIA's
libraries, under NVIDIA's own terms.

| package | version | licence | engine |
| --- | --- | --- | --- |
"""
_TOOLS = {"lock": "uv", "audit": "pip-audit"}


def main() -> int:
    """Do what is asked for."""
    task = sys.argv[1] if len(sys.argv) > 1 else ""
    if task not in ("lock", "licences", "audit"):
        print(__doc__)
        return 2
    return {"lock": lock, "licences": licences, "audit": audit}[task]()


def tool(name: str) -> str | None:
    """Return a program, from the path or freshly installed into `build`."""
    found = shutil.which(name)
    if found:
        return found
    folder = ROOT / "build" / "tools"
    bin_folder = folder / ("Scripts" if sys.platform == "win32" else "bin")
    if not shutil.which(name, path=str(bin_folder)):
        venv.create(folder, with_pip=True)
        command = [str(bin_folder / "python"), "-m", "pip", "install", "-q", name]
        if subprocess.run(command, check=False, capture_output=True).returncode:
            print(f"{name} is not here and cannot be installed; nothing was done.")
            return None
    return shutil.which(name, path=str(bin_folder))


def lock() -> int:
    """Pin every package of the engine with the hashes of its files."""
    program = tool(_TOOLS["lock"])
    if program is None:
        return 1
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "lock.txt"
        words = ["pip", "compile", str(REQUIREMENTS), "--universal", "-q"]
        words += ["--python-version", "3.10", "--generate-hashes"]
        words += ["--no-header", "--no-annotate", "-o", str(made)]
        if subprocess.run([program, *words], check=False).returncode:
            print("The package index cannot be reached; the lock is as it was.")
            return 1
        LOCK.write_text(HEAD + made.read_text(encoding="utf-8"), encoding="utf-8")
    print(f"{LOCK.name}: {len(pinned())} packages")
    return 0


def pinned() -> set[str]:
    """Return the names in the lock."""
    text = LOCK.read_text(encoding="utf-8")
    return {plain(name) for name in re.findall(r"^([\w.-]+)==", text, re.MULTILINE)}


def plain(name: str) -> str:
    """Return a package's name as indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def licence(found: Distribution) -> str:
    """Return the licence that a package names."""
    metadata = found.metadata
    stated = metadata.get("License-Expression") or ""
    named = [
        entry.rpartition(" :: ")[2]
        for entry in metadata.get_all("Classifier") or ()
        if entry.startswith("License ::") and entry != "License :: OSI Approved"
    ]
    text = (metadata.get("License") or "").strip()
    short = text if len(text) <= 60 and "\n" not in text else ""
    return stated or ", ".join(named) or short or _from_text(found) or "not stated"


def _from_text(found: Distribution) -> str:
    """Return the first line of a licence's text, where nothing else names it."""
    text = (found.metadata.get("License") or "").strip()
    return text.splitlines()[0][:60] if text else ""


def needed() -> set[str]:
    """Return the packages that the engine's requirements bring along here."""
    lines = REQUIREMENTS.read_text(encoding="utf-8").splitlines()
    left = [re.match(r"[\w.-]+", line)[0] for line in lines if line[:1].isalpha()]
    found: set[str] = set()
    while left:
        name = plain(left.pop())
        if name in found:
            continue
        try:
            more = distribution(name).requires or ()
        except ModuleNotFoundError:
            continue
        found.add(name)
        left += [re.match(r"[\w.-]+", r)[0] for r in more if "extra ==" not in r]
    return found


def licences() -> int:
    """Write the page."""
    engine, rows = needed(), {}
    for found in distributions():
        name = found.metadata["Name"]
        cells = [name, found.version, licence(found).replace("|", "/")]
        cells.append("yes" if plain(name) in engine else "")
        rows[plain(name)] = "| " + " | ".join(cells) + " |"
    text = PAGE_HEAD + "\n".join(rows[name] for name in sorted(rows)) + "\n"
    PAGE.write_text(text, encoding="utf-8")
    print(f"{PAGE.name}: {len(rows)} packages, {len(engine)} of them the engine's")
    return 0


def audit() -> int:
    """Look for known faults in what is locked."""
    program = tool(_TOOLS["audit"])
    if program is None:
        return 1
    words = ["-r", str(LOCK), "--require-hashes", "--disable-pip"]
    done = subprocess.run(
        [program, *words, "--progress-spinner", "off"],
        check=False,
        capture_output=True,
        encoding="utf-8",
    )
    unreachable = re.search(r"ConnectionError|Max retries|timed out|404", done.stderr)
    if done.returncode and (unreachable or "Traceback" in done.stderr):
        print("pip-audit cannot reach its data from here; nothing was audited.")
        return 1
    said = done.stdout + done.stderr
    print(said)
    skipped = set(re.findall(r"could not be audited: ([\w.-]+)", said))
    print(f"Audited: {len(pinned()) - len(skipped)} of {len(pinned())} packages.")
    if skipped:
        print("pip-audit cannot reach its data on the others from here.")
    return done.returncode or int(bool(skipped))


if __name__ == "__main__":
    sys.exit(main())
