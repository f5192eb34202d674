"""Vector files whose paths other programs would take apart."""

import zipfile

import numpy as np
import pytest
import shapely

from miaf_engine.io import vectors
from miaf_engine.labels.areas import field_names, read_areas
from tests.scenes import grid, pixel_box, write_areas

WHERE = grid()
BOXES = [pixel_box(WHERE, 0, 0, 2, 2), pixel_box(WHERE, 4, 4, 3, 3)]
ODD = ["!first/areas.gpkg", "Geo!/a!b.shp", "2026;draft/areas.geojson", "a;b.gpkg"]


def written(path, classes, field="class"):
    path.parent.mkdir(parents=True, exist_ok=True)
    vectors.write(
        path,
        shapely.to_wkb(np.array(BOXES)),
        [np.array(classes, object)],
        [field],
        geometry_type="Polygon",
        crs="EPSG:32616",
    )
    return path


@pytest.fixture
def others(tmp_path, monkeypatch):
    """Files of the folder that is worked in, by the ends of the odd names."""
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    for name in ("areas.gpkg", "b.shp", "a", "b.gpkg"):
        (folder / name).write_text("precious", encoding="utf-8")
    return folder


@pytest.mark.parametrize("name", ODD)
def test_a_file_is_the_one_that_is_named(tmp_path, others, name):
    path = written(tmp_path / name, ["Wheat", "Woods"])
    assert path.is_file()
    areas = read_areas(path, "class", WHERE)
    assert areas.keys == ("Wheat", "Woods")
    assert field_names(path) == ["class"]
    for other in others.iterdir():
        assert other.read_text("utf-8") == "precious"


def test_the_areas_of_another_file_are_not_taken(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    write_areas(tmp_path / "keep.gpkg", BOXES, {"class": ["Corn", "Soil"]})
    path = written(tmp_path / "other!keep.gpkg", ["Wheat", "Woods"])
    assert read_areas(path.name, "class", WHERE).keys == ("Wheat", "Woods")


def test_an_archive_lies_in_any_folder(tmp_path):
    plain = written(tmp_path / "areas.geojson", ["Wheat", "Woods"])
    for folder in ("!first", "plain"):
        (tmp_path / folder).mkdir()
        path = tmp_path / folder / "areas.zip"
        with zipfile.ZipFile(path, "w") as archive:
            archive.write(plain, plain.name)
        assert read_areas(path, "class", WHERE).keys == ("Wheat", "Woods")
