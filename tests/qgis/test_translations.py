"""The catalogues: each text of the plugin in each language, and QGIS's language."""

import re
from importlib.util import module_from_spec, spec_from_file_location
from types import SimpleNamespace

import pytest
from qgis.PyQt.QtCore import QCoreApplication

from miaf_engine.errors import MiafError
from miaf_engine.models.card import read_card
from miaf_engine.translation import spoken
from miaf_qgis.plugin import MiafPlugin
from miaf_qgis.translation import CATALOGUES, install_translator, tr

LANGUAGES = ("de", "es", "fr", "zh")
HINT = "run `make i18n`, translate what is unfinished in resources/i18n, run it again"
# What stands in texts for values, names of parameters and fields, and quoted markup.
FIXED = re.compile(r"\{\w*\}|\b[A-Z]+_[A-Z_]+\b|\b\w+:N\b|MIAF-Net|GeoTIFF|NumPy")


@pytest.fixture(scope="module")
def maker():
    place = CATALOGUES / "make_catalogues.py"
    specification = spec_from_file_location("catalogues", place)
    module = module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


@pytest.fixture
def german():
    translator = install_translator("de_AT")
    yield
    QCoreApplication.removeTranslator(translator)


def test_the_catalogues_have_the_texts_of_the_plugin(maker, provider):
    texts = maker.all_texts()
    assert len(maker.dialog_texts()) > 250
    for language in LANGUAGES:
        path = CATALOGUES / f"miaf_{language}.ts"
        known = maker.read(path)
        made = maker.catalogue(language, texts, known)
        assert made == path.read_text(encoding="utf-8"), HINT


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_unfinished(maker, provider, language):
    known = maker.read(CATALOGUES / f"miaf_{language}.ts")
    lacking = [text for text in maker.all_texts() if text not in known]
    assert len(lacking) == 0, (HINT, lacking)


@pytest.mark.parametrize("language", LANGUAGES)
def test_settings_that_a_text_names_are_called_as_in_the_dialog(maker, language):
    known = maker.read(CATALOGUES / f"miaf_{language}.ts")
    named = [
        (label, words)
        for text, words in known.items()
        for label in re.findall(r"'([^'{}]+)'", text)
        if label in known
    ]
    assert len(named) > 40
    for label, words in named:
        assert known[label].casefold() in words.casefold(), (label, words)


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_and_places_for_values_are_kept(maker, language):
    for text, words in maker.read(CATALOGUES / f"miaf_{language}.ts").items():
        assert set(FIXED.findall(text)) <= set(FIXED.findall(words)), text
        for sign in "\n{}":
            assert text.count(sign) == words.count(sign), text


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_qt_reads_is_what_the_catalogue_says(maker, language):
    translator = install_translator(language)
    try:
        for text, words in maker.read(CATALOGUES / f"miaf_{language}.ts").items():
            assert tr(text) == words, HINT
    finally:
        QCoreApplication.removeTranslator(translator)


def test_dialogs_follow_the_language(provider, algorithm, german):
    train = algorithm("train")
    assert train.displayName() == "Modell trainieren"
    assert train.parameterDefinition("ROIS").description() == "Trainingsflächen"
    assert train.name() == "train"


def test_dialogs_of_ready_models_follow_the_language(provider, algorithm, german):
    model = algorithm("classifyandvectorise")
    titles = {p.name(): p.description() for p in model.parameterDefinitions()}
    assert titles["ROIS"] == "Trainingsflächen"
    assert titles["SMALLEST_PATCH"] == "Kleinster Fleck (Pixel)"
    assert titles["polygons:OUTPUT"] == "Polygone der Landbedeckung"
    assert "Polygone, Linien oder Punkte" in model.parameterDefinition("ROIS").help()
    assert "0 ist nicht klassifiziert" in model.parameterDefinition("map:OUTPUT").help()


def test_without_a_catalogue_texts_are_english():
    assert install_translator("en_GB") is None
    assert install_translator("C") is None
    assert tr("Train model") == "Train model"


def test_the_language_of_the_command_line_counts(qgis):
    """`qgis --lang fr` leaves the settings, and with them `locale`, as they are."""
    before = qgis.translation()
    qgis.setTranslation("fr")
    try:
        translator = install_translator()
        assert tr("Model") == "Modèle"
        QCoreApplication.removeTranslator(translator)
    finally:
        qgis.setTranslation(before)
    assert tr("Model") == "Model"


def test_unload_takes_the_translator_away(monkeypatch):
    plugin = MiafPlugin(None)
    plugin._translator = install_translator("fr")
    assert tr("Model") == "Modèle"
    plugin.unload()
    assert tr("Model") == "Model"


def test_the_engine_in_qgis_speaks_its_language(qgis, monkeypatch, tmp_path):
    registry = SimpleNamespace(
        addProvider=lambda _: None, removeProvider=lambda _: None
    )
    application = SimpleNamespace(processingRegistry=lambda: registry)
    monkeypatch.setattr("miaf_qgis.plugin.QgsApplication", application)
    before, plugin = qgis.translation(), MiafPlugin(None)
    model = tmp_path / "other.miaf.safetensors"
    model.write_bytes(b"no model")
    try:
        qgis.setTranslation("de")
        plugin.initProcessing()
        with pytest.raises(MiafError) as refused:
            read_card(model)
    finally:
        plugin.unload()
        qgis.setTranslation(before)
    assert f"„{model}“ ist kein MIAF-Modell: " in refused.value.message
    assert refused.value.hint.startswith("Wählen Sie ein Modell")
    assert spoken() == "en"
