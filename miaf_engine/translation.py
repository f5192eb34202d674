"""The language of what the engine tells people: report, log and summary.

English unless `MIAF_LANGUAGE` or `speak` says otherwise. Keys, names of classes and
files, and all that a program reads are the same in every language.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import gettext

VARIABLE = "MIAF_LANGUAGE"
CATALOGUES = Path(__file__).parent / "languages"
ENGLISH = "en"


class _Speech:
    """The language of this process, and its catalogue, None until a text is needed."""

    language = ENGLISH
    catalogue: gettext.NullTranslations | None = None


def languages() -> list[str]:
    """Return the languages that there are, as de, English first."""
    return [ENGLISH, *sorted(path.stem for path in CATALOGUES.glob("*.mo"))]


def speak(locale: str) -> None:
    """Use a language from now on; processes that are started go by `MIAF_LANGUAGE`.

    Args:
        locale: As de or pt_BR, of which the language counts; English where there is
            no catalogue of it.
    """
    language = locale[:2].lower()
    _Speech.language = language if _file_of(language).is_file() else ENGLISH
    _Speech.catalogue = None


def spoken() -> str:
    """Return the language that is used, as de."""
    return _Speech.language


def tr(text: str) -> str:
    """Return `text` in the language that is used."""
    return _catalogue().gettext(text)


def tr_n(one: str, many: str, n: int, **values: Any) -> str:
    """Return the text for a number of things, with the number and values put in.

    Args:
        one: Text for a single one, as "{n} area".
        many: Text for another number.
        n: The number.
        values: What else stands in braces.
    """
    return ngettext(one, many, n).format(n=n, **values)


def ngettext(one: str, many: str, n: int) -> str:
    """Return the text for a number of things as it stands in the catalogue."""
    return _catalogue().ngettext(one, many, n)


def _catalogue() -> gettext.NullTranslations:
    """Return the catalogue of the language; QGIS starts without reading it."""
    if _Speech.catalogue is None:
        import gettext

        if _Speech.language == ENGLISH:
            _Speech.catalogue = gettext.NullTranslations()
        else:
            with _file_of(_Speech.language).open("rb") as stream:
                _Speech.catalogue = gettext.GNUTranslations(stream)
    return _Speech.catalogue


def _file_of(language: str) -> Path:
    return CATALOGUES / f"{language}.mo"


def marked(text: str) -> str:
    """Return `text` as it is: it is translated where it is used, by `tr`."""
    return text


def marked_n(one: str, many: str) -> tuple[str, str]:
    """Return both texts as they are: they are translated where used, by `tr_n`."""
    return one, many


if os.environ.get(VARIABLE):
    speak(os.environ[VARIABLE])
