"""Areas read from vector files, and what is said where they cannot be used."""

import sqlite3

import numpy as np
import pyogrio
import pytest
import rasterio
import shapely
from rasterio.warp import transform_geom
from shapely.geometry import mapping, shape

from miaf_engine.errors import (
    FileError,
    GridMismatchError,
    SampleError,
    VectorFileError,
)
from miaf_engine.grid import Grid
from miaf_engine.labels.areas import read_areas
from tests.scenes import UTM16, Recorder, grid, pixel_box, write_areas

WHERE = grid()
BOXES = [pixel_box(WHERE, 0, 0, 2, 2), pixel_box(WHERE, 4, 4, 3, 3)]
NAMES = {"class": ["Wheat", "Woods"]}


def test_areas_without_a_class_can_be_kept(tmp_path):
    for classes, keys in ((["a", None], ("a", None)), ([" ", None], (None, None))):
        path = write_areas(tmp_path / f"{keys[0]}.gpkg", BOXES, {"class": classes})
        recorder = Recorder()
        areas = read_areas(path, "class", WHERE, least_classes=0, progress=recorder)
        assert areas.keys == keys and recorder.warnings == []
    with pytest.raises(VectorFileError, match="no field 'kind'"):
        read_areas(path, "kind", WHERE, least_classes=0)


@pytest.mark.parametrize("name", ["a.gpkg", "Flächen 1.shp", "a.geojson"])
def test_formats(tmp_path, name):
    folder = tmp_path / "Übung 2"
    folder.mkdir()
    crs, boxes = UTM16, BOXES
    if name.endswith("geojson"):  # the format knows longitude and latitude only
        crs = "EPSG:4326"
        boxes = [
            shape(transform_geom(UTM16, "EPSG:4326", mapping(box))) for box in BOXES
        ]
    areas = read_areas(write_areas(folder / name, boxes, NAMES, crs), "class", WHERE)
    assert areas.keys == ("Wheat", "Woods")
    for found, wanted in zip(areas.geometries, BOXES, strict=True):
        assert found.symmetric_difference(wanted).area < 1e-3 * wanted.area


def test_kinds_of_geometry_lose_height(tmp_path):
    kinds = [
        BOXES[0],
        shapely.LineString([(500_010, 4_479_990, 5), (500_090, 4_479_900, 6)]),
        shapely.Point(500_050, 4_479_950, 7),
    ]
    path = write_areas(tmp_path / "a.gpkg", kinds, {"class": ["a", "b", "c"]})
    areas = read_areas(path, "class", WHERE)
    assert [g.geom_type for g in areas.geometries] == [
        "Polygon",
        "LineString",
        "Point",
    ]
    assert not any(g.has_z for g in areas.geometries)


def test_each_part_of_a_feature_is_an_area(tmp_path):
    bow_tie = shapely.Polygon(np.array(BOXES[1].exterior.coords)[[0, 2, 1, 3, 0]])
    features = [
        shapely.MultiPolygon(BOXES),
        BOXES[0],
        shapely.MultiPolygon([BOXES[0], bow_tie]),
        shapely.MultiPoint([(500_010, 4_479_990), (500_050, 4_479_950)]),
    ]
    classes = {"class": ["a", "b", "c", "d"], "note": ["w", "x", "y", "z"]}
    path = write_areas(tmp_path / "a.gpkg", features, classes)
    recorder = Recorder()
    areas = read_areas(path, "class", WHERE, progress=recorder, columns=["note"])
    assert areas.keys == ("a", "a", "b", "c", "c", "d", "d")
    assert areas.columns["note"] == ("w", "w", "x", "y", "y", "z", "z")
    assert areas.ids == (1, 1, 2, 3, 3, 4, 4)
    assert [g.equals(w) for g, w in zip(areas.geometries[:2], BOXES, strict=True)]
    # What repairs one part leaves is of that part.
    assert areas.geometries[4].geom_type == "MultiPolygon"
    assert areas.faults.repaired == (3,)
    assert [g.geom_type for g in areas.geometries[5:]] == ["Point", "Point"]


