"""Adjusted estimates against the worked example of Olofsson et al. (2014).

Their example (section 5 and tables 8 and 9, pages 54 and 55) has 640 sample pixels of
30 m in four map classes. `PRINTED` and `TABLE_9` are digits of the paper, as
transcribed from it in the public tests of the R package drift (NewGraphEnvironment,
`tests/testthat/helper-accuracy.R`); `MISPRINTED` are the two that its own equation 7
contradicts, which those tests and the R package mapaccuracy found as well. The formulae
are written out a second time below, in shares and without arrays.
"""

import json
import math

import numpy as np
import pytest

from miaf_engine.accuracy.area_estimates import area_estimates
from miaf_engine.classes import ClassEntry, ClassTable

NAMES = ("deforestation", "forest gain", "stable forest", "stable non-forest")
# Table 8; rows are map classes, as in the paper.
SAMPLE = ((66, 0, 5, 4), (0, 55, 8, 12), (1, 0, 153, 11), (2, 1, 9, 313))
MAPPED = (200_000, 150_000, 3_200_000, 6_450_000)  # pixels
HECTARES = 0.09  # of a pixel
# Shares of the area by map class and reference class, four places printed.
TABLE_9 = (
    (0.0176, 0.0, 0.0013, 0.0011),
    (0.0, 0.0110, 0.0016, 0.0024),
    (0.0019, 0.0, 0.2967, 0.0213),
    (0.0040, 0.0020, 0.0179, 0.6212),
)
# (estimates, half widths of the 95 % intervals, places after the point)
PRINTED = {
    "overall": (0.95, 0.02, 2),
    "users": ((0.88, 0.73, 0.93, 0.96), (0.07, 0.10, 0.04, 0.02), 2),
    "producers": ((0.75, 0.85, 0.93, 0.96), (0.21, 0.23, 0.03, 0.01), 2),
    "areas": ((21_158, 11_686, 285_770, 581_386), (6158, 3756, 15_510, 16_282), 0),
}
# Half widths of producer's accuracies by class: what equation 7 gives instead.
MISPRINTED = {1: 0.25, 3: 0.02}
Z = 1.96


def table(names=NAMES):
    entries = (ClassEntry(k, name, "#777777") for k, name in enumerate(names, 1))
    return ClassTable(tuple(entries))


def reference_rows(sample=SAMPLE, unclassified=0):
    """Return the matrix as the engine has it: rows are reference classes."""
    matrix = np.array(sample).T
    extra = np.zeros((len(matrix), 1), int)
    extra[0] = unclassified
    return np.hstack([matrix, extra])


def estimated(mapped=MAPPED, sample=SAMPLE, **more):
    return area_estimates(
        reference_rows(sample, more.pop("unclassified", 0)),
        np.array(mapped, float),
        table(NAMES[: len(mapped)]),
        **more,
    )


def by_hand(sample, mapped):
    """Return (value, standard error) of all estimates, from equations 1 to 11."""
    total, many = sum(mapped), len(mapped)
    w = [part / total for part in mapped]
    n = [sum(row) for row in sample]
    share = [[sample[i][j] / n[i] for j in range(many)] for i in range(many)]
    var = [[s * (1 - s) / (n[i] - 1) for s in share[i]] for i in range(many)]
    found = [sum(w[i] * share[i][j] for i in range(many)) for j in range(many)]
    result = {
        "overall": (
            sum(w[i] * share[i][i] for i in range(many)),
            math.sqrt(sum(w[i] ** 2 * var[i][i] for i in range(many))),
        )
    }
    for j in range(many):
        result["users", j] = share[j][j], math.sqrt(var[j][j])
        error = math.sqrt(sum(w[i] ** 2 * var[i][j] for i in range(many)))
        result["areas", j] = total * found[j], total * error
        whole = sum(mapped[i] * share[i][j] for i in range(many))
        p = mapped[j] * share[j][j] / whole
        own = mapped[j] ** 2 * (1 - p) ** 2 * var[j][j]
        rest = sum(mapped[i] ** 2 * var[i][j] for i in range(many) if i != j)
        result["producers", j] = p, math.sqrt((own + p * p * rest) / whole**2)
    return result


