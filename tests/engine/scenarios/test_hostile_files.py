"""Files made to do harm: refused in a sentence, without much memory or time."""

import json
import os
import struct
import sys
from dataclasses import replace

import numpy as np
import pytest
import shapely

from miaf_engine import limits
from miaf_engine.classes import ClassTable
from miaf_engine.cubes.bands import BandTable
from miaf_engine.cubes.reader import open_cube
from miaf_engine.errors import (
    InputError,
    ModelFormatError,
    RasterFileError,
    SampleError,
)
from miaf_engine.grid import Window
from miaf_engine.io import envi, pam
from miaf_engine.labels import areas
from miaf_engine.labels.areas import read_areas
from miaf_engine.labels.class_keys import class_table
from miaf_engine.models import file as model_file
from miaf_engine.models.card import read_card
from miaf_engine.models.file import load_model
from miaf_engine.models.network.miafnet import MiafNet
from tests import scenes, tiny
from tests.engine.models.test_file import make_card

BOMB = (
    '<!DOCTYPE x [<!ENTITY a "'
    + 40 * "a"
    + '">'
    + "".join(f'<!ENTITY {chr(98 + i)} "{30 * f"&{chr(97 + i)};"}">' for i in range(8))
    + ']><PAMDataset><PAMRasterBand band="1"><Description>&i;</Description>'
    "</PAMRasterBand></PAMDataset>"
)


def bare_model(path, card, tensors=None):
    """Write a model file of a header alone, or with the claims of `tensors`."""
    header = {"__metadata__": {"miaf": card.as_text()}, **(tensors or {})}
    text = json.dumps(header).encode()
    path.write_bytes(struct.pack("<Q", len(text)) + text)
    return path


