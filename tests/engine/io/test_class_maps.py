"""Rasters of classes as they are read."""

import codecs

import numpy as np
import pytest
import rasterio
from rasterio.enums import ColorInterp

from miaf_engine.errors import GridMismatchError, InputError
from miaf_engine.grid import Grid
from miaf_engine.io import envi, pam
from miaf_engine.io.class_maps import (
    ClassMapReader,
    read_class_map,
    read_label_raster,
)
from tests.scenes import (
    CLASSES,
    Recorder,
    grid,
    pattern,
    real,
    spectra,
    unplaced,
    write_classes,
    write_tif,
)


def test_envi_header_alone_still_names_the_classes(tmp_path):
    path = write_classes(tmp_path / "a.dat")
    path.with_name("a.dat.aux.xml").unlink()
    _, _, classes = read_class_map(path)
    assert classes.names == ["Wheat", "Wald; naß (alt)", "Road : <a&b>"]
    assert classes.values == [1, 2, 5]
    assert classes.colours == CLASSES.colours
    fields = envi.read_fields(tmp_path / "a.hdr")
    assert fields["file type"] == "ENVI Classification"
    assert fields["classes"] == "6"
    assert len(envi.listed(fields["class names"])) == 6


def test_class_map_without_names_or_colours(tmp_path):
    values = np.resize(np.array([[0, 7, 9]]), (1, 8, 10)).astype("int16")
    path = write_tif(tmp_path / "a.tif", values, grid(), nodata=0)
    _, _, classes = read_class_map(path)
    assert classes.names == ["7", "9"]
    assert len(set(classes.colours)) == 2
    found = read_label_raster(path, grid())
    assert found.classes is None
    assert found.values.dtype == np.int32


@pytest.mark.parametrize("southup", [False, True])
def test_labels_without_a_place_are_taken_row_by_row(tmp_path, southup):
    """Other programs write what they read of such a file: the identity."""
    values = np.arange(1, 13, dtype=np.uint8).reshape(3, 4)
    identity = Grid((1.0, 0.0, 0.0, 0.0, 1.0, 0.0), None, 3, 4)
    for where in (identity, unplaced(3, 4)):
        path = write_tif(tmp_path / "a.tif", values[None], where)
        found = read_label_raster(path, grid(3, 4, southup=southup)).values
        assert np.array_equal(found, values)
        other = write_tif(tmp_path / "b.tif", values[None], grid(3, 4, southup=southup))
        assert np.array_equal(read_label_raster(other, where).values, values)


@pytest.mark.parametrize("southup", [False, True])
def test_labels_whose_rows_run_the_other_way_lie_where_they_are(tmp_path, southup):
    where = grid(3, 4, southup=southup)
    a, b, c, d, e, f = where.transform
    turned = Grid((a, b, c, d, -e, f + 3 * e), where.crs, 3, 4)
    values = np.arange(1, 13, dtype=np.uint8).reshape(3, 4)
    path = write_tif(tmp_path / "a.tif", values[None, ::-1], turned, nodata=7)
    found = read_label_raster(path, where).values
    assert np.array_equal(found, np.where(values == 7, 0, values))


def test_real_envi_class_map():
    name = "ang20150420t182808_corr_v1e_img_class_mining_4200-4210_70-80.img"
    _, _, classes = read_class_map(real(f"envi_aviris_ng/{name}"))
    assert classes.names[0] == "Schwertmannite BZ93-1 s06av95a=b"
    assert classes.colours == ["#ff0000", "#00ff00", "#0000ff"]


def test_label_raster(tmp_path):
    path = write_classes(tmp_path / "a.tif", values=(0, 1, 5))
    found = read_label_raster(path, grid())
    assert found.classes.values == [1, 5]
    assert set(np.unique(found.values)) == {0, 1, 5}
    for other, words in (
        (grid(9, 10), r"8 x 10 pixels \(rows x columns\)"),
        (
            grid(crs=rasterio.crs.CRS.from_epsg(32617).to_wkt()),
            "EPSG:32616.*EPSG:32617",
        ),
        (grid(pixel=20.1), "covers"),
    ):
        with pytest.raises(GridMismatchError, match=words):
            read_label_raster(path, other)


