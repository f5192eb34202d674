"""What users give by mistake, one function a mistake; each returns changed inputs."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import numpy as np
import shapely

from tests import scenes, tiny

NAMES = ["Wheat", "Forest", "Road"] * 2
LOCAL_CRS = 'LOCAL_CS["site grid",UNIT["metre",1]]'
NO_PYTHON = "/nowhere/bin/python3"


def areas(folder: Path, names=NAMES, field="cover", **more) -> Path:
    """Write the areas of the tiny scene with other classes, field or place."""
    shapes, _ = tiny.boxes(0.0, 1, 8)
    shapes = more.pop("shapes", shapes)[: len(names)]
    return scenes.write_areas(
        folder / "areas.gpkg", shapes, {field: names}, layer="areas", **more
    )


def areas_outside(folder):
    far = [shapely.box(x, 10, x + 5, 15) for x in range(0, 60, 10)]
    return {"ROIS": areas(folder, shapes=far)}


def no_areas(folder):
    path = areas(folder)
    with sqlite3.connect(path) as database:
        # The triggers of a GeoPackage call functions that only GDAL has.
        for (name,) in database.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall():
            database.execute(f'DROP TRIGGER "{name}"')
        database.execute("DELETE FROM areas")
    return {"ROIS": path}


def one_class(folder):
    return {"ROIS": areas(folder, ["Wheat"] * 6)}


def classes_all_null(folder):
    return {"ROIS": areas(folder, [None] * 6)}


def no_such_field(folder):
    return {"ROIS": areas(folder, field="landuse")}


def crs_of_nowhere(folder):
    return {"ROIS": areas(folder, crs=LOCAL_CRS)}


def one_band(folder):
    values = tiny.cube()[:1]
    return {"CUBE": scenes.write_tif(folder / "band.tif", values, tiny.grid())}


def complex_numbers(folder):
    values = tiny.cube().astype(np.complex64)
    return {"CUBE": scenes.write_tif(folder / "radar.tif", values, tiny.grid())}


def cut_short(folder):
    path = scenes.write_envi(folder / "cut.dat", tiny.cube(), tiny.grid())
    path.write_bytes(path.read_bytes()[:-5000])
    return {"CUBE": path}


def all_nodata(folder):
    values = np.full_like(tiny.cube(), -9999)
    path = folder / "empty.tif"
    return {"CUBE": scenes.write_tif(path, values, tiny.grid(), nodata=-9999)}


def no_raster(folder):
    path = folder / "notes.tif"
    path.write_text("not a raster")
    return {"CUBE": path}


def no_model(folder):
    path = folder / "holiday.miaf.safetensors"
    path.write_bytes(b"\x89PNG not a model" * 20)
    return {"MODEL": path}


def no_folder(folder):
    return {"OUTPUT": folder / "missing" / "map.tif"}


def folder_is_a_file(folder):
    (folder / "file").write_text("x")
    return {"OUTPUT": folder / "file" / "map.tif"}


def output_is_the_cube(folder):
    cube = tiny.write_cube(folder / "cube.tif")
    return {"CUBE": cube, "OUTPUT": cube}


def bad_setting(folder):
    return {"EPOCHS": 0}


# Each with what the sentence must name: the thing, the value found.
TRAINING = {
    areas_outside: ("areas", "32616"),
    no_areas: ("areas", "no "),
    one_class: ("Wheat", "2"),
    classes_all_null: ("cover", "class"),
    no_such_field: ("cover", "landuse"),
    crs_of_nowhere: ("areas", "site grid"),
    one_band: ("band", "many"),
    complex_numbers: ("radar", "complex"),
    cut_short: ("cut.dat", "cut short"),
    all_nodata: ("empty.tif", "nodata"),
    no_raster: ("notes.tif",),
    no_folder: ("missing", "folder"),
    folder_is_a_file: ("file", "folder"),
    output_is_the_cube: ("cube.tif", "input"),
    bad_setting: ("0", "1"),
}
CLASSIFYING = {no_model: ("holiday.miaf.safetensors", "model")}
EVERY = {**TRAINING, **CLASSIFYING}
