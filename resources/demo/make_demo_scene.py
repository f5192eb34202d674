r"""Makes the demo scene from the published Indian Pines data; see README.md.

Run it in the engine's environment, then style the result under QGIS's Python:

    .venv/bin/python resources/demo/make_demo_scene.py --source FOLDER
    QT_HASH_SEED=0 QT_QPA_PLATFORM=offscreen \
        /usr/bin/python3 resources/demo/style_demo_scene.py

FOLDER holds `Indian_pines_corrected.npy`, `Indian_pines_gt.npy` and `92AV3C.spc`.
The same source gives the same polygons. Polygons are made in pixel coordinates
(x = column, y = row, from the upper left corner of the image).
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as Xml

import numpy as np
import pyogrio
import rasterio
import shapely
from rasterio.features import shapes
from rasterio.transform import Affine, from_origin
from rasterio.warp import transform as reproject
from shapely.affinity import affine_transform, rotate, translate
from shapely.geometry import Polygon, shape

HERE = Path(__file__).resolve().parent
SEED = 1992
CRS = "EPSG:32616"
PIXEL = 20.0
CENTRE = (-86.99, 40.46)  # longitude, latitude; good to a few hundred metres at best
REMOVED_BANDS = {*range(104, 109), *range(150, 164), 220}  # of 220, counted from 1
CITATION = (
    "Baumgardner, M. F., Biehl, L. L. & Landgrebe, D. A. (2015): 220 Band AVIRIS "
    "Hyperspectral Image Data Set: June 12, 1992 Indian Pine Test Site 3. "
    "Purdue University Research Repository. doi:10.4231/R7RX991C. CC BY 3.0."
)


@dataclass(frozen=True)
class Cover:
    """A class of the ground truth and how many training areas it gets."""

    name: str
    colour: str
    areas: int


# Corn yellow to orange, soybeans green, grass blue, cereals and hay brown to pink,
# and within each group one light, one middle and one dark tone.
COVERS = (
    Cover("Alfalfa", "#7b3fa0", 2),
    Cover("Corn-notill", "#f2c40f", 9),
    Cover("Corn-mintill", "#e8820c", 7),
    Cover("Corn", "#fff3a6", 4),
    Cover("Grass-pasture", "#8cc7f0", 6),
    Cover("Grass-trees", "#2f74d0", 6),
    Cover("Grass-pasture-mowed", "#1b2f7a", 2),
    Cover("Hay-windrowed", "#8a5a2b", 5),
    Cover("Oats", "#f58fc0", 2),
    Cover("Soybean-notill", "#1f8f5f", 7),
    Cover("Soybean-mintill", "#5fce5a", 11),
    Cover("Soybean-clean", "#c3ec8f", 6),
    Cover("Wheat", "#d9b68c", 4),
    Cover("Woods", "#0c4022", 9),
    Cover("Buildings-Grass-Trees-Drives", "#9a9a9a", 6),
    Cover("Stone-Steel-Towers", "#c8102e", 3),
)

# Fields too small for areas of ordinary size: training at one end, validation at the
# other. Class value: (training areas, test areas).
SMALL_FIELDS = {
    1: (
        [
            [(96.1, 66.1), (97.9, 66.2), (97.8, 68.8), (96.2, 68.9)],
            [(98.2, 67.1), (99.8, 67.2), (99.9, 68.8), (98.1, 68.9)],
        ],
        [[(98.2, 72.3), (101.8, 72.1), (101.9, 73.8), (98.1, 73.9)]],
    ),
    7: (
        [
            [(108.1, 72.2), (109.8, 72.1), (109.9, 73.8), (108.2, 73.9)],
            [(110.2, 72.1), (111.9, 72.3), (111.8, 73.8), (110.1, 73.9)],
        ],
        [[(108.2, 77.3), (111.8, 77.1), (111.9, 78.9), (108.1, 78.7)]],
    ),
    9: (
        [
            [(22.1, 61.2), (23.9, 61.1), (23.8, 62.8), (22.2, 62.9)],
            [(22.2, 63.1), (23.8, 63.2), (23.9, 64.8), (22.1, 64.7)],
        ],
        [[(22.1, 68.3), (23.8, 68.1), (23.9, 70.8), (22.2, 70.9)]],
    ),
    16: (
        [
            [(46.1, 14.2), (48.8, 14.1), (48.9, 15.8), (46.2, 15.9)],
            [(49.3, 15.2), (52.7, 15.1), (52.6, 16.8), (49.2, 16.7)],
            [(45.2, 17.2), (48.8, 17.1), (48.7, 18.8), (45.1, 18.7)],
        ],
        [
            [(45.2, 22.3), (47.8, 22.2), (47.9, 24.8), (45.1, 24.7)],
            [(48.2, 23.3), (50.8, 23.1), (50.9, 26.7), (48.3, 26.9)],
        ],
    ),
}
# Pixels between a training and a test area. Above the square root of 18, so that
# their pixels are more than 3 apart along the rows or along the columns as well.
GAP = 4.3
LAYOUTS = 8  # ways to lay out a field, of which the best is kept
Layout = tuple[list[Polygon], list[Polygon]]  # training areas, test areas


def main() -> None:
    """Write the four files of the demo scene into this folder."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--source", type=Path, required=True)
    source = parser.parse_args().source
    cube = np.load(source / "Indian_pines_corrected.npy").transpose(2, 0, 1)
    truth = np.load(source / "Indian_pines_gt.npy")
    transform = georeference(truth.shape)
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": "2015-09-30T00:00:00.000Z"})
    write_cube(cube, read_bands(source / "92AV3C.spc"), transform)
    write_truth(truth, transform)
    training, validation = draw_all(truth, np.random.default_rng(SEED))
    write_areas("rois", training, transform)
    write_areas("validation", validation, transform)


