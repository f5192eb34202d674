"""The catalogues of the engine's texts, and that a run speaks one language."""

import ast
import gettext
import re
import subprocess
import sys
from dataclasses import fields
from importlib.util import module_from_spec, spec_from_file_location
from xml.etree import ElementTree

import pytest

from miaf_engine.requests.base import SETTINGS_CLASSES
from miaf_engine.requests.settings import title_of
from miaf_engine.translation import CATALOGUES, languages, speak, spoken, tr, tr_n
from tests.repository import ROOT

HINT = "run `make i18n`, translate what is unfinished in miaf_engine/languages, again"
# Another word for what has a name already: what not to write, and what instead.
TERMS = {
    "de": {
        r"Trainingsgebiete?n?\b": "Trainingsfläche",
        r"Testgebiete?n?\b": "Testfläche",
        r"\b(Spektral)?(Band|Bands|Bänder|Bändern)\b": "Kanal",
    }
}
CALLS = {"tr", "tr_n", "marked", "marked_n"}
# Places for values, and what a page or a spreadsheet reads.
PLACES = re.compile(r"\{\w*(?::[^}]*)?\}|%\(\w+\)s|%%|</?\w+>|&nbsp;|\n")


@pytest.fixture(scope="module")
def maker():
    place = ROOT / "resources" / "i18n" / "make_engine_catalogues.py"
    specification = spec_from_file_location("engine_catalogues", place)
    module = module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def texts(maker):
    return maker.texts()


@pytest.fixture
def german():
    speak("de_AT")
    yield
    speak("en")


def test_a_catalogue_is_read_once_a_text_is_asked_for(german, monkeypatch):
    read = []
    real = gettext.GNUTranslations
    monkeypatch.setattr(
        gettext, "GNUTranslations", lambda file: read.append(file) or real(file)
    )
    speak("de")
    assert spoken() == "de"
    assert not read
    assert tr("Known settings: {names}.") == "Bekannte Einstellungen: {names}."
    assert tr_n("{n} thread", "{n} threads", 3) == "3 Threads"
    assert len(read) == 1


def forms(value):
    return [value] if isinstance(value, str) else list(value)


def dialog_labels(language):
    path = ROOT / "resources" / "i18n" / f"miaf_{language}.ts"
    return {
        message.findtext("source"): message.findtext("translation")
        for message in ElementTree.parse(path).iter("message")
    }


def test_the_languages_are_those_of_the_catalogues(maker):
    assert languages() == ["en", *maker.LANGUAGES]
    assert {path.stem for path in CATALOGUES.glob("*.po")} == set(maker.LANGUAGES)


@pytest.mark.parametrize("language", ["de", "es", "fr", "zh"])
def test_a_catalogue_has_the_texts_of_the_engine(maker, texts, language):
    assert len(texts) > 290
    po = maker.as_po(maker.updated(language, texts))
    assert po == (CATALOGUES / f"{language}.po").read_bytes(), HINT
    assert maker.as_mo(po) == (CATALOGUES / f"{language}.mo").read_bytes(), HINT


def test_every_text_of_the_sources_is_in_the_catalogues(texts):
    known = {text for message in texts for text in forms(message.id)}
    for path in (ROOT / "miaf_engine").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in CALLS:
                given = [
                    part.value for part in node.args if isinstance(part, ast.Constant)
                ]
                assert known.issuperset(given), (path.name, node.lineno)


@pytest.mark.parametrize("language", ["de", "es", "fr", "zh"])
def test_no_text_is_unfinished(maker, texts, language):
    lacking = maker.unfinished(maker.updated(language, texts))
    assert lacking == [], HINT


@pytest.mark.parametrize("language", ["de", "es", "fr", "zh"])
def test_places_for_values_are_kept(maker, language):
    for message in maker.read(language):
        if not message.id:
            continue
        wanted = sorted(set(PLACES.findall(forms(message.id)[-1])) - {"&nbsp;", "%%"})
        for words in forms(message.string):
            found = sorted(set(PLACES.findall(words)) - {"&nbsp;", "%%"})
            assert found == wanted, message.id
            # A percent sign of a page must not begin a place for a value.
            if "%(" in words or "%%" in words:
                assert not re.search(
                    r"(?<!%)%(?![%(])(?!%)", words.replace("%%", "")
                ), words


@pytest.mark.parametrize("language", ["de", "es", "fr", "zh"])
def test_settings_that_a_text_names_are_called_as_in_the_dialog(maker, language):
    labels = dialog_labels(language)
    named = [
        (label, forms(message.string)[0])
        for message in maker.read(language)
        if message.id
        for label in re.findall(r"'([A-Z][^'{}]+)'", forms(message.id)[0])
        if label in labels
    ]
    assert named
    for label, words in named:
        assert labels[label].casefold() in words.casefold(), (label, words)


@pytest.mark.parametrize("language", ["de", "es", "fr", "zh"])
def test_settings_have_the_names_of_the_dialog(maker, language):
    labels = dialog_labels(language)
    catalogue = maker.read(language)
    for kind in SETTINGS_CLASSES:
        for item in fields(kind):
            title = title_of(item)
            assert catalogue[title].string == labels[title], title


@pytest.mark.parametrize("language", TERMS)
def test_one_thing_has_one_name_in_dialogs_and_engine(maker, language):
    texts = [*dialog_labels(language).values()]
    for message in maker.read(language):
        texts += forms(message.string) if message.id else []
    for other, term in TERMS[language].items():
        found = [text for text in texts if re.search(other, text)]
        assert found == [], f"call it {term}"
        assert any(term in text for text in texts)


def test_texts_follow_the_language(german):
    assert spoken() == "de"
    assert tr("Overall accuracy") == "Gesamtgenauigkeit"
    assert tr_n("{n} thread", "{n} threads", 1) == "1 Thread"
    assert tr_n("{n} thread", "{n} threads", 3) == "3 Threads"
    assert tr("no such text") == "no such text"


@pytest.mark.parametrize("locale", ["en_GB", "C", "xx", "", "../de"])
def test_without_a_catalogue_texts_are_english(locale):
    speak(locale)
    assert spoken() == "en" and tr("Overall accuracy") == "Overall accuracy"


@pytest.mark.parametrize(("language", "words"), [("fr", "Carte"), ("", "Map")])
def test_a_process_speaks_what_its_environment_says(language, words):
    code = "from miaf_engine.translation import tr; print(tr('Map'))"
    said = subprocess.run(
        [sys.executable, "-c", code],
        env={"MIAF_LANGUAGE": language, "PYTHONPATH": str(ROOT)},
        check=True,
        capture_output=True,
        text=True,
    )
    assert said.stdout.strip() == words
