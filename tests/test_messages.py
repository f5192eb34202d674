"""Errors reach the user in the user's language: their texts pass through `tr`."""

import ast

import pytest

from miaf_engine import errors
from tests.repository import ROOT

ENGINE = ROOT / "miaf_engine"
MODULES = sorted(path.relative_to(ENGINE).as_posix() for path in ENGINE.rglob("*.py"))
KINDS = {
    name
    for name, kind in vars(errors).items()
    if isinstance(kind, type) and issubclass(kind, errors.MiafError)
}
# Only a developer's mistake raises them, as parts of an object that do not fit each
# other, or a file that was tampered with.
INTERNAL = {
    "accuracy/metrics.py": ("Map and reference differ", "The {} holds the label"),
    "cubes/bands.py": ("The band table has",),
    "cubes/reader.py": ("Values of", "A mask of"),
    "io/outputs.py": ("The run id", "Use 8 to 32"),
    "io/raster_writer.py": ("An array of",),
    "labels/areas.py": ("Each area needs one",),
    "labels/label_map.py": ("Label", "Every labelled pixel"),
    "models/applicability.py": ("The model's '",),
    "preprocessing/normalisation.py": ("The model's '",),
    "preprocessing/projection.py": ("A discriminant projection",),
    "preprocessing/superpixels.py": ("The projected scene",),
    "process/worker.py": ("The request file", "'{}'", "Unknown task", "Known tasks"),
}


def calls_of(tree):
    """Yield the message and the hint of each error that a module makes."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func) in KINDS:
            yield from node.args
            yield from (word.value for word in node.keywords if word.arg == "hint")


def assigned(tree):
    """Return what a module assigns to each name."""
    found = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign):
            for target in node.targets:
                found.setdefault(ast.unparse(target), []).append(node.value)
    return found


def bare(node, known, seen=()):
    """Return the texts within an expression that no call of `tr` translates."""
    match node:
        case ast.Constant(value=str(text)):
            return [text] if any(letter.isalpha() for letter in text) else []
        case ast.JoinedStr(values=parts):
            shape = "".join(
                part.value if isinstance(part, ast.Constant) else "{}" for part in parts
            )
            return [shape] if any(letter.isalpha() for letter in shape) else []
        case ast.Name(id=name):
            parts, seen = () if name in seen else known.get(name, ()), (*seen, name)
        case _:
            parts = parts_of(node)
    return [text for part in parts for text in bare(part, known, seen)]


def parts_of(node):
    """Return the expressions whose texts an expression may give."""
    match node:
        case ast.IfExp(body=body, orelse=other):
            return [body, other]
        case ast.BinOp(left=left, right=right):
            return [left, right]
        case ast.BoolOp(values=values):
            return values
        case ast.Call(func=ast.Name(id="tr"), args=[ast.Name() as name]):
            return [name]
        case ast.Call(func=ast.Attribute(value=text, attr="format")):
            return [text]
    return []


def untranslated(source):
    """Return the bare texts in the errors of a module's source."""
    tree = ast.parse(source)
    known = assigned(tree)
    return [text for call in calls_of(tree) for text in bare(call, known)]


@pytest.mark.parametrize("path", MODULES)
def test_messages_and_hints_pass_through_tr(path):
    found = untranslated((ENGINE / path).read_text(encoding="utf-8"))
    allowed = INTERNAL.get(path, ())
    assert [text for text in found if not text.startswith(allowed)] == []


def test_exceptions_are_still_there():
    for path, starts in INTERNAL.items():
        found = untranslated((ENGINE / path).read_text(encoding="utf-8"))
        for start in starts:
            assert any(text.startswith(start) for text in found), (path, start)


@pytest.mark.parametrize(
    ("code", "texts"),
    [
        ('raise CubeError("No data.")', ["No data."]),
        ('raise CubeError(f"{a} is {b}.")', ["{} is {}."]),
        ('raise CubeError(tr("No."), hint="Do.")', ["Do."]),
        ('raise CubeError(tr("No.") + f" {more} left")', [" {} left"]),
        ('text = "No."\nif x:\n    raise CubeError(text)', ["No."]),
        ('HINT = "Do."\nraise CubeError(tr("No."), hint=tr(HINT))', ["Do."]),
        ('raise CubeError(tr("No.") if x else "Yes.")', ["Yes."]),
        ('HINT = marked("Do.")\nraise CubeError(tr("No."), hint=tr(HINT))', []),
        ('raise CubeError(tr("{a}").format(a=a), hint=f"{b} {c}")', []),
        ('raise CubeError(message, hint="")', []),
        ('raise ValueError("damaged")', []),
    ],
)
def test_bare_texts_are_found(code, texts):
    assert untranslated(code) == texts