def georeference(size: tuple[int, int]) -> Affine:
    """Return the geotransform that puts the image's centre on CENTRE, north up."""
    (east,), (north,) = reproject("EPSG:4326", CRS, [CENTRE[0]], [CENTRE[1]])
    rows, columns = size
    left = round((east - columns * PIXEL / 2) / PIXEL) * PIXEL
    top = round((north + rows * PIXEL / 2) / PIXEL) * PIXEL
    return from_origin(left, top, PIXEL, PIXEL)


def read_bands(path: Path) -> list[tuple[int, float, float]]:
    """Return AVIRIS band number, wavelength and width in nm of each band kept."""
    table = np.loadtxt(path, skiprows=2)
    return [
        (number, round(float(row[0]), 2), round(float(row[1]), 2))
        for number, row in enumerate(table, start=1)
        if number not in REMOVED_BANDS
    ]


def write_cube(
    cube: np.ndarray, bands: list[tuple[int, float, float]], transform: Affine
) -> None:
    """Write the cube with wavelengths where GDAL's ENVI driver would put them."""
    with rasterio.open(
        HERE / "indian_pines.tif",
        "w",
        driver="GTiff",
        height=cube.shape[1],
        width=cube.shape[2],
        count=cube.shape[0],
        dtype="uint16",
        crs=CRS,
        transform=transform,
        tiled=True,
        blockxsize=160,  # one tile holds the whole band: 4 % smaller than four tiles
        blockysize=160,
        interleave="band",
        compress="deflate",
        zlevel=12,
        predictor=2,
    ) as file:
        file.write(cube)
        file.update_tags(
            TIFFTAG_IMAGEDESCRIPTION="AVIRIS, Indian Pines, 12 June 1992, counts",
            TIFFTAG_COPYRIGHT=CITATION,
            wavelength_units="Nanometers",
        )
        for index, (number, wavelength, width) in enumerate(bands, start=1):
            file.set_band_description(
                index, f"AVIRIS {number} ({wavelength:.2f} Nanometers)"
            )
            file.update_tags(
                index,
                wavelength=f"{wavelength:.2f}",
                wavelength_units="Nanometers",
                fwhm=f"{width:.2f}",
            )
            file.update_tags(
                index,
                ns="IMAGERY",
                CENTRAL_WAVELENGTH_UM=f"{wavelength / 1000:.5f}",
                FWHM_UM=f"{width / 1000:.5f}",
            )


