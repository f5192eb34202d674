"""A card survives the file; everything that is no card is refused by name."""

import json
import math
import struct
import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from miaf_engine.classes import ClassEntry, ClassTable
from miaf_engine.cubes.bands import BandTable
from miaf_engine.errors import FileError, ModelFormatError
from miaf_engine.limits import MAX_MODEL_HEADER_BYTES
from miaf_engine.models.card import ModelCard, read_card

CARD = ModelCard(
    bands=BandTable(("B1", "B2"), (450.5, 550.25), (9.0, 9.5), (True, False)),
    band_tolerance_nm=5.0,
    normalisation={"mean": [0.5], "scale": [1.0]},
    projection={"method": "pca"},
    classes=ClassTable(
        (ClassEntry(1, "Wheat", "#d1b43c"), ClassEntry(7, "Grünland", "#009e73"))
    ),
    network={"width": 8},
    superpixels={"components": 3},
    split={"holdout": "polygons"},
    training={"epochs": 2},
    seed=0,
    scores={"overall_accuracy": None},
    provenance={"created_utc": "2025-01-01T00:00:00Z", "miaf": "0.1.0"},
    temperature=0.625,
)
ENTRY = {"dtype": "F32", "shape": [2], "data_offsets": [0, 8]}


def write(path, header, data=bytes(8), length=None):
    """Write a safetensors file by hand."""
    text = header if isinstance(header, bytes) else json.dumps(header).encode()
    length = len(text) if length is None else length
    path.write_bytes(struct.pack("<Q", length) + text + data)
    return path


def header_with(**changes):
    values = {**CARD.as_json(), **changes}
    values = {key: value for key, value in values.items() if value is not ...}
    return {"__metadata__": {"miaf": json.dumps(values)}, "weight": ENTRY}


def refusal(path):
    with pytest.raises(ModelFormatError) as caught:
        read_card(path)
    assert str(path) in str(caught.value)
    return str(caught.value)


def test_round_trip(tmp_path):
    assert ModelCard.from_json(json.loads(CARD.as_text())) == CARD
    assert read_card(write(tmp_path / "ä b.miaf.safetensors", header_with())) == CARD


@pytest.mark.parametrize("temperature", [math.nan, math.inf, -1.0, 0.0, 101.0])
def test_a_temperature_that_cannot_be_is_refused_from_anywhere(temperature):
    with pytest.raises(ModelFormatError, match="its temperature is"):
        ModelCard.from_json(CARD.as_json() | {"temperature": temperature}, "m")


def test_a_file_from_before_the_temperature_means_one(tmp_path):
    header = header_with(version=1, temperature=...)
    card = read_card(write(tmp_path / "old.miaf.safetensors", header))
    assert card == replace(CARD, temperature=1.0)


def test_a_file_from_before_the_brightness_knows_none(tmp_path):
    header = header_with(version=3, brightness=...)
    assert read_card(write(tmp_path / "old.miaf.safetensors", header)) == CARD
    known = [[1200.5, 310.25]]
    found = read_card(write(tmp_path / "new", header_with(brightness=known)))
    assert found == replace(CARD, brightness=known)


def test_a_file_from_before_the_tie_points_has_none(tmp_path):
    header = header_with(version=4, tie_points=...)
    assert read_card(write(tmp_path / "old.miaf.safetensors", header)) == CARD
    known = [{"crs": None}]
    found = read_card(write(tmp_path / "new", header_with(tie_points=known)))
    assert found == replace(CARD, tie_points=known)


def test_text_is_sorted_and_finite():
    values = json.loads(CARD.as_text())
    assert list(values) == sorted(values)
    assert values["format"] == "miaf-model" and values["version"] == 6
    with pytest.raises(ValueError, match="JSON"):
        replace(CARD, scores={"kappa": math.nan}).as_text()


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"format": "other"}, "format is 'other', known is 'miaf-model'"),
        ({"format": ...}, "format is None"),
        (
            {"version": 7},
            "version 7, but this release reads version 6. Update the plugin",
        ),
        ({"version": "1"}, "version is '1', known is 6"),
        ({"version": 0}, "version is 0"),
        (
            {"extra": 1},
            "has unknown keys: extra. Known are applicability, band_tolerance_nm",
        ),
        ({"seed": ...}, "lacks keys: seed. Found are"),
        ({"seed": 1.5}, "entry 'seed' of its header is a float"),
        ({"seed": True}, "entry 'seed' of its header is a bool"),
        ({"temperature": 0}, "its temperature is 0, but only 0.01 to 100 are possible"),
        ({"temperature": -0.5}, "its temperature is -0.5"),
        ({"temperature": 1e300}, "its temperature is 1e+300"),
        ({"temperature": math.nan}, "not valid JSON"),
        ({"temperature": math.inf}, "not valid JSON"),
        ({"temperature": 10**400}, "its temperature is 1000"),
        ({"temperature": "1"}, "entry 'temperature' of its header is a str"),
        ({"temperature": None}, "entry 'temperature' of its header is a NoneType"),
        ({"temperature": True}, "entry 'temperature' of its header is a bool"),
        ({"brightness": {}}, "entry 'brightness' of its header is a dict"),
        ({"brightness": [[1.0]]}, "the brightness in its header is damaged"),
        ({"brightness": [3]}, "the brightness in its header is damaged"),
        ({"brightness": [[1.0, True]]}, "the brightness in its header is damaged"),
        ({"brightness": [[1.0, 10**400]]}, "the brightness in its header is damaged"),
        ({"tie_points": {}}, "entry 'tie_points' of its header is a dict"),
        ({"network": []}, "entry 'network' of its header is a list"),
        ({"bands": [{}]}, "bands or classes in its header are damaged"),
        ({"bands": [3]}, "bands or classes in its header are damaged"),
        (
            {"classes": [{"value": 0, "name": "x", "colour": "#000000"}]},
            "has the value 0",
        ),
        ({"classes": [{"value": 1}]}, "damaged"),
    ],
)
def test_wrong_card(tmp_path, changes, message):
    assert message in refusal(write(tmp_path / "m", header_with(**changes)))


