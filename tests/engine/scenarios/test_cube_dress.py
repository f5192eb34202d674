"""A cube in any legal dress of ENVI and GeoTIFF is read as the same cube.

Values, valid pixels, bands, wavelengths and bad bands must come back, whatever the
units, their place, interleave, byte order, offsets, nodata, alpha, masks and names.
`make fuzz` tries 5,000 cases (see tests/fuzzing.py).
"""

import codecs
import warnings
from itertools import count

import numpy as np
import pytest
import rasterio
import rasterio.shutil
from hypothesis import given, note
from hypothesis import strategies as st
from rasterio.enums import ColorInterp
from rasterio.errors import NotGeoreferencedWarning

from miaf_engine.cubes.reader import open_cube
from miaf_engine.errors import CubeError
from miaf_engine.grid import Grid
from tests.fuzzing import DONE, cases, keep_figures
from tests.raw_envi import INTERLEAVES, TYPES
from tests.scenes import UTM16

NUMBER = count()
UNITS = {"Nanometers": 1.0, "nm": 1.0, "Micrometers": 1e3, "um": 1e3, "Angstroms": 0.1}
NAMES = st.text("abcXYZ äé_-", min_size=1, max_size=8).filter(lambda t: t.strip() == t)
KINDS = ["uint8", "int16", "uint16", "int32", "uint32", "float32", "float64"]


@pytest.fixture(autouse=True, scope="module")
def figures():
    """Keep how many cases there were so far."""
    yield
    keep_figures()


class Cube:
    """What a file says, before it is dressed."""

    def __init__(self, draw):
        self.kind = np.dtype(draw(st.sampled_from(KINDS)))
        shape = draw(st.tuples(st.integers(2, 5), st.integers(1, 5), st.integers(1, 6)))
        rng = np.random.default_rng(draw(st.integers(0, 2**32)))
        low, high = (0, 9) if self.kind.kind == "u" else (-9, 9)
        self.values = rng.integers(low, high, shape, endpoint=True).astype(self.kind)
        if self.kind.kind == "f" and draw(st.booleans()):
            self.values[rng.random(shape) < 0.1] = draw(
                st.sampled_from([np.nan, np.inf, -np.inf])
            )
        self.nodata = draw(st.sampled_from([None, 0, 1, 7, low]))
        bands = shape[0]
        self.names = draw(st.none() | st.lists(NAMES, min_size=bands, max_size=bands))
        self.good = draw(
            st.none() | st.lists(st.booleans(), min_size=bands, max_size=bands)
        )
        self.waves = draw(
            st.none() | st.lists(st.integers(350, 2500), min_size=bands, max_size=bands)
        )
        self.hidden = np.zeros(shape[1:], bool)
        self.rng = rng

    @property
    def flags(self):
        """Whether each band is good, as the engine is to find it."""
        return self.good if self.good and any(self.good) else [True] * len(self.values)

    @property
    def valid(self):
        """Whether each pixel is, as the engine is to find it."""
        judged = self.values[np.array(self.flags)]
        valid = np.isfinite(judged.astype("float32")).all(axis=0) & ~self.hidden
        if self.nodata == 0:
            return valid & (judged != 0).any(axis=0)
        if self.nodata is not None:
            valid &= (judged != self.nodata).all(axis=0)
        return valid


def listed(values, comma=", "):
    return "{" + comma.join(str(value) for value in values) + "}"


def converted(waves, unit):
    return [repr(wave / UNITS[unit]) for wave in waves]


def header_fields(draw, cube):
    """Return the fields of a header that say what the bands are."""
    fields = {}
    comma = draw(st.sampled_from([",", ", ", ",\n", " ,\n  "]))
    if cube.waves:
        unit = draw(st.sampled_from(sorted(UNITS)))
        waves = converted(cube.waves, unit)
        if cube.good and any(cube.good) and draw(st.booleans()):
            # What a bad band says of its wavelength is nobody's loss.
            odd = draw(st.sampled_from(["0", "-1", "nan", "n/a"]))
            waves = [w if g else odd for w, g in zip(waves, cube.good, strict=True)]
        fields |= {"wavelength": listed(waves, comma), "wavelength units": unit}
    if cube.good:
        fields["bbl"] = listed(map(int, cube.good), comma)
    if cube.names:
        fields["band names"] = listed(cube.names, comma)
    if cube.nodata is not None:
        text = draw(st.sampled_from([str(cube.nodata), f"{cube.nodata}.0"]))
        dress = draw(st.sampled_from(["{}", "{{{}}}", "{{ {} }}", '"{}"', "{} ; fill"]))
        fields["data ignore value"] = dress.format(text)
    return fields


