"""Brings the catalogues of translations beside this file up to date.

Run with QGIS's Python (`make i18n`) after a change of texts. New texts are added to
each `miaf_LANGUAGE.ts` as unfinished, texts that are gone are dropped, and Qt's
`lrelease` makes of each the `.qm` that QGIS reads. Translate in Qt Linguist or by hand,
then run it again. A test fails while a text is unfinished.
"""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from xml.sax.saxutils import escape

FOLDER = Path(__file__).resolve().parent
ROOT = FOLDER.parents[1]
LANGUAGES = ("de", "es", "fr", "zh")
CONTEXT = "MIAF-Net"
# In dialogs, but not of an algorithm: the menu, the offer of the engine, questions.
WINDOWS = (
    *("engine/closing.py", "desktop/desktop.py", "ready_models/designer.py"),
    *("dock/area_layer.py", "dock/class_list.py", "dock/launcher.py"),
    *("dock/outcome.py", "dock/panel.py", "dock/run_box.py", "dock/runs.py"),
    *("layers/run_notes.py", "desktop/run_end.py", "desktop/swipe.py"),
    *("dock/layer_menu.py", "dock/spectrum_box.py", "dock/training_areas.py"),
)


def dialog_texts() -> list[str]:
    """Return the texts of all dialogs, the options page and the menu, in English."""
    from miaf_qgis import settings, translation
    from miaf_qgis.provider import ALGORITHMS
    from miaf_qgis.ready_models.models import ready_models

    texts: dict[str, None] = {}
    translation.listeners.append(lambda text: texts.setdefault(text))
    try:
        for algorithm in [*(made() for made in ALGORITHMS), *ready_models()]:
            ask(algorithm)
        settings.entries()
    finally:
        translation.listeners.pop()
    for name in WINDOWS:
        texts |= dict.fromkeys(literals(ROOT / "miaf_qgis" / name))
    return list(texts)


def ask(algorithm: Any) -> None:
    """Have an algorithm say all that its dialog shows."""
    algorithm.displayName()
    algorithm.group()
    algorithm.shortDescription()
    algorithm.shortHelpString()
    algorithm.tags()
    algorithm.create()  # Declares its parameters.


def literals(path: Path) -> list[str]:
    """Return the texts in calls of `tr` in a source file."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [
        node.args[0].value
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "tr"
        and isinstance(node.args[0], ast.Constant)
    ]


def all_texts() -> list[str]:
    """Return the texts of the dialogs, then all others that users may meet."""
    found = dict.fromkeys(dialog_texts())
    for path in sorted((ROOT / "miaf_qgis").rglob("*.py")):
        found |= dict.fromkeys(literals(path))
    return list(found)


def read(path: Path) -> dict[str, str]:
    """Return {English: translation} of a catalogue; unfinished ones are left out."""
    if not path.is_file():
        return {}
    found = {}
    for message in ElementTree.parse(path).iter("message"):
        translation = message.find("translation")
        if translation.get("type") != "unfinished" and translation.text:
            found[message.findtext("source")] = translation.text
    return found


def catalogue(language: str, texts: list[str], known: dict[str, str]) -> str:
    """Return a catalogue in the format of Qt Linguist."""
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        "<!DOCTYPE TS>",
        f'<TS version="2.1" language="{language}" sourcelanguage="en">',
        "<context>",
        f"    <name>{CONTEXT}</name>",
    ]
    for text in texts:
        words = known.get(text, "")
        state = "" if words else ' type="unfinished"'
        lines += [
            "    <message>",
            f"        <source>{escape(text)}</source>",
            f"        <translation{state}>{escape(words)}</translation>",
            "    </message>",
        ]
    return "\n".join([*lines, "</context>", "</TS>", ""])


def main() -> int:
    """Write the catalogues; say what is left to translate."""
    if shutil.which("lrelease") is None:
        print("lrelease is missing (Debian: qttools5-dev-tools).", file=sys.stderr)
        return 1
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    sys.path.append(str(ROOT))
    from qgis.core import QgsApplication

    from miaf_qgis.provider import MiafProvider

    application = QgsApplication([], False)
    application.initQgis()
    # Ready models have outputs only where the algorithms of their steps are known.
    provider = MiafProvider()
    QgsApplication.processingRegistry().addProvider(provider)
    dialogs, texts = set(dialog_texts()), all_texts()
    application.exitQgis()
    for language in LANGUAGES:
        path = FOLDER / f"miaf_{language}.ts"
        known = read(path)
        path.write_text(catalogue(language, texts, known), encoding="utf-8")
        subprocess.run(
            ["lrelease", "-silent", str(path), "-qm", str(path.with_suffix(".qm"))],
            check=True,
        )
        lacking = [text for text in texts if text not in known]
        of_dialogs = sum(text in dialogs for text in lacking)
        print(f"{language}: {len(texts)} texts, {len(lacking)} unfinished, "
              f"{of_dialogs} of them in dialogs")  # fmt: skip
    return 0


if __name__ == "__main__":
    sys.exit(main())
