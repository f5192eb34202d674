"""The scripts that let a shell complete commands, options and values."""

import os
import shutil
import subprocess
import sys

import pytest

from miaf_engine.process import completion
from miaf_engine.process.command_line import main
from miaf_engine.process.worker import USER_ERROR
from tests.repository import ROOT

pytest.importorskip("shtab")

# Calls the function that bash calls when a person presses the Tab key.
PRESS_TAB = """
source "$1"
shift
COMP_WORDS=("$@")
COMP_CWORD=$(($# - 1))
name=$(complete -p miaf-engine | sed 's/.*-F \\([^ ]*\\) .*/\\1/')
"$name"
printf '%s\\n' "${COMPREPLY[@]}"
"""
# A terminal in which the Tab key is pressed, and then one that prints the line.
PRINT_LINE = """
print_line() { print -r -- "<$BUFFER>"; exit }
zle -N print_line
bindkey '^G' print_line
"""
PRESS_TAB_IN_ZSH = r"""
zmodload zsh/zpty
zpty terminal zsh -i
zpty -w -n terminal "$1"$'\t\a'
zpty -r -m terminal screen '*<*>*'
line=${screen##*<}
print -r -- "${line%%>*}"
"""


def printed(capsys, shell):
    with pytest.raises(SystemExit) as caught:
        main(["--print-completion", shell])
    assert caught.value.code == 0
    return capsys.readouterr().out


@pytest.fixture
def tab(capsys, tmp_path):
    """Return what bash offers for words of which the last one is not finished."""
    if shutil.which("bash") is None:
        pytest.skip("bash is missing")
    (tmp_path / "completion").write_text(printed(capsys, "bash"), encoding="utf-8")
    (tmp_path / "cube.tif").touch()

    def offered(*words):
        done = subprocess.run(
            ["bash", "-c", PRESS_TAB, "bash", "completion", "miaf-engine", *words],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout.split()

    return offered


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (["classify-m"], ["classify-many"]),
        (["train", "--epo"], ["--epochs"]),
        (["train", "--holdout-p"], ["--holdout-percent"]),
        (["train", "--holdout", "ma"], ["matched"]),
        (["train", "--preset", ""], ["quick", "standard", "best"]),
        (["train", "--cube", "cu"], ["cube.tif"]),
        (["assess", "--epo"], []),
    ],
)
def test_bash_completes(tab, words, offered):
    assert tab(*words) == offered


@pytest.mark.skipif(shutil.which("zsh") is None, reason="zsh is missing")
@pytest.mark.parametrize(
    ("words", "completed"),
    [
        ("miaf-engine classify-m", "classify-many "),
        ("miaf-engine train --epo", "--epochs "),
        ("miaf-engine train --holdout ma", "matched "),
        ("miaf-engine train --cube cu", "cube.tif "),
    ],
)
def test_zsh_completes(capsys, tmp_path, words, completed):
    """With the lines of docs/command_line.md, in a home folder that has no others."""
    page = (ROOT / "docs" / "command_line.md").read_text(encoding="utf-8")
    start = page.index("fpath=")
    lines = page[start : page.index("```", start)]
    (tmp_path / ".zshrc").write_text(lines + PRINT_LINE, encoding="utf-8")
    functions = tmp_path / ".zfunc"
    functions.mkdir()
    (functions / "_miaf-engine").write_text(printed(capsys, "zsh"), encoding="utf-8")
    (tmp_path / "cube.tif").touch()
    done = subprocess.run(
        ["zsh", "-f", "-c", PRESS_TAB_IN_ZSH, "zsh", words],
        cwd=tmp_path,
        env={"HOME": str(tmp_path), "PATH": os.environ["PATH"], "TERM": "dumb"},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    begun = words.rpartition(" ")[0]
    assert done.stdout.splitlines()[-1] == f"{begun} {completed}"


@pytest.mark.parametrize("shell", completion.SHELLS)
def test_each_shell_gets_a_script_of_its_options(capsys, shell):
    text = printed(capsys, shell)
    assert "miaf-engine" in text and "holdout-percent" in text


def test_without_the_package_the_user_is_told_what_to_install(capsys, monkeypatch):
    monkeypatch.setitem(sys.modules, "shtab", None)
    with pytest.raises(SystemExit) as caught:
        main(["--print-completion", "bash"])
    assert caught.value.code == USER_ERROR
    assert "pip install shtab" in capsys.readouterr().err
