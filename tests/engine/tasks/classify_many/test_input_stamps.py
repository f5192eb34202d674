"""Which files an input is read from: those beside it, behind it and in it."""

import re
import zipfile

import pytest
from rasterio.shutil import copy

from miaf_engine.tasks.classify_many.input_stamps import stamps_of_input
from tests import scenes


def write_vrt(path, source):
    """Write a VRT; of another VRT it would be a copy, so that one is put in by name."""
    copy(str(source), str(path), driver="VRT")
    if str(source).endswith(".vrt"):
        text = path.read_text("utf-8")
        path.write_text(re.sub(r">[^<>]*\.tif<", f">{source}<", text), "utf-8")
        assert str(source) in path.read_text("utf-8")
    return path


def tif(path):
    path.parent.mkdir(exist_ok=True)
    return scenes.write_tif(path, scenes.spectra(), scenes.grid())


def test_what_lies_beside_a_cube(tmp_path):
    for name in ("x.dat", "x.hdr", "x.dat.aux.xml", "y.hdr", "x.txt", "x.ige"):
        (tmp_path / name).touch()
    found = stamps_of_input(str(tmp_path / "x.dat"))
    assert set(found) == {"x.dat", "x.hdr", "x.dat.aux.xml", "x.ige"}
    assert stamps_of_input(str(tmp_path / "none")) == {"none": None}
    for name in ("a-SPECTRAL_IMAGE.TIF", "a-METADATA.XML", "m.gpkg", "m.gpkg-wal"):
        (tmp_path / name).touch()
    found = stamps_of_input(str(tmp_path / "a-SPECTRAL_IMAGE.TIF"))
    assert set(found) == {"a-SPECTRAL_IMAGE.TIF", "a-METADATA.XML"}
    assert set(stamps_of_input(str(tmp_path / "m.gpkg"))) == {"m.gpkg", "m.gpkg-wal"}
    assert stamps_of_input("/")


@pytest.mark.parametrize("name", ["c", "c.dat", "c.img"])
def test_a_header_stands_for_its_data(tmp_path, name):
    scenes.write_envi(tmp_path / "c.dat", scenes.spectra(), scenes.grid())
    (tmp_path / "c.dat").rename(tmp_path / name)
    before = stamps_of_input(str(tmp_path / "c.hdr"))
    assert set(before) == {"c.hdr", name}
    (tmp_path / name).write_bytes(b"other")
    after = stamps_of_input(str(tmp_path / "c.hdr"))
    assert after[name] != before[name] and after["c.hdr"] == before["c.hdr"]


def test_the_files_of_a_vrt_count_at_any_depth(tmp_path):
    far = tif(tmp_path / "far" / "ö.tif")
    envi = scenes.write_envi(tmp_path / "e.img", scenes.spectra(), scenes.grid())
    inner = write_vrt(tmp_path / "far" / "inner.vrt", far)
    outer = write_vrt(tmp_path / "outer.vrt", inner)
    names = {"outer.vrt", str(inner), str(far)}
    before = stamps_of_input(str(outer))
    assert set(before) == names
    assert all(before.values())
    far.write_bytes(far.read_bytes() + b"more")
    after = stamps_of_input(str(outer))
    assert {name for name in names if before[name] != after[name]} == {str(far)}
    of_envi = stamps_of_input(str(write_vrt(tmp_path / "e.vrt", envi)))
    assert set(of_envi) == {"e.vrt", "e.img", "e.hdr"}


def test_the_archive_of_a_source_counts(tmp_path):
    source = tif(tmp_path / "in" / "a.tif")
    with zipfile.ZipFile(tmp_path / "z.zip", "w") as archive:
        archive.write(source, "sub/a.tif")
    vrt = write_vrt(tmp_path / "z.vrt", f"/vsizip/{tmp_path}/z.zip/sub/a.tif")
    assert set(stamps_of_input(str(vrt))) == {"z.vrt", "z.zip"}


def test_a_vrt_of_itself_or_of_nothing_ends(tmp_path):
    source = tif(tmp_path / "in" / "a.tif")
    vrt = write_vrt(tmp_path / "v.vrt", source)
    text = vrt.read_text().replace("in/a.tif", "v.vrt")
    vrt.write_text(text)
    assert set(stamps_of_input(str(vrt))) == {"v.vrt"}
    vrt.write_text("<VRTDataset")
    assert set(stamps_of_input(str(vrt))) == {"v.vrt"}
    write_vrt(vrt, source)
    source.unlink()
    assert stamps_of_input(str(vrt)).get(str(source)) is None


def test_a_folder_is_its_files(tmp_path):
    folder = tmp_path / "m.gdb"
    folder.mkdir()
    (folder / "a1.gdbtable").touch()
    found = stamps_of_input(str(folder))
    assert set(found) == {"m.gdb", str(folder / "a1.gdbtable")}
