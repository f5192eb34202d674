"""The report stands alone, says what it should, and runs nothing that users type."""

import json
import re
from html.parser import HTMLParser

import numpy as np
import pytest

from miaf_engine.classes import ClassEntry, ClassTable
from miaf_engine.errors import FileError
from miaf_engine.metrics import assess
from miaf_engine.report import ReportContent, Spectra, render, write_report

EVIL = "<script>alert('x')</script>\"&' onerror=1 $_{"
VOID = {"meta", "img", "br", "link", "input", "hr"}


class Page(HTMLParser):
    """Collects tags and text, and checks that tags are balanced."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.text, self.open = [], "", []
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open and self.open[-1] != "style":
            self.text += data

    def attributes(self, tag):
        return [attributes for name, attributes in self.tags if name == tag]

    @property
    def words(self):
        return " ".join(self.text.split())


def table(names=("Wheat", "Grünland", "水稲")):
    colours = ("#d1b43c", "#009e73", "#0072b2")
    entries = zip((1, 4, 9), names, colours, strict=True)
    return ClassTable(tuple(ClassEntry(*entry) for entry in entries))


def full_content(**changes):
    classes = changes.pop("classes", table())
    rng = np.random.default_rng(0)
    reference = rng.integers(0, 4, (20, 30))
    predicted = np.where(rng.random(reference.shape) < 0.8, reference, 2)
    values = {
        "title": "Fields in May",
        "classes": classes,
        "accuracy_definition": "464 pixels of whole polygons; seed 7",
        "assessment": assess(predicted, reference, classes),
        "warnings": ["One area only."],
        "class_map": predicted,
        "counts": {
            name: {"training": 12345, "validation": 6, "test": 7}
            for name in classes.names
        },
        "history": {"losses": [2.0, 1.0], "checks": [[2, 0.5, 1.1]], "best_epoch": 2},
        "spectra": Spectra(rng.random((3, 5)), rng.random((3, 5))),
        "inputs": {"cube": "cube.tif"},
        "settings": {"training": {"epochs": 2, "kernel_sizes": [3, 5]}, "width": 8},
        "versions": {"torch": "2.13.0"},
        "seed": 7,
        "device": "cpu",
        "seconds": 12.34,
        "created_utc": "2025-01-01T00:00:00Z",
    }
    return ReportContent(**{**values, **changes})


def test_says_it_all():
    content = full_content()
    page = Page(render(content))
    accuracy = 100 * content.assessment.overall_accuracy
    for text in (
        "Fields in May",
        f"{accuracy:.1f} %",
        "What was scored: 464 pixels of whole polygons; seed 7.",
        "Computed in 12 s on: cpu.",
        "One area only.",
        "Wilson",
        "independent sample",
        "Rows = reference, columns = map",
        "Grünland",
        "水稲",
        "unclassified or no data",
        "the weights of epoch 2",
        "training: kernel_sizes3, 5",
        "version of torch2.13.0",
        "seed7",
    ):
        assert text in page.words, text


def test_matrix_cells_are_the_numbers():
    content = full_content()
    html = render(content)
    body = html[html.index('class="matrix"') :]
    body = body[body.index("<tbody>") : body.index("</tbody>")]
    cells = re.findall(r'<td class="number[^>]*>(\d+)</td>', body)
    matrix = content.assessment.matrix
    wanted = np.column_stack([matrix, matrix.sum(1)])
    assert np.array_equal(np.reshape(np.array(cells, int), wanted.shape), wanted)


def test_nothing_from_outside():
    page = Page(render(full_content()))
    assert {tag for tag, _ in page.tags}.isdisjoint({"script", "link", "iframe"})
    images = page.attributes("img")
    assert len(images) == 1 + 2 + 1 + 3
    assert all(image["src"].startswith("data:image/png;base64,") for image in images)
    assert all(image["alt"].strip() for image in images)
    policy = [m for m in page.attributes("meta") if "http-equiv" in m]
    assert policy[0]["content"].startswith("default-src 'none'")
    html = render(full_content())
    assert "http://" not in html and "https://" not in html
    assert "url(" not in html and "@import" not in html


def test_tables_have_headings():
    page = Page(render(full_content()))
    assert len(page.attributes("table")) == 4
    assert all(a.get("scope") in ("row", "col") for a in page.attributes("th"))


def test_user_text_is_escaped(tmp_path):
    content = full_content(
        title=EVIL,
        classes=table((EVIL, "b", "c")),
        accuracy_definition=EVIL,
        warnings=[EVIL],
        inputs={EVIL: EVIL},
        settings={EVIL: {EVIL: EVIL}},
        versions={EVIL: EVIL},
        device=EVIL,
        created_utc=EVIL,
    )
    html = render(content)
    assert "<script" not in html
    page = Page(html)
    names = {name for _, attributes in page.tags for name in attributes}
    assert "onerror" not in names
    assert page.text.count(EVIL) >= 14
    sibling = write_report(tmp_path / "r.html", content)
    assert json.loads(sibling.read_text("utf-8"))["title"] == EVIL


def test_only_an_assessment():
    content = ReportContent(
        title="Assessment",
        classes=table(),
        assessment=assess(np.array([1, 2, 0]), np.array([1, 3, 3]), table()),
    )
    page = Page(render(content))
    assert page.attributes("img") == []
    assert "Training" not in page.words
    assert "\N{EN DASH}" in page.words  # class 4 has no user's accuracy


@pytest.mark.parametrize(
    "changes",
    [
        {"assessment": None},
        {"assessment": None, "counts": None, "history": None, "spectra": None},
        {"class_map": None},
        {"history": {"losses": [], "checks": [], "best_epoch": 0}},
        {"history": {"losses": [1.0, 2.0]}},
        {"spectra": Spectra(np.full((3, 5), np.nan), np.full((3, 5), np.nan))},
        {"seconds": None, "device": None, "seed": None},
    ],
)
def test_parts_may_be_missing(changes):
    page = Page(render(full_content(**changes)))
    assert "nan" not in page.words.lower().split()
    assert "None" not in page.words
    if changes.get("assessment", 1) is None:
        assert "was not scored" in page.words


def test_nothing_scored_is_no_number():
    empty = assess(np.zeros((2, 2), int), np.zeros((2, 2), int), table())
    page = Page(render(full_content(assessment=empty)))
    assert "nan" not in page.text.lower()


def test_files(tmp_path):
    content = full_content()
    path = tmp_path / "Bericht ä" / "my.report.html"
    path.parent.mkdir()
    assert write_report(str(path), content) == path.with_name("my.report.json")
    assert sorted(p.name for p in path.parent.iterdir()) == [
        "my.report.html",
        "my.report.json",
    ]
    values = json.loads(path.with_name("my.report.json").read_text("utf-8"))
    assert values["overall_accuracy"] == content.assessment.overall_accuracy
    assert values["pixels_per_class"]["Wheat"]["training"] == 12345
    again = path.read_bytes()
    write_report(path, content)
    assert path.read_bytes() == again


def test_folder_missing(tmp_path):
    with pytest.raises(FileError):
        write_report(tmp_path / "none" / "r.html", full_content())
