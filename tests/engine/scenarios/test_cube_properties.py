"""What is written is read, whatever the header and the data type."""

import math
from itertools import count
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from miaf_engine.cubes.band_metadata import RasterTags, read_band_table
from miaf_engine.cubes.reader import open_cube
from miaf_engine.errors import MiafError
from miaf_engine.grid import Grid
from tests.raw_envi import INTERLEAVES, TYPES, write_raw_envi
from tests.scenes import UTM16

SLOW = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
NUMBER = count()


@pytest.fixture
def fresh(tmp_path):
    """Return a function that names a file that is not there yet."""

    def name(suffix: str) -> Path:
        folder = tmp_path / str(next(NUMBER))
        folder.mkdir()
        return folder / f"cube{suffix}"

    return name


# Headers

UNITS = {
    "Nanometers": 1.0, "nm": 1.0, "NANOMETER": 1.0, "Micrometers": 1e3, "um": 1e3,
    "µm": 1e3, "microns": 1e3, "Millimeters": 1e6,
}  # fmt: skip
PLAIN = st.text(
    st.characters(codec="utf-8", exclude_characters="{},=\n\r\x0b\x0c\x1c\x1d\x1e\x85"
                  "\u2028\u2029", exclude_categories=("C", "Z")),
    min_size=1, max_size=12,
)  # fmt: skip


@st.composite
def headers(draw):
    """Return the fields of a header with what must come out."""
    bands = draw(st.integers(2, 40))
    unit = draw(st.sampled_from(sorted(UNITS)))
    centres = draw(
        st.lists(st.floats(300, 15_000), min_size=bands, max_size=bands).map(sorted)
    )
    good = draw(st.lists(st.booleans(), min_size=bands, max_size=bands))
    names = draw(st.lists(PLAIN, min_size=bands, max_size=bands))
    break_at = draw(st.sampled_from([",", ", ", " , ", ",\n", " ,\n  "]))

    def listed(values):
        return "{" + break_at.join(str(value) for value in values) + "}"

    fields = {
        "wavelength": listed(repr(centre / UNITS[unit]) for centre in centres),
        "wavelength units": unit,
        "fwhm": listed(repr(centre / 100 / UNITS[unit]) for centre in centres),
        "bbl": listed(int(flag) for flag in good),
        "band names": listed(names),
    }
    return fields, centres, good, names


@SLOW
@given(headers(), st.sampled_from(sorted(INTERLEAVES)), st.sampled_from("<>"))
def test_headers(fresh, header, interleave, order):
    fields, centres, good, names = header
    values = np.ones((len(centres), 2, 3), "int16")
    where = Grid((1.0, 0.0, 5.0, 0.0, -1.0, 7.0), UTM16, 2, 3)
    path = fresh(".dat")
    write_raw_envi(path, values, where, interleave, order)
    text = path.with_suffix(".hdr").read_text("utf-8").split("band names")[0]
    text += "".join(f"{key} = {value}\n" for key, value in fields.items())
    tail = path.with_suffix(".hdr").read_text("utf-8").split("}\n")[-1]
    path.with_suffix(".hdr").write_text(text + tail, "utf-8")
    with open_cube(path) as reader:
        bands = reader.bands
    np.testing.assert_allclose(bands.wavelengths_nm, centres, rtol=1e-12)
    np.testing.assert_allclose(bands.fwhm_nm, np.array(centres) / 100, rtol=1e-12)
    assert bands.good == (tuple(good) if any(good) else (True,) * len(good))
    shown = [
        name if name == found else None
        for name, found in zip(names, bands.names, strict=True)
    ]
    # Names that are nothing but a wavelength are replaced; all others are kept.
    assert all(
        name is not None or any(c.isdigit() for c in given)
        for name, given in zip(shown, names, strict=True)
    )


ANY = st.text(max_size=30)


