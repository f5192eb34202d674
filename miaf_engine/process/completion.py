"""Scripts that let a shell complete the commands and options of `miaf-engine`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from typing import Any, NoReturn

PROGRAM = "miaf-engine"  # as installed by `pip install`; see `project.scripts`
SHELLS = ("bash", "zsh", "tcsh")


class PrintCompletion(argparse.Action):
    """Prints the script of a shell and leaves, as `--version` does."""

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,  # noqa: ARG002 - as argparse calls it
        values: str | Sequence[Any] | None,
        option_string: str | None = None,  # noqa: ARG002
    ) -> NoReturn:
        """Print the script; a missing package is a user's error."""
        try:
            text = script(parser, str(values))
        except ModuleNotFoundError as error:
            parser.error(
                f"shell completion needs the package '{error.name}'. Install it with "
                f"'pip install {error.name}'."
            )
        sys.stdout.write(text)
        parser.exit()


def script(parser: argparse.ArgumentParser, shell: str) -> str:
    """Return what a shell is to read, so that it completes commands and options.

    Args:
        parser: Parser of all commands; how its options are completed is added to it.
        shell: One of `SHELLS`.

    Raises:
        ModuleNotFoundError: The package shtab is not installed.
    """
    import shtab

    for action in _actions(parser):
        kind = str(action.metavar or "")
        if kind.endswith(("FILE", ".json", "LIST")):
            action.complete = shtab.FILE  # type: ignore[attr-defined]
        elif kind == "FOLDER":
            action.complete = shtab.DIRECTORY  # type: ignore[attr-defined]
        elif kind.startswith("{") and " " not in kind:
            action.choices = kind.strip("{}").split(",")
    parser.prog = PROGRAM
    return shtab.complete(parser, shell) + "\n"


def _actions(parser: argparse.ArgumentParser) -> Iterator[argparse.Action]:
    """Yield the options and arguments of a parser and of its commands."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for command in action.choices.values():
                yield from _actions(command)
        else:
            yield action
