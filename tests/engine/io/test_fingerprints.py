"""A fingerprint tells files apart, names no folder and reads little of a large file."""

import hashlib
import os
import sqlite3
from pathlib import Path

from miaf_engine.io import fingerprints
from miaf_engine.io.fingerprints import (
    BLOCK_BYTES,
    BLOCKS,
    WHOLE_BYTES,
    fingerprint,
    fingerprint_of_source,
    input_fingerprints,
)
from miaf_engine.requests import TrainRequest


def test_small_file(tmp_path):
    path = tmp_path / "cübe.tif"
    path.write_bytes(b"values")
    os.utime(path, (1_700_000_000, 1_700_000_000))
    found = fingerprint("cube", str(path))
    assert found.as_json() == {
        "role": "cube",
        "file": "cübe.tif",
        "bytes": 6,
        "modified_utc": "2023-11-14T22:13:20+00:00",
        "sha256": hashlib.sha256(b"values").hexdigest(),
        "sha256_of": "whole file",
    }
    assert str(tmp_path) not in str(found)


def test_header_of_an_envi_raster_counts(tmp_path):
    path, header = tmp_path / "cube.bsq", tmp_path / "cube.hdr"
    path.write_bytes(b"values")
    header.write_text("ENVI")
    first = fingerprint("cube", str(path))
    assert first.sha256 == hashlib.sha256(b"ENVIvalues").hexdigest()
    assert first.sha256_of == "header cube.hdr and whole file"
    header.write_text("ENVI bands")
    assert fingerprint("cube", str(path)).sha256 != first.sha256


def test_large_file_is_sampled(tmp_path, monkeypatch):
    path = tmp_path / "large.tif"
    size = 10 * 2**30  # sparse: takes no room on the disk
    with path.open("wb") as file:
        file.truncate(size)
    read = []
    opened = fingerprints.Path.open

    def counted(self, *arguments, **more):
        file = opened(self, *arguments, **more)
        inner = file.read
        monkeypatch.setattr(
            type(self), "open", opened
        )  # the wrapper is for this one file

        class Counting:
            def __enter__(self):
                return self

            def __exit__(self, *_):
                file.close()

            def seek(self, place):
                read.append(place)
                file.seek(place)

            def read(self, count=-1):
                assert count == BLOCK_BYTES
                return inner(count)

        return Counting()

    monkeypatch.setattr(fingerprints.Path, "open", counted)
    found = fingerprint("cube", str(path))
    assert found.bytes == size > WHOLE_BYTES
    assert f"{BLOCKS} blocks of 64 KiB" in found.sha256_of
    assert len(read) == BLOCKS
    assert read[0] == 0 and read[-1] == size - BLOCK_BYTES
    with path.open("r+b") as file:
        file.seek(-1, os.SEEK_END)
        file.write(b"x")
    assert fingerprint("cube", str(path)).sha256 != found.sha256


def test_size_counts(tmp_path):
    digests = set()
    for more in (1, 2):
        path = tmp_path / "zeros.tif"
        with path.open("wb") as file:
            file.truncate(WHOLE_BYTES + more)
        digests.add(fingerprint("cube", str(path)).sha256)
    assert len(digests) == 2


def test_no_plain_file(tmp_path):
    for path in (tmp_path, tmp_path / "gone.tif", "/vsizip/a.zip/cube.tif"):
        found = fingerprint("cube", str(path))
        assert found.sha256 is None and found.bytes is None
        assert found.file == Path(path).name


def test_a_file_open_for_editing_has_no_lasting_hash(tmp_path):
    path = tmp_path / "rois.gpkg"
    database = sqlite3.connect(path)
    database.execute("pragma journal_mode = wal")
    database.execute("create table areas (name text)")
    database.commit()
    found = fingerprint("training areas", str(path))
    assert found.sha256 is None
    assert found.bytes == path.stat().st_size
    assert found.sha256_of == (
        "no hash, because the file is being edited (rois.gpkg-wal exists)"
    )
    database.close()
    found = fingerprint("training areas", str(path))
    assert found.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


def test_of_a_copy_the_source_counts(tmp_path):
    path = tmp_path / "mine.gpkg"
    path.write_bytes(b"areas")
    source = {"name": "Areas", "file": str(path), "as_stored": True}
    found = fingerprint_of_source("training areas", source)
    assert found == fingerprint("training areas", str(path))
    part = fingerprint_of_source("training areas", {**source, "as_stored": False})
    assert part.sha256 == found.sha256
    assert part.sha256_of.startswith("whole file; a filter, a selection")
    memory = fingerprint_of_source("mask", {**source, "file": None})
    assert (memory.file, memory.sha256, memory.bytes) == ("Areas", None, None)
    assert "a layer of QGIS without a file" in memory.sha256_of


def test_of_the_inputs_of_a_request_copies_are_named_by_their_sources(tmp_path):
    (tmp_path / "mine.gpkg").write_bytes(b"areas")
    source = {"name": "Areas", "file": str(tmp_path / "mine.gpkg"), "as_stored": True}
    request = TrainRequest(
        cube=str(tmp_path / "cube.tif"),
        rois=str(tmp_path / "copy.gpkg"),
        sources={"rois": source},
    )
    entries = {"cube": "cube", "training areas": "rois", "mask": "mask"}
    found = input_fingerprints(request, entries)
    assert [item.file for item in found] == ["cube.tif", "mine.gpkg"]
    assert found[1].sha256 == hashlib.sha256(b"areas").hexdigest()
