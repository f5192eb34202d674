"""Stores the look of the demo scene where QGIS finds it; see README.md.

Run under QGIS's Python after `make_demo_scene.py`, as README.md says. The areas get a
categorised style inside their GeoPackage, the cube a false-colour style in a `.qml`
file beside it.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from osgeo import gdal
from qgis.core import (
    QgsApplication,
    QgsCategorizedSymbolRenderer,
    QgsContrastEnhancement,
    QgsFillSymbol,
    QgsMultiBandColorRenderer,
    QgsRasterLayer,
    QgsRasterMinMaxOrigin,
    QgsRendererCategory,
    QgsVectorLayer,
)

HERE = Path(__file__).resolve().parent
OUTLINES = {"rois": "#000000", "validation": "#ffffff"}
FALSE_COLOUR_NM = (860, 650, 550)  # near infrared, red, green
STAMP = "2015-09-30T00:00:00.000Z"


def main() -> None:
    """Style the two layers of areas and the cube."""
    QgsApplication.setPrefixPath("/usr", True)
    application = QgsApplication([], False)
    application.initQgis()
    classes = read_classes()
    for name, outline in OUTLINES.items():
        style_areas(name, outline, classes)
    style_cube()
    application.exitQgis()
    for name in OUTLINES:
        settle(HERE / f"{name}.gpkg")


def read_classes() -> dict[str, str]:
    """Return the colour of each class by name, from the ground truth."""
    dataset = gdal.Open(str(HERE / "ground_truth.tif"))
    band = dataset.GetRasterBand(1)
    table = band.GetColorTable()
    return {
        name: "#{:02x}{:02x}{:02x}".format(*table.GetColorEntry(value)[:3])
        for value, name in enumerate(band.GetCategoryNames())
        if value > 0
    }


def style_areas(name: str, outline: str, classes: dict[str, str]) -> None:
    """Store a categorised default style in a GeoPackage."""
    path = HERE / f"{name}.gpkg"
    layer = QgsVectorLayer(f"{path}|layername={name}", name, "ogr")
    categories = [
        QgsRendererCategory(
            cover,
            QgsFillSymbol.createSimple(
                {"color": colour, "outline_color": outline, "outline_width": "0.4"}
            ),
            cover,
        )
        for cover, colour in classes.items()
    ]
    layer.setRenderer(QgsCategorizedSymbolRenderer("cover", categories))
    layer.saveStyleToDatabase(name, "Cover classes", True, "")


def settle(path: Path) -> None:
    """Make a GeoPackage readable in a read-only folder, and the same each time.

    QGIS leaves the journal in a mode that wants files beside the GeoPackage, and stores
    the time of the run.
    """
    with sqlite3.connect(path) as database:
        database.execute("UPDATE layer_styles SET update_time = ?", [STAMP])
        database.execute("UPDATE gpkg_contents SET last_change = ?", [STAMP])
    database.execute("PRAGMA journal_mode = DELETE")
    database.execute("VACUUM")
    database.close()


def style_cube() -> None:
    """Store a false-colour style beside the cube, stretched from 2 to 98 %."""
    path = HERE / "indian_pines.tif"
    gdal.SetConfigOption("GDAL_PAM_ENABLED", "NO")  # no file of statistics beside it
    dataset = gdal.Open(str(path))
    wavelengths = [
        float(dataset.GetRasterBand(index).GetMetadataItem("wavelength"))
        for index in range(1, dataset.RasterCount + 1)
    ]
    bands = [
        1 + min(range(len(wavelengths)), key=lambda i: abs(wavelengths[i] - wanted))
        for wanted in FALSE_COLOUR_NM
    ]
    layer = QgsRasterLayer(str(path), "indian_pines")
    layer.setRenderer(QgsMultiBandColorRenderer(layer.dataProvider(), *bands))
    layer.setContrastEnhancement(
        QgsContrastEnhancement.ContrastEnhancementAlgorithm.StretchToMinimumMaximum,
        QgsRasterMinMaxOrigin.Limits.CumulativeCut,
    )
    layer.saveNamedStyle(str(path.with_suffix(".qml")))


if __name__ == "__main__":
    main()
