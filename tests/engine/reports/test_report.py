"""The report stands alone, says what it should, and runs nothing that users type."""

import csv
import json
import math
import re
from dataclasses import replace
from html.parser import HTMLParser

import numpy as np
import pytest

from miaf_engine.accuracy.calibration import (
    BeforeAndAfter,
    Calibration,
    calibration_figures,
)
from miaf_engine.accuracy.map_accuracy import MapAccuracy
from miaf_engine.accuracy.metrics import assess
from miaf_engine.classes import ClassEntry, ClassTable
from miaf_engine.errors import FileError
from miaf_engine.io.fingerprints import Fingerprint
from miaf_engine.reports.content import ReportContent, Spectra, figures
from miaf_engine.reports.pictures import role_picture
from miaf_engine.reports.report import (
    NOTHING,
    amount,
    interval,
    margin,
    percent,
    points,
    probability,
    render,
    thousands,
    write_report,
)

EVIL = "<script>alert('x')</script>\"&' onerror=1 $_{"
VOID = {"meta", "img", "br", "link", "input", "hr"}
EXPECTED = MapAccuracy(0.8, 0.7, 0.9, temperatures=(0.6, 1.2))


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
        "accuracy_definition": "Scored on 464 pixels of whole polygons; seed 7.",
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
        "Scored on 464 pixels of whole polygons; seed 7.",
        "Computed in 12 s. Device: cpu.",
        "One area only.",
        "Wilson",
        "independent sample",
        "Rows = reference, columns = map",
        "Grünland",
        "水稲",
        "unclassified or no data",
        "The weights of epoch 2",
        "training: kernel_sizes3, 5",
        "version of torch2.13.0",
        "seed7",
    ):
        assert text in page.words, text


def calibrated_content():
    """Return a report on 4 pixels: 0.5 before and 0.9 after, 3 of them right."""
    found = np.array([[1, 1, 1, 2]])
    reference = np.array([[1, 1, 1, 1]])
    shares = np.full((3, 1, 4), 0.05, np.float32)
    shares[found[0] - 1, 0, np.arange(4)] = 0.9
    sure = BeforeAndAfter.measure(shares, found, reference, 0.5)
    content = full_content()
    scored = assess(found, reference, content.classes)
    measured = calibration_figures(Calibration(0.5, 40, 3, ""), sure)
    return replace(
        content, assessment=replace(scored, confidence=sure), calibration=measured
    )


def test_calibration_is_shown_with_its_pixels():
    content = calibrated_content()
    page = Page(render(content))
    before = 0.9**0.5 / (0.9**0.5 + 2 * 0.05**0.5)
    for text in (
        f"differ by {100 * abs(0.75 - before):.1f} % on average before calibration, "
        "and by 15.0 % after it. In places that are harder",
        "the 4 scored pixels",
        "temperature of 0.50. It was fitted on the validation set (pixels: 40; "
        "areas: 3)",
        "86.7 to 93.3",
    ):
        assert text in page.words, text
    alts = [i["alt"] for i in page.attributes("img") if "Reliability" in i["alt"]]
    assert ["Before" in alt for alt in alts] == [True, False]
    numbers = figures(content)["calibration"]
    assert numbers["ece_after"] == pytest.approx(0.15, abs=1e-6)
    assert sum(row["pixels"] for row in numbers["bins_after"]) == 4


def test_a_calibration_checked_on_its_own_pixels_says_so_with_the_figure():
    content = calibrated_content()
    fitted = Calibration(0.25, 4, 1, "Raised as far as allowed.", in_turn=True)
    sure = content.assessment.confidence
    measured = calibration_figures(fitted, sure, fitted_on_scored=True)
    page = render(replace(content, calibration=measured, kept_model="On all areas."))
    words = Page(page).words
    start = words.index("Confidence was compared")
    told = words[start : words.index("Before calibration", start)]
    assert (
        "by 15.0 % after it. The calibration was fitted on these same pixels, so "
        "expect a larger difference in the rest of the map. Raised as far as allowed."
    ) in told
    assert "validation" not in told
    assert measured["fitted_on_scored"] is True


def test_the_page_has_the_settings_that_applied_and_the_file_all_of_them():
    content = full_content(applied=[("Folds of the cross-validation", "3")])
    page = Page(render(content))
    assert "Folds of the cross-validation3" in page.words
    assert "kernel_sizes" not in page.words
    assert "kernel_sizes" in json.dumps(figures(content)["settings"])


