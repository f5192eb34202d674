"""Labels as polygons: rasterised again they are the labels."""

import sqlite3
import xml.etree.ElementTree as ElementTree

import numpy as np
import pyogrio
import pytest
import shapely

from miaf_engine.classes import ClassEntry, ClassTable
from miaf_engine.errors import FileError, InputError
from miaf_engine.labels import polygons
from miaf_engine.labels.areas import read_areas
from miaf_engine.labels.class_keys import class_table
from miaf_engine.labels.polygons import regions_of, write_regions
from miaf_engine.labels.rasterising import label_map_from_areas
from tests import scenes

CLASSES = ClassTable(
    (ClassEntry(2, "Näß <a>", "#e69f00"), ClassEntry(7, 'Say "b"', "#0072b2"))
)
LABELS = np.array(
    [[2, 2, 0, 7], [2, 0, 2, 7], [0, 2, 2, 0], [7, 7, 2, 2]], dtype=np.uint16
)


@pytest.mark.parametrize(
    "where",
    [
        scenes.grid(4, 4),
        scenes.grid(4, 4, rotation=30),
        scenes.grid(4, 4, southup=True),
        scenes.unplaced(4, 4),
    ],
    ids=["north up", "rotated", "south up", "no place"],
)
def test_there_and_back(where, tmp_path):
    path = tmp_path / "areas with ü.gpkg"
    found = regions_of(LABELS, where)
    assert sorted(found.values) == [2, 2, 7, 7]
    assert all(shapely.is_valid(polygon) for polygon in found.polygons)
    write_regions(path, found, CLASSES, where.crs)
    assert [p.name for p in tmp_path.iterdir()] == [path.name]
    info = pyogrio.read_info(path, layer=path.stem)
    assert info["fields"].tolist() == ["class", "value"]
    for field in ("class", "value"):
        areas = read_areas(path, field, where)
        table, index = class_table(areas.keys)
        labels = label_map_from_areas(areas, index, table, where).values
        named = {entry.name: entry.value for entry in CLASSES}
        back = {index[key]: named.get(key, key) for key in index}
        assert np.array_equal(
            np.vectorize(lambda k, back=back: back.get(k, 0))(labels), LABELS
        )


def test_without_a_place_rows_go_down_from_0(tmp_path):
    found = regions_of(LABELS, scenes.unplaced(4, 4))
    assert tuple(shapely.total_bounds(found.polygons)) == (0, -4, 4, 0)


def test_the_style_is_in_the_file(tmp_path):
    path = tmp_path / "areas.gpkg"
    where = scenes.grid(4, 4)
    write_regions(path, regions_of(LABELS, where), CLASSES, where.crs)
    base = sqlite3.connect(path)
    rows = base.execute(
        "SELECT f_table_name, f_geometry_column, useAsDefault, styleQML FROM "
        "layer_styles"
    ).fetchall()
    base.close()
    (table, column, default, style), *more = rows
    assert not more
    assert (table, column, default) == ("areas", "geom", 1)
    root = ElementTree.fromstring(style)
    assert [c.get("value") for c in root.iter("category")] == CLASSES.names
    colours = [p.get("v") for p in root.iter("prop") if p.get("k") == "color"]
    assert colours == ["230,159,0,255", "0,114,178,255"]


def test_too_many_regions_and_a_bad_target(tmp_path, monkeypatch):
    where = scenes.grid(4, 4)
    with pytest.raises(FileError):
        write_regions(
            tmp_path / "gone" / "a.gpkg", regions_of(LABELS, where), CLASSES, None
        )
    monkeypatch.setattr(polygons, "MAX_REGIONS", 3)
    with pytest.raises(InputError, match="more than 3 regions"):
        regions_of(LABELS, where)