def test_polygons_of_a_mixed_collection_are_areas(tmp_path):
    sliver = shapely.LineString([(500_010, 4_479_990), (500_090, 4_479_900)])
    features = [
        shapely.GeometryCollection([BOXES[0], sliver, shapely.MultiPolygon(BOXES[1:])]),
        shapely.GeometryCollection([shapely.GeometryCollection([BOXES[0]]), BOXES[1]]),
        shapely.GeometryCollection([sliver, shapely.Point(500_010, 4_479_990)]),
    ]
    path = write_areas(tmp_path / "a.gpkg", features, {"class": ["a", "b", "c"]})
    areas = read_areas(path, "class", WHERE)
    assert areas.keys == ("a", "a", "b", "b", "c")
    kinds = [g.geom_type for g in areas.geometries]
    assert kinds == ["Polygon"] * 4 + ["GeometryCollection"]


@pytest.mark.parametrize(
    ("values", "keys"),
    [
        ([3, 7, None], (3, 7)),
        ([1.5, 2.0, None], (1.5, 2.0)),
        ([" Wheat ", "Woods", "  "], ("Wheat", "Woods")),
        (["Ba\u0308ume", "B\u00e4ume", "Fl\u00e4che"], ("Bäume", "Bäume", "Fläche")),
        ([True, False, True], (True, False, True)),
    ],
)
def test_keys_and_nulls(tmp_path, values, keys):
    boxes = [*BOXES, pixel_box(WHERE, 0, 6, 1, 1)]
    progress = Recorder()
    path = write_areas(tmp_path / "a.gpkg", boxes, {"class": values})
    areas = read_areas(path, "class", WHERE, progress=progress)
    assert areas.keys == keys
    assert [type(k) for k in areas.keys] == [type(k) for k in keys]
    if len(keys) == 2:
        assert "Areas without a class are left out: 1 " in progress.warnings[0]
        assert "feature 3" in progress.warnings[0]


def test_invalid_areas_are_repaired_and_named(tmp_path):
    x, y = 500_000.125, 4_480_000.5
    bow = shapely.Polygon([(x, y), (x + 80, y - 80), (x + 80, y), (x, y - 80)])
    progress = Recorder()
    path = write_areas(tmp_path / "a.gpkg", [bow, BOXES[1]], NAMES)
    areas = read_areas(path, "class", WHERE, progress=progress)
    assert all(g.is_valid for g in areas.geometries)
    assert areas.geometries[0].area == pytest.approx(3200)
    assert "feature 1" in progress.warnings[0]


def test_ids_are_those_of_the_users_layer(tmp_path):
    boxes = [*BOXES, pixel_box(WHERE, 0, 6, 1, 1)]
    fields = {"miaf_fid": [12, -3, 40], "class": ["Wheat", "Woods", None]}
    progress = Recorder()
    path = write_areas(tmp_path / "a.gpkg", boxes, fields)
    areas = read_areas(path, "class", WHERE, progress=progress)
    assert areas.keys == ("Wheat", "Woods")
    assert areas.ids == (12, -3)
    assert "feature 40" in progress.warnings[0]
    assert read_areas(path, None, WHERE).ids == (12, -3, 40)


def test_ids_of_another_kind_are_not_taken(tmp_path):
    fields = {"miaf_fid": ["x", "y"], "class": ["Wheat", "Woods"]}
    path = write_areas(tmp_path / "a.gpkg", BOXES, fields)
    assert read_areas(path, "class", WHERE).ids == (1, 2)


def test_layers(tmp_path):
    path = write_areas(tmp_path / "a.gpkg", BOXES, NAMES, layer="one")
    write_areas(path, BOXES[::-1], NAMES, layer="two", append=True)
    assert read_areas(path, "class", WHERE, layer="two").geometries[0].area > 3000
    with pytest.raises(VectorFileError, match=r"2 layers.*'one', 'two'"):
        read_areas(path, "class", WHERE)
    with pytest.raises(VectorFileError, match=r"no layer 'three'.*'one', 'two'"):
        read_areas(path, "class", WHERE, layer="three")


