"""The pages for users and developers: links, names, tables made from the source."""

import importlib.util
import re
import runpy
import shlex
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from miaf_engine import tasks
from miaf_engine.process.options import build_parser, joined_extent, request_values
from miaf_engine.requests import TASKS, TrainRequest
from tests.repository import ROOT

LONGEST = 40  # words of a sentence, and of a cell of a table
PAGE = 550  # words


def test_tables_are_up_to_date():
    done = subprocess.run(
        [sys.executable, ".ci/tables.py", "--check"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_error_that_users_meet_is_listed():
    page = (ROOT / "docs" / "developers" / "refusals.md").read_text(encoding="utf-8")
    for kind in ("CubeError", "GridMismatchError", "BandMismatchError", "SampleError"):
        assert f"| {kind} |" in page
    assert "has one band, but a hyperspectral cube has many." in page
    assert "Warp it to a map grid first, for example with gdalwarp." in page


def pages():
    """Return the pages whose links are looked at."""
    return sorted([*(ROOT / "docs").rglob("*.md"), *ROOT.glob("*.md")])


def anchors(path):
    """Return the anchors of a page's headings, as they are shown on the web."""
    found = set()
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            title = line.lstrip("#").strip().lower()
            kept = "".join(c for c in title if c.isalnum() or c in " -_")
            found.add(kept.replace(" ", "-"))
    return found


@pytest.mark.parametrize("page", pages(), ids=lambda path: path.name)
def test_links_and_pictures_lead_somewhere(page):
    for link in re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8")):
        if link.startswith(("http:", "https:")):
            continue
        file, _, anchor = link.partition("#")
        target = (page.parent / file).resolve() if file else page
        assert target.exists(), link
        if anchor:
            assert anchor in anchors(target), link


def test_the_table_of_contents_has_every_page():
    contents = (ROOT / "docs" / "README.md").read_text(encoding="utf-8")
    for page in (ROOT / "docs").glob("*.md"):
        assert page.name == "README.md" or f"({page.name})" in contents, page.name


def test_pictures_are_shown_and_small():
    shown = " ".join(page.read_text(encoding="utf-8") for page in pages())
    pictures = sorted((ROOT / "docs" / "images").iterdir())
    for picture in pictures:
        assert f"images/{picture.name})" in shown, picture.name
        assert picture.stat().st_size < 200_000, picture.name
    assert sum(picture.stat().st_size for picture in pictures) < 2_000_000


def test_the_reference_has_every_algorithm_with_its_parameters():
    page = (ROOT / "docs" / "reference.md").read_text(encoding="utf-8")
    for help_page in (ROOT / "resources" / "help").glob("*.html"):
        if help_page.stem != "index":
            assert f"`miaf:{help_page.stem}`" in page
            names = re.findall(r"<code>([A-Z_]+)</code></dt>", help_page.read_text())
            assert all(f"| `{name}` |" in page for name in names)


def prose_pages():
    """Return the pages about the code, which have to be read with ease."""
    docs = ROOT / "docs"
    fixed = [ROOT / "DESIGN.md", docs / "protocol.md", docs / "experiments.md"]
    return [*fixed, *sorted((docs / "decisions").glob("*.md"))]


def records():
    found = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    return [path for path in found if path.name != "README.md"]


def without_code(text):
    return re.sub(r"^```.*?^```$", "", text, flags=re.M | re.S)


def cells_of(text):
    """Yield the cells of a page's tables."""
    for line in without_code(text).splitlines():
        if line.startswith("|"):
            yield from line.strip("|").split("|")


def sentences_of(text):
    """Yield the sentences of a page, outside code, tables and headings."""
    for block in re.split(r"\n\s*\n|\n(?=\s*(?:[-*#|]|\d+\.)\s)", without_code(text)):
        if block and block.lstrip()[0] not in "|#":
            yield from re.split(r"(?<=[.!?])[*_)]*\s+", " ".join(block.split()))


def words_in(text):
    """Return the number of words; a link counts for its text alone."""
    shown = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)
    return len(re.findall(r"\S*\w\S*", shown))


@pytest.mark.parametrize("page", prose_pages(), ids=lambda path: path.name)
def test_sentences_and_cells_are_short(page):
    text = page.read_text(encoding="utf-8")
    found = [*sentences_of(text), *cells_of(text)]
    assert len(found) > 3
    assert not [each for each in found if words_in(each) > LONGEST]


def test_long_sentences_and_cells_are_found():
    long = " ".join(["word"] * (LONGEST + 1))
    text = f"# {long}\n\nShort. {long}.\n\n- One item.\n- {long}\n\n| a | {long} |\n"
    text += f"\n```\n{long}\n```\n"
    assert [words_in(each) for each in sentences_of(text)] == [1, 41, 2, 41]
    assert [words_in(each) for each in cells_of(text)] == [1, 41]


# Pages that a newcomer reads from the beginning to the end.
READ_THROUGH = (
    "README.md docs/tutorial.md docs/prepare_the_cube.md docs/how_many_areas.md"
    " docs/svm_or_enmap_box.md docs/engine_in_python.md docs/command_line.md"
    " docs/scripting.md docs/setting_up.md docs/large_scenes.md docs/another_scene.md"
    " docs/troubleshooting.md docs/active_learning.md docs/compare.md"
    " docs/continue_training.md docs/inspect.md docs/reference_sample.md"
    " docs/superpixels.md docs/many_machines.md docs/benchmark_scenes.md"
    " docs/dock.md"
).split()
MEAN, NUMBERS = 18, 3  # words of a sentence; numbers in 100 words


def readability(text):
    """Return the mean length of sentences and the numbers in 100 words of prose."""
    text = re.sub(r"!\[[^\]]*\]\([^)]*\)", "", text)
    text = re.sub(r"^(\s*)\d+\.\s", r"\1- ", text, flags=re.M)
    found = [each for each in sentences_of(text) if words_in(each)]
    words = sum(map(words_in, found))
    prose = re.sub(r"\]\([^)]*\)|`[^`]*`", " ", " ".join(found))
    numbers = re.findall(r"(?<![\w.])\d[\d.,]*", prose)
    return words / len(found), 100 * len(numbers) / words


@pytest.mark.parametrize("page", READ_THROUGH)
def test_pages_for_users_have_few_numbers(page):
    _, numbers = readability((ROOT / page).read_text(encoding="utf-8"))
    assert numbers <= NUMBERS


@pytest.mark.parametrize("page", pages(), ids=lambda path: path.name)
def test_sentences_are_short_on_the_mean(page):
    mean, _ = readability(page.read_text(encoding="utf-8"))
    assert mean <= MEAN


def test_readability_counts_words_of_sentences_and_numbers_of_prose():
    text = (
        "# Title 9\n\nTwo words. Now 3.5 or 4 [here](a_9.md), `x7`.\n\n1. It is done."
    )
    assert readability(text) == (11 / 3, pytest.approx(100 * 2 / 11))


def blocks(kind):
    """Return the blocks of a language in the pages, with the page of each."""
    pattern = re.compile(rf"^```{kind}\n(.*?)^```$", re.M | re.S)
    return [
        (page, text)
        for page in pages()
        for text in pattern.findall(page.read_text(encoding="utf-8"))
    ]


def commands():
    """Yield the commands of the engine in the pages, as words."""
    for _, text in blocks("(?:sh)?"):
        for line in text.replace("\\\n", " ").splitlines():
            found = re.match(r"\s*(?:\S*/)?python3? -m miaf_engine (.*)", line)
            if found:
                yield shlex.split(found.group(1), comments=True)


def test_commands_of_the_pages_are_understood():
    found = [words for words in commands() if "--help" not in words]
    assert len(found) > 10
    for words in found:
        options = vars(build_parser().parse_args(joined_extent(words)))
        task = options.pop("command")
        options.pop("json")
        TASKS[task].from_json(request_values(options, TASKS[task]))


def test_python_of_the_engine_in_the_pages_makes_requests(monkeypatch, tmp_path):
    asked = []

    def carry_out(request):
        asked.append(request)
        return {"outputs": {}, "figures": {"map_accuracy": 0.9}}

    monkeypatch.setattr(tasks, "carry_out", carry_out)
    found = [text for _, text in blocks("python") if "TrainRequest(" in text]
    assert len(found) == 2
    for number, text in enumerate(found):
        file = tmp_path / f"{number}.py"
        file.write_text(text, encoding="utf-8")
        runpy.run_path(str(file))
    assert [type(request) for request in asked] == [TrainRequest, TrainRequest]


@cache
def sources():
    """Return the sources of engine, plugin and tests, by path from the root."""
    folders = ("miaf_engine", "miaf_qgis", "tests")
    found = [path for name in folders for path in sorted((ROOT / name).rglob("*.py"))]
    return {path.relative_to(ROOT): path.read_text(encoding="utf-8") for path in found}


def exists(name):
    """Return whether a name in code font is of something that there is.

    Files and folders are named from the root or from one of the three packages, modules
    and what they define by dots. A name of the code is one with an underscore or with
    capitals inside. Anything else, as a command or a value, is not looked at.
    """
    places = (ROOT, ROOT / "miaf_engine", ROOT / "miaf_qgis")
    if re.fullmatch(r"[\w-]+(/[\w-]+)*(/|\.(py|md|txt|toml|tif|gpkg))", name):
        return any((place / name).exists() for place in places)
    if "/" in name and re.fullmatch(r"[\w/-]+", name):
        return any(
            (place / f"{name}{end}").exists() for place in places for end in ("", ".py")
        )
    if re.fullmatch(r"[a-z_]\w*(\.\w+)+", name):
        return dotted_exists(name)
    if re.fullmatch(r"_?[a-z]\w*_\w+|[A-Z][a-z]+[A-Z]\w+|[A-Z]+(_[A-Z]+)+", name):
        whole = re.compile(rf"\b{name}\b")
        own = Path("tests/test_docs.py")
        return any(
            whole.search(text) for path, text in sources().items() if path != own
        )
    return True


def dotted_exists(name):
    first, *_ = parts = name.split(".")
    if first in sys.stdlib_module_names:
        return importlib.util.find_spec(first) is not None
    for length in (len(parts), len(parts) - 1):
        tail = Path(*parts[:length])
        for path, text in sources().items():
            module = path.parent if path.name == "__init__.py" else path.with_suffix("")
            if module.parts[-length:] == tail.parts:
                last = rf"^(def|class) {parts[-1]}\b|^{parts[-1]}\b.* = "
                if length == len(parts) or re.search(last, text, re.M):
                    return True
    return False


def pages_with_names_of_code():
    docs = ROOT / "docs"
    return [*prose_pages(), docs / "network.md", docs / "formats.md"]


@pytest.mark.parametrize("page", pages_with_names_of_code(), ids=lambda p: p.name)
def test_names_in_code_font_exist(page):
    text = without_code(page.read_text(encoding="utf-8"))
    names = [name for name in re.findall(r"`([^`\n]+)`", text)]
    assert not [name for name in names if not exists(name)]


@pytest.mark.parametrize(
    "name",
    [
        "miaf_engine/cubes/reader.py",
        "models/network",
        "tests/bench/splits.py",
        "cubes.reader",
        "move_journal.undo",
        "miaf_engine.requests.by_task.TASKS",
        "os._exit",
        "few_areas_weight",
        "BandChoice",
        "make test",
    ],
)
def test_names_that_exist_are_found(name):
    assert exists(name)


@pytest.mark.parametrize(
    "name",
    [
        "miaf_engine/raster.py",
        "pipeline/going_on",
        "tests/bench/none.py",
        "cubes.raster",
        "move_journal.redo",
        "kept" + "_memory",
        "Area" + "Ends",
    ],
)
def test_names_that_are_gone_are_noticed(name):
    assert not exists(name)


@pytest.mark.parametrize("page", records(), ids=lambda path: path.stem)
def test_a_record_is_a_dated_page_with_its_four_parts(page):
    lines = page.read_text(encoding="utf-8").splitlines()
    assert re.match(r"# \w", lines[0])
    assert re.search(r"\b\d{1,2} [A-Z][a-z]+ \d{4}\b", lines[2])
    text = re.sub(r"\s+", " ", " ".join(lines))
    parts = re.findall(r"\*\*(Question|Choice|Reason|Figures|[A-Z]\w+ and \w+)\.", text)
    assert sorted(" and ".join(parts).lower().split(" and ")) == [
        *("choice", "figures", "question", "reason"),
    ]
    assert len(text.split()) < PAGE


def test_the_index_has_every_record_with_its_date():
    index = (ROOT / "docs" / "decisions" / "README.md").read_text(encoding="utf-8")
    for page in records():
        title, _, date, *_ = page.read_text(encoding="utf-8").splitlines()
        assert f"| {date} | [{title[2:]}]({page.name}) |" in index


def test_the_design_is_two_pages_and_follows_a_run():
    text = (ROOT / "DESIGN.md").read_text(encoding="utf-8")
    run = text.partition("## Follow one run")[2].partition("\n## ")[0]
    assert len(re.findall(r"\]\(miaf_\w+/[\w/]+\.py\)", run)) >= 12
    assert len(text.split()) < 2.5 * PAGE
    assert all(f"| `{package}` |" in text for package in packages())


def test_examples_of_qgis_process_run_on_debian_too():
    """Its wrapper of QGIS 3.22 fails; a comment behind a command is easy to miss."""
    found = 0
    for page, text in blocks("sh"):
        if "qgis_process run" not in text or page.name == "scripting.md":
            continue  # scripting.md: its examples are run as they stand
        found += 1
        assert "qgis_process=qgis_process.bin" in text.splitlines()[0], page
        assert not re.search(r"^qgis_process ", text, re.MULTILINE), page
    assert found >= 3


def test_the_readme_begins_with_the_installation():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    steps = ("unzip miaf-", "plugins enable miaf", "run miaf:setupengine",
             "run miaf:trainandclassify", "-m venv ", "pip install .")  # fmt: skip
    places = [text.index(step) for step in steps]
    assert places == sorted(places)


def test_contributing_is_a_page():
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 60


def test_the_readme_is_short():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert words_in(without_code(text)) <= 700


def packages():
    return [
        path.parent.name
        for name in ("miaf_engine", "miaf_qgis")
        for path in (ROOT / name).glob("*/__init__.py")
    ]
