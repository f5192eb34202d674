"""Give polygons made from a class map the names and colours of its classes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsFeature,
    QgsFeatureRequest,
    QgsFeatureSink,
    QgsFields,
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeatureSource,
    QgsProcessingFeedback,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterField,
    QgsProcessingParameterRasterLayer,
    QgsProcessingUtils,
)

from miaf_qgis.algorithms.base import MiafAlgorithm
from miaf_qgis.layers.layer_files import file_of, layer_files, with_sources
from miaf_qgis.parameters import inputs
from miaf_qgis.parameters.output_files import check_sink
from miaf_qgis.parameters.settings import helped
from miaf_qgis.translation import tr

if TYPE_CHECKING:
    from miaf_qgis.layers.class_styles import Key

NAME, COLOUR = "class", "colour"


class NameClasses(MiafAlgorithm):
    """What polygonising a class map leaves out: its legend."""

    INPUT = "INPUT"
    VALUE_FIELD = "VALUE_FIELD"
    CLASSIFICATION = "CLASSIFICATION"
    OUTPUT = "OUTPUT"

    def __init__(self) -> None:
        super().__init__()
        self._legend: dict[Key, dict[str, Any]] = {}
        self._destination = ""
        self._name_field = NAME

    def name(self) -> str:
        return "nameclasses"

    def displayName(self) -> str:
        return tr("Add class names to polygons")

    def shortDescription(self) -> str:
        return tr("Add the names and colours of a class map's legend to its polygons")

    def tags(self) -> list[str]:
        return tr("polygonise,vectorise,legend,classification,land cover").split(",")

    def shortHelpString(self) -> str:
        return tr(
            "Adds the fields 'class' and 'colour' to polygons made from a class map, "
            "for example with 'Polygonise'. They hold the name and colour of the "
            "polygon's value in the legend of the map. Polygons whose value is not in "
            "the legend get empty fields. The layer is shown in the colours of the "
            "map."
        )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        polygons = QgsProcessing.SourceType.TypeVectorPolygon
        self.addParameter(
            helped(
                QgsProcessingParameterFeatureSource(
                    self.INPUT, tr("Polygons of a class map"), [polygons]
                ),
                tr("Polygons with a field of class values."),
            )
        )
        self.addParameter(
            helped(
                QgsProcessingParameterField(
                    self.VALUE_FIELD,
                    tr("Field of class values"),
                    "DN",
                    self.INPUT,
                    QgsProcessingParameterField.DataType.Numeric,
                ),
                tr("GDAL's 'Polygonise' calls it DN."),
            )
        )
        self.addParameter(
            helped(
                QgsProcessingParameterRasterLayer(self.CLASSIFICATION, tr("Class map")),
                tr("Map from which the polygons were made. Its legend is used."),
            )
        )
        self.addParameter(
            QgsProcessingParameterFeatureSink(
                self.OUTPUT, tr("Polygons with class names"), polygons
            )
        )

    def check(self, parameters: dict[str, Any], context: QgsProcessingContext) -> None:
        self._read_legend(parameters, context)
        classes = inputs.raster_of(self, parameters, self.CLASSIFICATION, context)
        polygons = layer_files(self, parameters, context)
        sources = (*with_sources(str(file_of(classes))), *polygons)
        check_sink(parameters, self.OUTPUT, context, sources)

    def prepareAlgorithm(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> bool:
        self.check(parameters, context)  # A script may not have had it checked.
        self._legend = {
            style["key"]: style for style in self._read_legend(parameters, context)
        }
        return True

    def _read_legend(
        self, parameters: dict[str, Any], context: QgsProcessingContext
    ) -> list[dict[str, Any]]:
        from miaf_qgis.layers.class_styles import raster_class_styles

        layer = inputs.raster_of(self, parameters, self.CLASSIFICATION, context)
        styles = raster_class_styles(layer)
        if styles is None:
            raise QgsProcessingException(
                tr(
                    "Raster '{name}' has no legend of classes. Choose a class map, "
                    "for example from 'Classify with a model'."
                ).format(name=layer.name())
            )
        return styles

    def processAlgorithm(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> dict[str, Any]:
        from miaf_qgis.layers.area_checks import check_field
        from miaf_qgis.layers.areas import text_field

        source = inputs.source_of(self, parameters, self.INPUT, context)
        if source is None:
            raise QgsProcessingException(
                self.invalidSourceError(parameters, self.INPUT)
            )
        field = self.parameterAsString(parameters, self.VALUE_FIELD, context)
        value_at = check_field(source, field)
        added = QgsFields()
        added.append(text_field(NAME))
        added.append(text_field(COLOUR))
        fields = QgsProcessingUtils.combineFields(source.fields(), added)
        self._name_field = fields.at(fields.count() - 2).name()
        sink, self._destination = self.parameterAsSink(
            parameters,
            self.OUTPUT,
            context,
            fields,
            source.wkbType(),
            source.sourceCrs(),
            # Parts of one polygon all have its `fid`, and a GeoPackage takes it once.
            QgsFeatureSink.SinkFlag.RegeneratePrimaryKey,
        )
        if sink is None:
            raise QgsProcessingException(self.invalidSinkError(parameters, self.OUTPUT))
        step = 100 / max(source.featureCount(), 1)
        # 'Polygonise' makes invalid polygons, which are only copied here.
        flag = QgsProcessingFeatureSource.Flag.FlagSkipGeometryValidityChecks
        for number, found in enumerate(source.getFeatures(QgsFeatureRequest(), flag)):
            if feedback.isCanceled():
                break
            feature = self._named(found, found.attribute(value_at), fields)
            if not sink.addFeature(feature, QgsFeatureSink.Flag.FastInsert):
                raise self._not_written(source, found, sink)
            feedback.setProgress(number * step)
        return {self.OUTPUT: self._destination}

    def _not_written(
        self,
        source: QgsProcessingFeatureSource,
        feature: QgsFeature,
        sink: QgsFeatureSink,
    ) -> QgsProcessingException:
        return QgsProcessingException(
            tr(
                "Feature {number} of layer '{name}' cannot be written to '{path}' "
                "({reason}). Choose another output, for example a new GeoPackage."
            ).format(
                number=feature.id(),
                name=source.sourceName(),
                path=self._destination,
                reason=sink.lastError().rstrip("."),
            )
        )

    def _named(self, found: QgsFeature, value: Any, fields: QgsFields) -> QgsFeature:
        from miaf_qgis.layers.class_styles import class_key

        style = self._legend.get(class_key(value, numeric=True), {})
        feature = QgsFeature(fields)
        feature.setGeometry(found.geometry())
        feature.setAttributes(
            [*found.attributes(), style.get("name"), style.get("colour")]
        )
        return feature

    def postProcessAlgorithm(
        self, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        from miaf_qgis.layers.styling import ClassPolygonStyle, style_on_load

        style_on_load(
            context,
            self._destination,
            ClassPolygonStyle(list(self._legend.values()), self._name_field),
            name=self.parameterDefinition(self.OUTPUT).description(),
            instead_of=(self.OUTPUT,),
        )
        return {}