def test_missing_things_are_named(tmp_path):
    with pytest.raises(VectorFileError, match="no file"):
        read_areas(tmp_path / "missing.gpkg", "class", WHERE)
    (tmp_path / "text.gpkg").write_text("this is not a vector file")
    with pytest.raises(VectorFileError, match="not a vector file"):
        read_areas(tmp_path / "text.gpkg", "class", WHERE)
    with pytest.raises(FileError, match="not a local file"):
        read_areas("https://example.org/a.gpkg", "class", WHERE)
    path = write_areas(tmp_path / "a.gpkg", BOXES, NAMES)
    with pytest.raises(VectorFileError, match=r"no field 'cover'.*'class'"):
        read_areas(path, "cover", WHERE)
    assert read_areas(path, None, WHERE).keys == (None, None)


def test_too_little_to_learn_from(tmp_path):
    empty = write_areas(tmp_path / "e.gpkg", [], {"class": []})
    with pytest.raises(SampleError, match="no areas"):
        read_areas(empty, "class", WHERE)
    nulls = write_areas(tmp_path / "n.gpkg", BOXES, {"class": [None, None]})
    with pytest.raises(SampleError, match="both a geometry and a class"):
        read_areas(nulls, "class", WHERE)
    one = write_areas(tmp_path / "o.gpkg", BOXES, {"class": ["Wheat", "Wheat"]})
    with pytest.raises(SampleError, match="only the class 'Wheat'"):
        read_areas(one, "class", WHERE)
    assert len(read_areas(one, "class", WHERE, least_classes=1)) == 2


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([3.0, 12.0], (3, 12)),
        ([3.0, 12.5], (3.0, 12.5)),
        ([True, False], (True, False)),
        ([7, 70000], (7, 70000)),
        ([" Corn", "corn"], ("Corn", "corn")),
    ],
    ids=str,
)
def test_fields_of_every_kind(tmp_path, values, expected):
    shapes = [pixel_box(WHERE, 0, 0, 2, 2), pixel_box(WHERE, 4, 4, 2, 2)]
    path = write_areas(tmp_path / "a.gpkg", shapes, {"cover": values})
    found = read_areas(path, "cover", WHERE).keys
    assert found == expected
    assert [type(key) for key in found] == [type(key) for key in expected]


def test_heights_and_measures_are_dropped(tmp_path):
    left, bottom, right, top = pixel_box(WHERE, 0, 0, 2, 2).bounds
    ring = [(left, bottom), (right, bottom), (right, top), (left, bottom)]
    text = ", ".join(f"{x} {y} 7 9" for x, y in ring)
    (tmp_path / "a.csv").write_text(
        f'cover,WKT\na,"POLYGON ZM (({text}))"\nb,"POINT Z ({left + 90} {top} 5)"\n'
        f'b,"POINT M ({left + 90} {top - 90} 5)"\n',
        encoding="utf-8",
    )
    where = Grid(WHERE.transform, None, WHERE.height, WHERE.width)
    areas = read_areas(tmp_path / "a.csv", "cover", where)
    assert areas.keys == ("a", "b", "b")
    assert not any(shapely.has_z(areas.geometries))
    assert areas.geometries[0].bounds == pytest.approx((left, bottom, right, top))
    assert areas.geometries[2].coords[0] == pytest.approx((left + 90, top - 90))


WHERE_OF_PLACEMENT = grid()


BOXES_OF_PLACEMENT = [
    pixel_box(WHERE_OF_PLACEMENT, 0, 0, 2, 2),
    pixel_box(WHERE_OF_PLACEMENT, 4, 4, 3, 3),
]


NAMES_OF_PLACEMENT = {"class": ["Wheat", "Woods"]}


