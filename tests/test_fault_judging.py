"""The judge of `make faults` sees what it is there to see."""

import shutil

import pytest

from tests.faults.judging import judge

NAMES = ("map.tif", "map.tif.aux.xml", "m.safetensors", "r.html")


@pytest.fixture
def folders(tmp_path):
    for age in ("old", "new"):
        (tmp_path / age).mkdir()
        for name in NAMES:
            (tmp_path / age / name).write_text(f"{age} {name} </html>")
    return tmp_path / "old", tmp_path / "new"


@pytest.mark.parametrize(
    ("from_new", "then", "expected"),
    [
        ((), {}, "old"),
        (NAMES, {}, "new"),
        (NAMES[:2], {}, "new and old"),
        (NAMES[:1], {}, "damaged: map.tif and its side file differ in age"),
        (NAMES[1:], {}, "damaged: map.tif and its side file differ in age"),
        ((), {"map.tif": "old map.ti"}, "damaged: map.tif"),
        ((), {"r.html": "old r.html </ht"}, "damaged: r.html"),
        ((), {"m.safetensors": None}, "none and old"),
        ((), {"map.tif.aux.xml": None}, "damaged: map.tif and its side file differ"),
    ],
)
def test_what_is_whole_and_what_is_not(folders, tmp_path, from_new, then, expected):
    old, new = folders
    results = shutil.copytree(old, tmp_path / "results")
    for name in from_new:
        shutil.copy(new / name, results)
    for name, text in then.items():
        (results / name).unlink()
        if text is not None:
            (results / name).write_text(text)
    assert judge(results, old, new).startswith(expected)