def test_a_claim_of_ten_gigabytes_in_a_small_file(tmp_path):
    size = 10 * 2**30
    claim = {"dtype": "F32", "shape": [size // 4], "data_offsets": [0, size]}
    path = bare_model(tmp_path / "m", make_card(), {"classifier.bias": claim})
    with pytest.raises(ModelFormatError, match="cut short"):
        load_model(path)


def test_a_header_of_many_bands_builds_no_network(tmp_path, monkeypatch):
    """60 000 bands at the greatest width would be gigabytes of random weights."""
    names = tuple(f"B{band}" for band in range(60_000))
    card = replace(make_card(), bands=BandTable(names))
    card = replace(card, network={**card.network, "width": 512})
    path = bare_model(tmp_path / "m", card)
    made = []

    class Watched(MiafNet):
        def __init__(self, *arguments, **more):
            super().__init__(*arguments, **more)
            made.append({part.device.type for part in self.parameters()})

    monkeypatch.setattr(model_file, "MiafNet", Watched)
    with pytest.raises(ModelFormatError, match="missing, "):
        load_model(path)
    assert made == [{"meta"}]


def test_names_in_a_model_are_names_and_no_paths(tmp_path):
    """A tensor or class called as a path is one of that name, and no file is made."""
    claim = {"dtype": "F32", "shape": [1], "data_offsets": [0, 4]}
    path = tmp_path / "m"
    bare_model(path, make_card(), {"../../../tmp/x": claim})
    path.write_bytes(path.read_bytes() + bytes(4))
    with pytest.raises(ModelFormatError):
        load_model(path)
    assert [p.name for p in tmp_path.iterdir()] == ["m"]


def test_a_header_of_brackets_and_one_of_a_newer_version(tmp_path):
    path = tmp_path / "m"
    text = b'{"a":' + b"[" * 500_000
    path.write_bytes(struct.pack("<Q", len(text)) + text)
    with pytest.raises(ModelFormatError, match="not valid JSON"):
        read_card(path)
    card = json.loads(make_card().as_text()) | {"version": 99}
    header = json.dumps({"__metadata__": {"miaf": json.dumps(card)}}).encode()
    path.write_bytes(struct.pack("<Q", len(header)) + header)
    with pytest.raises(ModelFormatError, match=r"version 99.*Update the plugin"):
        read_card(path)


def test_a_class_table_of_a_million_is_looked_through_once():
    items = [{"value": 1, "name": "a", "colour": "#000000"}] * 300_000
    with pytest.raises(InputError, match="Two classes have the value 1"):
        ClassTable.from_json(items)


@pytest.mark.parametrize(
    "line", ["a={", "a={\n", "a=[\n", "a=\n", "a", " ", "{", "=", "a\t"]
)
def test_envi_headers_are_read_in_one_pass(tmp_path, line):
    """Each took half a minute and more, at a tenth of this size."""
    text = "ENVI\n" + line * (1_000_000 // len(line))
    envi.fields(text)
    envi.with_fields(text, {"bands": "1"})


def test_an_endless_envi_header(tmp_path):
    path = tmp_path / "a.hdr"
    with path.open("wb") as file:
        file.write(b"ENVI\n")
        file.truncate(10 * 2**30)  # sparse: takes no room on the disk
    with pytest.raises(RasterFileError, match="too large for an ENVI header"):
        envi.read_fields(path)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("bands", "1000000000"),
        ("bands", "-1"),
        ("bands", "65536"),
        ("lines", "9" * 30),
        ("samples", "2147483647"),
        ("header offset", "9" * 30),
        ("data type", "99"),
    ],
)
def test_envi_headers_that_claim_too_much(tmp_path, field, value):
    path = scenes.write_envi(tmp_path / "a.dat", tiny.cube(), tiny.grid())
    header = path.with_suffix(".hdr")
    header.write_text(envi.with_fields(header.read_text(), {field: value}))
    with pytest.raises(RasterFileError):
        open_cube(path)


def vrt(path, source, columns=30, rows=24):
    bands = "".join(
        f'<VRTRasterBand dataType="Float32" band="{band}"><SimpleSource>'
        f"<SourceFilename>{source}</SourceFilename><SourceBand>{band}</SourceBand></SimpleSource>"
        "</VRTRasterBand>"
        for band in (1, 2, 3)
    )
    size = f'rasterXSize="{columns}" rasterYSize="{rows}"'
    path.write_text(f"<VRTDataset {size}>{bands}</VRTDataset>")
    return path


def test_a_vrt_of_local_files_is_read_and_one_of_itself_or_of_text_refused(tmp_path):
    cube = tiny.write_cube(tmp_path / "cube.tif")
    with open_cube(vrt(tmp_path / "good.vrt", cube)) as reader:
        np.testing.assert_array_equal(reader.read().values, tiny.cube()[:3])
    secret = tmp_path / "secret.txt"
    secret.write_text("a password")
    for name, source in (("self.vrt", tmp_path / "self.vrt"), ("text.vrt", secret)):
        with (
            pytest.raises(RasterFileError) as caught,
            open_cube(vrt(tmp_path / name, source)) as reader,
        ):
            reader.read()
        assert "a password" not in str(caught.value)


def test_a_raster_of_absurd_size(tmp_path):
    cube = tiny.write_cube(tmp_path / "cube.tif")
    path = vrt(tmp_path / "huge.vrt", cube, 2**31 - 1, 2**31 - 1)
    with pytest.raises(RasterFileError, match=r"states 2147483647 rows.*smaller part"):
        open_cube(path)


def test_a_truncated_geotiff_is_no_zeros(tmp_path):
    path = tiny.write_cube(tmp_path / "cube.tif")
    content = path.read_bytes()
    for length in (4, 100, len(content) // 2, len(content) - 100):
        path.write_bytes(content[:length])
        with pytest.raises(RasterFileError), open_cube(path) as reader:
            reader.read(Window(0, 0, tiny.HEIGHT, tiny.WIDTH))


@pytest.mark.skipif(sys.platform == "win32", reason="no named pipes in folders")
def test_a_pipe_is_not_waited_for(tmp_path):
    path = tmp_path / "pipe.tif"
    os.mkfifo(path)
    with pytest.raises(RasterFileError, match="a device or a pipe"):
        open_cube(path)
    with pytest.raises(areas.VectorFileError, match="a device or a pipe"):
        read_areas(path, "c", tiny.grid())


@pytest.mark.skipif(sys.platform == "win32", reason="no named pipes in folders")
@pytest.mark.parametrize("name", ["cube.tif", "cube.dat"])
@pytest.mark.parametrize(
    "side", ["{0}.aux.xml", "{0}.msk", "{0}.ovr", "{0}.hdr", "cube.xml", "CUBE.tfw"]
)
def test_a_pipe_beside_a_raster_is_not_waited_for(tmp_path, name, side):
    path = tiny.write_cube(tmp_path / name)
    os.mkfifo(tmp_path / side.format(name))
    with pytest.raises(RasterFileError, match=r"beside .* a device or a pipe"):
        open_cube(path)


@pytest.mark.skipif(sys.platform == "win32", reason="no named pipes in folders")
@pytest.mark.parametrize("end", [".dbf", ".shx", ".prj", ".cpg", ".qix"])
def test_a_pipe_in_a_shapefile_is_not_waited_for(tmp_path, end):
    path = tmp_path / "a.shp"
    tiny.write_rois(path)
    path.with_suffix(end).unlink(missing_ok=True)
    os.mkfifo(path.with_suffix(end))
    with pytest.raises(areas.VectorFileError, match=r"beside .* a device or a pipe"):
        read_areas(path, "cover", tiny.grid())


@pytest.mark.parametrize(
    "text", [BOMB, '<!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>', "<a>" * 100_000]
)
def test_side_files_with_entities_or_no_end(tmp_path, text):
    path = tiny.write_cube(tmp_path / "cube.tif")
    pam.pam_of(path).write_text(text)
    with pytest.raises(RasterFileError):
        pam.read_categories(path)


def test_a_side_file_of_gigabytes(tmp_path, monkeypatch):
    path = tmp_path / "a.tif"
    with pam.pam_of(path).open("wb") as file:
        file.truncate(limits.MAX_XML_BYTES + 1)
    with pytest.raises(RasterFileError, match="at most"):
        pam.read_categories(path)


def test_areas_with_too_many_corners(tmp_path, monkeypatch):
    circle = shapely.Point(500_100, 4_480_100).buffer(50, 500)
    path = scenes.write_areas(tmp_path / "a.gpkg", [circle] * 2, {"c": ["a", "b"]})
    monkeypatch.setattr(areas, "MAX_VERTICES", 1000)
    with pytest.raises(SampleError, match=r"4002 corners, but at most 1000 are read"):
        read_areas(path, "c", tiny.grid())


def test_class_names_are_one_short_line_without_turned_text():
    names = ["a\x00\x1b[31m\nb\u2028c", "\u202egnp.exe", "x" * 5000, "<b>&</b>"]
    table, _ = class_table(names)
    assert "a [31m b c" in table.names
    assert "gnp.exe" in table.names
    assert "<b>&</b>" in table.names  # Kept; whoever shows it as HTML escapes it.
    assert max(map(len, table.names)) == limits.MAX_NAME


def test_class_names_of_a_model_are_one_line_too():
    items = [{"value": 1, "name": "a\x1b[2J\nb", "colour": "#000000"}]
    items.append({"value": 2, "name": "\u202ex", "colour": "#000000"})
    table = ClassTable.from_json(items)
    assert table.names == ["a [2J b", "x"]
    with pytest.raises(InputError, match="no name"):
        ClassTable.from_json([{"value": 1, "name": "\x00\n", "colour": "#000000"}])
