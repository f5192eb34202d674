"""Any cube that trains is classified by its own model, with the map of its training."""

from dataclasses import replace
from itertools import count

import numpy as np
import pytest
import rasterio
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from miaf_engine.models.card import read_card
from miaf_engine.preprocessing.scene_scale import superpixel_sizes
from miaf_engine.requests import TrainRequest
from miaf_engine.requests.classify import ClassifyRequest
from miaf_engine.tasks import carry_out
from tests import scenes, tiny
from tests.raw_envi import write_raw_envi

NUMBER = count()
IGNORED = -9999
CENTRES = {
    "none": None,
    "rising": np.linspace(400, 2400, tiny.BANDS),
    "falling": np.linspace(2400, 400, tiny.BANDS),
    # As where two detectors overlap: they repeat each other's wavelengths.
    "repeated": np.r_[np.linspace(400, 900, 6), np.linspace(800, 2400, 6)].round(-2),
}


@st.composite
def cubes(draw):
    """Return the values of a cube, and the fields of its header."""
    values = tiny.cube()
    empty = draw(st.sets(st.integers(0, tiny.BANDS - 1), max_size=4))
    for band in empty:
        values[band] = draw(st.sampled_from([0.0, 7.0, IGNORED]))
    if draw(st.booleans()):
        values[:, ~tiny.hole()] = IGNORED
    fields = {"data ignore value": str(IGNORED)}
    centres = CENTRES[draw(st.sampled_from(sorted(CENTRES)))]
    if centres is not None:
        fields["wavelength"] = "{" + ", ".join(map(str, centres)) + "}"
        fields["wavelength units"] = "nm"
    bad = draw(st.sets(st.integers(0, tiny.BANDS - 1), max_size=3))
    if bad:
        flags = [int(band not in bad) for band in range(tiny.BANDS)]
        fields["bbl"] = "{" + ", ".join(map(str, flags)) + "}"
    kind = draw(st.sampled_from(["int16", "float32"]))
    return values.round().astype(kind), fields


@settings(
    max_examples=10,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(cubes(), st.sampled_from(["none", "matched"]))
def test_the_map_of_the_training_comes_again(tmp_path, cube, holdout):
    values, fields = cube
    folder = tmp_path / str(next(NUMBER))
    folder.mkdir()
    path = write_raw_envi(
        folder / "cube.dat", values, tiny.grid(), "bil", "<", fields=fields
    )
    first, again = folder / "first.tif", folder / "again.tif"
    model = str(folder / "m.miaf.safetensors")
    carry_out(
        TrainRequest(
            cube=str(path),
            rois=str(tiny.write_rois(folder / "rois.gpkg")),
            class_field="cover",
            settings=tiny.SMALL | {"epochs": 1, "holdout": holdout},
            device="cpu",
            model=model,
            output=str(first),
        )
    )
    carry_out(
        ClassifyRequest(cube=str(path), model=model, output=str(again), device="cpu")
    )
    found = [read(path) for path in (first, again)]
    np.testing.assert_array_equal(*found)
    assert (found[0] > 0).any()


def read(path):
    with rasterio.open(path) as dataset:
        return dataset.read(1)


@pytest.mark.parametrize("empty", [{3}, {0, 1, 11}])
def test_a_cube_without_wavelengths_of_which_bands_are_empty(tmp_path, empty):
    values = tiny.cube()
    values[list(empty)] = 0.0
    test_the_map_of_the_training_comes_again.hypothesis.inner_test(
        tmp_path, (values, {"data ignore value": str(IGNORED)}), "none"
    )


def test_a_model_has_the_sizes_that_follow_from_its_scene(tmp_path):
    cube = scenes.write_tif(tmp_path / "cube.tif", tiny.cube(), tiny.grid())
    rois = tiny.write_rois(tmp_path / "rois.gpkg")
    own = {k: v for k, v in tiny.SMALL.items() if k != "pixels_per_superpixel"}
    own |= {"epochs": 1, "holdout": "none"}
    model = tmp_path / "m.miaf.safetensors"
    asked = TrainRequest(
        cube=str(cube),
        rois=str(rois),
        class_field="cover",
        settings=own,
        device="cpu",
        model=str(model),
        output=str(tmp_path / "first.tif"),
    )
    log = scenes.Recorder()
    figures = carry_out(asked, log)["figures"]
    found = figures["scene_range_pixels"]
    assert 0 < found <= 10
    sizes = read_card(model).superpixels["pixels_per_superpixel"]
    assert sizes == list(superpixel_sizes(found, 2))
    text = ", ".join(map(str, sizes))
    assert any(f"superpixels of {text} pixels" in line for line in log.infos)
    again = str(tmp_path / "again.tif")
    carry_out(
        ClassifyRequest(cube=str(cube), model=str(model), output=again, device="cpu")
    )
    maps = [read(path) for path in (asked.output, again)]
    np.testing.assert_array_equal(*maps)
    more = replace(
        asked, initial_model=str(model), model=str(tmp_path / "n.miaf.safetensors")
    )
    carry_out(replace(more, output=str(tmp_path / "more.tif")))
    kept = read_card(str(more.model)).superpixels["pixels_per_superpixel"]
    assert kept == sizes
