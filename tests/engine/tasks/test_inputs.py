"""Masks and band use from training to the map."""

import numpy as np
import pytest
import rasterio

from miaf_engine.errors import ConfigError, CubeError, SampleError
from miaf_engine.models.card import read_card
from miaf_engine.requests import TrainRequest
from miaf_engine.requests.classify import ClassifyRequest
from miaf_engine.tasks import carry_out
from tests import scenes, tiny
from tests.scenes import Recorder


def read(path):
    with rasterio.open(path) as dataset:
        return dataset.read()


def train(inputs, folder, name="a", **more):
    """Train with a map; return the probabilities, the model's path and the log."""
    listener = Recorder()
    made = {
        "model": str(folder / f"{name}.miaf.safetensors"),
        "probabilities": str(folder / f"{name}_map.tif"),
    }
    carry_out(TrainRequest(**(inputs | made | more)), listener)
    return read(made["probabilities"]), made["model"], listener


def write(path, values, centres=None, **more):
    scenes.write_tif(path, values, tiny.grid(), **more)
    if centres is not None:
        with rasterio.open(path, "r+") as dataset:
            for number, centre in enumerate(centres, 1):
                dataset.update_tags(
                    number, wavelength=centre, wavelength_units="Nanometers"
                )
    return str(path)


CENTRES = np.linspace(1000, 2100, tiny.BANDS)  # 1400 and 1800, 1900 in water vapour
DRY = [0, 1, 2, 3, 5, 6, 7, 10, 11]


def test_water_vapour_is_left_out_and_the_model_remembers(inputs, tmp_path):
    wet = write(tmp_path / "wet.tif", tiny.cube(), CENTRES)
    dry = write(tmp_path / "dry.tif", tiny.cube()[DRY], CENTRES[DRY])
    one, model, log = train(inputs, tmp_path, "one", cube=wet)
    two, _, _ = train(inputs, tmp_path, "two", cube=dry)
    np.testing.assert_array_equal(one, two)
    assert "9 of 12 bands are used." in log.infos
    assert any("band 5 (1400 nm), bands 9-10 (1800-1900 nm)" in x for x in log.infos)
    card = read_card(model)
    np.testing.assert_allclose(card.bands.wavelengths_nm, CENTRES[DRY])
    assert card.provenance["bands"]["excluded"] == 3
    assert card.provenance["bands"]["exclude_wavelengths"] == "1350-1430,1800-1970"
    for cube in (wet, dry):  # The bands left out may be there or not
        output = tmp_path / "again.tif"
        carry_out(
            ClassifyRequest(
                cube=cube, model=model, probabilities=str(output), device="cpu"
            )
        )
        np.testing.assert_array_equal(read(output), one)


def test_all_bands_on_request(inputs, tmp_path):
    wet = write(tmp_path / "wet.tif", tiny.cube(), CENTRES)
    settings = inputs["settings"] | {"exclude_wavelengths": ""}
    _, model, log = train(inputs, tmp_path, cube=wet, settings=settings)
    assert "12 of 12 bands are used." in log.infos
    assert read_card(model).bands.count == 12


def test_a_range_that_leaves_one_band_is_refused(inputs, tmp_path):
    wet = write(tmp_path / "wet.tif", tiny.cube(), CENTRES)
    settings = inputs["settings"] | {"exclude_wavelengths": "1050-2200"}
    with pytest.raises(
        CubeError, match="the wavelengths 1050-2200 nm leaves 1 of 12 bands"
    ):
        train(inputs, tmp_path, cube=wet, settings=settings)
    settings = inputs["settings"] | {"exclude_wavelengths": "1-2"}
    with pytest.raises(ConfigError, match="'1-2' is not possible"):
        train(inputs, tmp_path, cube=wet, settings=settings)


@pytest.mark.parametrize("filling", [-9999.0, np.nan, 7.0])
def test_bands_without_data_do_not_cost_the_scene(inputs, tmp_path, filling):
    values = tiny.cube()
    values[[2, 7]] = filling
    kept = [band for band in range(tiny.BANDS) if band not in (2, 7)]
    holes = write(tmp_path / "holes.tif", values, nodata=-9999)
    whole = write(tmp_path / "whole.tif", values[kept], nodata=-9999)
    one, model, log = train(inputs, tmp_path, "one", cube=holes)
    two, _, _ = train(inputs, tmp_path, "two", cube=whole)
    np.testing.assert_array_equal(one, two)
    assert np.isfinite(one).all()
    assert any("one value or none" in x and "band 3, band 8" in x for x in log.infos)
    assert read_card(model).bands.names == tuple(f"Band {n + 1}" for n in kept)


def masked_outside(folder, kept):
    """Return a raster mask and a polygon mask that keep the same rows."""
    rows = kept.sum(axis=0).max()
    raster = scenes.write_tif(
        folder / "mask.tif", kept.astype("uint8")[None], tiny.grid()
    )
    box = scenes.pixel_box(tiny.grid(), 0, 0, rows, tiny.WIDTH)
    polygons = scenes.write_areas(folder / "mask.gpkg", [box], {"x": [1]}, layer="m")
    return str(raster), str(polygons)


def test_masked_pixels_are_as_nodata(inputs, tmp_path):
    kept = np.zeros((tiny.HEIGHT, tiny.WIDTH), bool)
    kept[:16] = True
    values = tiny.cube()
    values[:, ~kept] = -1
    nodata = write(tmp_path / "nodata.tif", values, nodata=-1)
    odd = tiny.cube()
    odd[:, ~kept] = 1e6  # would ruin every statistic
    cube = write(tmp_path / "cube.tif", odd)
    raster, polygons = masked_outside(tmp_path, kept)
    wanted, _, _ = train(inputs, tmp_path, "nodata", cube=nodata)
    one, masked, log = train(inputs, tmp_path, "raster", cube=cube, mask=raster)
    two, _, _ = train(
        inputs, tmp_path, "polygons", cube=cube, mask=polygons, mask_layer="m"
    )
    np.testing.assert_array_equal(one, wanted)
    np.testing.assert_array_equal(two, wanted)
    assert (np.isnan(one).all(axis=0) == ~kept).all()
    assert "The mask keeps 480 of 720 pixels." in log.infos
    output = str(tmp_path / "c.tif")
    request = {"cube": cube, "model": masked, "mask": raster, "device": "cpu"}
    carry_out(ClassifyRequest(**request, probabilities=output))
    np.testing.assert_array_equal(read(output), wanted)
    classes = str(tmp_path / "classes.tif")
    carry_out(ClassifyRequest(**request, output=classes))
    assert ((read(classes)[0] == 0) == ~kept).all()


def test_refusals_of_masks(inputs, tmp_path):
    nothing = np.zeros((1, tiny.HEIGHT, tiny.WIDTH), "uint8")
    path = str(scenes.write_tif(tmp_path / "m.tif", nothing, tiny.grid()))
    with pytest.raises(ConfigError, match="layer 'x' is given without a mask"):
        train(inputs, tmp_path, mask_layer="x")
    with pytest.raises(ConfigError, match="is an input"):
        train(inputs, tmp_path, mask=path, output=path)
    away = nothing.copy()
    away[0, -2:] = 1  # no training area there
    path = str(scenes.write_tif(tmp_path / "n.tif", away, tiny.grid()))
    with pytest.raises((SampleError, CubeError)):
        train(inputs, tmp_path, mask=path)