def header_text(draw, fields):
    """Return the bytes of a header, as some editor saves it."""
    lines = [
        f"{name.title() if draw(st.booleans()) else name} = {value}"
        for name, value in draw(st.permutations(sorted(fields.items())))
    ]
    comments = ["; made by hand", "; wavelength = {", ";bands = 99"]
    for comment in draw(st.lists(st.sampled_from(comments), max_size=2)):
        lines.insert(draw(st.integers(0, len(lines))), comment)
    end = draw(st.sampled_from(["\n", "\r\n"]))
    text = "\n".join(["ENVI", *lines, ""]).replace("\n", end)
    encode = draw(st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "latin-1", "be"]))
    if encode == "be":
        return codecs.BOM_UTF16_BE + text.encode("utf-16-be")
    return text.encode(encode)


def write_envi_cube(draw, folder, cube):
    path = folder / draw(st.sampled_from(["cube.dat", "cube.img", "cube", "a.b.bsq"]))
    interleave = draw(st.sampled_from(sorted(INTERLEAVES)))
    order, offset = draw(st.sampled_from("<>")), draw(st.integers(0, 9))
    bands, lines, samples = cube.values.shape
    fields = {
        "samples": samples, "lines": lines, "bands": bands,
        "header offset": draw(st.sampled_from([f"{offset}", f"{{{offset}}}"])),
        "data type": TYPES[cube.kind.name], "byte order": int(order == ">"),
        "interleave": draw(st.sampled_from([interleave, interleave.upper()])),
        "file type": "ENVI Standard",
        **header_fields(draw, cube),
    }  # fmt: skip
    if draw(st.booleans()):
        fields["major frame offsets"] = "{0, 0}"
    long = draw(st.booleans())
    header = path.with_name(path.name + ".hdr") if long else path.with_suffix(".hdr")
    header.write_bytes(header_text(draw, fields))
    stored = cube.values.transpose(INTERLEAVES[interleave])
    stored = stored.astype(cube.kind.newbyteorder(order))
    path.write_bytes(b"\1" * offset + stored.tobytes())
    return path if draw(st.booleans()) else header


def say_in_header(draw, dataset, path, cube, places):
    fields = {
        "samples": dataset.width, "lines": dataset.height, "bands": len(places),
        **header_fields(draw, cube),
    }  # fmt: skip
    path.with_suffix(".hdr").write_bytes(header_text(draw, fields))


def say_in_names(draw, dataset, path, cube, places):
    for place, wave in zip(places, cube.waves or (), strict=False):
        dataset.set_band_description(place, f"Band {place} ({wave} Nanometers)")


def say_in_items(draw, dataset, path, cube, places):
    for place, wave in zip(places, cube.waves or (), strict=False):
        unit = draw(st.sampled_from(sorted(UNITS)))
        text = repr(wave / UNITS[unit])
        dataset.update_tags(place, wavelength=text, wavelength_units=unit)


def say_in_imagery(draw, dataset, path, cube, places):
    for place, wave in zip(places, cube.waves or (), strict=False):
        dataset.update_tags(place, ns="IMAGERY", CENTRAL_WAVELENGTH_UM=wave / 1e3)


def say_in_envi_domain(draw, dataset, path, cube, places):
    if cube.waves:
        unit = draw(st.sampled_from(sorted(UNITS)))
        tags = {"wavelength": listed(converted(cube.waves, unit))}
        dataset.update_tags(ns="ENVI", wavelength_units=unit, **tags)


WAYS = (say_in_header, say_in_names, say_in_items, say_in_imagery, say_in_envi_domain)
# What a VRT hands on of the file that it stands for.
OF_VRT = (say_in_names, say_in_items)