def write_truth(truth: np.ndarray, transform: Affine) -> None:
    """Write the ground truth with its colours; class names go beside it (PAM)."""
    path = HERE / "ground_truth.tif"
    with rasterio.open(
        path,
        "w",
        driver="GTiff",
        height=truth.shape[0],
        width=truth.shape[1],
        count=1,
        dtype="uint8",
        crs=CRS,
        transform=transform,
        nodata=0,
        compress="deflate",
    ) as file:
        file.write(truth.astype(np.uint8), 1)
        colours = {
            value: (*bytes.fromhex(cover.colour[1:]), 255)
            for value, cover in enumerate(COVERS, start=1)
        }
        file.write_colormap(1, {0: (0, 0, 0, 0), **colours})
        file.update_tags(TIFFTAG_COPYRIGHT=CITATION)
    root = Xml.Element("PAMDataset")
    names = Xml.SubElement(
        Xml.SubElement(root, "PAMRasterBand", band="1"), "CategoryNames"
    )
    for name in ("Unclassified", *(cover.name for cover in COVERS)):
        Xml.SubElement(names, "Category").text = name
    Xml.indent(root)
    text = Xml.tostring(root, encoding="unicode") + "\n"
    path.with_name(path.name + ".aux.xml").write_text(text, encoding="utf-8")


def draw_all(
    truth: np.ndarray, rng: np.random.Generator
) -> tuple[dict[int, list[Polygon]], dict[int, list[Polygon]]]:
    """Draw the training and the test areas of all classes, by class value."""
    training: dict[int, list[Polygon]] = {}
    validation: dict[int, list[Polygon]] = {}
    for value in range(1, len(COVERS) + 1):
        for areas, rings in zip(
            (training, validation), SMALL_FIELDS.get(value, ([], [])), strict=True
        ):
            areas[value] = [Polygon(ring) for ring in rings]
    for value, cover in enumerate(COVERS, start=1):
        if value in SMALL_FIELDS:
            continue
        fields = find_fields(truth == value)
        for field, count in zip(fields, share_out(cover.areas, fields), strict=True):
            taken = flatten(training), flatten(validation)
            layouts = [lay_out(field, count, taken, rng) for _ in range(LAYOUTS)]
            best = max(layouts, key=merit)
            training[value] += best[0]
            validation[value] += best[1]
    return training, validation


def lay_out(
    field: Polygon,
    count: int,
    taken: tuple[list[Polygon], list[Polygon]],
    rng: np.random.Generator,
) -> Layout:
    """Draw up to `count` training and test areas in a field, taking turns."""
    drawn: Layout = ([], [])
    for turn in range(2 * count):
        own, other = turn % 2, 1 - turn % 2
        area = draw(field, taken[own] + drawn[own], taken[other] + drawn[other], rng)
        if area is not None:
            drawn[own].append(area)
    return drawn


def merit(layout: Layout) -> tuple[int, int, float]:
    """Return what makes a layout of a field better: two to train on, more, even."""
    sizes = [sum(count_pixels(area) for area in areas) for areas in layout]
    areas = sum(map(len, layout))
    return min(len(layout[0]), 2), areas, sum(sizes) - abs(sizes[0] - sizes[1]) / 2


def flatten(areas: dict[int, list[Polygon]]) -> list[Polygon]:
    """Return the areas of all classes in one list."""
    return [area for polygons in areas.values() for area in polygons]


def find_fields(mask: np.ndarray) -> list[Polygon]:
    """Return the connected fields of one class, pixel corners as vertices."""
    found = shapes(mask.astype(np.uint8), mask=mask, connectivity=4)
    return [shape(geometry) for geometry, _ in found]


def share_out(count: int, fields: list[Polygon]) -> list[int]:
    """Divide `count` areas: one a field, the rest where areas are fewest for the size.

    Returns:
        Areas for each field; their sum is `count`, or the fields where they are more.
    """
    shares = [1] * len(fields)
    while sum(shares) < count:
        need = [field.area / share for field, share in zip(fields, shares, strict=True)]
        shares[int(np.argmax(need))] += 1
    return shares


