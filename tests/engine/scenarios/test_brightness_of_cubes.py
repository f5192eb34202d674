"""Which trainings look at the brightness of their cubes, and what their models know."""

import numpy as np
import pytest
import rasterio

from miaf_engine.models.card import read_card
from miaf_engine.requests import TrainRequest
from miaf_engine.requests.classify import ClassifyRequest
from miaf_engine.tasks import carry_out
from tests import scenes, tiny
from tests.scenes import Recorder

UNNORMALISED = {
    "linear on the unnormalised spectrum",
    "discriminant of the unnormalised spectrum",
}


def brightness_of(values):
    flat = values.reshape(tiny.BANDS, -1).astype(np.float64)
    return [flat.mean(), flat.std(axis=0).mean()]


def other_cube(folder, factor):
    """Write the tiny scene in other light, north of the first cube."""
    path = folder / f"by {factor}.tif"
    where = scenes.grid(tiny.HEIGHT, tiny.WIDTH)
    return str(scenes.write_tif(path, (factor * tiny.cube()).astype("float32"), where))


@pytest.fixture
def train(tmp_path):
    """Return what trains on the tiny scene, and says what came of it."""
    given = tiny.inputs(tmp_path)
    made = iter(range(9))

    def run(**more):
        number = next(made)
        paths = {
            "output": str(tmp_path / f"{number}.tif"),
            "model": str(tmp_path / f"{number}.miaf.safetensors"),
        }
        values = {**given, **paths, **more}
        values["settings"] = {**given["settings"], **more.get("settings", {})}
        figures = carry_out(TrainRequest(**values), Recorder())["figures"]
        heads = UNNORMALISED & figures["head_weights"].keys()
        return paths, read_card(paths["model"]), heads

    return run


def mapped(model, cube, folder):
    """Return the map of a cube and what was said of the heads."""
    said, path = Recorder(), str(folder / "again.tif")
    request = ClassifyRequest(cube, model, output=path, device="cpu")
    carry_out(request, said)
    with rasterio.open(path) as file:
        of_heads = [text for text in said.infos if "unnormalised" in text]
        return file.read(1), of_heads


def read(path):
    with rasterio.open(path) as file:
        return file.read(1)


def test_a_training_knows_the_brightness_of_its_cube(train, tmp_path):
    paths, card, heads = train()
    assert heads == UNNORMALISED
    np.testing.assert_allclose(card.brightness, [brightness_of(tiny.cube())], rtol=1e-6)
    found, said = mapped(paths["model"], str(tmp_path / "cube.tif"), tmp_path)
    np.testing.assert_array_equal(found, read(paths["output"]))
    assert said == []


@pytest.mark.parametrize(
    "more", [{"normalise_by": "scene"}, {"settings": {"committee": False}}]
)
def test_what_does_without_it_has_no_such_heads(train, tmp_path, more):
    paths, card, heads = train(**more)
    assert heads == set()
    assert card.brightness is None
    _, said = mapped(paths["model"], str(tmp_path / "cube.tif"), tmp_path)
    assert said == []


def test_each_of_several_cubes_is_known(train, tmp_path):
    second = other_cube(tmp_path, 1.5)
    paths, card, heads = train(cubes=[second])
    assert heads == UNNORMALISED
    values = tiny.cube()
    expected = [brightness_of(values), brightness_of(1.5 * values)]
    np.testing.assert_allclose(card.brightness, expected, rtol=1e-5)
    for cube in (str(tmp_path / "cube.tif"), second):
        assert mapped(paths["model"], cube, tmp_path)[1] == []
    third = other_cube(tmp_path, 1.2)
    assert len(mapped(paths["model"], third, tmp_path)[1]) == 1


def test_a_training_continues_with_them_on_its_own_cube_alone(train, tmp_path):
    paths, card, _ = train()
    again, known, heads = train(initial_model=paths["model"])
    assert heads == UNNORMALISED
    assert known.brightness == card.brightness
    found, said = mapped(again["model"], str(tmp_path / "cube.tif"), tmp_path)
    np.testing.assert_array_equal(found, read(again["output"]))
    assert said == []
    # In other light the classes that it does not see again would be out of place.
    second = other_cube(tmp_path, 1.5)
    other, unknown, heads = train(initial_model=paths["model"], cube=second)
    assert heads == set()
    assert unknown.brightness == []
    found, said = mapped(other["model"], second, tmp_path)
    np.testing.assert_array_equal(found, read(other["output"]))
    assert said == []