def test_label_raster_of_floats(tmp_path):
    values = pattern(grid()).astype("float32")[np.newaxis]
    values[0, 0, 1] = np.nan
    path = write_tif(tmp_path / "a.tif", values, grid())
    assert read_label_raster(path, grid()).values[0, 1] == 0
    values[0, 0, 1] = 1.5
    with pytest.raises(InputError, match="class values are whole numbers"):
        read_label_raster(write_tif(tmp_path / "a.tif", values, grid()), grid())
    with pytest.raises(InputError, match="6 bands"):
        read_label_raster(write_tif(tmp_path / "b.tif", spectra(), grid()), grid())


def zeros(path, kind="uint8", names=None, **more):
    """Write the values 0, 1, 2 and, where nothing is known, 255."""
    values = pattern(grid(), (0, 1, 2, 255)).astype(kind)[np.newaxis]
    write_tif(path, values, grid(), **more)
    if names:
        pam.write_names(path, categories=names)
    return path


def test_0_is_a_class_where_another_value_is_nodata(tmp_path):
    said = Recorder()
    found = read_label_raster(zeros(tmp_path / "a.tif", nodata=255), grid(), said)
    assert found.numbers == {0: 1, 1: 2, 2: 3}
    assert found.classes.names == ["0", "1", "2"]
    wanted = pattern(grid(), (1, 2, 3, 0))
    np.testing.assert_array_equal(found.values, wanted)
    assert "pixels: 20)" in said.warnings[0] and "nodata is 255" in said.warnings[0]
    styles = [{"key": 0, "name": "Fallow", "colour": "#112233"}, {"key": 9}]
    assert found.styles(styles) == [{"key": 1, "name": "Fallow", "colour": "#112233"}]


def test_0_is_a_class_where_it_has_a_name(tmp_path):
    names = ["Water", "Wheat", "Forest", *[""] * 252, "Nothing"]
    said = Recorder()
    found = read_label_raster(zeros(tmp_path / "a.tif", names=names), grid(), said)
    assert found.classes.names == ["Water", "Wheat", "Forest", "Nothing"]
    assert found.values.min() == 1
    assert "called 'Water'" in said.warnings[0]


def masked(path, way):
    """Write 0, 1, 2 and, where a mask or an alpha band takes it out, another 1."""
    values = pattern(grid(), (0, 1, 2, 1)).astype("uint8")[np.newaxis]
    kept = np.where(pattern(grid(), (1, 1, 1, 0)), 255, 0).astype("uint8")
    if way == "alpha":
        write_tif(path, np.concatenate([values, kept[np.newaxis]]), grid(), alpha="yes")
    else:
        write_tif(path, values, grid())
        with (
            rasterio.Env(GDAL_TIFF_INTERNAL_MASK=way == "inner mask"),
            rasterio.open(path, "r+") as dataset,
        ):
            dataset.write_mask(kept)
    return path


@pytest.mark.parametrize("way", ["alpha", "mask beside", "inner mask"])
def test_0_is_a_class_where_a_mask_says_what_is_none(tmp_path, way):
    """And what the mask takes out is of no class, whatever value it has."""
    path, said = masked(tmp_path / "a.tif", way), Recorder()
    found = read_label_raster(path, grid(), said)
    np.testing.assert_array_equal(found.values, pattern(grid(), (1, 2, 3, 0)))
    assert "pixels: 20)" in said.warnings[0] and "says which pixels" in said.warnings[0]
    values, _, classes = read_class_map(path)
    np.testing.assert_array_equal(values, pattern(grid(), (1, 2, 3, 0)))
    assert classes.names == ["0", "1", "2"]


@pytest.mark.parametrize(("kind", "nodata"), [("uint8", 255), ("float32", np.nan)])
def test_0_is_a_class_of_a_map_where_another_value_is_nodata(tmp_path, kind, nodata):
    values = pattern(grid(), (0, 1, 7, 255)).astype(kind)[np.newaxis]
    values[values == 255] = nodata
    path = write_tif(tmp_path / "a.tif", values, grid(), nodata=nodata)
    wanted, said = pattern(grid(), (1, 2, 8, 0)), [Recorder(), Recorder()]
    values, _, classes = read_class_map(path, said[0])
    np.testing.assert_array_equal(values, wanted)
    assert (classes.values, classes.names) == ([1, 2, 8], ["0", "1", "7"])
    with ClassMapReader(path, said[1]) as reader:
        np.testing.assert_array_equal(reader.read(grid().window), wanted)
        assert reader.classes([1, 8]).names == ["0", "7"]
        styles = [{"key": "0", "name": "Fallow"}, {"key": 7}, {"key": "other"}]
        assert reader.styles(styles) == [{"key": 1, "name": "Fallow"}, {"key": 8}]
        other = grid(crs=rasterio.crs.CRS.from_epsg(32617).to_wkt())
        reader.bring_onto(other, "map", "other map")
        assert not reader.read(other.window).any()  # far from the map: no class 0
    for one in said:
        assert "pixels: 20)" in one.warnings[0] and f"is {nodata:g}" in one.warnings[0]


