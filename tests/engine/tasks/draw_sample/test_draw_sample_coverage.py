"""A sample drawn, looked up and assessed: its intervals hold the truth."""

import numpy as np

from tests import simulated_maps


def test_intervals_hold_the_truth(tmp_path):
    """Of 25 simulated maps; tests/bench/sample_coverage.py has a thousand."""
    found = {figure: [] for figure in simulated_maps.FIGURES}
    designs = ("stratified", "simple", "systematic")
    for seed in range(25):
        scene = simulated_maps.simulated_scene(np.random.default_rng(seed))
        figures = simulated_maps.sample_and_assess(
            scene, tmp_path, seed=seed, half_width=0.06, method=designs[seed % 3]
        )
        for values, own in zip((scene.first, scene.second), figures, strict=True):
            assert own["area_adjusted"]["design"] == designs[seed % 3]
            for figure, hit in simulated_maps.hits(scene, values, own):
                found[figure].append(hit)
    # Wide enough for the chance of 50 maps, narrow enough to see a wrong formula.
    for figure, part in found.items():
        hits = [hit for hit in part if hit is not None]
        assert len(hits) > 0.95 * len(part), figure
        assert np.mean(hits) >= 0.89, figure
    assert np.mean(found["area"]) <= 0.995
