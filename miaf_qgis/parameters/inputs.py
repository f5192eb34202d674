"""Parameters that several algorithms read in the same way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsCsException,
    QgsProcessing,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeatureSource,
    QgsProcessingOutputNumber,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterField,
    QgsProcessingParameterRasterLayer,
    QgsRasterLayer,
)

from miaf_qgis.parameters.settings import helped
from miaf_qgis.translation import tr

if TYPE_CHECKING:
    from miaf_qgis.layers.areas import Areas

CUBE = "CUBE"
CLASS_FIELD = "CLASS_FIELD"
ACCURACIES = ("OVERALL_ACCURACY", "AVERAGE_ACCURACY", "KAPPA")
MODEL_FILTER = "*.miaf.safetensors"


def cube_parameter(text: str | None = None) -> QgsProcessingParameterRasterLayer:
    """Return the parameter CUBE, with `text` for its help."""
    parameter = QgsProcessingParameterRasterLayer(CUBE, tr("Hyperspectral cube"))
    usual = tr("Raster with many bands: ENVI, GeoTIFF or anything else GDAL reads.")
    return helped(parameter, text or usual)


def model_filter() -> str:
    """Return the filter of a file dialog for models."""
    return tr("MIAF-Net model") + f" ({MODEL_FILTER})"


def areas_parameter(
    name: str, title: str, text: str, *, optional: bool = False
) -> QgsProcessingParameterFeatureSource:
    """Return a parameter for areas, lines or points of known cover."""
    kind = QgsProcessing.SourceType.TypeVectorAnyGeometry
    return helped(
        QgsProcessingParameterFeatureSource(name, title, [kind], None, optional), text
    )


def class_field_parameter(parent: str) -> QgsProcessingParameterField:
    """Return the parameter CLASS_FIELD of the areas `parent`.

    It is optional because the areas are: a raster of class values may stand in.
    """
    return helped(
        QgsProcessingParameterField(
            CLASS_FIELD,
            tr("Class field"),
            parentLayerParameterName=parent,
            type=QgsProcessingParameterField.DataType.Any,
            optional=True,
        ),
        tr(
            "Field with the name or number of the class. If the layer is categorised "
            "by this field, the map uses its labels and colours. If left empty, the "
            "field by which the layer is categorised is used, or its only text field."
        ),
    )


def accuracy_outputs() -> Iterator[QgsProcessingOutputNumber]:
    """Yield the outputs for the accuracy figures."""
    yield QgsProcessingOutputNumber(ACCURACIES[0], tr("Overall accuracy"))
    yield QgsProcessingOutputNumber(ACCURACIES[1], tr("Average accuracy"))
    yield QgsProcessingOutputNumber(ACCURACIES[2], tr("Kappa"))


def accuracy_results(figures: dict[str, Any]) -> dict[str, float | None]:
    """Return the accuracy figures, fractions 0..1; None where nothing was held out."""
    return {
        name: None
        if figures.get(name.lower()) is None
        else float(figures[name.lower()])
        for name in ACCURACIES
    }


def raster_of(
    algorithm: QgsProcessingAlgorithm,
    parameters: dict[str, Any],
    name: str,
    context: QgsProcessingContext,
) -> QgsRasterLayer:
    """Return a raster parameter's layer.

    Raises:
        QgsProcessingException: It is no raster that QGIS can read.
    """
    layer = algorithm.parameterAsRasterLayer(parameters, name, context)
    if layer is not None and layer.isValid():
        return layer
    if str(parameters.get(name)).lower().endswith(".hdr"):
        raise QgsProcessingException(
            tr(
                "'{path}' is the header of an ENVI file. Choose the data file beside "
                "it (often .dat, .bsq, .img or without extension)."
            ).format(path=parameters.get(name))
        )
    path = parameters.get(name)
    if isinstance(path, str) and Path(path).is_file():
        raise QgsProcessingException(
            tr(
                "'{path}' is not a raster that QGIS can read. Choose another file. If "
                "it should be a raster, the copy may be damaged: copy it again."
            ).format(path=path)
        )
    raise QgsProcessingException(algorithm.invalidRasterError(parameters, name))


def source_of(
    algorithm: QgsProcessingAlgorithm,
    parameters: dict[str, Any],
    name: str,
    context: QgsProcessingContext,
) -> QgsProcessingFeatureSource | None:
    """Return the features of a parameter, None where it is optional and not given.

    Raises:
        QgsProcessingException: It is no vector layer that QGIS can read.
    """
    if parameters.get(name) in (None, ""):
        return None
    source = algorithm.parameterAsSource(parameters, name, context)
    if source is None:
        raise QgsProcessingException(algorithm.invalidSourceError(parameters, name))
    return source


def check_areas(
    algorithm: QgsProcessingAlgorithm,
    parameters: dict[str, Any],
    name: str,
    field: str,
    context: QgsProcessingContext,
) -> None:
    """Refuse areas without features or without the class field."""
    from miaf_qgis.layers.area_checks import check_field, check_not_empty

    source = source_of(algorithm, parameters, name, context)
    if source is not None:
        check_field(source, field)
        check_not_empty(source)


def hand_over_areas(
    algorithm: QgsProcessingAlgorithm,
    parameters: dict[str, Any],
    name: str,
    field: str | None,
    raster: QgsRasterLayer,
    folder: Path,
    context: QgsProcessingContext,
    feedback: Any,
    *,
    must_fit: bool = True,
    design: Sequence[str] = (),
) -> Areas | None:
    """Write the areas of a parameter for the engine; None where it is not given.

    Args:
        algorithm: The algorithm.
        parameters: Its parameters.
        name: The parameter.
        field: The class field; None where classes do not matter.
        raster: Raster that the areas belong to.
        folder: Where to write.
        context: Context of the run.
        feedback: Asked for a cancel.
        must_fit: Whether areas without a class, or off the raster, are refused.
        design: Fields to hand over as well, where the source has them all.

    Raises:
        QgsProcessingException: They cannot be used, or lie off the raster.
    """
    from miaf_qgis.layers.area_checks import check_on_cube, no_way_between
    from miaf_qgis.layers.area_placement import place_on
    from miaf_qgis.layers.areas import hand_over
    from miaf_qgis.layers.class_styles import load_own_style
    from miaf_qgis.layers.layer_files import layer_of_source

    source = source_of(algorithm, parameters, name, context)
    if source is None:
        return None
    layer = layer_of_source(algorithm, parameters, name, context)
    load_own_style(layer, context)
    target = folder / f"{name.lower()}.gpkg"
    place = place_on(source, raster, context, feedback)
    try:
        areas, extent = hand_over(
            source,
            layer,
            field,
            target,
            context,
            feedback,
            place,
            classes_needed=must_fit,
            further=design if set(design) <= set(source.fields().names()) else (),
        )
    except QgsCsException as error:
        raise no_way_between(source, raster) from error
    if (
        field is not None and must_fit
    ):  # Areas without classes are left out; elsewhere they may lie.
        check_on_cube(source, extent, raster, context)
    return areas


def sources_of(**copied: Any) -> dict[str, Any] | None:
    """Return the request's entry `sources`: what its copies of layers were made from.

    Args:
        copied: Areas or a mask by the entry of the request; None where not given.
    """
    found = {
        name: copy.source
        for name, copy in copied.items()
        if copy is not None and copy.source is not None
    }
    return found or None


def check_enough_classes(areas: Areas, more: Areas | None) -> None:
    """Refuse areas, with those added to them, of fewer than two classes.

    Raises:
        QgsProcessingException: There are fewer.
    """
    from miaf_qgis.layers.area_checks import check_classes

    check_classes(areas.keys | (more.keys if more else set()), areas.name)
