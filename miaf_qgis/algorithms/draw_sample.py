"""Draw a reference sample from a class map."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterNumber,
    QgsProcessingParameterRasterLayer,
    QgsProcessingParameterString,
    QgsProcessingParameterVectorDestination,
)

from miaf_engine.requests.draw_sample import (
    ALLOCATIONS,
    EXPECTED_ACCURACY,
    METHODS,
    DrawSampleRequest,
)
from miaf_qgis.algorithms.one_layer import LayerAlgorithm
from miaf_qgis.layers.rasters import raster_path
from miaf_qgis.parameters import inputs
from miaf_qgis.parameters import settings as shared
from miaf_qgis.parameters.settings import ChoiceParameter, helped, read_choice
from miaf_qgis.translation import tr

if TYPE_CHECKING:
    from miaf_qgis.engine.answer import Answer
    from miaf_qgis.engine.process import Job


class DrawSample(LayerAlgorithm):
    """Draws points at random, whose cover a person then looks up."""

    CLASSIFICATION = "CLASSIFICATION"
    METHOD = "METHOD"
    HALF_WIDTH = "HALF_WIDTH"
    EXPECTED_ACCURACY = "EXPECTED_ACCURACY"
    ALLOCATION = "ALLOCATION"
    MINIMUM = "MINIMUM"
    SHOW_MAP_CLASS = "SHOW_MAP_CLASS"
    COUNT = "POINT_COUNT"

    def name(self) -> str:
        return "drawsample"

    def displayName(self) -> str:
        return tr("Draw a reference sample")

    def shortDescription(self) -> str:
        return tr("Draw random points to estimate the accuracy of a whole map")

    def tags(self) -> list[str]:
        return tr(
            "accuracy,reference,validation,sampling design,random points,stratified,"
            "area estimation,Olofsson"
        ).split(",")

    def shortHelpString(self) -> str:
        return tr(
            "Draws random points from a class map. Once you have entered the true "
            "cover of each point, 'Assess accuracy' estimates accuracies and class "
            "areas of the whole map with their 95 % intervals. The same points can be "
            "used for another map of the same place.\n\n"
            "The number of points follows from the half width of the interval that "
            "you want and from the accuracy that you expect (Cochran; Olofsson et al. "
            "2014, equation 13). A stratified sample draws points in each class of "
            "the map. They are allocated to the classes by area, in equal numbers, or "
            "as a compromise: rare classes get the minimum, and the others share the "
            "rest by area.\n\n"
            "To enter the cover, toggle editing of the layer and open the form of "
            "each point in the order of the numbers. Choose the class from the list, "
            "or 'other' for cover that is not in the map. Judge the cover at the "
            "point itself, in a better image or in the field. The class in the map is "
            "hidden so that it does not influence you. Do not change the other "
            "fields: they record how the points were drawn."
        )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        self.addParameter(
            helped(
                QgsProcessingParameterRasterLayer(self.CLASSIFICATION, tr("Class map")),
                tr(
                    "Raster of class values, as written by the classification "
                    "algorithms."
                ),
            )
        )
        for parameter in _parameters():
            self.addParameter(parameter)
        self.addParameter(
            helped(
                QgsProcessingParameterVectorDestination(
                    self.OUTPUT,
                    tr("Reference sample"),
                    QgsProcessing.SourceType.TypeVectorPoint,
                ),
                tr(
                    "GeoPackage of numbered points with a list of classes to choose "
                    "from."
                ),
            )
        )
        self.addOutput(QgsProcessingOutputNumber(self.COUNT, tr("Number of points")))

    def check(self, parameters: dict[str, Any], context: QgsProcessingContext) -> None:
        self._request(parameters, context)

    def job(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> Job:
        from miaf_qgis.engine.process import Job, temporary_folder

        request = self._request(parameters, context).as_json()
        return Job("drawsample", request, folder=temporary_folder())

    def _request(
        self, parameters: dict[str, Any], context: QgsProcessingContext
    ) -> DrawSampleRequest:
        """Return the request without its target.

        Raises:
            ConfigError: A value is wrong or out of range.
            QgsProcessingException: The map cannot be read, or a text is no number.
        """
        raster = inputs.raster_of(self, parameters, self.CLASSIFICATION, context)
        return DrawSampleRequest(
            classification=raster_path(raster),
            method=read_choice(self, parameters, self.METHOD, context),
            half_width=self.parameterAsDouble(parameters, self.HALF_WIDTH, context),
            expected_accuracy=_numbers(
                self.parameterAsString(parameters, self.EXPECTED_ACCURACY, context)
            ),
            allocation=read_choice(self, parameters, self.ALLOCATION, context),
            minimum=self.parameterAsInt(parameters, self.MINIMUM, context),
            seed=self.parameterAsInt(parameters, shared.SEED, context),
            show_map_class=self.parameterAsBoolean(
                parameters, self.SHOW_MAP_CLASS, context
            ),
        )

    def results(self, request: dict[str, Any], answer: Answer) -> dict[str, Any]:
        return {
            self.OUTPUT: request["output"],
            self.COUNT: int(answer.figures["points"]),
        }

    def layer_name(self) -> str:
        return tr("Reference sample (miaf)")


def _parameters() -> list[QgsProcessingParameterDefinition]:
    """Return the parameters of the design."""
    number = QgsProcessingParameterNumber
    width = number(
        DrawSample.HALF_WIDTH,
        tr("Half width of the 95 % interval of overall accuracy"),
        number.Type.Double,
        0.05,
        False,
        0.001,
        49.9,
    )
    width.setMetadata({"widget_wrapper": {"decimals": 3}})
    expected = QgsProcessingParameterString(
        DrawSample.EXPECTED_ACCURACY,
        tr("Expected accuracy"),
        f"{EXPECTED_ACCURACY:g}",
        False,
        True,
    )
    minimum = number(
        DrawSample.MINIMUM,
        tr("Minimum number of points per class"),
        number.Type.Integer,
        50,
        False,
        0,
    )
    return [
        helped(
            ChoiceParameter(
                DrawSample.METHOD, tr("Sampling method"), list(METHODS), METHODS[0]
            ),
            tr(
                "stratified: random points in each class of the map. simple: random "
                "points over the whole map. systematic: a square grid with a random "
                "start. Its intervals are those of a simple sample. They are rather "
                "too wide, unless the land repeats itself at the distance of the "
                "grid."
            ),
        ),
        helped(
            width,
            tr(
                "As a fraction: 0.05 means 5 percentage points on either side. Values "
                "of 1 or more are percentage points. Half the width needs four times "
                "as many points."
            ),
        ),
        helped(
            expected,
            tr(
                "Expected user's accuracy as a fraction: one value for all classes, "
                "or one per class in the order of the class values, separated by "
                "commas. A lower value gives more points. 0.5 is safe for any map."
            ),
        ),
        helped(
            ChoiceParameter(
                DrawSample.ALLOCATION,
                tr("Allocation of the points"),
                list(ALLOCATIONS),
                ALLOCATIONS[0],
            ),
            tr(
                "For a stratified sample. compromise: the minimum for rare classes, "
                "the rest by area. equal: the same number in each class, best for "
                "user's accuracy. proportional: by area, best for overall accuracy."
            ),
        ),
        helped(
            minimum,
            tr(
                "For a stratified sample. If a class has fewer pixels, all of them "
                "are drawn. Olofsson et al. (2014) recommend 50 to 100."
            ),
        ),
        shared.advanced(
            helped(
                number(shared.SEED, tr("Seed"), number.Type.Integer, 0, False, 0),
                tr("The same seed draws the same points."),
            )
        ),
        shared.advanced(
            helped(
                QgsProcessingParameterBoolean(
                    DrawSample.SHOW_MAP_CLASS, tr("Show the class of the map"), False
                ),
                tr(
                    "Adds a field with the class of the map at each point. People "
                    "tend to agree with what they see, so leave this off if others "
                    "are to trust the accuracy."
                ),
            )
        ),
    ]


def _numbers(text: str) -> list[float] | None:
    """Return the numbers of a text with commas; None where it is empty.

    Raises:
        QgsProcessingException: A part is no number.
    """
    if not text.strip():
        return None
    try:
        return [float(part) for part in text.replace(";", ",").split(",")]
    except ValueError as error:
        raise QgsProcessingException(
            tr(
                "The expected accuracy '{text}' is neither a number nor a list of "
                "numbers. Write for example 0.8, or 0.7,0.9,0.85."
            ).format(text=text)
        ) from error