def draw(
    field: Polygon,
    own: list[Polygon],
    other: list[Polygon],
    rng: np.random.Generator,
) -> Polygon | None:
    """Draw one area in a field, well away from those that are there.

    Args:
        field: Where to draw.
        own: Areas of the same layer, not to be overlapped.
        other: Areas of the other layer, to stay GAP pixels away from.
        rng: Source of chance.

    Returns:
        The area, or None where there is no room.
    """
    fewest = np.clip(field.area / 25, 6, 14)
    most = np.clip(field.area / 9, 9, 26)
    near = [area for area in own if area.distance(field) < GAP]
    far = [area for area in other if area.distance(field) < GAP]
    # Away from the field's edge, where pixels are mixed, unless it is too narrow.
    for margin in (1.0, 0.5, 0.12):
        inner = field.buffer(-margin)
        sketches = [sketch(inner, rng) for _ in range(0 if inner.is_empty else 150)]
        candidates = [
            area
            for area in sketches
            if area is not None
            and fewest <= count_pixels(area) <= most
            and all(area.distance(there) > 1.5 for there in near)
            and all(area.distance(there) > GAP for there in far)
        ]
        if candidates:
            break
    else:
        return None
    # The first area goes towards an end of the field, which leaves room for the rest.
    there = [area for area in near if area.intersects(field)]
    room = [
        min(
            (area.distance(one) for one in there), default=area.distance(field.centroid)
        )
        for area in candidates
    ]
    # Not the very farthest, which would put every area into a corner.
    best = np.argsort(room)[-max(1, len(room) // 5) :]
    return candidates[int(rng.choice(best))]


def sketch(inner: Polygon, rng: np.random.Generator) -> Polygon | None:
    """Return one four- or five-cornered area as a hand might draw it, or None."""
    left, top, right, bottom = inner.bounds
    half = rng.uniform(0.75, 3.3, size=2)
    corners = np.array([(-1, -1), (1, -1), (1, 1), (-1, 1)]) * half
    if rng.random() < 0.35:
        extra = np.array([0, 1.25 * half[1]])
        corners = np.insert(corners, 3, extra, axis=0)
    corners = corners + rng.normal(0, 0.13, corners.shape) * (half + 0.5)
    area = rotate(Polygon(corners), rng.normal(0, 7))
    area = translate(area, rng.uniform(left, right), rng.uniform(top, bottom))
    area = Polygon(np.round(area.exterior.coords[:-1], 2))
    return area if area.is_valid and inner.contains(area) else None


def count_pixels(area: Polygon) -> int:
    """Return the number of pixel centres inside an area."""
    left, top, right, bottom = (int(edge) for edge in area.bounds)
    x, y = np.meshgrid(np.arange(left, right + 1), np.arange(top, bottom + 1))
    return int(shapely.contains_xy(area, x + 0.5, y + 0.5).sum())


def write_areas(layer: str, areas: dict[int, list[Polygon]], transform: Affine) -> None:
    """Write the areas of all classes as a GeoPackage with the field `cover`."""
    matrix = [transform.a, transform.b, transform.d, transform.e]
    matrix += [transform.c, transform.f]
    pairs = [
        (COVERS[k - 1].name, shapely.force_2d(affine_transform(area, matrix)))
        for k, polygons in areas.items()
        for area in polygons
    ]
    path = HERE / f"{layer}.gpkg"
    path.unlink(missing_ok=True)  # else the old file's styles and layout stay
    pyogrio.raw.write(
        path,
        geometry=shapely.to_wkb([area for _, area in pairs]),
        field_data=[np.array([name for name, _ in pairs], dtype=object)],
        fields=["cover"],
        geometry_type="Polygon",
        crs=CRS,
        layer=layer,
        driver="GPKG",
        dataset_options={"VERSION": "1.2"},  # newer ones make GDAL 3.6 warn
        append=False,
    )


if __name__ == "__main__":
    main()
