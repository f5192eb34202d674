"""The check of a graphics card runs through, here on the CPU and a tiny scene."""

import json

from tests.bench import gpu_check


def test_a_dry_run_on_the_cpu_measures_every_part(tmp_path):
    assert gpu_check.main(["--quick", "--device=cpu", f"--folder={tmp_path}"]) == 0
    found = json.loads((tmp_path / "gpu_check.json").read_text(encoding="utf-8"))
    assert {part.__name__ for part in gpu_check.PARTS} <= set(found)
    assert found["training"]["CPU"]["overall_accuracy"] > 0.5
    assert found["one_step"]["kernels a step"] > 100
    stages = found["large_map"]["device, by stages"]
    for stage in ("reading", "normalising", "superpixels", "network", "writing", "all"):
        assert stages[f"{stage}, seconds a megapixel"] > 0
    assert found["short_memory"]["left out"]
    # On the CPU a second run gives the same map, and there is one precision.
    assert set(list(found["repeatability"].values())[:3]) == {0.0}
    assert found["precision"]["pixels that differ, seed 1, %"] == 0.0
    text = (tmp_path / "gpu_check.md").read_text(encoding="utf-8")
    assert "| launched one by one: step, ms |" in text


def test_a_part_that_fails_is_listed_and_the_others_go_on(tmp_path, monkeypatch):
    def broken(_check):
        """Something that fails."""
        raise RuntimeError("no kernel image is available")

    def sound(_check):
        """Something that works."""
        return {"figure": 1}

    monkeypatch.setattr(gpu_check, "PARTS", (broken, sound))
    assert gpu_check.main(["--quick", "--device=cpu", f"--folder={tmp_path}"]) == 1
    found = json.loads((tmp_path / "gpu_check.json").read_text(encoding="utf-8"))
    assert "no kernel image" in found["broken"]["error"]
    assert found["sound"]["figure"] == 1


def test_no_part_starts_once_the_time_is_up(tmp_path):
    given = ["--quick", "--device=cpu", "--limit=-1", f"--folder={tmp_path}"]
    assert gpu_check.main(given) == 0
    found = json.loads((tmp_path / "gpu_check.json").read_text(encoding="utf-8"))
    assert all("left out" in found[part.__name__] for part in gpu_check.PARTS)
