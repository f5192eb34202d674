"""The text of ENVI headers."""

from hypothesis import given
from hypothesis import strategies as st

from miaf_engine.io import envi
from tests.scenes import CLASSES

TEXT = """ENVI
description = {
a map}
Samples   = 10
wavelength = { 400.5 , 410 ,
 420 }
file type = ENVI Standard
"""


def test_fields_and_lists():
    fields = envi.fields(TEXT)
    assert fields["samples"] == "10"
    assert fields["file type"] == "ENVI Standard"
    assert envi.listed(fields["wavelength"]) == ["400.5", "410", "420"]
    assert envi.listed("{}") == []


def test_fields_are_replaced_or_added():
    text = envi.with_fields(TEXT, {"samples": "12", "classes": "3"})
    fields = envi.fields(text)
    assert (fields["samples"], fields["classes"]) == ("12", "3")
    assert fields["file type"] == "ENVI Standard"
    assert text.startswith("ENVI\n")


@given(st.lists(st.text("ab, {}=\n\\1é", min_size=1), min_size=1, max_size=4))
def test_no_name_breaks_the_header(names):
    plain = [envi.plain_name(name) or "x" for name in names]
    text = envi.with_fields(TEXT, {"class names": "{" + ",".join(plain) + "}"})
    fields = envi.fields(text)
    assert envi.listed(fields["class names"]) == plain
    assert fields["file type"] == "ENVI Standard"


def test_class_fields():
    fields = envi.class_fields(CLASSES)
    assert fields["classes"] == "6"
    assert len(envi.listed(fields["class lookup"])) == 18
    assert envi.listed(fields["class names"])[:2] == ["Unclassified", "Wheat"]


def test_headers_in_latin_1_are_read(tmp_path):
    path = tmp_path / "a.hdr"
    path.write_bytes("ENVI\ndescription = {Flüche}\n".encode("latin-1"))
    assert envi.read_fields(path)["description"] == "{Flüche}"
