"""What a caller may ask of the import of a benchmark scene."""

from __future__ import annotations

from dataclasses import dataclass

from miaf_engine.requests.base import Request


@dataclass(frozen=True)
class ImportRequest(Request):
    """Turn the arrays of a benchmark scene into rasters and areas.

    Attributes:
        cube: Array file of the cube, .mat or .npy.
        cube_variable: Its array; None takes the only one that can be a cube.
        labels: Array file of the labels, 0 = unlabelled, or of abundances.
        labels_variable: Its array; None takes the only one that fits the cube.
        axes: Order of the cube's axes, one of `ARRAY_AXES`.
        rows: Rows of the image, where the pixels stand in one row; 0 where not.
        columns: Columns of the image, as `rows`.
        order: How such pixels were taken from the image, one of `PIXEL_ORDERS`.
        wavelengths: List of the bands' wavelengths: text, CSV, .spc or .npy.
        dropped_bands: Bands of that list that the cube lacks, as "104-108,220".
        class_names: File of class names, or the names with commas.
        abundance_percent: Least abundance that makes a pixel one of a class.
        nodata: Value that stands for no data.
        crs: CRS of `origin`, as EPSG:32616.
        origin: x and y of the image's upper left corner.
        pixel_size: Width and height of a pixel, or one number for both.
        output: Cube to write.
        labels_output: Label raster to write.
        rois_output: GeoPackage of the labels' regions to write.
        creation_options: GDAL creation options for the rasters, `NAME=VALUE`.
    """

    cube: str
    cube_variable: str | None = None
    labels: str | None = None
    labels_variable: str | None = None
    axes: str = "auto"
    rows: int = 0
    columns: int = 0
    order: str = "F"
    wavelengths: str | None = None
    dropped_bands: str | None = None
    class_names: str | None = None
    abundance_percent: int = 80
    nodata: float | None = None
    crs: str | None = None
    origin: list[float] | None = None
    pixel_size: list[float] | None = None
    output: str | None = None
    labels_output: str | None = None
    rois_output: str | None = None
    creation_options: list[str] | None = None
