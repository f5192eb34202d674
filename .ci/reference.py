"""Writes docs/reference.md from the help pages, which are made from the parameters."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

HELP = Path(__file__).resolve().parents[1] / "resources" / "help"
HEAD = """# Reference of the algorithms

Every algorithm with its parameters and results, as the dialogs, scripts and
`qgis_process` have them: `.ci/tables.py` makes this page from the help pages. On the
command line a parameter `CLASS_FIELD` is the option `--class-field`. Named otherwise
there: `CREATION_OPTIONS` is `--creation-option`, given once for each; `RESUME` off is
`--no-resume`; *Import a benchmark scene* is `import`; *Classify several cubes with a
model* is `classify-many` with a list of cubes and `--output-folder`.
"""
_MARKS = {"code": "`", "i": "*"}


def reference() -> str:
    """Return the page."""
    index = _Index()
    index.feed((HELP / "index.html").read_text(encoding="utf-8"))
    links, parts = [], []
    for name, title in index.entries:
        page = _Page(name)
        page.feed((HELP / f"{name}.html").read_text(encoding="utf-8"))
        links.append(f"- [{title}](#{_anchor(title)}) (`miaf:{name}`)")
        parts.append("\n".join(page.lines).strip() + "\n")
    return "\n".join([HEAD, *links, "", *parts])


def _anchor(title: str) -> str:
    kept = "".join(c for c in title.lower() if c.isalnum() or c in " -_")
    return kept.replace(" ", "-")


class _Index(HTMLParser):
    """The algorithms in the order of the first page: (name, title)."""

    def __init__(self) -> None:
        super().__init__()
        self.entries: list[tuple[str, str]] = []
        self._inside = False
        self._name = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self._inside |= tag == "ul" and found.get("class") == "algorithms"
        if tag == "a" and self._inside:
            self._name = (found.get("href") or "").removesuffix(".html")

    def handle_data(self, data: str) -> None:
        if self._name:
            self.entries.append((self._name, data))
            self._name = ""

    def handle_endtag(self, tag: str) -> None:
        self._inside &= tag != "ul"


class _Page(HTMLParser):
    """One help page as lines of Markdown; each list becomes a table."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.lines: list[str] = []
        self._name = name
        self._text = ""
        self._term = ""
        self._quiet = 0

    def handle_starttag(self, tag: str, _attrs: object) -> None:
        if tag in ("head", "nav", "pre"):
            self._quiet += 1
        elif tag in ("h1", "h2", "p", "dt", "dd", "summary"):
            self._text = ""
        elif tag == "dl":
            self.lines += ["| name | meaning |", "| --- | --- |"]
        elif tag == "br":
            self._text += " "
        self._text += _MARKS.get(tag, "")

    def handle_data(self, data: str) -> None:
        self._text += data.replace("|", "\\|") if not self._quiet else ""

    def handle_endtag(self, tag: str) -> None:
        self._text += _MARKS.get(tag, "")
        text = " ".join(self._text.split())
        if tag in ("head", "nav", "pre"):
            self._quiet -= 1
        elif tag == "h1":
            self.lines += [f"## {text}", "", f"`miaf:{self._name}`"]
        elif tag in ("h2", "summary") and "Python" not in text:
            self.lines += ["", f"**{text}**", ""]
        elif tag == "p":
            self.lines += ["", text]
        elif tag == "dt":
            self._close_term()
            title, _, name = text.rpartition(" ")
            self._term = f"| {name} | {title}"
        elif tag == "dd":
            self.lines.append(f"{self._term}: {text} |" if text else f"{self._term} |")
            self._term = ""
        elif tag == "dl":
            self._close_term()

    def _close_term(self) -> None:
        if self._term:
            self.lines.append(f"{self._term} |")
            self._term = ""
