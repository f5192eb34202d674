"""Open a scene that is published as MATLAB or NumPy arrays."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingParameterCrs,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterFile,
    QgsProcessingParameterNumber,
    QgsProcessingParameterPoint,
    QgsProcessingParameterRasterDestination,
    QgsProcessingParameterString,
    QgsProcessingParameterVectorDestination,
)

from miaf_engine.requests.base import ARRAY_AXES, PIXEL_ORDERS
from miaf_qgis.algorithms.base import EngineAlgorithm
from miaf_qgis.layers.rasters import checked_target
from miaf_qgis.parameters import output_files
from miaf_qgis.parameters import settings as shared
from miaf_qgis.parameters.settings import ChoiceParameter, read_choice
from miaf_qgis.translation import tr

# In the order of the dialog.
TITLES = {
    "CUBE_FILE": "Array file of the cube",
    "CUBE_VARIABLE": "Array of the cube",
    "LABELS_FILE": "Array file of the labels",
    "LABELS_VARIABLE": "Array of the labels",
    "CLASS_NAMES": "List of class names",
    "WAVELENGTHS": "List of wavelengths",
    "DROPPED_BANDS": "Bands in the list that the cube lacks",
    "AXES": "Order of the axes",
    "ROWS": "Number of rows, if the image is a list of pixels",
    "COLUMNS": "Number of columns, if the image is a list of pixels",
    "ORDER": "Order of the pixels in the list",
    "ABUNDANCE_PERCENT": "Minimum abundance of a class (%)",
    "NODATA": "Nodata value",
    "CRS": "CRS of the origin",
    "ORIGIN": "Origin (upper left corner)",
    "PIXEL_SIZE": "Pixel size",
}
HELP = {
    "CUBE_FILE": "MATLAB file (version 5 or 7.3) or NumPy .npy with the spectra.",
    "CUBE_VARIABLE": "Name of the array in a MATLAB file. If left empty, the only "
    "array with three axes is used.",
    "LABELS_FILE": "MATLAB or NumPy file with the class number of each pixel, 0 where "
    "it is not known. Or with abundances, one layer per class.",
    "LABELS_VARIABLE": "Name of the array in a MATLAB file. If left empty, the only "
    "array that fits the cube is used. With a name but no labels file, the array is "
    "read from the cube's file.",
    "CLASS_NAMES": "Text file with one line per class: value and name, for example "
    "'10 Corn', or names only, in the order of the values.",
    "WAVELENGTHS": "Text or CSV file with one wavelength per line, or with the column "
    "'wavelength' and optionally 'fwhm'. Also an AVIRIS .spc file or an .npy file. "
    "Values in nanometres or micrometres.",
    "DROPPED_BANDS": "Band numbers from 1, for example 104-108,150-163,220. Needed if "
    "the list has all bands of the sensor and noisy ones were removed from the cube.",
    "AXES": "auto: derived from the shape of the labels, otherwise rows,columns,bands.",
    "ROWS": "Needed only for a cube with two axes, pixels and bands. Otherwise 0.",
    "COLUMNS": "As for the rows.",
    "ORDER": "F: column by column, as in MATLAB. C: row by row.",
    "ABUNDANCE_PERCENT": "If the labels are abundances: pixels with at least this "
    "abundance belong to the class.",
    "NODATA": "Value of pixels without data.",
    "CRS": "Used only with an origin. If left empty, the rasters have no CRS.",
    "ORIGIN": "x,y of the upper left corner of the image. If left empty, the rasters "
    "have no georeference.",
    "PIXEL_SIZE": "One number, or width,height, in units of the CRS.",
}


if TYPE_CHECKING:
    from miaf_qgis.engine.answer import Answer
    from miaf_qgis.engine.process import Job

FILES = ("CUBE_FILE", "LABELS_FILE", "WAVELENGTHS", "CLASS_NAMES")
TEXTS = ("CUBE_VARIABLE", "LABELS_VARIABLE", "DROPPED_BANDS", "PIXEL_SIZE")
NUMBERS = ("ROWS", "COLUMNS", "ABUNDANCE_PERCENT")
# Outputs and the request's fields for them.
TARGETS = {"OUTPUT": "output", "LABELS": "labels_output", "ROIS": "rois_output"}


class ImportBenchmark(EngineAlgorithm):
    """Makes rasters and areas of arrays that know neither bands nor place."""

    def __init__(self) -> None:
        super().__init__()
        self._named: dict[str, str] = {}

    def name(self) -> str:
        return "importbenchmark"

    def displayName(self) -> str:
        return tr("Import a benchmark scene")

    def shortDescription(self) -> str:
        return tr("Convert a scene from MATLAB or NumPy files to rasters and areas")

    def tags(self) -> list[str]:
        return tr(
            "benchmark,mat,MATLAB,npy,NumPy,Indian Pines,Salinas,Pavia,Jasper Ridge,"
            "ground truth,import"
        ).split(",")

    def shortHelpString(self) -> str:
        return tr(
            "Scenes from the literature, such as Indian Pines, Salinas or Pavia "
            "University, are published as arrays in .mat or .npy files. This "
            "algorithm converts them to a hyperspectral cube that QGIS can open, a "
            "label raster, and areas with the text field 'class', one for each "
            "connected region of labels.\n\n"
            "Then run 'Classify from training areas' with the cube, the areas and the "
            "class field 'class'. Whole regions are held out to measure accuracy. A "
            "class with one region is divided, which makes its accuracy too high.\n\n"
            "Arrays have no location. Without an origin the rasters have no "
            "georeference, and QGIS draws them from 0,0 downwards in pixels. The "
            "areas match them."
        )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        folded = {*TEXTS, *NUMBERS, "AXES", "ORDER", "NODATA", "CRS", "ORIGIN"}
        folded.discard("DROPPED_BANDS")
        for name, title in TITLES.items():
            parameter = shared.helped(_parameter(name, tr(title)), tr(HELP[name]))
            rare = name in folded
            self.addParameter(shared.advanced(parameter) if rare else parameter)
        self.addParameter(shared.creation_options_parameter())
        raster = QgsProcessingParameterRasterDestination
        self.addParameter(raster("OUTPUT", tr("Cube")))
        self.addParameter(raster("LABELS", tr("Label raster"), None, True, True))
        self.addParameter(
            QgsProcessingParameterVectorDestination(
                "ROIS",
                tr("Areas of the labels"),
                QgsProcessing.SourceType.TypeVectorPolygon,
                None,
                True,
                True,
            )
        )

    def check(self, parameters: dict[str, Any], context: QgsProcessingContext) -> None:
        for name in FILES:
            path = self._file(parameters, name, context)
            if path and not Path(path).is_file():
                raise QgsProcessingException(
                    tr("There is no file '{path}'. Check '{title}'.").format(
                        path=path, title=TITLES[name]
                    )
                )

    def job(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> Job:
        from miaf_engine.requests.import_benchmark import ImportRequest
        from miaf_qgis.engine.process import Job

        files = {name: self._file(parameters, name, context) for name in FILES}
        texts: dict[str, Any] = {
            name.lower(): self.parameterAsString(parameters, name, context).strip()
            or None
            for name in TEXTS
        }
        numbers = {
            name.lower(): self.parameterAsInt(parameters, name, context)
            for name in NUMBERS
        }
        place = self._place(parameters, texts.pop("pixel_size"), context)
        nodata = None
        if parameters.get("NODATA") not in (None, ""):
            nodata = self.parameterAsDouble(parameters, "NODATA", context)
        request = ImportRequest(
            cube=files["CUBE_FILE"] or "",
            labels=files["LABELS_FILE"],
            wavelengths=files["WAVELENGTHS"],
            class_names=files["CLASS_NAMES"],
            axes=read_choice(self, parameters, "AXES", context),
            order=read_choice(self, parameters, "ORDER", context),
            nodata=nodata,
            creation_options=shared.read_creation_options(self, parameters, context),
            **texts,
            **numbers,
            **place,
        )
        return Job("import", request.as_json())

    def _file(
        self, parameters: dict[str, Any], name: str, context: QgsProcessingContext
    ) -> str | None:
        path = self.parameterAsFile(parameters, name, context)
        return str(Path(path).absolute()) if path else None

    def _place(
        self,
        parameters: dict[str, Any],
        pixel_size: str | None,
        context: QgsProcessingContext,
    ) -> dict[str, Any]:
        """Return the request's fields that say where the image lies."""
        crs = self.parameterAsCrs(parameters, "CRS", context)
        origin = None
        if parameters.get("ORIGIN") not in (None, ""):
            point = self.parameterAsPoint(parameters, "ORIGIN", context, crs)
            origin = [point.x(), point.y()]
        try:
            sizes = (
                [float(part) for part in pixel_size.split(",")] if pixel_size else []
            )
        except ValueError as error:
            raise QgsProcessingException(
                tr(
                    "The pixel size '{text}' is neither one number nor two. Write for "
                    "example 30, or 30,20."
                ).format(text=pixel_size)
            ) from error
        return {
            "crs": crs.authid() or crs.toWkt() or None,
            "origin": origin,
            "pixel_size": sizes or None,
        }

    def targets(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        sources: tuple[str, ...],
    ) -> dict[str, str | None]:
        request = self.work.request
        known = request["labels"] or request["labels_variable"]
        lists = [p for p in (request["wavelengths"], request["class_names"]) if p]
        # What is asked for here is loaded at the end; without labels it is not there.
        self._named = {
            name: output_files.layer_target(self, parameters, name, context)
            for name in TARGETS
            if known or name == "OUTPUT"
        }
        return {
            field: checked_target(self._named.get(name, ""), (*sources, *lists))
            for name, field in TARGETS.items()
        }

    def results(self, request: dict[str, Any], answer: Answer) -> dict[str, Any]:
        return {name: request[field] for name, field in TARGETS.items()}

    def style(self, context: QgsProcessingContext, answer: Answer) -> None:
        from miaf_qgis.layers import styling

        legend = styling.class_legend(answer.figures)
        scene = Path(self.work.request["cube"]).stem
        label_style = styling.ClassMapStyle(legend) if legend else None
        styles = {
            "OUTPUT": (scene, None),
            "LABELS": (tr("{scene}, labels"), label_style),
            "ROIS": (tr("{scene}, areas"), styling.StoredStyle()),
        }
        for name, path in self._named.items():
            title, style = styles[name]
            styling.style_on_load(
                context,
                path,
                style,
                name=title.format(scene=scene),
                instead_of=(self.parameterDefinition(name).description(), name),
            )


def _parameter(name: str, title: str) -> QgsProcessingParameterDefinition:
    if name in FILES:
        kind = QgsProcessingParameterFile.Behavior.File
        filters = ""
        if name.endswith("_FILE"):
            filters = tr("Arrays") + " (*.mat *.npy)"
        return QgsProcessingParameterFile(
            name, title, kind, "", None, name != "CUBE_FILE", filters
        )
    if name in ("AXES", "ORDER"):
        choices = list(ARRAY_AXES if name == "AXES" else PIXEL_ORDERS)
        return ChoiceParameter(name, title, choices, choices[0])
    if name == "CRS":
        return QgsProcessingParameterCrs(name, title, None, True)
    if name == "ORIGIN":
        return QgsProcessingParameterPoint(name, title, None, True)
    if name in TEXTS:
        return QgsProcessingParameterString(name, title, "", False, True)
    number = QgsProcessingParameterNumber
    if name == "NODATA":
        return number(name, title, number.Type.Double, None, True)
    least, default, most = (51, 80, 100) if "PERCENT" in name else (0, 0, 2**31 - 1)
    return number(name, title, number.Type.Integer, default, False, least, most)
