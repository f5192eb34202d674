"""Names in GDAL's side file."""

from xml.etree import ElementTree

import pytest

from miaf_engine.errors import RasterFileError
from miaf_engine.io import pam


def test_names_come_back_and_the_rest_stays(tmp_path):
    raster = tmp_path / "a.tif"
    side = pam.pam_of(raster)
    side.write_text(
        '<PAMDataset><SRS>kept</SRS><PAMRasterBand band="1">'
        "<NoDataValue>0</NoDataValue></PAMRasterBand></PAMDataset>"
    )
    pam.write_names(raster, categories=["", "a < b & \x00c", "naß"])
    pam.write_names(raster, descriptions=["one", "two"])
    assert pam.read_categories(raster) == ["", "a < b & c", "naß"]
    second = ElementTree.parse(side).find("PAMRasterBand[@band='2']")
    assert second.findtext("Description") == "two"
    assert "kept" in side.read_text("utf-8")
    assert side.read_text("utf-8").count("NoDataValue") == 2


def test_no_side_file_and_a_broken_one(tmp_path):
    raster = tmp_path / "a.tif"
    assert pam.read_categories(raster) is None
    pam.pam_of(raster).write_text("<PAMDataset>")
    with pytest.raises(RasterFileError, match="Cannot read"):
        pam.read_categories(raster)