@given(
    st.integers(2, 5),
    st.dictionaries(
        st.sampled_from(
            ["wavelength", "wavelength_units", "fwhm", "bbl", "band_names", "other",
             "reflectance_scale_factor"]
        ),
        ANY | st.lists(st.floats() | ANY, max_size=6).map(
            lambda items: "{" + ", ".join(map(str, items)) + "}"
        ),
    ),
    st.lists(st.none() | ANY, min_size=5, max_size=5),
)  # fmt: skip
def test_no_header_is_a_defect(bands, fields, descriptions):
    tags = RasterTags(bands, descriptions[:bands], envi=fields)
    try:
        table, notes = read_band_table(tags)
    except MiafError:
        return
    assert table.count == bands
    assert any(table.good)
    assert all(isinstance(note, str) for note in notes)
    if table.wavelengths_nm is not None:
        waves = zip(table.wavelengths_nm, table.good, strict=True)
        assert all(math.isfinite(w) and w > 0 for w, good in waves if good)


KEYS = (
    "samples", "lines", "bands", "header offset", "data type", "interleave",
    "byte order", "map info", "coordinate system string", "data ignore value",
    "band names", "wavelength", "file type", "file compression", "description",
    "data gain values", "reflectance scale factor", "x start", "class names",
)  # fmt: skip
ODD = (
    st.text(st.characters(codec="latin-1", exclude_characters="\r\n"), max_size=20)
    | st.sampled_from(["", "-1", "0", "2", "nan", "1e400", "{", "}", "{1, 2", "bip"])
    | st.integers(-(2**70), 2**70).map(str)
)


@SLOW
@given(st.dictionaries(st.sampled_from(KEYS), ODD, min_size=1, max_size=3))
def test_no_damaged_header_is_a_defect(fresh, changes):
    where = Grid((1.0, 0.0, 5.0, 0.0, -1.0, 7.0), UTM16, 4, 5)
    path = write_raw_envi(fresh(".dat"), np.ones((3, 4, 5), "int16"), where, "bsq", "<")
    header = path.with_suffix(".hdr")
    lines = [
        line
        for line in header.read_text("utf-8").splitlines()
        if line.split("=")[0].strip() not in changes
    ]
    lines += [f"{key} = {value}" for key, value in changes.items()]
    header.write_bytes("\n".join(lines).encode("latin-1"))
    try:
        with open_cube(path) as reader:
            cube = reader.read()
    except MiafError:
        return
    assert np.isfinite(cube.values).all()


# Data types


@st.composite
def arrays(draw):
    """Return an array of every kind, with a value that stands for no data, or None."""
    kind = draw(st.sampled_from(sorted(TYPES)))
    shape = draw(st.tuples(st.integers(2, 4), st.integers(1, 5), st.integers(1, 6)))
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    dtype = np.dtype(kind)
    if dtype.kind == "f":
        values = rng.normal(0, 1e4, shape).astype(kind)
        for odd in (np.nan, np.inf, -np.inf):
            values[rng.random(shape) < 0.05] = odd
    else:
        limits = np.iinfo(kind)
        low, high = max(limits.min, -(2**24)), min(limits.max, 2**24)
        values = rng.integers(low, high, shape, endpoint=True).astype(kind)
    nodata = draw(st.none() | st.sampled_from(np.unique(values).tolist()))
    if nodata is not None and not math.isfinite(nodata):
        nodata = None
    return values, nodata


@SLOW
@given(
    arrays(),
    st.sampled_from(sorted(INTERLEAVES)),
    st.sampled_from("<>"),
    st.integers(0, 9),
)
def test_values_and_validity(fresh, array, interleave, order, offset):
    values, nodata = array
    where = Grid((1.0, 0.0, 5.0, 0.0, -1.0, 7.0), UTM16, *values.shape[1:])
    fields = {} if nodata is None else {"data ignore value": repr(nodata)}
    path = write_raw_envi(
        fresh(".img"), values, where, interleave, order, offset=offset, fields=fields
    )
    missing = ~np.isfinite(values.astype("float32"))
    empty = missing.any(axis=0)
    if nodata == 0:
        empty |= (values == 0).all(axis=0)
    elif nodata is not None:
        empty |= (values == values.dtype.type(nodata)).any(axis=0)
    with open_cube(path) as reader:
        if empty.all():
            with pytest.raises(MiafError, match="no pixels with data"):
                reader.read()
            return
        cube = reader.read()
    np.testing.assert_array_equal(cube.valid, ~empty)
    wanted = values.astype("float32")[:, ~empty]
    np.testing.assert_array_equal(cube.values[:, ~empty], wanted)
    assert (cube.values[:, empty] == 0).all()
