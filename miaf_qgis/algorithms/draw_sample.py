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
        return tr("Draw points at random, to learn how accurate a whole map is")

    def tags(self) -> list[str]:
        return tr(
            "accuracy,reference,validation,sampling design,random points,stratified,"
            "area estimation,Olofsson"
        ).split(",")

    def shortHelpString(self) -> str:
        return tr(
            "Draws points at random from a class map. Once a person has looked up the "
            "cover of each point, 'Assess accuracy' knows how the points were drawn "
            "and gives accuracies and class areas of the whole map with their 95 % "
            "intervals, also of another map of the same place.\n\n"
            "How many points there are follows from the half width of the interval "
            "that you want (Cochran; Olofsson et al. 2014, equation 13) and from how "
            "accurate you expect the map to be. A stratified sample draws in each "
            "class of the map. Its points are shared out by the classes' area, in "
            "equal numbers, or as a compromise: rare classes get the minimum, and the "
            "others share the rest by area.\n\n"
            "To fill in the sample: toggle editing of the layer, open the form of each "
            "point in the order of its numbers, and choose its class from the list; "
            "'other' is for cover that the map does not know. Go by what is at the "
            "point itself, in a better picture or in the field. What the map says "
            "there is hidden, so that it sways nobody. Leave the other fields as they "
            "are: they tell how the points were drawn."
        )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        self.addParameter(
            helped(
                QgsProcessingParameterRasterLayer(self.CLASSIFICATION, tr("Class map")),
                tr("Raster of class values, as the classify algorithms write."),
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
                tr("GeoPackage of numbered points with a list of classes to choose."),
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
        tr("Half width of the interval of the overall accuracy"),
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
        tr("Fewest points of a class"),
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
                "stratified: at random in each class of the map. simple: at random "
                "over the whole map. systematic: a square lattice with a random start; "
                "its intervals take it for a simple sample, which is cautious "
                "unless the land repeats itself at the lattice's distance."
            ),
        ),
        helped(
            width,
            tr(
                "Of the 95 % interval, as a fraction: 0.05 for 5 percentage points to "
                "either side; numbers from 1 on are percentage points. Half the width "
                "takes four times the points."
            ),
        ),
        helped(
            expected,
            tr(
                "User's accuracy that you expect, as a fraction: one for all classes, "
                "or one for each in the order of their values, with commas. A lower "
                "one gives more points; 0.5 is safe for any map."
            ),
        ),
        helped(
            ChoiceParameter(
                DrawSample.ALLOCATION,
                tr("Points by class"),
                list(ALLOCATIONS),
                ALLOCATIONS[0],
            ),
            tr(
                "Of a stratified sample. compromise: the minimum for rare classes, the "
                "rest by area. equal: as many in each class, for its user's accuracy. "
                "proportional: by area, for the overall accuracy."
            ),
        ),
        helped(
            minimum,
            tr(
                "Of a stratified sample; a class with fewer pixels gives all of them. "
                "Olofsson et al. (2014) advise 50 to 100."
            ),
        ),
        shared.advanced(
            helped(
                number(shared.SEED, tr("Seed"), number.Type.Integer, 0, False, 0),
                tr("The same seed draws the same points; another one, others."),
            )
        ),
        shared.advanced(
            helped(
                QgsProcessingParameterBoolean(
                    DrawSample.SHOW_MAP_CLASS, tr("Show the class of the map"), False
                ),
                tr(
                    "Adds a field with the class of the map at each point. Who sees it "
                    "tends to agree with it, so leave it out for an accuracy that "
                    "others are to trust."
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
                "The expected accuracy '{text}' is no number, or numbers with commas; "
                "write 0.8, or 0.7,0.9,0.85."
            ).format(text=text)
        ) from error
