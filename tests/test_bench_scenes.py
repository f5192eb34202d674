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
    assert f"the truth in {100 * np.mean(of_hard):.0f} % of these runs" in readme
    assert round(size.mean()) == 8 and "eight points off on the mean" in readme
    assert f"{size.max():.0f} at worst" in readme
    record = "\n".join(lines_of("docs/decisions/expected_accuracy.md"))
    assert f"from the other four images | {held[0]} (" in record
    assert f"from the other five scenes | {held[1]} (" in record
    assert f"| 0.12 | {inside} (" in record
    page = " ".join(lines_of("docs/benchmarks.md"))
    assert f"ahead of each of the three in {scene_runs.wins(hard, 'oa')} of 45" in page
    assert f"the truth in {held[0]} of 90 runs" in page


def test_a_width_from_elsewhere_by_hand():
    """One scene is off by 0.3 on the arcsine scale, the other two by nothing."""

    def run(scene, off):
        there = 100 * np.sin(np.arcsin(np.sqrt(0.5)) + off) ** 2
        half = 1.99 * 0.12  # of the interval, so nothing is left for the bootstrap
        ends = [100 * np.sin(np.pi / 4 + side) ** 2 for side in (-half, half)]
        return {
            **{"scene": scene, "design": "dense", "expected_there": 50.0},
            **{"expected": 50.0, "low": ends[0], "high": ends[1]},
            "miaf_net_oa": there,
        }

    runs = [run("pines", 0.3), run("pines_coarse", 0.3), run("samson", 0.0)]
    assert scene_runs.between_scenes(runs[:2]) == pytest.approx(0.3)
    assert scene_runs.between_scenes(runs) == pytest.approx(0.3 * (2 / 3) ** 0.5)
    # Half as wide again as it is off, where its twin is left in; else of no width.
    assert scene_runs.held_elsewhere(runs, scene_runs.scene_of) == [True, True, True]
    assert scene_runs.held_elsewhere(runs, scene_runs.image_of) == [False, False, True]


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
