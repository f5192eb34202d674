"""Every error that the engine raises on purpose, and the messages for others.

A message says what is wrong, the value found, and what to do. The facts are in the
message; `hint` holds the remedy where a front end wants to show it apart.
"""

from __future__ import annotations

import errno
import re
import sys
import traceback
from collections.abc import Mapping, Sequence

from miaf_engine.translation import tr

# How torch says on a CPU that memory is short, in a plain RuntimeError, and how Linux
# and Windows say so where a library cannot be loaded.
_NO_MEMORY = ("can't allocate", "failed to map segment", "WinError 1455")

SHOWN = 8


class MiafError(Exception):
    """Root of all errors that a user can understand; anything else is a defect."""

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(f"{message} {hint}".strip())
        self.message = message
        self.hint = hint

    @property
    def kind(self) -> str:
        """Name of the error class, as the protocol's `error` line carries it."""
        return type(self).__name__

    @property
    def facts(self) -> dict[str, str]:
        """The error as JSON values, as the protocol's `error` line carries it."""
        return {"kind": self.kind, "message": self.message, "hint": self.hint}


class InputError(MiafError, ValueError):
    """Raised when the user's input can be put right by the user."""


class ConfigError(InputError):
    """Raised when a setting is unknown, of the wrong type or out of range."""


class CubeError(InputError):
    """Raised when a raster cannot serve as a hyperspectral cube."""


class GridMismatchError(InputError):
    """Raised when labels or a second raster do not lie on the cube's grid."""


class SampleError(InputError):
    """Raised when training areas hold too few classes or pixels."""


class BandMismatchError(InputError):
    """Raised when a cube lacks bands that a model was trained on."""


class FileError(MiafError, OSError):
    """Raised when a file cannot be read or written."""

    # OSError formats two arguments as "[Errno 1] text"; the message stands alone here.
    def __str__(self) -> str:
        """Return the message with its hint."""
        return f"{self.message} {self.hint}".strip()


class RasterFileError(FileError):
    """Raised when GDAL cannot open, read or write a raster."""


class VectorFileError(FileError):
    """Raised when a vector file or one of its layers or fields cannot be read."""


class ModelFormatError(FileError):
    """Raised when a file is no MIAF model, is damaged, or is of a newer version."""


class DependencyError(MiafError, ImportError):
    """Raised when a package that the engine needs is missing or too old."""


class WorkerError(MiafError, RuntimeError):
    """Raised when worker processes or a scheduler cannot be started or reached."""


class TrainingError(MiafError, RuntimeError):
    """Raised when training cannot continue, as with a loss that is not finite."""


class MemoryShortError(TrainingError):
    """Raised when a step needs more memory than there is."""


class DeviceError(MiafError, RuntimeError):
    """Raised when a device that the user named does not run the network."""


class Cancelled(Exception):  # noqa: N818 - not an error: the user asked for it
    """Raised at the next step after a cancel; not a MiafError, so never swallowed.

    Its text says what stays, after "Cancelled;".
    """

    def __init__(self, stays: str = "") -> None:
        super().__init__(stays or tr("nothing was written."))


def error_of(facts: Mapping[str, str]) -> MiafError:
    """Return the error that another process met, from its `facts`."""
    kind: type[MiafError] = globals().get(facts["kind"], MiafError)
    return kind(facts["message"], hint=facts["hint"])


def as_user_error(error: BaseException) -> MiafError | None:
    """Return the error as one that a user can understand, or None for a defect."""
    if isinstance(error, MiafError):
        return error
    short = (
        isinstance(error, MemoryError)
        or type(error).__name__ == "OutOfMemoryError"
        or getattr(error, "errno", None) == errno.ENOMEM
        or any(words in str(error) for words in _NO_MEMORY)
    )
    if short:
        return MemoryShortError(
            tr("The engine ran out of memory."),
            hint=tr("Lower the memory budget or the width, or close other programs."),
        )
    if isinstance(error, ModuleNotFoundError):
        return DependencyError(
            tr("The engine's interpreter lacks the package '{name}'.").format(
                name=error.name
            ),
            hint=tr("Run 'Set up the engine', or choose another interpreter."),
        )
    return None


def listed(names: Sequence[object], most: int = SHOWN) -> str:
    """Return the first names in quotes, and how many more there are."""
    shown = ", ".join(tr("'{name}'").format(name=name) for name in names[:most])
    return with_more(shown, len(names) - most)


def with_more(shown: str, more: int) -> str:
    """Return a list that is cut short, with the number of those left out."""
    if more <= 0:
        return shown
    return tr("{shown} and {more} more").format(shown=shown, more=more)


def plural(count: int, noun: str) -> str:
    """Return '1 area' or '3 areas'."""
    return f"{count} {noun}{'' if count == 1 else 's'}"


# But for line breaks and tabs: a terminal takes the others for commands, and those that
# turn the direction of text let a name look like another. Halves of characters stand
# for bytes of a file's name that are no text.
_COMMANDS = (
    "[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\u200e\\u200f\\u2028-\\u202e\\u2066-\\u2069"
    "\\ud800-\\udfff\\ufeff]"
)


def write_defect(error: BaseException) -> None:
    """Write the traceback of an error of our own to standard error."""
    sys.stderr.write(printable("".join(traceback.format_exception(error))))


def printable(text: str) -> str:
    """Return text that may hold names from anywhere as a terminal can be given it."""

    def spelt(found: re.Match[str]) -> str:
        return found[0].encode("unicode_escape").decode("ascii")

    return re.sub(_COMMANDS, spelt, text)
