"""Say what changed between two class maps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingParameterRasterDestination,
    QgsProcessingParameterRasterLayer,
)

from miaf_qgis.algorithms.one_layer import LayerAlgorithm
from miaf_qgis.layers.rasters import raster_path
from miaf_qgis.parameters import (
    inputs,
    label_rasters,
    output_files,
)
from miaf_qgis.parameters import settings as shared
from miaf_qgis.translation import tr

if TYPE_CHECKING:
    from miaf_qgis.engine.answer import Answer
    from miaf_qgis.engine.process import Job
    from miaf_qgis.layers.styling import ClassMapStyle


class Compare(LayerAlgorithm):
    """Compares maps of two dates, or of two models."""

    BEFORE = "BEFORE"
    AFTER = "AFTER"
    MATRIX = "MATRIX"
    REPORT = "REPORT"

    def name(self) -> str:
        return "compare"

    def displayName(self) -> str:
        return tr("Compare two maps")

    def shortDescription(self) -> str:
        return tr("Show what changed from one class map to another, and where")

    def tags(self) -> list[str]:
        return tr(
            "change detection,change matrix,transition,from-to,two dates,difference,"
            "area"
        ).split(",")

    def shortHelpString(self) -> str:
        return tr(
            "Compares two class maps, of two dates or of two models. Writes a map of "
            "the changes ('Corn -> Woods'), the change matrix in pixels and hectares, "
            "and a report of the largest changes. Unchanged areas are pale, and "
            "changes have strong colours.\n\n"
            "Classes are matched by name, or by value if one of the maps has no "
            "names. The maps may have different grids or coordinate reference "
            "systems. Each pixel of the map before is then compared with the nearest "
            "one of the map after, and a warning appears. Pixels without a class in "
            "one of the maps are 0 and are not compared.\n\n"
            "The result shows how the maps differ, not how the land differs: errors "
            "in either map count as changes. Check both maps with 'Assess accuracy'."
        )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        maps = (
            (self.BEFORE, tr("Map before"), tr("Class map of the earlier date.")),
            (
                self.AFTER,
                tr("Map after"),
                tr("Class map of the later date, or of another model."),
            ),
        )
        for name, title, text in maps:
            raster = QgsProcessingParameterRasterLayer(name, title)
            self.addParameter(shared.helped(raster, text))
        self.addParameter(shared.creation_options_parameter())
        destination = QgsProcessingParameterRasterDestination
        self.addParameter(
            shared.helped(
                destination(self.OUTPUT, tr("Change map")),
                tr(
                    "One value for each change: the class before and the class after, "
                    "for example 305 for 3 to 5. If these values would become too "
                    "large, the changes are numbered."
                ),
            )
        )
        self.addParameter(
            output_files.table_parameter(self.MATRIX, tr("Change matrix"))
        )
        self.addParameter(
            output_files.report_parameter(self.REPORT, tr("Change report"))
        )
        for name, title in _numbers().items():
            self.addOutput(QgsProcessingOutputNumber(name, title))

    def check(self, parameters: dict[str, Any], context: QgsProcessingContext) -> None:
        paths = []
        for name in (self.BEFORE, self.AFTER):
            layer = inputs.raster_of(self, parameters, name, context)
            label_rasters.label_raster(self, parameters, name, context)
            paths.append(raster_path(layer))
        # The dialog offers the project's first raster for both.
        if paths[0] == paths[1]:
            raise QgsProcessingException(
                tr(
                    "'Map before' and 'Map after' are the same file. Choose another "
                    "one."
                )
            )

    def job(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> Job:
        from miaf_engine.requests import CompareRequest
        from miaf_qgis.engine.process import Job

        before = self._map(parameters, self.BEFORE, context)
        after = self._map(parameters, self.AFTER, context)
        before_name, after_name = (
            inputs.raster_of(self, parameters, name, context).name()
            for name in (self.BEFORE, self.AFTER)
        )
        request = CompareRequest(
            before=before.path,
            after=after.path,
            before_name=before_name,
            after_name=after_name,
            before_styles=before.styles,
            after_styles=after.styles,
            creation_options=shared.read_creation_options(self, parameters, context),
        )
        return Job("compare", request.as_json())

    def _map(
        self, parameters: dict[str, Any], name: str, context: QgsProcessingContext
    ) -> label_rasters.LabelRaster:
        found = label_rasters.label_raster(self, parameters, name, context)
        if found is None:
            raise QgsProcessingException(self.invalidRasterError(parameters, name))
        return found

    def targets(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        sources: tuple[str, ...],
    ) -> dict[str, str | None]:
        layer = super().targets(parameters, context, sources)
        names = (self.MATRIX, self.REPORT)
        files = output_files.file_targets(self, parameters, names, context, sources)
        return {**layer, **files}

    def results(self, request: dict[str, Any], answer: Answer) -> dict[str, Any]:
        figures = answer.figures
        hectares = figures["changed_area"] if figures["area_unit"] == "ha" else None
        return {
            **{name: request[name.lower()] for name in ("OUTPUT", "MATRIX", "REPORT")},
            "CHANGED_SHARE": figures["changed_share"],
            "CHANGED_PIXELS": figures["changed_pixels"],
            "CHANGED_HECTARES": hectares,
            "COMPARED_PIXELS": figures["compared_pixels"],
        }

    def layer_name(self) -> str:
        return tr("Changes (miaf)")

    def layer_style(self, answer: Answer) -> ClassMapStyle | None:
        from miaf_qgis.layers.styling import ClassMapStyle, class_legend

        legend = class_legend(answer.figures)
        return ClassMapStyle(legend) if legend else None


def _numbers() -> dict[str, str]:
    return {
        "CHANGED_SHARE": tr("Share of the compared area that changed, 0 to 1"),
        "CHANGED_PIXELS": tr("Pixels that changed"),
        "CHANGED_HECTARES": tr("Hectares that changed"),
        "COMPARED_PIXELS": tr("Pixels with a class in both maps"),
    }
