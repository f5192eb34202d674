"""Writes the tables of docs/: fixtures, refusals and the reference of parameters.

Run with the engine's interpreter. `--check` writes nothing and fails where a table is
not what it would be.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / ".ci")]

from reference import reference  # noqa: E402

from miaf_engine import errors  # noqa: E402
from miaf_engine.errors import MiafError  # noqa: E402

BEGIN, END = "<!-- table -->\n", "<!-- end of table -->"
REFUSALS = """# What the engine refuses

Every error that the engine raises on purpose, by module, as it stands in the source:
`.ci/tables.py` writes this page. Braces hold what is put in. The plugin checks what it
can before the engine starts, with messages of its own.

Users read these messages in the language of QGIS or of `--language`. Those that only a
mistake of a developer or a forged file can raise stay English;
`tests/test_messages.py` lists them.
"""
_ERRORS = {
    name
    for name, kind in vars(errors).items()
    if isinstance(kind, type) and issubclass(kind, MiafError)
}
_LONGEST = 28


def refusals() -> str:
    """Return the page of all refusals."""
    page = [REFUSALS]
    for path in sorted((ROOT / "miaf_engine").rglob("*.py")):
        rows = list(_rows(ast.parse(path.read_text(encoding="utf-8"))))
        if rows:
            name = path.relative_to(ROOT / "miaf_engine").with_suffix("")
            page.append(f"## {'.'.join(name.parts)}\n")
            page.append("| error | message | what to do |\n| --- | --- | --- |")
            page.append("\n".join(dict.fromkeys(rows)) + "\n")
    return "\n".join(page)


def _rows(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call):
            call, name = node.exc, ast.unparse(node.exc.func)
            if name in _ERRORS and call.args:
                hints = [word.value for word in call.keywords if word.arg == "hint"]
                yield _row(name, call.args[0], hints[0] if hints else None)
        elif isinstance(node, ast.Call) and ast.unparse(node.func) == "_refuse":
            yield _row("ModelFormatError", node.args[-1], None)


def _row(name: str, message: ast.expr, hint: ast.expr | None) -> str:
    cells = [name, _text(message), "" if hint is None else _text(hint)]
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _text(node: ast.expr) -> str:
    """Return the text that an expression makes, with braces where values go."""
    match node:
        case ast.Constant(value=str(text)):
            return " ".join(text.split("\n"))
        case ast.JoinedStr(values=parts):
            return "".join(map(_text, parts))
        case ast.FormattedValue(value=ast.IfExp() as choice):
            return f"[{_text(choice)}]"
        case ast.FormattedValue(value=value):
            return _in_braces(value)
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            return _text(left) + _text(right)
        case ast.IfExp(body=body, orelse=other):
            return " / ".join(filter(None, (_text(body), _text(other))))
        case ast.Call():
            return _of_call(node)
    return _in_braces(node)


def _of_call(node: ast.Call) -> str:
    match node:
        case ast.Call(func=ast.Name(id="tr"), args=[text]):
            return _text(text)
        case ast.Call(func=ast.Name(id="tr_n"), args=[_, text, *_]):
            return _text(text)
        case ast.Call(func=ast.Attribute(value=text, attr="format")):
            return _text(text)
    return _in_braces(node)


def _in_braces(node: ast.expr) -> str:
    code = ast.unparse(node).replace("\n", " ")
    return f"{{{code if len(code) <= _LONGEST else '...'}}}"


def pages() -> dict[Path, str]:
    """Return the pages as they should be."""
    from tests.fixture_table import fixture_table

    formats = ROOT / "docs" / "formats.md"
    text = formats.read_text(encoding="utf-8")
    found = {
        ROOT / "docs" / "developers" / "refusals.md": refusals(),
        ROOT / "docs" / "reference.md": reference(),
    }
    table = fixture_table()
    if table is not None:
        head, _, rest = text.partition(BEGIN)
        found[formats] = f"{head}{BEGIN}{table}{END}{rest.partition(END)[2]}"
    return found


def main() -> int:
    """Write the pages, or say which are out of date."""
    stale = []
    for path, text in pages().items():
        if path.exists() and path.read_text(encoding="utf-8") == text:
            continue
        stale.append(path.name)
        if "--check" not in sys.argv:
            path.write_text(text, encoding="utf-8")
    if "--check" in sys.argv and stale:
        print(f"Out of date: {', '.join(stale)}; run .venv/bin/python .ci/tables.py")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
