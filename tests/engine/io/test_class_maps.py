"""Rasters of classes as they are read."""

import numpy as np
import pytest
import rasterio

from miaf_engine.errors import GridMismatchError, InputError
from miaf_engine.io import envi
from miaf_engine.io.class_maps import read_class_map, read_label_raster
from tests.scenes import CLASSES, grid, pattern, real, spectra, write_classes, write_tif


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
    found, table = read_label_raster(path, grid())
    assert table is None
    assert found.dtype == np.int32


def test_real_envi_class_map():
    name = "ang20150420t182808_corr_v1e_img_class_mining_4200-4210_70-80.img"
    _, _, classes = read_class_map(real(f"envi_aviris_ng/{name}"))
    assert classes.names[0] == "Schwertmannite BZ93-1 s06av95a=b"
    assert classes.colours == ["#ff0000", "#00ff00", "#0000ff"]


def test_label_raster(tmp_path):
    path = write_classes(tmp_path / "a.tif", values=(0, 1, 5))
    values, table = read_label_raster(path, grid())
    assert table.values == [1, 5]
    assert set(np.unique(values)) == {0, 1, 5}
    for other, words in (
        (grid(9, 10), "8 rows and 10 columns"),
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
    found, _ = read_label_raster(write_tif(tmp_path / "a.tif", values, grid()), grid())
    assert found[0, 1] == 0
    values[0, 0, 1] = 1.5
    with pytest.raises(InputError, match="not class numbers"):
        read_label_raster(write_tif(tmp_path / "a.tif", values, grid()), grid())
    with pytest.raises(InputError, match="6 bands"):
        read_label_raster(write_tif(tmp_path / "b.tif", spectra(), grid()), grid())
