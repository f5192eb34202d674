"""The shipped pages of help and icons are those of the algorithms as declared."""

import re
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from urllib.parse import unquote, urlparse
from xml.etree import ElementTree

import pytest
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QImage, QPainter
from qgis.PyQt.QtSvg import QSvgRenderer

from miaf_qgis.help_pages import HELP_FOLDER, ICON_FOLDER, PROVIDER_ICON, page_url
from miaf_qgis.provider import ALGORITHMS

ICONS = [PROVIDER_ICON, *sorted(ICON_FOLDER.glob("*.svg"))]
HINT = "the pages are older than the algorithms: run `make help-pages`"


@pytest.fixture(scope="module")
def maker():
    specification = spec_from_file_location("maker", HELP_FOLDER / "make_pages.py")
    module = module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


def test_the_pages_say_what_the_dialogs_have(maker, provider):
    made = maker.pages(provider)
    shipped = {
        path.name: path.read_text(encoding="utf-8")
        for path in HELP_FOLDER.glob("*.html")
    }
    assert sorted(made) == sorted(shipped), HINT
    assert [name for name in made if made[name] != shipped[name]] == [], HINT


def test_each_algorithm_has_a_page_that_needs_no_network(provider):
    for item in provider.algorithms():
        address = urlparse(item.helpUrl())
        assert address.scheme == "file", item.name()
        page = Path(unquote(address.path))
        text = page.read_text(encoding="utf-8")
        assert item.displayName() in text.replace("&#x27;", "'")
        for parameter in item.parameterDefinitions():
            assert f"<code>{parameter.name()}</code>" in text
        assert "http:" not in text and "https:" not in text


def test_links_of_the_pages_lead_somewhere():
    for page in HELP_FOLDER.glob("*.html"):
        text = page.read_text(encoding="utf-8")
        for link in re.findall(r'(?:href|src)="([^"]+)"', text):
            assert (page.parent / link).resolve().is_file(), f"{page.name}: {link}"


def test_what_has_no_page_has_no_help_button():
    assert page_url("nothing") == ""
    assert page_url().endswith("index.html")


def test_people_find_the_algorithms_by_their_words(provider):
    for name in ("trainandclassify", "train", "classify"):
        tags = {tag.strip() for tag in provider.algorithm(name).tags()}
        wanted = {
            "hyperspectral",
            "land cover",
            "classification",
            "deep learning",
            "neural network",
            "remote sensing",
        }
        assert wanted <= tags, name


def test_each_algorithm_has_an_icon_of_its_own(provider):
    shown = {path.stem for path in ICON_FOLDER.glob("*.svg")}
    assert shown == {item().name() for item in ALGORITHMS} | {"swipe"}


def test_help_is_as_short_as_a_person_reads_it(provider):
    for item in provider.algorithms():
        for parameter in item.parameterDefinitions():
            help_text = parameter.help()
            assert len(help_text) <= 300, (item.name(), parameter.name())
            assert not help_text or help_text[-1] in ".)", parameter.name()


@pytest.mark.parametrize("path", ICONS, ids=lambda path: path.stem)
def test_icons_are_plain_drawings(path):
    root = ElementTree.parse(path).getroot()
    assert root.tag.endswith("svg")
    tags = {item.tag.rpartition("}")[2] for item in root.iter()}
    assert tags <= {"svg", "title", "g", "path", "rect", "circle"}


@pytest.mark.parametrize("path", ICONS, ids=lambda path: path.stem)
@pytest.mark.parametrize("ground", ["#ffffff", "#333333"])
def test_icons_stand_out_at_16_pixels(path, ground):
    """At least a fifth of the pixels differ clearly in brightness from the ground."""
    image = QImage(16, 16, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.white if ground == "#ffffff" else Qt.GlobalColor.black)
    if ground == "#333333":
        image.fill(0xFF333333)
    painter = QPainter(image)
    QSvgRenderer(str(path)).render(painter)
    painter.end()
    base = 255 if ground == "#ffffff" else 0x33
    pixels = [image.pixelColor(x, y) for x in range(16) for y in range(16)]
    # Weights of ITU-R BT.709.
    light = [0.2126 * c.red() + 0.7152 * c.green() + 0.0722 * c.blue() for c in pixels]
    assert sum(abs(value - base) > 45 for value in light) >= 0.2 * len(light)
