"""Text without the name and the folders of whoever runs QGIS."""

from __future__ import annotations

import getpass
import re
from pathlib import Path

# Homes of any account, on Linux, macOS and Windows, also with doubled backslashes.
_HOMES = re.compile(
    r"(?:[A-Za-z]:)?(?:/home/|/Users/|[\\/]{1,2}(?:Users|Benutzer)[\\/]{1,2})"
    r"[^\\/\s'\":;,)]+",
)
# Accounts that many machines have tell nothing of a person.
_COMMON = frozenset({"root", "user", "admin", "administrator", "qgis", "ubuntu"})


def without_private_paths(text: str) -> str:
    """Return text in which home folders are `~` and the account's name is USER."""
    for home in {str(Path.home()), str(Path.home().resolve())}:
        if len(home) > 1:  # A home of "/" would take every path apart.
            for form in (home, home.replace("\\", "\\\\"), Path(home).as_posix()):
                text = re.sub(re.escape(form) + r"(?![\w.-])", "~", text)
    text = _HOMES.sub("~", text)
    name = _account()
    if len(name) > 2 and name.lower() not in _COMMON:
        text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", "USER", text)
    return text


def _account() -> str:
    try:
        return getpass.getuser()
    except (ImportError, KeyError, OSError):  # No such entry, as in some containers.
        return ""
