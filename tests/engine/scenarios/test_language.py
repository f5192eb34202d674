"""A run in another language leaves nothing in English: report, log, steps, result."""

import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

from miaf_engine.errors import ConfigError
from miaf_engine.process.summary import result_text
from miaf_engine.requests import TrainRequest
from miaf_engine.requests.settings import SplitConfig
from miaf_engine.tasks import carry_out
from miaf_engine.translation import speak
from tests.repository import ROOT
from tests.scenes import Recorder

# Two words or more: numbers, names of classes, files and settings are no sentences.
SENTENCE = re.compile(r"[^\W\d_]{2,} +[^\W\d_]{2,}")


class Page(HTMLParser):
    """The texts of a page, and those that stand for its pictures."""

    def __init__(self, path):
        super().__init__()
        self.texts, self._hidden = set(), False
        self.feed(Path(path).read_text(encoding="utf-8"))

    def handle_starttag(self, tag, attributes):
        self._hidden = tag == "style"
        self.texts |= {text for name, text in attributes if name in ("alt", "title")}

    def handle_endtag(self, tag):
        self._hidden = False

    def handle_data(self, data):
        if not self._hidden:
            self.texts.add(" ".join(data.split()))


def sentences(texts):
    return {text for text in texts if SENTENCE.search(text)}


@pytest.fixture(scope="module")
def german(trained, tmp_path_factory):
    folder = tmp_path_factory.mktemp("german")
    made = {name: str(folder / Path(path).name) for name, path in trained.made.items()}
    recorder = Recorder()
    speak("de")
    try:
        result = carry_out(TrainRequest(**trained.given, **made, seed=3), recorder)
        text = result_text("train", result)
    finally:
        speak("en")
    return made, recorder, result, text


def test_no_sentence_of_the_report_is_english(trained, german):
    english, other = (Page(made["report"]) for made in (trained.made, german[0]))
    assert len(sentences(english.texts)) > 40
    assert sentences(english.texts) & sentences(other.texts) == set()
    assert 'lang="de"' in Path(german[0]["report"]).read_text(encoding="utf-8")


def test_no_line_of_the_log_is_english(trained, german):
    for name in ("infos", "warnings", "texts"):
        english = sentences(getattr(trained.recorder, name))
        assert english & sentences(getattr(german[1], name)) == set()


def test_no_line_of_the_result_is_english(trained, german):
    english = result_text("train", trained.result).splitlines()
    assert sentences(english) & sentences(german[3].splitlines()) == set()


def test_what_programs_read_is_the_same_in_every_language(trained, german):
    assert german[2]["figures"].keys() == trained.figures.keys()
    classes = (
        figures["classes"] for figures in (german[2]["figures"], trained.figures)
    )
    assert len({str([item["name"] for item in found]) for found in classes}) == 1


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Error: There is no file '{path}'. Check the path."),
        ("de", "Fehler: Es gibt keine Datei „{path}“. Prüfen Sie den Pfad."),
        ("es", "Error: No existe el archivo «{path}». Revise la ruta."),
        ("fr", "Erreur : Il n'y a pas de fichier « {path} ». Vérifiez le chemin."),
        ("zh", "错误：没有文件“{path}”。 请检查路径。"),  # noqa: RUF001
    ],
)
def test_the_command_line_reports_a_wrong_path(language, words, tmp_path):
    path = tmp_path / "missing.tif"
    given = ["inspect", "--cube", str(path), "--language", language]
    ended = subprocess.run(
        [sys.executable, "-m", "miaf_engine", *given],
        capture_output=True,
        encoding="utf-8",
        env={"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
        timeout=120,
    )
    assert ended.returncode == 1
    assert ended.stderr.splitlines()[-1] == words.format(path=path)


def test_a_setting_is_called_as_in_the_dialog():
    speak("de")
    try:
        with pytest.raises(ConfigError) as refused:
            SplitConfig(folds=0)
    finally:
        speak("en")
    assert refused.value.message == (
        "„Teilmengen der Kreuzvalidierung“ (folds) muss mindestens 1 sein (ist 0)."
    )
