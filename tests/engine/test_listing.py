"""A sentence names a few, and counts the rest."""

from miaf_engine.listing import listed


def test_listed():
    assert listed(["a"]) == "'a'"
    assert listed(["a", "b"]) == "'a', 'b'"
    assert listed([*"abcdefgh"]).endswith("'h'")
    assert listed([*"abcdefghij"], 2) == "'a', 'b' and 8 more"
