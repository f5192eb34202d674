"""The pages say of the runs on six scenes what the runs say; scenes that are absent."""

import re

import numpy as np
import pytest

from tests.bench import drawn_scenes, scene_runs, scenes
from tests.repository import ROOT

RUNS = scene_runs.read_runs(ROOT / "docs" / "benchmark_runs.csv")


def lines_of(page):
    return (ROOT / page).read_text(encoding="utf-8").splitlines()


def test_there_are_ninety_runs_each_once():
    keys = {(run["scene"], run["design"], run["seed"]) for run in RUNS}
    assert len(RUNS) == len(keys) == 90
    assert {key[2] for key in keys} == set(range(21, 26))
    assert all(run["low"] <= run["expected"] <= run["high"] for run in RUNS)


def test_the_tables_of_the_page_are_those_of_the_runs():
    page = lines_of("docs/benchmarks.md")
    made = scene_runs.tables(RUNS).splitlines()
    assert len(made) > 28
    assert not [line for line in made if line and line not in page]


def test_the_page_on_accuracy_has_the_figures_of_the_expected_accuracy():
    page = lines_of("docs/accuracy.md")
    rows = scene_runs.figures(RUNS)[2:]  # after those on the accuracy itself
    assert len(rows) == 6
    assert not [row for row in rows if f"| {' | '.join(row)} |" not in page]


def test_the_table_of_the_readme_is_that_of_the_runs():
    page = lines_of("README.md")
    for cells in scene_runs.short_table(RUNS):
        assert f"| {' | '.join(cells)} |" in page


def test_figures_in_sentences_are_those_of_the_runs():
    hard = [run for run in RUNS if run["scene"] in scene_runs.hard_scenes(RUNS)]
    held = [
        sum(scene_runs.held_elsewhere(RUNS, group))
        for group in (scene_runs.image_of, scene_runs.scene_of)
    ]
    inside = sum(map(scene_runs.holds, RUNS))
    width = np.median([run["high"] - run["low"] for run in hard])
    size = np.abs(scene_runs.errors(hard))
    readme = re.sub(r"\s+", " ", (ROOT / "README.md").read_text(encoding="utf-8"))
    assert f"its interval is {width:.0f} points wide there" in readme
    each = scene_runs.held_elsewhere(RUNS, scene_runs.image_of)
    of_hard = [yes for run, yes in zip(RUNS, each, strict=True) if run in hard]
    in_these = "all" if all(of_hard) else sum(of_hard)
    assert f"the truth in {in_these} of these runs" in readme
    assert round(size.mean()) == 7 and "seven points off on the mean" in readme
    assert f"{size.max():.0f} at worst" in readme
    record = "\n".join(lines_of("docs/decisions/expected_accuracy.md"))
    assert f"from the other four images | {held[0]} ({sum(of_hard)})" in record
    assert f"from the other five scenes | {held[1]} (" in record
    assert f"| in use | {inside} (" in record
    page = " ".join(lines_of("docs/benchmarks.md"))
    assert f"ahead of each of the three in {scene_runs.wins(hard, 'oa')} of 45" in page
    assert f"the truth in {held[0]} of 90 runs" in page


def made_run(scene, off, error, slope=0.0):
    """Return a run with a log temperature and an estimate that are off by so much."""
    truth = 100 * np.sin(np.pi / 4 + error) ** 2
    return {
        **{"scene": scene, "design": "dense", "expected_there": 50.0},
        **{"expected": 50.0, "miaf_net_oa": truth, "temperature_off": off},
        **{"temperature_spread": 0.0, "temperature_slope": slope},
    }


def test_a_width_from_elsewhere_by_hand():
    """Estimates of one image are off by 0.3 on the arcsine scale, of another by 0."""
    runs = [made_run(scene, 0.0, 0.3) for scene in ("pines", "pines_coarse")]
    runs.append(made_run("samson", 0.0, 0.0))
    assert scene_runs.of_estimates(runs[:2]) == pytest.approx(0.3)
    assert scene_runs.of_estimates(runs) == pytest.approx(0.3 * (2 / 3) ** 0.5)
    # Half as wide again as it is off, where its twin is left in; else of no width.
    assert scene_runs.held_elsewhere(runs, scene_runs.scene_of) == [True, True, True]
    assert scene_runs.held_elsewhere(runs, scene_runs.image_of) == [False, False, True]


def test_a_width_from_the_temperatures_elsewhere_by_hand():
    """Log temperatures of another image are off by 0.4, and its estimates by 0."""
    other = made_run("samson", 0.4, 0.0)
    for error, slope, held in (
        (0.15, 0.2, True),  # 1.99 * 0.4 * 0.2 is 0.159
        (0.17, 0.2, False),
        (0.17, 0.22, True),
    ):
        runs = [made_run("pines", 0.0, error, slope), other]
        assert scene_runs.held_elsewhere(runs, scene_runs.image_of)[0] is held
    other["temperature_spread"] = 0.24
    assert scene_runs.of_temperatures([other]) == pytest.approx(0.32)
    out_of_reach = made_run("jasper", None, 0.0)
    assert scene_runs.of_temperatures([other, out_of_reach]) == pytest.approx(0.32)


def test_a_single_image_has_no_other_to_take_a_width_from():
    few = scene_runs.of_design(RUNS, "pines", "dense")
    said = {line[0]: line[1] for line in scene_runs.figures(few)}
    assert said["the same, its width from the other scenes"] == "no others"
    assert said["the same, with the width in use"] == "5"


def test_a_bench_without_its_scenes_fails_and_says_what_is_missing(
    tmp_path, monkeypatch, capsys
):
    monkeypatch.setenv("MIAF_SCENES", str(tmp_path))
    assert scenes.main(["--quick"]) == 1
    said = capsys.readouterr().err
    assert f"{tmp_path}/samson/samson.npz" in said
    assert "--scenes pines pines_coarse" in said
    assert scenes.are_there(["pines", "pines_coarse"])


@pytest.mark.parametrize("design", drawn_scenes.DESIGNS)
def test_what_is_scored_is_apart_from_what_is_drawn(tmp_path, design):
    told = drawn_scenes.prepare("pines_coarse", design, 21, tmp_path)
    drawn = drawn_scenes.read_band(tmp_path / "drawn.tif")
    truth = drawn_scenes.read_band(tmp_path / "truth.tif")
    labels = drawn_scenes.load("pines_coarse").labels
    assert not ((drawn > 0) & (truth > 0)).any()
    assert (truth[truth > 0] == labels[truth > 0]).all()
    assert ((drawn > 0).sum(), (truth > 0).sum()) == (
        told["drawn_pixels"],
        told["scored_pixels"],
    )
    (published,) = [
        run
        for run in scene_runs.of_design(RUNS, "pines_coarse", design)
        if run["seed"] == 21
    ]
    assert {name: published[name] for name in told} == told