def test_a_map_whose_0_is_no_class_keeps_its_values(tmp_path):
    values = pattern(grid(), (1, 2, 3, 255)).astype("uint8")[np.newaxis]
    path, said = write_tif(tmp_path / "a.tif", values, grid(), nodata=255), Recorder()
    values, _, classes = read_class_map(path, said)
    assert classes.values == [1, 2, 3] and said.warnings == []
    with ClassMapReader(path) as reader:
        assert reader.classes([3]).names == ["3"]
        assert reader.styles([{"key": 3}]) == [{"key": 3}]
    read_class_map(zeros(tmp_path / "b.tif"), said)
    assert said.warnings[0].startswith("Pixels of class map")
    assert "count as unclassified" in said.warnings[0]


@pytest.mark.parametrize(
    "name", ["Unclassified", "unlabeled", "No data", "Not labelled"]
)
def test_0_is_no_class_where_its_name_says_so(tmp_path, name):
    said = Recorder()
    path = zeros(tmp_path / "a.tif", names=[name, "Wheat", "Forest"], nodata=255)
    found = read_label_raster(path, grid(), said)
    assert found.numbers == {}
    np.testing.assert_array_equal(found.values, pattern(grid(), (0, 1, 2, 0)))
    assert said.warnings == []


@pytest.mark.parametrize("names", [None, ["Background", "Wheat", "Forest"]])
def test_pixels_of_0_are_counted_where_nothing_is_declared(tmp_path, names):
    said = Recorder()
    found = read_label_raster(zeros(tmp_path / "a.tif", names=names), grid(), said)
    assert found.numbers == {}
    assert said.warnings[0].startswith("Pixels of label raster")
    said = Recorder()
    read_label_raster(zeros(tmp_path / "b.tif", nodata=0), grid(), said)
    assert said.warnings == []


@pytest.mark.parametrize("value", [-9999, 70_000])
def test_undeclared_fill_of_a_map_is_named_with_the_remedy(tmp_path, value):
    values = pattern(grid(), (1, 2)).astype("int32")[np.newaxis]
    values[0, :2] = value
    path = write_tif(tmp_path / "map.tif", values, grid())
    words = rf"map\.tif' holds the value {value} \(20 pixels\).*-a_nodata {value}"
    for read in (read_class_map, lambda path: read_label_raster(path, grid())):
        with pytest.raises(InputError, match=words):
            read(path)
    with ClassMapReader(path) as reader, pytest.raises(InputError, match=words):
        reader.read(grid().window)
    declared = write_tif(tmp_path / "b.tif", values, grid(), nodata=value)
    assert read_class_map(declared)[0][:2].max() == 0


def test_an_alpha_band_hides_pixels_of_a_class_map(tmp_path):
    values = np.stack([pattern(grid(), (1, 2)), np.full((8, 10), 255)]).astype("u1")
    values[1, 3] = 0
    path = write_tif(tmp_path / "a.tif", values, grid(), alpha="unspecified")
    with rasterio.open(path, "r+") as dataset:
        dataset.colorinterp = [ColorInterp.gray, ColorInterp.alpha]
    found = read_class_map(path)[0]
    assert (found == 0).sum() == (found[3] == 0).sum() == 10


def test_a_header_with_a_byte_order_mark_names_the_classes(tmp_path):
    path = write_classes(tmp_path / "a.dat")
    (tmp_path / "a.dat.aux.xml").unlink()
    header = path.with_suffix(".hdr")
    header.write_bytes(codecs.BOM_UTF8 + header.read_bytes())
    assert read_class_map(path)[2].names[0] == "Wheat"