def test_a_map_without_scored_pixels_says_what_is_known_of_its_confidence():
    measured = calibration_figures(Calibration(), None)
    content = replace(full_content(), assessment=None, calibration=measured)
    words = Page(render(content)).words
    assert "the confidence of the map cannot be checked" in words
    assert "There are no held-out pixels to calibrate" in words
    assert "Reliability" not in render(content)


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
    assert len(page.attributes("table")) == 5
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


def test_a_single_pixel_area_or_band_reads_as_well_as_many():
    rng = np.random.default_rng(0)
    spectra = Spectra(rng.random((3, 5)), rng.random((3, 5)))
    pixel = np.zeros((4, 4), bool)
    pixel[1, 1] = True
    parts = [("training", "#0072b2", pixel, pixel.astype(int))]
    for left_out, words in (([500.0], "the bands left out (1)."), ([], "")):
        content = full_content(
            spectra=replace(spectra, left_out=np.array(left_out)),
            roles=role_picture(parts, rng.random((4, 4))),
        )
        page = Page(render(content))
        assert "training (pixels: 1; areas: 1)" in page.words
        assert words in page.words
        assert ("left out" in page.words) == bool(left_out)


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
        "my.report_classes.csv",
        "my.report_matrix.csv",
    ]
    values = json.loads(path.with_name("my.report.json").read_text("utf-8"))
    assert values["overall_accuracy"] == content.assessment.overall_accuracy
    assert values["pixels_per_class"]["Wheat"]["training"] == 12345
    again = path.read_bytes()
    write_report(path, content)
    assert path.read_bytes() == again


