"""Areas brought to the CRS of the cube, or refused."""

import sqlite3

import pyogrio
import pytest
import rasterio
import shapely

from miaf_engine.errors import GridMismatchError
from miaf_engine.labels.areas import read_areas
from tests.scenes import grid, pixel_box, write_areas

WHERE = grid()
BOXES = [pixel_box(WHERE, 0, 0, 2, 2), pixel_box(WHERE, 4, 4, 3, 3)]
NAMES = {"class": ["Wheat", "Woods"]}


def test_areas_elsewhere(tmp_path):
    far = [shapely.box(0, 0, 1, 1), shapely.box(2, 2, 3, 3)]
    path = write_areas(tmp_path / "a.gpkg", far, NAMES, "EPSG:32633")
    with pytest.raises(GridMismatchError, match=r"32633.*32616|UTM zone 33N.*16N"):
        read_areas(path, "class", WHERE)


def test_crs_on_one_side_only(tmp_path):
    bare = write_areas(tmp_path / "bare.shp", BOXES, NAMES, None)
    with pytest.raises(GridMismatchError, match="has no CRS, and the cube is in"):
        read_areas(bare, "class", WHERE)
    path = write_areas(tmp_path / "a.gpkg", BOXES, NAMES)
    with pytest.raises(GridMismatchError, match="and the cube has no CRS"):
        read_areas(path, "class", grid(crs=None))
    assert len(read_areas(bare, "class", grid(crs=None))) == 2


def test_a_geopackage_without_a_crs_says_undefined(tmp_path):
    bare = write_areas(tmp_path / "bare.gpkg", BOXES, NAMES, None)
    with sqlite3.connect(bare) as database:  # as QGIS and GDAL before 3.9 write it
        for table in ("gpkg_contents", "gpkg_geometry_columns"):
            database.execute(f"UPDATE {table} SET srs_id = 0")
    assert "Undefined" in pyogrio.read_info(bare)["crs"]
    assert len(read_areas(bare, "class", grid(crs=None))) == 2
    with pytest.raises(GridMismatchError, match="has no CRS, and the cube is in"):
        read_areas(bare, "class", WHERE)


def test_crs_that_cannot_be_transformed(tmp_path):
    path = write_areas(tmp_path / "a.gpkg", BOXES, NAMES)
    local = rasterio.crs.CRS.from_wkt('LOCAL_CS["site grid",UNIT["metre",1]]').to_wkt()
    with pytest.raises(GridMismatchError, match="site grid") as caught:
        read_areas(path, "class", grid(crs=local))
    assert "{" not in str(caught.value)
