"""Random and mutated text for every reader: what is wrong is refused, never a crash.

`make fuzz` runs many more cases (`MIAF_FUZZ` is how many of each) and writes what it
found for docs/reliability.md.
"""

import math
import re
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st
from safetensors.torch import load

from miaf_engine.classes import ClassTable
from miaf_engine.cubes.band_metadata import RasterTags, read_band_table, read_scaling
from miaf_engine.cubes.bands import BandTable
from miaf_engine.errors import MiafError
from miaf_engine.io import (
    envi,
    envi_repair,
    pam,
)
from miaf_engine.models.card import ModelCard, read_card
from miaf_engine.models.file import save_model
from miaf_engine.models.preparation import preparation_of
from tests import tiny
from tests.engine.models.test_file import make_card
from tests.fuzzing import DONE, VALUES, cases, keep_figures, mutated


@pytest.fixture(autouse=True)
def figures():
    """Keep how many cases there were so far."""
    yield
    keep_figures()


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("fuzz")


PIECES = (
    "ENVI = { } , \n \t samples lines bands wavelength fwhm bbl nan inf -1 1e400 0.4 "
    "400 \x00 ü 水 'wavelength units' Nanometers Micrometers"
).split(" ")
WORDS = st.sampled_from(
    [*PIECES, "\n", " = ", "{1, 2}", "wavelength = {", "bbl = {1,0,1}", "=\n"]
)
TEXT = st.one_of(st.text(max_size=30), WORDS)
HEADERS = st.lists(TEXT, max_size=40).map(lambda parts: "ENVI\n" + "".join(parts))
_REGULAR = re.compile(
    r"^(?!\s*;)([^=\n{}]+?)[ \t]*=[ \t]*(\{[^}]*\}|[^\n]*)", flags=re.MULTILINE
)


@cases(0.6)
@given(text=HEADERS, value=st.text("abc 12", max_size=9))
def test_envi_headers(text, value):
    DONE["ENVI header"] += 1
    fields = envi.fields(text)
    # The same as by a regular expression, which takes minutes for hostile text.
    assert fields == {
        envi.plain_field(found[1]): found[2].strip()
        for found in _REGULAR.finditer(text)
    }
    for entry in fields.values():
        envi.listed(entry)
    changed = envi.fields(envi.with_fields(text, {"bands": value}))
    if text.count("{") == text.count("}") == 0:
        assert changed["bands"] == value.strip()


@cases(1.2)
@given(text=HEADERS, count=st.integers(1, 5))
def test_band_metadata(text, count):
    DONE["ENVI metadata of bands"] += 1
    fields = envi.fields(text)
    tags = RasterTags(count, (None,) * count, {}, fields, [fields] * count)
    for read in (read_band_table, read_scaling):
        try:
            read(tags)
        except MiafError:
            pass


@cases(0.8)
@given(text=st.one_of(HEADERS.map(str.encode), st.binary(max_size=200)))
def test_envi_twin(folder, text):
    DONE["ENVI header file"] += 1
    path = folder / "a.hdr"
    path.write_bytes(text)
    try:
        envi.read_fields(path)
        envi_repair.mended(path)
    except MiafError:
        pass


@pytest.fixture(scope="module")
def model(folder):
    """Write a whole model file; return its path, bytes and card as JSON."""
    made = tiny.preparation(tiny.cube())
    names = tuple(f"B{band}" for band in range(tiny.BANDS))
    values = make_card().as_json() | {
        "bands": BandTable(names).as_json(),
        "network": tiny.config().as_json(),
        "normalisation": made.normalisation.as_json(),
        "projection": made.projection.as_json(),
        "superpixels": made.superpixels.as_json(),
    }
    path = folder / "m.miaf.safetensors"
    save_model(path, tiny.network(), ModelCard.from_json(values))
    return path, path.read_bytes(), values


@cases()
@given(choices=st.lists(st.integers(0, 60), min_size=1, max_size=4), new=VALUES)
def test_model_cards(model, choices, new):
    DONE["model header, a value changed"] += 1
    values = mutated(model[2], choices, new)
    try:
        card = ModelCard.from_json(values, "m")
        preparation_of(card, "m")
    except MiafError as error:
        assert str(error)


@cases()
@given(
    place=st.integers(0, 6000),
    piece=st.one_of(
        st.binary(max_size=9), st.sampled_from([b"NaN", b"9" * 30, b"[" * 9])
    ),
    cut=st.integers(0, 9000),
    length=st.one_of(st.none(), st.integers(0, 2**64 - 1)),
)
def test_model_bytes(model, folder, place, piece, cut, length):
    DONE["model header, bytes changed"] += 1
    content = bytearray(model[1])
    content[place : place + len(piece)] = piece
    if length is not None:
        content[:8] = struct.pack("<Q", length)
    if cut < 4000:
        del content[-cut:]
    path = folder / "b.miaf.safetensors"
    path.write_bytes(content)
    try:
        preparation_of(read_card(path), "b")
    except MiafError as error:
        assert str(error)


def test_a_whole_model_is_whole(model):
    assert preparation_of(read_card(model[0]), "m")
    assert load(model[1])


@cases(0.6)
@given(
    content=st.one_of(
        st.binary(max_size=80), st.text("<>/&;!DOCTYPE[]x='\" ", max_size=80)
    )
)
def test_side_files(folder, content):
    DONE["side file (.aux.xml)"] += 1
    raster = folder / "side.tif"
    written = content if isinstance(content, bytes) else content.encode()
    pam.pam_of(raster).write_bytes(written)
    try:
        pam.read_categories(raster)
    except MiafError:
        pass


def test_numbers_of_json_that_no_float_holds():
    """Found by fuzzing: a whole number of 400 digits was a defect."""
    with pytest.raises(MiafError):
        ClassTable.from_json([{"value": math.inf, "name": "a", "colour": "#ffffff"}])
    values = make_card().as_json()
    values["bands"][0]["wavelength_nm"] = 10**400
    for band in values["bands"]:
        band.setdefault("wavelength_nm", 1.0)
    with pytest.raises(MiafError):
        ModelCard.from_json(values)