def test_areas_elsewhere(tmp_path):
    far = [shapely.box(0, 0, 1, 1), shapely.box(2, 2, 3, 3)]
    path = write_areas(tmp_path / "a.gpkg", far, NAMES_OF_PLACEMENT, "EPSG:32633")
    with pytest.raises(GridMismatchError, match=r"32633.*32616|UTM zone 33N.*16N"):
        read_areas(path, "class", WHERE_OF_PLACEMENT)


def at_the_date_line(west):
    """Return a grid in degrees, 2 wide and 1 high, and two areas on it."""
    where = Grid((0.1, 0.0, west, 0.0, -0.1, 1.0), "EPSG:4326", 10, 20)
    return where, [pixel_box(where, 2, 3, 3, 4), pixel_box(where, 2, 12, 3, 4)]


@pytest.mark.parametrize(("west", "turn"), [(179.0, -360.0), (-181.0, 360.0)])
def test_areas_may_count_longitude_from_the_other_side(tmp_path, west, turn):
    """As a cube from 179 to 181 degrees, and areas at 179.5 and -179.5."""
    where, boxes = at_the_date_line(west)
    shifted = shapely.transform(boxes, lambda xy: np.add(xy, (turn, 0)))
    for away in ([boxes[0], shifted[1]], list(shifted)):
        path = write_areas(tmp_path / "a.gpkg", away, NAMES_OF_PLACEMENT, "EPSG:4326")
        found = read_areas(path, "class", where).geometries
        np.testing.assert_allclose(
            shapely.bounds(found), shapely.bounds(boxes), rtol=0, atol=1e-9
        )


def test_an_area_across_the_date_line_may_come_from_another_crs(tmp_path):
    where, _ = at_the_date_line(179.0)
    across = pixel_box(where, 2, 9, 3, 3)  # from 179.9 to 180.2 degrees
    in_metres = shape(transform_geom("EPSG:4326", "EPSG:32660", mapping(across)))
    path = write_areas(
        tmp_path / "a.gpkg", [in_metres, in_metres], NAMES_OF_PLACEMENT, "EPSG:32660"
    )
    (found, _) = read_areas(path, "class", where).geometries
    np.testing.assert_allclose(found.bounds, across.bounds, rtol=0, atol=1e-5)


def test_an_area_a_whole_turn_away_is_elsewhere_where_units_are_metres(tmp_path):
    away = [shapely.transform(box, lambda xy: np.add(xy, (360, 0))) for box in BOXES]
    path = write_areas(tmp_path / "a.gpkg", away, NAMES)
    with pytest.raises(GridMismatchError, match="outside the cube"):
        read_areas(path, "class", WHERE)


def test_crs_on_one_side_only(tmp_path):
    bare = write_areas(
        tmp_path / "bare.shp", BOXES_OF_PLACEMENT, NAMES_OF_PLACEMENT, None
    )
    with pytest.raises(GridMismatchError, match="has no CRS, but the cube is in"):
        read_areas(bare, "class", WHERE_OF_PLACEMENT)
    path = write_areas(tmp_path / "a.gpkg", BOXES_OF_PLACEMENT, NAMES_OF_PLACEMENT)
    with pytest.raises(GridMismatchError, match="but the cube has no CRS"):
        read_areas(path, "class", grid(crs=None))
    assert len(read_areas(bare, "class", grid(crs=None))) == 2


def test_a_geopackage_without_a_crs_says_undefined(tmp_path):
    bare = write_areas(
        tmp_path / "bare.gpkg", BOXES_OF_PLACEMENT, NAMES_OF_PLACEMENT, None
    )
    with sqlite3.connect(bare) as database:  # as QGIS and GDAL before 3.9 write it
        for table in ("gpkg_contents", "gpkg_geometry_columns"):
            database.execute(f"UPDATE {table} SET srs_id = 0")
    assert "Undefined" in pyogrio.read_info(bare)["crs"]
    assert len(read_areas(bare, "class", grid(crs=None))) == 2
    with pytest.raises(GridMismatchError, match="has no CRS, but the cube is in"):
        read_areas(bare, "class", WHERE_OF_PLACEMENT)


