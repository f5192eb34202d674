"""What a spreadsheet makes of the tables, however it cuts their lines."""

import csv
import io
import re

import pytest

from miaf_engine.reports.matrix import harmless

FORMULA = re.compile(r"\s*[=+\-@\uff1d\uff0b\uff0d\uff20]")


@pytest.mark.parametrize("sign", "=+-@\uff1d\uff0b\uff0d\uff20")
@pytest.mark.parametrize("before", ["", " ", "a;", "a; ", "a\t", "a\n", "a,", ";;"])
def test_no_cell_is_a_formula_whatever_ends_it(before, sign):
    name = f"{before}{sign}HYPERLINK()"
    written = io.StringIO()
    csv.writer(written).writerow([1, harmless(name), 2])
    for cell in re.split(r'[;,|\t\r\n"]', written.getvalue()):
        assert not FORMULA.match(cell), (cell, written.getvalue())


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Wheat", "Wheat"),
        ("Corn-notill; dry", "Corn-notill; dry"),
        ("a=b", "a=b"),
        ("=1", "'=1"),
        ("a;=1;-2", "a;'=1;'-2"),
        ("a\t @x", "a\t '@x"),
    ],
)
def test_other_names_stay(name, found):
    assert harmless(name) == found
