"""Errors are what a caller expects, and read well."""

import inspect
import pickle

import pytest

from miaf_engine import errors
from miaf_engine.errors import listed, printable

KINDS = [
    kind
    for _, kind in inspect.getmembers(errors, inspect.isclass)
    if issubclass(kind, errors.MiafError)
]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_message_and_hint_are_kept_apart_and_read_together(kind):
    error = kind("Something is wrong.", hint="Do this.")
    assert str(error) == "Something is wrong. Do this."
    assert (error.message, error.hint) == ("Something is wrong.", "Do this.")
    assert str(kind("Alone.")) == "Alone."
    assert error.kind == kind.__name__
    assert "Something" in str(pickle.loads(pickle.dumps(error)))  # noqa: S301


def test_errors_are_the_builtins_that_fit():
    assert issubclass(errors.ConfigError, ValueError)
    assert issubclass(errors.FileError, OSError)
    assert issubclass(errors.ModelFormatError, OSError)
    assert issubclass(errors.MemoryShortError, errors.TrainingError)
    assert issubclass(errors.DependencyError, ImportError)


def test_a_cancel_is_no_error_of_the_user():
    assert not issubclass(errors.Cancelled, errors.MiafError)


def test_listed():
    assert listed(["a"]) == "'a'"
    assert listed(["a", "b"]) == "'a', 'b'"
    assert listed([*"abcdefgh"]).endswith("'h'")
    assert listed([*"abcdefghij"], 2) == "'a', 'b' and 8 more"


def test_a_terminal_is_given_text_and_no_commands():
    commands = [*range(9), *range(11, 32), *range(127, 160), 0x202E, 0x2066, 0xFEFF]
    for code in (*commands, 0xDC80):
        assert printable(f"a{chr(code)}b").startswith("a\\")
        assert chr(code) not in printable(f"a{chr(code)}b")
    kept = "Weizen äöü\n\tдь 小麦 [31m \\x1b"
    assert printable(kept) == kept
