"""Which bands are used."""

import numpy as np
import pytest

from miaf_engine.cubes.band_selection import BandChoice, empty_bands
from miaf_engine.cubes.bands import BandTable
from miaf_engine.cubes.reader import open_cube
from miaf_engine.errors import Cancelled, CubeError
from miaf_engine.requests.settings import BandConfig
from tests.scenes import Recorder, grid, spectra, write_tif

CENTRES = (450.0, 1340.0, 1350.0, 1400.0, 1430.0, 1431.0, 1900.0, 2200.0)
NAMES = tuple(f"Band {n}" for n in range(1, 9))
GOOD = (True, True, True, False, True, True, True, True)


def choice(ranges=None, good=GOOD, centres=CENTRES):
    config = BandConfig() if ranges is None else BandConfig(exclude_wavelengths=ranges)
    return BandChoice.of(BandTable(NAMES, centres, None, good), config)


def test_water_vapour_is_left_out_by_default():
    found = choice()
    assert found.used == (0, 1, 5, 7)
    assert found.bad == (3,)
    assert found.excluded == (2, 4, 6)
    assert found.as_json() == {
        "read": 8, "used": 4, "bad": 1, "excluded": 3, "empty": 0,
    }  # fmt: skip


def test_nothing_left_out_when_asked_or_without_wavelengths():
    assert choice("").used == (0, 1, 2, 4, 5, 6, 7)
    assert choice(centres=None).used == (0, 1, 2, 4, 5, 6, 7)
    assert choice("", good=(True,) * 8).lines() == ["8 of 8 bands are used."]


def test_the_log_names_them():
    lines = choice().without({5}).lines()
    assert lines == [
        "3 of 8 bands are used.",
        "1 left out for the bad band list: band 4 (1400 nm).",
        "3 left out for their wavelengths: band 3 (1350 nm), band 5 "
        "(1430 nm), band 7 (1900 nm).",
        "1 left out because they hold one value or none around the training areas: "
        "band 6 (1431 nm).",
    ]
    lines = choice("1300-2000", centres=tuple(range(400, 1200, 100))).lines()
    assert lines[1] == "1 left out for the bad band list: band 4 (700 nm)."
    runs = choice("440-1345").lines()[2]
    assert "bands 1-2 (450-1340 nm)" in runs


def test_too_few_are_refused():
    with pytest.raises(CubeError, match="wavelengths 400-2000 nm leaves 1 of 8 bands"):
        choice("400-2000")
    with pytest.raises(CubeError, match="bad band list leaves 1 of 8"):
        choice("", good=(True, *(False,) * 7))
    with pytest.raises(CubeError, match="one value or none leaves 1 of 8"):
        choice().without({0, 1, 5})


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
    monkeypatch.setattr("miaf_engine.cubes.band_selection._SIDE", 4)
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
