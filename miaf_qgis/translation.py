"""Translation of the texts that users see."""

from __future__ import annotations

from collections.abc import Callable

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QCoreApplication, QTranslator

from miaf_qgis import PLUGIN_FOLDER

CATALOGUES = PLUGIN_FOLDER / "resources" / "i18n"
# What the engine's own `translation` reads.
ENGINE_LANGUAGE = "MIAF_LANGUAGE"
# Hear each English text that is asked for; the catalogues are made so.
listeners: list[Callable[[str], object]] = []


def tr(text: str) -> str:
    """Return `text` in the user's language."""
    for hear in listeners:
        hear(text)
    return QCoreApplication.translate("MIAF-Net", text)


def install_translator(locale: str | None = None) -> QTranslator | None:
    """Let texts appear in the language of QGIS; None where there is no catalogue.

    Args:
        locale: Such as de or pt_BR; None asks QGIS.

    Returns:
        The translator, which works as long as it is kept.
    """
    path = CATALOGUES / f"miaf_{language(locale)}.qm"
    if not path.is_file():
        return None
    translator = QTranslator()
    if not translator.load(str(path)):
        return None
    QCoreApplication.installTranslator(translator)
    return translator


def language_environment() -> dict[str, str]:
    """Return the variable that has the engine speak the language of QGIS."""
    return {ENGINE_LANGUAGE: language()}


def language(locale: str | None = None) -> str:
    """Return the language of a locale, of that of QGIS where None, as de."""
    return (_locale() if locale is None else locale)[:2].lower()


def _locale() -> str:
    """Return the locale of QGIS's own texts."""
    application = QgsApplication.instance()
    # `qgis --lang` is known here alone; qgis_process knows only the settings.
    chosen = getattr(application, "translation", str)()
    return str(chosen or QgsApplication.locale())
