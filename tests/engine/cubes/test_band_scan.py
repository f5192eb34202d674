"""Bands that hold one value, or none."""

import numpy as np
import pytest

from miaf_engine.cubes.band_scan import empty_bands
from miaf_engine.cubes.reader import open_cube
from miaf_engine.errors import Cancelled
from tests.scenes import Recorder, grid, spectra, write_tif

ALL = np.ones((8, 10), bool)


def scan(tmp_path, values, labelled=ALL, bands=range(6), mask=None, **more):
    path = write_tif(tmp_path / "a.tif", values, grid(*values.shape[1:]), **more)
    with open_cube(path) as reader:
        if mask is not None:
            reader.restrict(mask)
        return empty_bands(reader, list(bands), labelled)


def test_constant_and_empty_bands_are_found(tmp_path):
    values = spectra()
    values[1] = 7  # constant
    values[2] = -9999  # no data at all
    values[3] = np.nan
    values[4, :, 1:] = -9999  # data in one column
    values[5] = -9999
    values[5, 3, 3] = 5  # one pixel
    assert scan(tmp_path, values, nodata=-9999) == [1, 2, 3, 5]
    assert scan(tmp_path, values, bands=[0, 2], nodata=-9999) == [2]


def test_all_zero_with_nodata_zero(tmp_path):
    values = spectra().astype("uint16")
    values[3] = 0
    assert scan(tmp_path, values, nodata=0) == [3]
    assert scan(tmp_path, values) == [3]


def test_only_places_with_training_areas_and_inside_the_mask_count(
    tmp_path, monkeypatch
):
    monkeypatch.setattr("miaf_engine.cubes.band_scan._SIDE", 4)
    values = spectra()
    values[0, :, :4] = 1  # varies only where nothing is labelled
    values[1, 2:4, :] = 1  # varies only outside the mask
    values[1, :2] = 2
    values[1, :2, 1] = 3
    labelled = np.zeros((8, 10), bool)
    labelled[3, 1] = True
    mask = ALL.copy()
    mask[:2] = False
    assert scan(tmp_path, values, labelled, mask=mask) == [0, 1]
    labelled[3, 9] = True
    assert scan(tmp_path, values, labelled, mask=mask) == [1]


def test_where_no_band_has_data_the_pixels_are_at_fault(tmp_path):
    assert scan(tmp_path, spectra() * 0 - 1, nodata=-1) == []


def test_cancel(tmp_path):
    path = write_tif(tmp_path / "a.tif", spectra(), grid())
    recorder = Recorder(cancel_at=0.0)
    recorder.advance(0.0)
    with open_cube(path) as reader, pytest.raises(Cancelled):
        empty_bands(reader, [0], ALL, recorder)