def test_tables_for_a_spreadsheet(tmp_path):
    content = full_content()
    write_report(tmp_path / "r.html", content)
    with (tmp_path / "r_classes.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["class"] for row in rows] == content.classes.names
    wanted = content.assessment.as_json()["classes"]
    for row, facts in zip(rows, wanted, strict=True):
        assert float(row["users_accuracy"]) == facts["users_accuracy"]
        low = facts["producers_accuracy_interval"][0]
        assert float(row["producers_accuracy_low"]) == low
        assert row["training_pixels"] == "12345"
    matrix = (tmp_path / "r_matrix.csv").read_text("utf-8-sig")
    assert matrix.startswith('"rows = reference, columns = map",Wheat')


def test_bars_are_as_long_as_the_accuracies():
    content = full_content()
    html = render(content)
    body = html[html.index('class="bars"') :]
    body = body[: body.index("</table>")]
    widths = [
        float(w) for w in re.findall(r'<rect x="0" y="3" width="([\d.]+)%"', body)
    ]
    found = content.assessment
    pairs = zip(found.producers_accuracy, found.users_accuracy, strict=True)
    assert widths == pytest.approx([100 * v for pair in pairs for v in pair], abs=0.01)
    assert re.findall(r'fill="(#\w+)"', body)[::2] == content.classes.colours
    low, high = found.uncertainty.producers[0]
    assert f'x1="{100 * low:.2f}%" x2="{100 * high:.2f}%" y1="9"' in body


def test_the_first_lines_say_how_good_where_not_and_what_next():
    classes = table()
    reference = np.array([[1] * 10 + [2] * 10 + [3] * 10])
    predicted = reference.copy()
    predicted[0, 10:17] = 1  # of the second class 3 of 10 are found
    content = full_content(
        assessment=assess(predicted, reference, classes),
        expected=EXPECTED,
        left_open={"unlike_share": 0.25},
        left_open_text="25 % of the map is unlike every training area.",
        advice=["More areas of Wheat.", "Less of another."],
    )
    words = Page(render(content)).words
    lines = (
        "Expect 80.0 % of the whole map to be right",
        "Where not to trust it: 25 % of the map is unlike every training area. Scored "
        "classes that the map finds least: Grünland (30 %).",
        "Next: More areas of Wheat.",
        "The expected share is the mean confidence of the map",
    )
    places = [words.index(line) for line in lines]
    assert places == sorted(places)
    assert figures(content)["unlike_share"] == 0.25
    assert "Where not to trust it" not in Page(render(full_content())).words


def test_a_doubt_on_the_expected_accuracy_stands_beside_it_and_only_there():
    given = {"expected": EXPECTED, "expected_doubt": "Too <high>."}
    content = full_content(**given, warnings=["Look.", "Too <high>."])
    words = Page(render(content)).words
    first, doubt = words.index("to be right"), words.index("Please note: Too <high>.")
    assert first < doubt < words.index("The expected share is the mean")
    assert words.count("Too <high>.") == 1 and "Please note Look." in words
    assert figures(content)["warnings"] == ["Look.", "Too <high>."]
    alone = full_content(**given, warnings=["Too <high>."])
    assert 'class="warnings"' not in render(alone)
    plain = Page(render(full_content(expected=EXPECTED))).words
    assert "right (95 % interval 70.0 to 90.0 %)" in plain and "Too" not in plain


def test_model_that_is_not_the_scored_one_is_said_first_and_is_no_warning():
    page = render(full_content(kept_model="Trained again on all."))
    words = Page(page).words
    assert words.index("Trained again on all.") < words.index("Please note")
    assert '<p class="note">Trained again on all.</p>' in page


def test_advice_areas_and_inputs():
    areas = {name: {"training": 5, "validation": 1} for name in table().names}
    found = Fingerprint(
        "cube", "cube.tif", 12345, "2025-01-02T03:04:05+00:00", "ab12", "x"
    )
    page = Page(
        render(full_content(advice=["More areas."], areas=areas, fingerprints=[found]))
    )
    for text in (
        "What would help most", "More areas.", "in 5", "ab12", "2025-01-02 03:04:05",
    ):  # fmt: skip
        assert text in page.words
    assert "in 5" not in Page(render(full_content())).words


def test_three_hundred_classes_stay_light(tmp_path):
    """The worst case: every class everywhere, noise in map and spectra."""
    count, rng = 300, np.random.default_rng(0)
    colours = [f"#{int(c):06x}" for c in rng.integers(0, 2**24, count)]
    rows = zip(range(1, count + 1), colours, strict=True)
    entries = (ClassEntry(k, f"Class of land cover {k}", c) for k, c in rows)
    classes = ClassTable(tuple(entries))
    reference, predicted = rng.integers(1, count + 1, (2, 1000, 1000))
    mask = rng.random((2000, 2000)) < 0.5
    content = full_content(
        classes=classes,
        assessment=assess(predicted, reference, classes),
        class_map=predicted,
        spectra=Spectra(rng.random((count, 200)), rng.random((count, 200))),
        roles=role_picture(
            [("training", "#0072b2", mask, mask + 0)], rng.random((500, 500))
        ),
    )
    path = tmp_path / "r.html"
    write_report(path, content)
    assert path.stat().st_size < 3_000_000
    page = Page(path.read_text("utf-8"))
    assert "too many for a table" in page.words and "r_matrix.csv" in page.words
    assert 'class="matrix"' not in path.read_text("utf-8")
    assert "Largest errors" in page.words


def test_sixty_classes_have_a_picture_and_forty_a_table():
    for count, wide in ((40, False), (60, True)):
        names = [f"c{k}" for k in range(count)]
        entries = (ClassEntry(k, n, "#808080") for k, n in enumerate(names, 1))
        classes = ClassTable(tuple(entries))
        labels = np.arange(1, count + 1)
        html = render(
            full_content(
                classes=classes,
                assessment=assess(np.roll(labels, 1), labels, classes),
                class_map=None,
                spectra=None,
            )
        )
        assert ("Largest errors" in html) == wide
        assert ('class="matrix"' in html) != wide


def test_folder_missing(tmp_path):
    with pytest.raises(FileError):
        write_report(tmp_path / "none" / "r.html", full_content())


def plain(text):
    return text.replace("\N{NO-BREAK SPACE}", " ").replace("\u202f", " ")


def test_shares():
    assert plain(percent(0.12345)) == "12.3 %"
    assert plain(interval((0.1, 0.987))) == "10.0 to 98.7 %"
    assert plain(points(-0.021)) == "\N{MINUS SIGN}2.1 points"
    assert plain(points(0.021)) == "+2.1 points"


def test_probabilities():
    assert plain(probability(0.0412)) == "= 0.041"
    assert plain(probability(1e-9)) == "< 0.001"


def test_amounts():
    assert plain(amount(21157.8)) == "21 158"
    assert amount(9.6) == "9.60"
    assert amount(101.7) == "102"
    assert thousands(9999) == "9999"
    assert margin(2.0) == 3.92


def test_nothing():
    for found in (
        percent(None), percent(math.nan), interval((None, None)), points(None),
        interval((math.nan, math.nan)), amount(None), amount(math.nan), thousands(None),
    ):  # fmt: skip
        assert found == NOTHING
    assert margin(None) is None
