"""How numbers are written."""

import math

from miaf_engine.reports.report_numbers import (
    NOTHING,
    amount,
    interval,
    margin,
    percent,
    points,
    probability,
    thousands,
)


def plain(text):
    return text.replace("\N{NO-BREAK SPACE}", " ").replace("\u202f", " ")


def test_shares():
    assert plain(percent(0.12345)) == "12.3 %"
    assert plain(interval((0.1, 0.987))) == "10.0 to 98.7 %"
    assert plain(points(-0.021)) == "\N{MINUS SIGN}2.1 points"
    assert plain(points(0.021)) == "+2.1 points"


def test_probabilities():
    assert plain(probability(0.0412)) == "= 0.041"
    assert plain(probability(1e-9)) == "< 0.001"


def test_amounts():
    assert plain(amount(21157.8)) == "21 158"
    assert amount(9.6) == "9.60"
    assert amount(101.7) == "102"
    assert thousands(9999) == "9999"
    assert margin(2.0) == 3.92


def test_nothing():
    for found in (
        percent(None), percent(math.nan), interval((None, None)), points(None),
        interval((math.nan, math.nan)), amount(None), amount(math.nan), thousands(None),
    ):  # fmt: skip
        assert found == NOTHING
    assert margin(None) is None
