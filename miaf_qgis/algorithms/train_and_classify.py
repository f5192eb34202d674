"""Train on areas of known cover and classify the whole cube, in one step."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingParameterDefinition,
)

from miaf_qgis.algorithms.train import Train
from miaf_qgis.parameters import maps
from miaf_qgis.parameters import settings as shared
from miaf_qgis.translation import tr

if TYPE_CHECKING:
    from miaf_qgis.engine.answer import Answer
    from miaf_qgis.engine.process import Job


class TrainAndClassify(Train):
    """Training with the map of the same cube as its outcome."""

    model_is_optional = True

    _maps: maps.MapTargets  # known once the job has its targets

    def name(self) -> str:
        return "trainandclassify"

    def displayName(self) -> str:
        return tr("Classify from training areas")

    def shortDescription(self) -> str:
        return tr("Make a land-cover map from a cube and areas of known cover")

    def tags(self) -> list[str]:
        return tr(
            "hyperspectral,classification,land cover,deep learning,neural network,"
            "remote sensing,supervised,map,superpixels,EnMAP,AVIRIS,ENVI"
        ).split(",")

    def shortHelpString(self) -> str:
        return tr(
            "Makes a land-cover map of a hyperspectral cube from areas whose cover "
            "you know.\n\n"
            "1. Draw polygons of each class in a vector layer with a field for the "
            "class name. Several small polygons per class, spread over the scene, "
            "work better than a few large ones.\n"
            "2. Categorise the layer by that field if you want its colours in the "
            "map.\n"
            "3. Choose the cube, the layer and the field, and run.\n\n"
            "The results are the map with its legend, a confidence raster, a model "
            "for other scenes of the same sensor and an accuracy report. The map is "
            "trained on all areas. Its accuracy is estimated by cross-validation: "
            "each of several models is trained without some of the areas and scored "
            "on those. The areas left out lie about as far from the training areas as "
            "the rest of the scene does, where possible."
        )

    def groups(self) -> Iterator[tuple[str, list[QgsProcessingParameterDefinition]]]:
        yield from super().groups()
        options = shared.creation_options_parameter()
        yield tr("Map"), [*maps.leaving_out_parameters(), options]

    def add_outputs(self) -> None:
        maps.add_map_parameters(self)
        super().add_outputs()

    def job(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> Job:
        job = super().job(parameters, context, feedback)
        left_out = maps.read_leaving_out(self, parameters, context)
        return replace(job, request={**job.request, **left_out})

    def targets(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        sources: tuple[str, ...],
    ) -> dict[str, str | None]:
        self._maps = maps.MapTargets(self, parameters, context, sources)
        files = super().targets(parameters, context, sources)
        return {**self._maps.as_request(), **files}

    def results(self, request: dict[str, Any], answer: Answer) -> dict[str, Any]:
        self._maps.write_styles(answer)
        return {**self._maps.paths, **super().results(request, answer)}

    def style(self, context: QgsProcessingContext, answer: Answer) -> None:
        self._maps.style(context, answer, self.work.request)