def test_crs_that_cannot_be_transformed(tmp_path):
    path = write_areas(tmp_path / "a.gpkg", BOXES_OF_PLACEMENT, NAMES_OF_PLACEMENT)
    local = rasterio.crs.CRS.from_wkt('LOCAL_CS["site grid",UNIT["metre",1]]').to_wkt()
    with pytest.raises(GridMismatchError, match="site grid") as caught:
        read_areas(path, "class", grid(crs=local))
    assert "{" not in str(caught.value)


def shapefile(folder, names, encoding, stated):
    """Write areas whose text is in one encoding and whose .cpg file states another."""
    path = folder / "a.shp"
    pyogrio.raw.write(
        path,
        geometry=shapely.to_wkb(np.array(BOXES, object)),
        field_data=[np.array(names, object)],
        fields=["class"],
        geometry_type="Polygon",
        crs=UTM16,
        encoding=encoding,
    )
    table = bytearray(path.with_suffix(".dbf").read_bytes())
    table[29] = 0  # which says the encoding too
    path.with_suffix(".dbf").write_bytes(table)
    path.with_suffix(".cpg").write_text(stated)
    return path


def test_text_in_another_encoding_than_stated(tmp_path):
    path = shapefile(tmp_path, ["Ackerfläche", "Wald"], "ISO-8859-1", "UTF-8")
    with pytest.raises(VectorFileError, match=r"not in UTF-8.*'a\.cpg'.*ISO-8859-1"):
        read_areas(path, "class", WHERE)


def test_letters_that_would_be_lost_stop_the_run(tmp_path):
    """GDAL drops what it cannot convert: two classes could become one."""
    path = shapefile(tmp_path, ["Äcker", "Öcker"], "ISO-8859-1", "")
    path.with_suffix(".cpg").write_bytes(b"\xff\xfe")
    with pytest.raises(VectorFileError, match=r"is not in .*'a\.cpg'"):
        read_areas(path, "class", WHERE)


def test_utf_8_taken_for_latin_1_is_said(tmp_path):
    path = shapefile(tmp_path, ["Ackerfläche", "Wald"], "UTF-8", "ISO-8859-1")
    said = Recorder()
    areas = read_areas(path, "class", WHERE, progress=said)
    assert areas.keys[0] == "AckerflÃ¤che"
    assert "'AckerflÃ¤che'" in said.warnings[0]
    said = Recorder()
    path = write_areas(tmp_path / "b.gpkg", BOXES, {"class": ["Ackerfläche", "Maïs é"]})
    read_areas(path, "class", WHERE, progress=said)
    assert said.warnings == []


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        (
            "a.xml",
            '<?xml version="1.0"?><RegionsOfInterest version="1.1"/>',
            "vectors of ENVI",
        ),
        (
            "a.txt",
            "; ENVI Output of ROIs (5.3) [x]\n; Number of ROIs: 1\n",
            "vectors of ENVI",
        ),
        ("a.xml", "\0".join("<?xml?><RegionsOfInterest/>"), "regions of interest"),
        ("a.evf", "\0\1\2", "regions of interest.*vectors"),
        ("a.roi", "\0\1\2", "regions of interest.*Shapefile"),
        ("a.png", "\0\1\2", "not a vector file that GDAL can read.*GeoPackage"),
        ("a.csv", "x,y,class\n500010,4480000,Wheat\n", "a table without geometries"),
    ],
)
def test_files_that_hold_no_areas_are_named_for_what_they_are(
    tmp_path, name, content, words
):
    path = tmp_path / name
    path.write_bytes(content.encode("latin-1"))
    with pytest.raises(VectorFileError, match=words) as caught:
        read_areas(path, "class", WHERE)
    assert "prefixing" not in str(caught.value)
