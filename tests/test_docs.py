"""The pages of docs/ that are made from the source and the real scenes."""

import re
import subprocess
import sys

import pytest

from tests.repository import ROOT


def test_tables_are_up_to_date():
    done = subprocess.run(
        [sys.executable, ".ci/tables.py", "--check"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_error_that_users_meet_is_listed():
    page = (ROOT / "docs" / "refusals.md").read_text(encoding="utf-8")
    for kind in ("CubeError", "GridMismatchError", "BandMismatchError", "SampleError"):
        assert f"| {kind} |" in page
    assert "has one band; a hyperspectral cube has many." in page
    assert "Warp it to a map grid first, as with gdalwarp." in page


def pages():
    return sorted([*(ROOT / "docs").glob("*.md"), ROOT / "README.md"])


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
