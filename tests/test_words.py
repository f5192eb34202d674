"""Code, messages and help texts use the field's words, one for one idea.

Each word below was once another name for something that has a standard one. A word is
allowed only where a model file, a request or a report fixes it as a name.
"""

import ast
import html
import io
import re
import tokenize

import pytest

from tests.repository import ROOT

# What not to write, and what instead.
WORDS = {
    "anew": "again",
    "burn": "rasterise",
    "burnt": "rasterised",
    "caution": "few_areas_weight",
    "committee": "ensemble",
    "crew": "workers",
    "flatter": "be too high",
    "flatters": "is too high",
    "heard": "received",
    "keeper": "checkpointer",
    "learner": "trainer",
    "learnt": "trained on",
    "lest": "so that not",
    "mourn": "replace",
    "sheet": "mosaic",
    "settled": "excluded",
    "stillborn": "failed start",
    "told": "given, reported",
    "twin": "copy",
    "vote": "superpixel smoothing",
    "votes": "superpixel smoothing",
    "views": "heads",
}
PHRASES = {
    "by heart": "overfit",
    "a say": "a weight",
    "go on": "continue",
    "goes on": "continues",
    "going on": "continuing",
    "went on": "continued",
}
# Not the words of today's handbooks; in documents, and in what users are told.
DATED = {
    "a class of its own": "its own class",
    "all but a tie": "almost equal",
    "as ever": "as always",
    "cannot be had": "is not available",
    "come out as": "are mapped as",
    "comes out as": "is mapped as",
    "fell into": "are in",
    "for want of": "without",
    "is no number": "is not a number",
    "is no raster": "is not a raster",
    "lets it choose": "chooses it automatically",
    "lets the engine choose": "chooses it automatically",
    "parted by": "separated by",
    "save for": "except for",
    "save that": "except that",
    "sways nobody": "does not influence you",
    "tells of": "shows",
    "till": "until",
    "upon": "on",
    "worth mending": "to correct",
}
# The setting and its JSON key, the buffer in model files, keys of the record of areas
# and of the figures, and torch's and numpy's own method.
INTERFACES = frozenset(
    {"committee", "COMMITTEE", "caution", "learnt"}
    | {"learnt_reference_areas", "learnt_reference_pixels", "setStyleSheet"}
)
# Words that may stand in a document, where they have another, usual sense.
USUAL = {"caution", "settled", "sheet", "told", "twin", "views", "vote", "votes"}
# Generated from messages, licences and runs of others.
GENERATED = {"docs/licences.md", "docs/developers/refusals.md", "docs/reliability.md"}
DOCUMENTS = sorted(
    path.relative_to(ROOT).as_posix()
    for folder in (ROOT, ROOT / "docs", ROOT / "docs/decisions")
    for path in folder.glob("*.md")
    if path.relative_to(ROOT).as_posix() not in GENERATED
)
SOURCES = sorted(
    path.relative_to(ROOT).as_posix()
    for package in ("miaf_engine", "miaf_qgis")
    for path in (ROOT / package).rglob("*.py")
)


def words_of(name):
    """Return the words of an identifier or a text, in lower case."""
    apart = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name)
    return re.findall(r"[a-z]+", apart.lower())


def found_in(text):
    """Return the unwanted words and phrases of a text."""
    wrong = [word for word in words_of(text) if word in WORDS]
    return wrong + phrases_in(text, PHRASES)


def phrases_in(text, phrases):
    """Return those of some phrases that a text has."""
    joined = f" {' '.join(words_of(text))} "
    return [phrase for phrase in phrases if f" {phrase} " in joined]


def texts_of(source):
    """Yield each name, comment and string of a source with its line."""
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type in (tokenize.NAME, tokenize.COMMENT):
            yield token.start[0], token.string
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.lineno, node.value


def messages_of(source):
    """Yield each string of a source that is no docstring, with its line."""
    tree = ast.parse(source)
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef)
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, documented) and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            if id(node) not in docstrings:
                yield node.lineno, node.value


def unwanted(source):
    """Return the lines of a source that use an unwanted word, and the words."""
    return [
        (line, word)
        for line, text in texts_of(source)
        if text not in INTERFACES
        for word in found_in(text)
    ]