def test_digits_of_the_paper():
    found = estimated(np.array(MAPPED) * HECTARES, unit="ha")
    for name, (values, margins, places) in PRINTED.items():
        estimates = getattr(found, name)
        expected = np.array(margins)
        if name == "producers":
            expected[list(MISPRINTED)] = list(MISPRINTED.values())
        assert np.array_equal(estimates.values.round(places), values), name
        assert np.array_equal(estimates.margins.round(places), expected), name
    pixels = estimated().areas
    assert round(pixels.values[0]) == 235_086 and round(pixels.margins[0]) == 68_418


def test_equation_7_contradicts_the_misprints():
    """In shares, without the engine: what the paper prints is not what it defines."""
    printed = PRINTED["producers"][1]
    for k, margin in MISPRINTED.items():
        _, error = by_hand(SAMPLE, MAPPED)["producers", k]
        assert round(Z * error, 2) == margin != printed[k]


def test_table_9():
    shares = [
        [mapped / sum(MAPPED) * count / sum(row) for count in row]
        for row, mapped in zip(SAMPLE, MAPPED, strict=True)
    ]
    assert np.array_equal(np.round(shares, 4), TABLE_9)
    found = estimated()
    areas = np.sum(shares, axis=0) * sum(MAPPED)
    assert found.areas.values == pytest.approx(areas, rel=1e-12)
    assert found.overall.values == pytest.approx(np.trace(shares), rel=1e-12)


@pytest.mark.parametrize("seed", range(8))
def test_against_the_formulae_written_out(seed):
    rng = np.random.default_rng(seed)
    many = int(rng.integers(2, 7))
    sample = rng.integers(1, 40, (many, many)) + 60 * np.eye(many, dtype=int)
    mapped = rng.uniform(10, 1e6, many)
    if seed == 0:
        sample, mapped = np.array(SAMPLE), np.array(MAPPED)
    names = [f"c{k}" for k in range(len(mapped))]
    found = area_estimates(reference_rows(sample), mapped, table(names))
    for key, (value, error) in by_hand(sample.tolist(), mapped.tolist()).items():
        name, k = (key, ()) if key == "overall" else key
        estimates = getattr(found, name)
        assert estimates.values[k] == pytest.approx(value, rel=1e-9)
        assert estimates.errors[k] == pytest.approx(error, rel=1e-9)
    assert found.areas.values.sum() == pytest.approx(mapped.sum())


def test_json():
    facts = estimated(unit="pixels", measure="counted", notes=["First."]).as_json()
    assert facts["area_unit"] == "pixels" and "Olofsson" in facts["method"]
    overall = facts["overall_accuracy"]
    margin = Z * overall["standard_error"]
    ends = [overall["estimate"] - margin, overall["estimate"] + margin]
    assert overall["interval"] == pytest.approx(ends)
    assert facts["classes"][0]["area"]["estimate"] == pytest.approx(
        235_086.25, abs=0.01
    )
    assert facts["classes"][0]["mapped_area"] == 200_000
    assert facts["notes"] == ["First."]
    json.dumps(facts, allow_nan=False)


def test_class_of_the_map_without_a_sample_pixel():
    sample = ((10, 1), (0, 0))
    found = estimated((100, 50), sample)
    assert math.isnan(found.overall.values)
    assert "no sample pixel" in found.notes[0] and "'forest gain'" in found.notes[0]
    json.dumps(found.as_json(), allow_nan=False)
    # One that the map does not show is in no sum.
    found = estimated((100, 0), sample)
    assert found.overall.values == pytest.approx(10 / 11)
    assert not found.notes


def test_class_with_one_sample_pixel_has_no_error():
    found = estimated((100, 50), ((10, 1), (0, 1)))
    assert found.overall.values == pytest.approx((100 * 10 / 11 + 50) / 150)
    assert math.isnan(found.overall.errors)
    assert found.as_json()["overall_accuracy"]["interval"] == [None, None]
    assert "single sample pixel" in found.notes[0]


def test_unclassified_sample_pixels_are_left_out_and_counted():
    found = estimated(unclassified=3)
    assert found.overall.values == estimated().overall.values
    assert "unclassified there: 3." in found.notes[0]


def test_intervals_end_where_values_do():
    found = estimated((100, 50), ((9, 1), (0, 4))).as_json()
    for entry in found["classes"]:
        for name, limit in (("users_accuracy", 1), ("area", 150)):
            low, high = entry[name]["interval"]
            assert 0 <= low <= high <= limit
