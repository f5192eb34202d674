"""MATLAB files of version 5, byte by byte: what they hold, and claims refused."""

import struct
import zlib

import numpy as np
import pytest

from miaf_engine.errors import RasterFileError
from miaf_engine.tasks.import_benchmark.arrays import list_arrays, read_array

DOUBLE, UINT8, NO_TYPE = 9, 2, 77
SIX = struct.pack("6B", 1, 2, 3, 4, 5, 6)


def element(kind, content, order="<", length=None):
    """Return an element, which may say another length than it has."""
    said = len(content) if length is None else length
    return struct.pack(f"{order}II", kind, said) + content + bytes(-len(content) % 8)


def matrix(
    values=SIX, stored=UINT8, sizes=(2, 3), order="<", length=None, name=b"a", kind=6
):
    """Return an array; `kind` 6 is MATLAB's double, whatever it is stored in."""
    parts = element(6, struct.pack(f"{order}II", kind, 0), order)
    parts += element(5, struct.pack(f"{order}{len(sizes)}i", *sizes), order)
    parts += element(1, name, order) + element(stored, values, order, length)
    return element(14, parts, order)


def packed(content):
    """Return a compressed element, which is not padded."""
    content = zlib.compress(content)
    return struct.pack("<II", 15, len(content)) + content


def write(path, *parts, order="<", text=b"MATLAB 5.0 MAT-file"):
    mark = b"IM" if order == "<" else b"MI"
    version = struct.pack(f"{order}H", 0x0100)
    path.write_bytes(text.ljust(124) + version + mark + b"".join(parts))
    return path


@pytest.mark.parametrize(("way", "order"), [(bytes, "<"), (bytes, ">"), (packed, "<")])
def test_whole_numbers_of_a_double_keep_the_bytes_they_are_stored_in(
    way, order, tmp_path
):
    path = write(tmp_path / "a.mat", way(matrix(order=order)), order=order)
    found = read_array(path, "a")
    assert found.dtype == np.uint8
    assert found.tolist() == [[1, 3, 5], [2, 4, 6]]  # column by column


def test_an_array_behind_others_and_a_nameless_one_of_objects(tmp_path):
    cell = matrix(b"", stored=14, sizes=(0, 0), name=b"c", kind=1)
    objects = element(14, element(6, struct.pack("<II", 17, 0)))
    parts = [objects, cell, packed(matrix(name=b"b")), matrix(SIX[::-1])]
    path = write(tmp_path / "a.mat", *parts)
    kinds = [(item.name, item.shape, item.kind) for item in list_arrays(path)]
    assert kinds == [
        ("", (), "object"),
        ("c", (0, 0), "cell"),
        ("b", (2, 3), "numbers"),
        ("a", (2, 3), "numbers"),
    ]
    assert read_array(path, "a").tolist() == [[6, 4, 2], [5, 3, 1]]


CLAIMS = {
    "more pixels than values": matrix(sizes=(2, 300)),
    "sizes whose product runs over": matrix(sizes=(65536, 65536, 65536, 65536)),
    "a negative size": matrix(sizes=(-2, -3)),
    "33 axes": matrix(sizes=(1,) * 31 + (2, 3)),
    "values past the end": matrix(sizes=(2, 3000), length=6000),
    "gigabytes": matrix(sizes=(60_000, 60_000), length=3_600_000_000),
    "a width that does not fit": matrix(stored=DOUBLE),
    "an unknown type": matrix(stored=NO_TYPE),
    "an array in an array's place": matrix(stored=14),
}


@pytest.mark.parametrize("way", [bytes, packed])
@pytest.mark.parametrize("claim", CLAIMS)
def test_claims_are_refused(claim, way, tmp_path):
    path = write(tmp_path / "a.mat", way(CLAIMS[claim]))
    with pytest.raises(RasterFileError, match="damaged or cut short"):
        list_arrays(path)


def test_a_small_stream_that_claims_much(tmp_path):
    """Three gigabytes, of which a stream of some kilobytes holds nothing."""
    content = matrix(sizes=(60_000, 50_000), length=3_000_000_000)
    content = struct.pack("<II", 14, 3_000_000_056) + content[8:]
    path = write(tmp_path / "a.mat", packed(content))
    with pytest.raises(RasterFileError, match="no array"):
        list_arrays(path)


def test_a_stream_whose_sum_is_wrong(tmp_path):
    whole = bytearray(packed(matrix()))
    whole[-1] ^= 1
    path = write(tmp_path / "a.mat", bytes(whole))
    with pytest.raises(RasterFileError, match="damaged or cut short"):
        read_array(path, list_arrays(path)[0].name)


@pytest.mark.parametrize("text", [b"MAT\0", b"\0\0\0\0"])
def test_what_scipy_takes_for_version_4_is_refused(text, tmp_path):
    path = write(tmp_path / "a.mat", matrix(), text=text)
    with pytest.raises(RasterFileError, match="not a MATLAB file of version 5"):
        list_arrays(path)
