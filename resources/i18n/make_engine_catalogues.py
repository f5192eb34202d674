"""Brings the catalogues of the engine's texts, `miaf_engine/languages`, up to date.

Run in `.venv` (`make i18n`) after a change of texts. New texts are added to each
`LANGUAGE.po`, those that changed a little are marked as fuzzy, texts that are gone are
dropped, and of each the `.mo` that the engine reads is made. Translate in Poedit or by
hand, then run it again. A test fails while a text is unfinished or fuzzy.
"""

from __future__ import annotations

import io
import sys
from datetime import datetime, timezone
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "miaf_engine" / "languages"
# How many forms of a text there are by number, and which one n things take.
PLURALS = {
    "de": "nplurals=2; plural=(n != 1);",
    "es": "nplurals=2; plural=(n != 1);",
    "fr": "nplurals=2; plural=(n > 1);",
    "zh": "nplurals=1; plural=0;",
}
LANGUAGES = tuple(PLURALS)
NO_DATE = datetime.fromtimestamp(0, timezone.utc)
KEYWORDS = {
    **{
        "tr": None,
        "marked": None,
        "in_picture": None,
        "tr_n": (1, 2),
        "marked_n": (1, 2),
    },
    **{"_": None, "gettext": None, "ngettext": (1, 2)},
}
METHODS = [("**.py", "python"), ("**.j2", "jinja2")]
TEMPLATES = {"**.j2": {"trimmed": "true", "newstyle_gettext": "true"}}


def texts() -> Catalog:
    """Return all texts of the engine and its reports, in English."""
    found = Catalog(project="MIAF-Net", charset="utf-8")
    for name, _, text, comments, context in extract_from_dir(
        ROOT / "miaf_engine", METHODS, TEMPLATES, KEYWORDS
    ):
        place = (f"miaf_engine/{Path(name).as_posix()}", 0)
        found.add(text, None, [place], auto_comments=comments, context=context)
    return found


def read(language: str) -> Catalog:
    """Return the catalogue of a language; empty where there is none yet."""
    path = FOLDER / f"{language}.po"
    text = path.read_bytes() if path.is_file() else header(language)
    return read_po(io.BytesIO(text), locale=language)


def header(language: str) -> bytes:
    """Return the start of a catalogue: what gettext needs, and no dates."""
    return (
        f'msgid ""\nmsgstr ""\n"Language: {language}\\n"\n'
        '"Content-Type: text/plain; charset=utf-8\\n"\n'
        f'"Plural-Forms: {PLURALS[language]}\\n"\n\n'
    ).encode()


def updated(language: str, template: Catalog) -> Catalog:
    """Return the catalogue of a language with the texts that there are now."""
    catalogue = read(language)
    catalogue.update(template)
    catalogue.obsolete.clear()
    return catalogue


def as_po(catalogue: Catalog) -> bytes:
    """Return a catalogue as people translate it, without line numbers."""
    stream = io.BytesIO()
    for message in catalogue:
        if "python-brace-format" in message.flags:  # "{share} % of" is no format
            message.flags.discard("python-format")
    write_po(
        stream, catalogue, width=88, omit_header=True, sort_by_file=True,
        include_lineno=False,
    )  # fmt: skip
    return header(str(catalogue.locale)) + stream.getvalue()


def as_mo(po: bytes) -> bytes:
    """Return a catalogue as the engine reads it."""
    stream = io.BytesIO()
    catalogue = read_po(io.BytesIO(po), ignore_obsolete=True)
    # The same texts give the same bytes.
    catalogue.creation_date = catalogue.revision_date = NO_DATE
    write_mo(stream, catalogue)
    return stream.getvalue()


def unfinished(catalogue: Catalog) -> list[str]:
    """Return the texts without a translation, or whose translation is to be checked."""
    return [
        str(message.id)
        for message in catalogue
        if message.id and (message.fuzzy or not all(_parts(message.string)))
    ]


def _parts(string: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    return tuple(string) if isinstance(string, (tuple, list)) else (string or "",)


def main() -> int:
    """Write the catalogues; say what is left to translate."""
    template = texts()
    for language in LANGUAGES:
        catalogue = updated(language, template)
        po = as_po(catalogue)
        (FOLDER / f"{language}.po").write_bytes(po)
        (FOLDER / f"{language}.mo").write_bytes(as_mo(po))
        lacking = unfinished(catalogue)
        print(f"{language}: {len(template)} texts of the engine, "
              f"{len(lacking)} unfinished")  # fmt: skip
    return 0


if __name__ == "__main__":
    sys.exit(main())
