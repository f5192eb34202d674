"""What the report says of intervals, adjusted figures and a second map."""

import numpy as np

from miaf_engine.accuracy.area_estimates import area_estimates
from miaf_engine.accuracy.map_comparison import compare_maps
from miaf_engine.accuracy.metrics import assess
from miaf_engine.reports.report import render
from tests.engine.reports.test_report import (
    Page,
    full_content,
    table,
)


def test_intervals_by_area_are_named():
    rng = np.random.default_rng(1)
    reference = np.repeat(rng.integers(1, 4, 12), 20)
    predicted = np.where(rng.random(240) < 0.8, reference, 2)
    areas = np.repeat(np.arange(1, 13), 20)
    found = assess(predicted, reference, table(), areas)
    page = Page(render(full_content(assessment=found)))
    assert "jackknife over 12 areas" in page.words
    assert "Referenceareas" in page.words
    few = assess(predicted[:60], reference[:60], table(), areas[:60])
    assert "not reliable" in Page(render(full_content(assessment=few))).words
    assert "jackknife" not in Page(render(full_content())).words


def test_raw_and_adjusted_stand_side_by_side():
    content = full_content()
    matrix = content.assessment.matrix
    mapped = np.array([812.5, 60.0, 3.25])
    adjusted = area_estimates(
        matrix, mapped, content.classes, "ha", measure="measured <here>"
    )
    page = Page(render(full_content(adjusted=adjusted)))
    assert "Overall accuracy, raw" in page.words
    assert "Overall accuracy, adjusted" in page.words
    for text in ("812", "60.0", "3.25", "measured <here>", "Area adjusted,ha"):
        assert text in page.words
    none = area_estimates(matrix * 0, mapped, content.classes)
    assert "Area adjusted,pixels" in Page(render(full_content(adjusted=none))).words


def test_comparison_of_two_maps():
    right = np.repeat([[1, 1, 2], [1, 2, 1]], (50, 40, 10), axis=1)
    found = compare_maps(right[0], right[1], np.ones(100, int))
    page = Page(render(full_content(comparison=found))).words
    assert "Compared with another map" in page
    assert "+30.0" in page and "chi-square 16.82" in page and "p < 0.001" in page
    assert "overconfident" not in page
    areas = np.arange(100) % 10 + 1
    found = compare_maps(right[0], right[1], np.ones(100, int), areas)
    assert "overconfident" in Page(render(full_content(comparison=found))).words
