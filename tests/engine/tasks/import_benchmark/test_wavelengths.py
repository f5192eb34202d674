"""Lists of wavelengths, in the forms in which they lie about."""

import numpy as np
import pytest

from miaf_engine.errors import ConfigError, FileError, InputError
from miaf_engine.progress import Progress
from miaf_engine.tasks.import_benchmark.wavelengths import (
    WavelengthList,
    band_numbers,
    band_table,
    read_wavelengths,
)
from tests import scenes


class Log(Progress):
    def __init__(self):
        self.text = ""

    def info(self, message):
        self.text += message


NM = (400.02, 409.5, 2498.96)
WIDTHS = (9.78, 9.8, 10.0)


@pytest.mark.parametrize(
    ("text", "widths", "said"),
    [
        ("400.02\n409.5\n2498.96\n", None, "guessed"),
        ("# AVIRIS\n\n400.02\r\n409.5\r\n2498.96", None, "guessed"),
        ("\ufeff0.40002\n0.4095\n2.49896", None, "micrometres. The unit is guessed"),
        ("400.02, 409.5, 2498.96", None, "guessed"),
        ("{0.40002, 0.4095, 2.49896}", None, "micrometres"),
        ("wavelength,fwhm\n400.02,9.78\n409.5,9.8\n2498.96,10", WIDTHS, "guessed"),
        ("band;FWHM;Wavelength (nm)\n1;9,78;400,02\n2;9,8;409,5\n3;10;2498,96",
         WIDTHS, "nanometres."),
        ("band\tWavelength_um\n1\t0.40002\n2\t0.4095\n3\t2.49896", None,
         "micrometres."),
        ('"wavelength [µm]","fwhm"\n0.40002,0.00978\n0.4095,0.0098\n2.49896,0.01',
         WIDTHS, "micrometres."),
        ("Wavelengths in nm\n400.02\n409.5\n2498.96", None, "nanometres."),
    ],
)  # fmt: skip
def test_forms(text, widths, said, tmp_path):
    path = tmp_path / "list.txt"
    path.write_text(text, encoding="utf-8")
    log = Log()
    found = read_wavelengths(path, log)
    assert found.centres == NM
    assert found.widths == widths
    assert said in log.text


def test_arrays(tmp_path):
    path = tmp_path / "list.npy"
    np.save(path, np.array(NM))
    assert read_wavelengths(path) == WavelengthList(NM)
    np.save(path, np.column_stack([NM, WIDTHS]))
    assert read_wavelengths(path) == WavelengthList(NM, WIDTHS)


def test_the_list_of_aviris():
    found = read_wavelengths(scenes.real("indian_pines/92AV3C.spc"))
    assert len(found.centres) == len(found.widths) == 220
    assert found.centres[0] == 400.019989
    assert found.widths[1] == 9.82


@pytest.mark.parametrize(
    "text",
    ["", "nothing\nat all", "400\nx\n", "1 400\n2 410\n", "400\n410,2\n", "-5\n400\n",
     "0.4\n900\n", "nan\n400\n", "wavelength\n400 1\n410 2"],
)  # fmt: skip
def test_what_is_no_list_is_refused(text, tmp_path):
    path = tmp_path / "list.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError):
        read_wavelengths(path)


def test_a_missing_list(tmp_path):
    with pytest.raises(FileError):
        read_wavelengths(tmp_path / "list.csv")


def test_band_numbers():
    assert band_numbers(None) == band_numbers(" ") == []
    assert band_numbers("3-5, 9,4 - 6,") == [3, 4, 5, 6, 9]
    for wrong in ("0", "5-3", "a", "1-2-3", "-4", "1;2", "1-99999"):
        with pytest.raises(ConfigError, match="104-108"):
            band_numbers(wrong)


def test_bands_keep_their_numbers_when_some_are_dropped():
    sensor = WavelengthList((400.0, 410.0, 420.0, 430.0), (1.0, 2.0, 3.0, 4.0))
    table = band_table(2, sensor, [1, 3])
    assert table.names == ("Band 2", "Band 4")
    assert table.wavelengths_nm == (410.0, 430.0)
    assert table.fwhm_nm == (2.0, 4.0)
    log = Log()
    assert band_table(4, sensor, [1], log).wavelengths_nm == sensor.centres
    assert "without the missing bands" in log.text
    assert band_table(2, None).names == ("Band 1", "Band 2")
    assert band_table(2, None, [1]).names == ("Band 2", "Band 3")
    for count, dropped in ((3, []), (5, []), (3, [5]), (3, [1, 2])):
        with pytest.raises(InputError):
            band_table(count, sensor, dropped)
