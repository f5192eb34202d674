"""The scripts that let a shell complete commands, options and values."""

import shutil
import subprocess
import sys

import pytest

from miaf_engine.process import completion
from miaf_engine.process.command_line import main
from miaf_engine.process.worker import USER_ERROR

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