@pytest.mark.parametrize("path", SOURCES)
def test_the_fields_words(path):
    wrong = unwanted((ROOT / path).read_text(encoding="utf-8"))
    instead = WORDS | PHRASES
    assert not wrong, [f"{line}: {word} -> {instead[word]}" for line, word in wrong]


@pytest.mark.parametrize("path", SOURCES)
def test_messages_are_in_the_words_of_today(path):
    source = (ROOT / path).read_text(encoding="utf-8")
    wrong = [
        (line, phrase)
        for line, text in messages_of(source)
        for phrase in phrases_in(text, DATED)
    ]
    assert not wrong, [f"{line}: {word} -> {DATED[word]}" for line, word in wrong]


# Names of QGIS's own algorithms.
OTHERS = {"Fix geometries", "Polygonise"}


def labels():
    """Return the titles of the algorithms and the labels of their parameters."""
    pages = (ROOT / "resources" / "help").glob("*.html")
    text = "".join(page.read_text(encoding="utf-8") for page in pages)
    found = re.findall(r"<dt>(.*?) <code>|<h1>(?:<[^>]*>)*(.*?)</h1>", text)
    return {html.unescape(part).strip() for pair in found for part in pair if part}


def labels_in(source):
    """Return what the messages of a source quote as they quote labels."""
    quoted = r"(?<!\w)'([A-Z][a-z][^'{}<>]*)'(?!\w)"
    return {
        label
        for _, text in messages_of(source)
        for label in re.findall(quoted, text)
        if not text.startswith("'")
    }


def test_labels_that_a_message_names_are_in_a_dialog():
    sources = [(ROOT / path).read_text(encoding="utf-8") for path in SOURCES]
    found = set().union(*map(labels_in, sources))
    assert len(found) > 20
    assert found - labels() - OTHERS == set()


def test_messages_are_strings_that_are_no_docstrings():
    source = 'def f():\n    """It is 1."""\n    return f"Set \'Cube\' {1}"\n'
    assert list(messages_of(source)) == [(3, "Set 'Cube' ")]
    assert labels_in(source) == {"Cube"}


def unwanted_in_document(text, dated=DATED):
    """Return the lines of a document that use an unwanted word, and the words."""
    plain = re.sub(r"`[^`]*`|\]\([^)]*\)|(?s:```.*?```)", "", text)
    return [
        (number, word)
        for number, line in enumerate(plain.splitlines(), 1)
        for word in [*found_in(line), *phrases_in(line, dated)]
        if word not in USUAL
    ]


@pytest.mark.parametrize("path", DOCUMENTS)
def test_the_fields_words_in_documents(path):
    # Made from the help texts, which are looked at as sources.
    dated = {} if path == "docs/reference.md" else DATED
    wrong = unwanted_in_document((ROOT / path).read_text(encoding="utf-8"), dated)
    instead = WORDS | PHRASES | DATED
    assert not wrong, [f"{line}: {word} -> {instead[word]}" for line, word in wrong]


def test_unwanted_words_are_found_in_documents_but_not_in_their_code():
    text = (
        "It goes on.\nThe `learnt` areas, as `--no-committee`.\nIt lies upon it anew."
    )
    assert unwanted_in_document(text) == [(1, "goes on"), (3, "anew"), (3, "upon")]


@pytest.mark.parametrize(
    ("source", "line", "word"),
    [
        ("class LocalCrew:\n    pass\n", 1, "crew"),
        ("x = 1\nburnt_all = x\n", 2, "burnt"),
        ("# The run goes\n# It goes on.\n", 2, "goes on"),
        ('def f():\n    """Starts anew."""\n', 2, "anew"),
        ('x = f"areas that it {1} learnt"\n', 1, "learnt"),
        ('x = "learns them " "by heart"\n', 1, "by heart"),
    ],
)
def test_unwanted_words_are_found(source, line, word):
    assert (line, word) in unwanted(source)


def test_names_fixed_by_files_are_allowed_as_whole_names_alone():
    assert unwanted('network.caution["learnt"]\n') == []
    assert unwanted("caution_of = 1\n") == [(1, "caution")]
