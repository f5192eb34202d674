"""Many scenes with a network that is loaded once."""

import pytest
import rasterio

from miaf_engine.errors import ConfigError
from miaf_engine.requests import TrainRequest
from miaf_engine.requests.classify import ClassifyRequest, ClassifyScenesRequest
from miaf_engine.tasks import carry_out, classify
from miaf_engine.tasks.classify import classify as classify_one
from miaf_engine.tasks.train.train import train
from tests import scenes, tiny
from tests.scenes import Recorder


@pytest.fixture(scope="module")
def model(tmp_path_factory):
    folder = tmp_path_factory.mktemp("model")
    path = str(folder / "m.safetensors")
    train(TrainRequest(**tiny.inputs(folder), model=path), Recorder())
    return path


def cubes(folder):
    """Write two cubes, and one that lacks bands between them."""
    where = tiny.grid()
    return [
        str(scenes.write_tif(folder / "a.tif", tiny.cube(seed=1), where)),
        str(scenes.write_tif(folder / "b.tif", tiny.cube()[:5], where)),
        str(scenes.write_tif(folder / "c.tif", tiny.cube(seed=2), where)),
    ]


def asked(model, paths, folder):
    entries = [{"cube": path, "output": f"{path}.map.tif"} for path in paths]
    return ClassifyScenesRequest(model=model, scenes=entries, device="cpu")


def test_each_map_is_that_of_a_run_of_its_own(model, tmp_path, monkeypatch):
    loaded = []
    load = classify.load_model
    monkeypatch.setattr(
        classify, "load_model", lambda *args: loaded.append(args) or load(*args)
    )
    paths, recorder = cubes(tmp_path), Recorder()
    figures = carry_out(asked(model, paths, tmp_path), recorder)["figures"]
    assert len(loaded) == 1
    assert (figures["map_count"], figures["failed_count"]) == (2, 1)
    assert "bands" in figures["maps"][1]["error"]["message"]
    assert any("b.tif" in warning for warning in recorder.warnings)
    assert not (tmp_path / "b.tif.map.tif").exists()
    for path in (paths[0], paths[2]):
        alone = f"{path}.alone.tif"
        request = ClassifyRequest(cube=path, model=model, output=alone, device="cpu")
        classify_one(request, Recorder())
        with rasterio.open(alone) as one, rasterio.open(f"{path}.map.tif") as other:
            assert (one.read() == other.read()).all()


def test_nothing_to_do_and_nothing_done_are_errors(model, tmp_path):
    with pytest.raises(ConfigError, match="no scene"):
        carry_out(asked(model, [], tmp_path), Recorder())
    figures = carry_out(asked(model, cubes(tmp_path)[1:2], tmp_path), Recorder())
    assert (figures["figures"]["map_count"], figures["figures"]["failed_count"]) == (
        0,
        1,
    )
    with pytest.raises(ConfigError, match="Unknown entry"):
        entries = [{"cube": "a", "colour": "red"}]
        request = ClassifyScenesRequest(model=model, scenes=entries)
        carry_out(request, Recorder())