@pytest.mark.parametrize(
    ("metadata", "message"),
    [
        (None, "found: none"),
        ({}, "found: none"),
        ({"other": "x"}, "lack the key 'miaf' (found: other)"),
        ({"miaf": 3}, "lack the key 'miaf'"),
        ({"miaf": "{"}, "not valid JSON"),
        ({"miaf": "[]"}, "not a JSON object"),
        ({"miaf": '{"seed": NaN}'}, "not valid JSON"),
        ({"miaf": '{"seed": 1e999}'}, "not valid JSON"),
        ({"miaf": "[" * 100_000}, "not valid JSON"),
    ],
)
def test_wrong_metadata(tmp_path, metadata, message):
    header = {"weight": ENTRY}
    if metadata is not None:
        header["__metadata__"] = metadata
    assert message in refusal(write(tmp_path / "m", header))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "has 0 bytes and no safetensors header"),
        (b"abc", "has 3 bytes"),
        (b"PK\x03\x04" + bytes(100), "not valid JSON"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "not a safetensors file"),
        (struct.pack("<Q", 2**63) + b"{}", "not a safetensors file or is cut short"),
        (struct.pack("<Q", 3) + b"{}", "3 bytes, but only 2 to 2 are possible"),
        (struct.pack("<Q", 2) + b"\xff\xfe", "not valid JSON"),
    ],
)
def test_no_safetensors(tmp_path, content, message):
    path = tmp_path / "m.safetensors"
    path.write_bytes(content)
    if message == "not valid JSON" and content.startswith(b"PK"):
        message = "not a safetensors"
    assert message in refusal(path)


def test_header_over_the_limit(tmp_path):
    path = tmp_path / "m"
    with path.open("wb") as file:  # sparse: takes no room on the disk
        file.write(struct.pack("<Q", MAX_MODEL_HEADER_BYTES + 1))
        file.truncate(MAX_MODEL_HEADER_BYTES + 100)
    assert f"but only 2 to {MAX_MODEL_HEADER_BYTES} are possible" in refusal(path)


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ({**ENTRY, "data_offsets": [0, 12], "shape": [3]}, "ends at byte 12"),
        ({**ENTRY, "data_offsets": [0, 4]}, "'weight' is damaged"),
        ({**ENTRY, "data_offsets": [8, 0]}, "'weight' is damaged"),
        ({**ENTRY, "data_offsets": [-8, 0]}, "'weight' is damaged"),
        ({**ENTRY, "data_offsets": [0]}, "'weight' is damaged"),
        ({**ENTRY, "shape": ["a", 10**15]}, "'weight' is damaged"),
        ({**ENTRY, "shape": [True, 2]}, "'weight' is damaged"),
        ({**ENTRY, "shape": 2}, "'weight' is damaged"),
        ({**ENTRY, "dtype": "X9"}, "'weight' is damaged"),
        ({**ENTRY, "dtype": []}, "'weight' is damaged"),
        (7, "'weight' is damaged"),
        ({}, "'weight' is damaged"),
    ],
)
def test_tensor_entry(tmp_path, entry, message):
    header = {**header_with(), "weight": entry}
    assert message in refusal(write(tmp_path / "m", header))


def test_missing_file_and_folder(tmp_path):
    for path in (tmp_path / "none", tmp_path):
        with pytest.raises(FileError, match="Cannot read the model"):
            read_card(path)


@settings(deadline=None, max_examples=150)
@given(st.data())
def test_damage_is_always_a_model_format_error(tmp_path_factory, data):
    path = tmp_path_factory.mktemp("damage") / "m"
    content = bytearray(write(path, header_with()).read_bytes())
    if data.draw(st.booleans()):
        del content[data.draw(st.integers(0, len(content) - 1)) :]
    else:
        place = data.draw(st.integers(0, len(content) - 1))
        content[place] = data.draw(st.integers(0, 255))
    path.write_bytes(content)
    try:
        card = read_card(path)
    except ModelFormatError:
        return
    assert isinstance(card, ModelCard)


def test_needs_no_numerical_library():
    code = (
        "import sys, miaf_engine.models.card;"
        "print([m for m in ('numpy', 'torch', 'safetensors', 'rasterio')"
        " if m in sys.modules])"
    )
    found = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert found.stdout.strip() == "[]"


def test_reads_what_safetensors_writes(tmp_path):
    from safetensors.numpy import save_file

    path = tmp_path / "m.miaf.safetensors"
    tensors = {"a": np.zeros((2, 3), np.float32), "b": np.array(3)}
    save_file(tensors, path, metadata={"miaf": CARD.as_text()})
    assert read_card(path) == CARD
