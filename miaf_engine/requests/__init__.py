"""What a caller may ask of the engine, as plain checked values.

A request comes from the command line, from a JSON file written by the plugin, or
from a script. Paths are strings; nothing is opened here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from miaf_engine.requests.base import Request
from miaf_engine.requests.classify import ClassifyManyRequest
from miaf_engine.requests.classify_scenes_request import ClassifyScenesRequest
from miaf_engine.requests.compare import CompareRequest
from miaf_engine.requests.inspect import InspectRequest
from miaf_engine.requests.request_choices import (
    ARRAY_AXES,
    INSPECT_SETTINGS,
    NORMALISE_BY,
    PIXEL_ORDERS,
    SETTINGS_CLASSES,
    SUPERPIXEL_SETTINGS,
)
from miaf_engine.requests.suggest_areas import SuggestAreasRequest, is_of_suggestions
from miaf_engine.requests.superpixels import SuperpixelsRequest
from miaf_engine.requests.train import TrainRequest, check_normalise_by

__all__ = [
    "ARRAY_AXES",
    "INSPECT_SETTINGS",
    "NORMALISE_BY",
    "PIXEL_ORDERS",
    "SETTINGS_CLASSES",
    "SUPERPIXEL_SETTINGS",
    "TASKS",
    "AssessRequest",
    "ClassifyManyRequest",
    "ClassifyRequest",
    "ClassifyScenesRequest",
    "CompareRequest",
    "DiagnosticsRequest",
    "ImportRequest",
    "InspectRequest",
    "Request",
    "SuggestAreasRequest",
    "SuperpixelsRequest",
    "TrainRequest",
    "is_of_suggestions",
]


@dataclass(frozen=True)
class ClassifyRequest(Request):
    """Classify a cube with a trained model.

    Attributes:
        cube: Hyperspectral raster.
        model: Model file.
        output: Class map to write.
        confidence: Confidence raster to write.
        probabilities: Class probability raster to write.
        entropy: Raster to write of how evenly the classes share the probability.
        margin: Raster to write of the best class's lead over the next.
        extent: Part to classify as xmin, ymin, xmax, ymax in the cube's CRS.
        mask: Raster on the cube's pixels (0 or nodata = leave out) or vector file of
            polygons (what lies inside is kept); None keeps all.
        mask_layer: Layer in `mask`, where it is a vector file with several.
        interpolate_bands: Whether bands may be interpolated to the model's.
        normalise_by: One of `NORMALISE_BY`.
        memory_mb: Memory budget in MiB; 0 lets the engine choose.
        device: auto, cpu, cuda, cuda:N or mps.
        creation_options: GDAL creation options for the rasters, `NAME=VALUE`.
    """

    cube: str
    model: str
    output: str | None = None
    confidence: str | None = None
    probabilities: str | None = None
    entropy: str | None = None
    margin: str | None = None
    extent: list[float] | None = None
    mask: str | None = None
    mask_layer: str | None = None
    interpolate_bands: bool = False
    normalise_by: str = "model"
    memory_mb: int = 0
    device: str = "auto"
    creation_options: list[str] | None = None

    def __post_init__(self) -> None:
        """Raise ConfigError for an entry of a wrong type or none of the choices."""
        super().__post_init__()
        check_normalise_by(self.normalise_by)


@dataclass(frozen=True)
class AssessRequest(Request):
    """Score a class map against a reference.

    Attributes:
        classification: Class map.
        reference: Vector file of reference areas; or `reference_labels` instead.
        reference_layer: Layer in `reference`.
        class_field: Field of `reference` that names the class.
        reference_labels: Raster on the map's grid, 0 = no reference.
        class_styles: Names by field value: {"key", "name", "colour"}.
        exclude_rois: Areas whose pixels are left out, as the training areas.
        exclude_rois_layer: Layer in `exclude_rois`.
        model: Model that made the map, to warn of reference areas that it learnt.
        compare_with: Another class map on the same grid, to compare with the first.
        probability_sample: Whether the reference was drawn by chance in each map class
            or over the whole map, so that accuracies and areas can be adjusted.
        report: HTML report to write.
        matrix: CSV of the confusion matrix to write.
    """

    classification: str
    reference: str | None = None
    reference_layer: str | None = None
    class_field: str | None = None
    reference_labels: str | None = None
    class_styles: list[dict[str, Any]] | None = None
    exclude_rois: str | None = None
    exclude_rois_layer: str | None = None
    model: str | None = None
    compare_with: str | None = None
    probability_sample: bool = False
    report: str | None = None
    matrix: str | None = None


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


@dataclass(frozen=True)
class DiagnosticsRequest(Request):
    """List the engine's packages, devices and free memory."""


TASKS: dict[str, type[Request]] = {
    "train": TrainRequest,
    "classify": ClassifyRequest,
    "classifyscenes": ClassifyScenesRequest,
    "classify-many": ClassifyManyRequest,
    "assess": AssessRequest,
    "import": ImportRequest,
    "inspect": InspectRequest,
    "superpixels": SuperpixelsRequest,
    "suggestareas": SuggestAreasRequest,
    "compare": CompareRequest,
    "diagnostics": DiagnosticsRequest,
}