def say_bands(draw, dataset, path, cube, places):
    """Say of a GeoTIFF's bands what there is to say, in one way; return the way."""
    way = draw(st.sampled_from(WAYS))
    if way == say_in_names:
        cube.names = None
    elif way != say_in_header and cube.names:
        for place, name in zip(places, cube.names, strict=True):
            dataset.set_band_description(place, name)
    if way != say_in_header:
        for place, good in zip(places, cube.good or (), strict=False):
            dataset.update_tags(place, bbl=int(good))
    way(draw, dataset, path, cube, places)
    return way


def write_tif_cube(draw, folder, cube):
    path = folder / "cube.tif"
    bands, height, width = cube.values.shape
    alpha = draw(st.none() | st.integers(0, bands)) if cube.kind.kind == "u" else None
    stack, places = cube.values, list(range(1, bands + 1))
    if alpha is not None:
        top = draw(st.sampled_from([1, 200, np.iinfo(cube.kind).max]))
        clear = cube.rng.random((height, width)) < 0.3
        stack = np.insert(stack, alpha, np.where(clear, 0, top), axis=0)
        places = [place + (place > alpha) for place in places]
        cube.hidden |= clear
    masked = draw(st.booleans())
    facts = {
        "driver": "GTiff", "count": len(stack), "height": height, "width": width,
        "dtype": cube.kind, "crs": UTM16, "nodata": cube.nodata,
        "transform": rasterio.Affine(20, 0, 5e5, 0, -20, 4e6),
        "interleave": draw(st.sampled_from(["pixel", "band"])),
        "endianness": draw(st.sampled_from(["LITTLE", "BIG"])),
        "compress": draw(st.sampled_from(["none", "deflate", "lzw"])),
        "bigtiff": draw(st.sampled_from(["YES", "NO"])), "photometric": "MINISBLACK",
        "alpha": "unspecified",
    }  # fmt: skip
    if draw(st.booleans()):
        facts |= {"tiled": True, "blockxsize": 16, "blockysize": 16}
    inside = "YES" if draw(st.booleans()) else "NO"
    with (
        rasterio.Env(GDAL_TIFF_INTERNAL_MASK=inside),
        rasterio.open(path, "w", **facts) as dataset,
    ):
        kinds = [ColorInterp.undefined] * len(stack)
        if alpha is not None:
            kinds[alpha] = ColorInterp.alpha
        dataset.colorinterp = kinds
        dataset.write(stack)
        way = say_bands(draw, dataset, path, cube, places)
        if masked:
            clear = cube.rng.random((height, width)) < 0.3
            dataset.write_mask(~clear)
            cube.hidden |= clear
    if not masked and way in OF_VRT and draw(st.booleans()):
        rasterio.shutil.copy(path, folder / "cube.vrt", driver="VRT")
        return folder / "cube.vrt"
    return path


@cases(0.48, quick=300)
@given(st.data())
def test_a_cube_in_any_dress(tmp_path_factory, data):
    DONE["Cube in random dress, ENVI and GeoTIFF"] += 1
    folder = tmp_path_factory.getbasetemp() / f"dress{next(NUMBER)}"
    folder.mkdir()
    cube = Cube(data.draw)
    write = data.draw(st.sampled_from([write_envi_cube, write_tif_cube]))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", NotGeoreferencedWarning)
        path = write(data.draw, folder, cube)
        note(f"{sorted(p.name for p in folder.iterdir())}")
        with open_cube(path) as reader:
            check(reader, cube)


def check(reader, cube):
    """Compare what is read with what was dressed."""
    flags = np.array(cube.flags)
    assert reader.bands.count == len(cube.values)
    assert reader.bands.good == tuple(flags)
    assert isinstance(reader.grid, Grid)
    if cube.names:
        assert reader.bands.names == tuple(cube.names)
    if cube.waves is None:
        assert reader.bands.wavelengths_nm is None
    else:
        found = np.array(reader.bands.wavelengths_nm)
        np.testing.assert_allclose(found[flags], np.array(cube.waves)[flags], 1e-9)
    valid = cube.valid
    if not valid.any():
        with pytest.raises(CubeError, match="no pixels with data"):
            reader.read()
        return
    read = reader.read()
    np.testing.assert_array_equal(read.valid, valid)
    wanted = cube.values.astype("float32")[flags][:, valid]
    np.testing.assert_array_equal(read.values[flags][:, valid], wanted)
    assert (read.values[:, ~valid] == 0).all()
