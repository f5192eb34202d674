"""From the demo scene to a map and a figure, with the engine alone, without QGIS.

    pip install .
    python docs/example.py --folder build/example

Draws areas of four covers on the demo scene, trains a network, maps the scene, compares
the map with the ground truth, and draws `example.png`. Takes a few minutes on a CPU.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import matplotlib as mpl
import numpy as np
import pyogrio
import rasterio
import shapely
from rasterio.features import geometry_mask
from rasterio.transform import xy

from miaf_engine.cubes.reader import open_cube
from miaf_engine.io.class_maps import read_class_map
from miaf_engine.requests import TrainRequest
from miaf_engine.tasks import carry_out

mpl.use("Agg")
from matplotlib import pyplot as plt

SCENE = Path(__file__).resolve().parents[1] / "resources" / "demo"
CUBE = SCENE / "indian_pines.tif"
# Rectangles of known cover: first and last row, first and last column.
AREAS = {
    "crops": [
        *((60, 70, 50, 62), (95, 106, 30, 42), (35, 45, 75, 86), (127, 133, 20, 30)),
        *((76, 86, 75, 86), (33, 42, 40, 55), (61, 69, 5, 17), (5, 15, 99, 112)),
    ],
    "grass": [
        *((76, 85, 3, 13), (118, 125, 49, 54), (50, 64, 27, 34)),
        *((100, 110, 75, 81), (101, 110, 60, 68)),
    ],
    "hay": [(36, 44, 123, 131), (50, 57, 124, 132), (40, 48, 134, 138)],
    "woods": [
        *((120, 130, 86, 98), (126, 136, 108, 120), (30, 37, 98, 108)),
        (12, 20, 121, 128),
    ],
}
# What classes of the ground truth are called here, by their first word; the others are
# none of the four covers, and are not scored.
COVERS = {"Corn": "crops", "Soybean": "crops", "Grass": "grass", "Hay": "hay"}
COVERS |= {"Woods": "woods"}
COLOURS = {"crops": "#e0c060", "grass": "#7fc97f", "hay": "#b58fd0", "woods": "#1b5e3a"}
INFRARED_NM = (860, 650, 550)  # near infrared, red, green


def draw_areas(path: Path) -> list[shapely.Polygon]:
    """Write the areas as polygons with a field `cover`, and return them."""
    with rasterio.open(CUBE) as cube:
        transform, crs = cube.transform, cube.crs
    shapes, covers = [], []
    for cover, rectangles in AREAS.items():
        for top, bottom, left, right in rectangles:
            rows, columns = (top, bottom, bottom, top), (left, left, right, right)
            x, y = xy(transform, rows, columns, offset="ul")
            shapes.append(shapely.Polygon(zip(x, y, strict=True)))
            covers.append(cover)
    pyogrio.raw.write(
        str(path),
        geometry=shapely.to_wkb(shapes),
        field_data=[np.array(covers)],
        fields=["cover"],
        geometry_type="Polygon",
        crs=crs.to_string(),
        driver="GPKG",
    )
    return shapes


def agreement(output: Path, areas: list[shapely.Polygon]) -> float:
    """Return the share of known pixels outside the areas that the map has right."""
    found, _, classes = read_class_map(output)
    truth, _, true_classes = read_class_map(SCENE / "ground_truth.tif")
    with rasterio.open(output) as file:
        outside = geometry_mask(areas, file.shape, file.transform)
    value_of = {entry.name: entry.value for entry in classes}
    known, right = np.zeros(truth.shape, bool), np.zeros(truth.shape, bool)
    for entry in true_classes:
        cover = COVERS.get(entry.name.split("-")[0])
        if cover is not None:
            here = (truth == entry.value) & outside
            known |= here
            right |= here & (found == value_of[cover])
    return float(right[known].mean())


def infrared() -> np.ndarray:
    """Return the cube as a picture (rows, columns, 3) from 0 to 1."""
    with open_cube(CUBE) as cube:
        centres = np.array(cube.bands.wavelengths_nm)
        bands = [int(np.abs(centres - wanted).argmin()) for wanted in INFRARED_NM]
        image = cube.read(bands=bands).values.transpose(1, 2, 0)
    low, high = np.percentile(image, (2, 98), axis=(0, 1))
    return np.clip((image - low) / (high - low), 0, 1)


def draw(output: Path, path: Path) -> None:
    """Draw the cube with the areas beside the map."""
    found, _, classes = read_class_map(output)
    colours = np.ones((len(classes) + 1, 3))
    for entry in classes:
        colours[entry.value] = mpl.colors.to_rgb(COLOURS[entry.name])
    figure, (left, right) = plt.subplots(1, 2, figsize=(10, 5.8), layout="constrained")
    left.imshow(infrared(), interpolation="nearest")
    right.imshow(colours[found], interpolation="nearest")
    for cover, rectangles in AREAS.items():
        for top, bottom, first, last in rectangles:
            box = (first - 0.5, top - 0.5), last - first, bottom - top
            left.add_patch(plt.Rectangle(*box, fill=False, edgecolor="white"))
            middle = (first + last) / 2, (top + bottom) / 2
            left.text(*middle, cover, color="white", ha="center", va="center", size=8)
        right.plot([], [], "s", color=COLOURS[cover], label=cover)
    left.set_title("Infrared colours and training areas")
    right.set_title("Land cover")
    figure.legend(loc="outside lower center", ncols=len(AREAS), frameon=False)
    for axis in (left, right):
        axis.set_axis_off()
    figure.savefig(path, dpi=100)


def main() -> None:
    """Run the example."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--folder", type=Path, default=Path("example"))
    parser.add_argument("--epochs", type=int, default=150)
    options = parser.parse_args()
    folder = options.folder
    folder.mkdir(parents=True, exist_ok=True)
    output = folder / "map.tif"

    areas = draw_areas(folder / "areas.gpkg")
    request = TrainRequest(
        cube=str(CUBE),
        rois=str(folder / "areas.gpkg"),
        class_field="cover",
        output=str(output),
        model=str(folder / "model.miaf.safetensors"),
        report=str(folder / "report.html"),
        settings={"epochs": options.epochs},
    )
    figures = carry_out(request)["figures"]
    low, high = figures["map_accuracy_interval"]

    print(f"Expected accuracy of the map: {figures['map_accuracy']:.0%}", end=" ")
    print(f"(95 % interval {low:.0%} to {high:.0%})")
    print(f"Known pixels that are right: {agreement(output, areas):.0%}")
    draw(output, folder / "example.png")
    print(f"Figure: {folder / 'example.png'}")


if __name__ == "__main__":
    main()
