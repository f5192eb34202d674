"""The example of the handbook, as it stands there, with few epochs."""

import re
import runpy
import sys

import pyogrio
import rasterio

from tests.repository import ROOT


def test_the_example_makes_a_map_and_a_figure(tmp_path, monkeypatch, capsys):
    arguments = ["example.py", "--folder", str(tmp_path), "--epochs", "2"]
    monkeypatch.setattr(sys, "argv", arguments)
    runpy.run_path(str(ROOT / "docs" / "example.py"), run_name="__main__")
    text = capsys.readouterr().out
    assert re.search(r"Expected accuracy of the map: \d+% \(95 % interval", text)
    # Chance is a quarter, and one class for all is less than three quarters.
    assert int(re.search(r"Known pixels that are right: (\d+)%", text).group(1)) > 75
    assert pyogrio.read_info(tmp_path / "areas.gpkg")["features"] == 20
    with rasterio.open(tmp_path / "map.tif") as output:
        assert output.shape == (145, 145)
    assert (tmp_path / "example.png").read_bytes().startswith(b"\x89PNG")
