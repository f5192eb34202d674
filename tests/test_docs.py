"""The pages of docs/ that are made from the source and the real scenes."""

import subprocess
import sys

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
