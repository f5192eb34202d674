"""What is wrong with areas of known cover, found out before any engine starts."""

from __future__ import annotations

from collections.abc import Collection

from qgis.core import (
    QgsCoordinateTransform,
    QgsCsException,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeatureSource,
    QgsRasterLayer,
    QgsRectangle,
)

from miaf_qgis.layers.class_styles import Key
from miaf_qgis.translation import tr


def check_field(source: QgsProcessingFeatureSource, field: str) -> int:
    """Return the position of the class field.

    Raises:
        QgsProcessingException: None is given, the areas have no such field, or they
            are suggestions or a sample and it holds what these say of themselves.
    """
    from miaf_engine.requests.draw_sample import is_of_draw
    from miaf_engine.requests.suggest_areas import is_of_suggestions

    index = source.fields().lookupField(field) if field else -1
    names = ", ".join(source.fields().names()) or tr("none")
    if not field:
        raise QgsProcessingException(
            tr(
                "Which field of layer '{name}' has the classes is not clear. Choose "
                "the class field (fields: {names})."
            ).format(name=source.sourceName(), names=names)
        )
    if index < 0:
        raise QgsProcessingException(
            tr(
                "Layer '{name}' has no field '{field}'. Choose the class field "
                "(fields: {names})."
            ).format(name=source.sourceName(), field=field, names=names)
        )
    found = source.fields().names()
    if is_of_suggestions(found[index], found):
        raise QgsProcessingException(
            tr(
                "Layer '{name}' holds suggested areas. Its field '{field}' has "
                "predictions, not the classes that you have set. Choose the field in "
                "which you set them."
            ).format(name=source.sourceName(), field=field)
        )
    if is_of_draw(found[index], found):
        raise QgsProcessingException(
            tr(
                "Layer '{name}' is a reference sample. Its field '{field}' was filled "
                "in when the points were drawn and does not hold the cover that you "
                "have looked up. Choose the field in which you set it."
            ).format(name=source.sourceName(), field=field)
        )
    return index


def check_not_empty(source: QgsProcessingFeatureSource) -> None:
    """Refuse areas without a feature.

    Raises:
        QgsProcessingException: There is none, as when none is selected.
    """
    if source.featureCount() == 0:
        raise QgsProcessingException(
            tr(
                "Layer '{name}' has no features to use. Draw some, clear its filter, "
                "or select some if only selected features are used."
            ).format(name=source.sourceName())
        )


def check_on_cube(
    source: QgsProcessingFeatureSource,
    extent: QgsRectangle,
    cube: QgsRasterLayer,
    context: QgsProcessingContext,
) -> None:
    """Refuse areas that cannot lie on the cube.

    Raises:
        QgsProcessingException: They lack a CRS that the cube has, none leads to the
            other, or they are somewhere else; the message names both.
    """
    own, wanted = source.sourceCrs(), cube.crs()
    if wanted.isValid() and not own.isValid():
        raise QgsProcessingException(
            tr(
                "Layer '{areas}' has no coordinate reference system, but raster "
                "'{cube}' has {wanted}. Set that of the layer."
            ).format(**_names(source, cube))
        )
    if own.isValid() and wanted.isValid():
        transform = QgsCoordinateTransform(own, wanted, context.transformContext())
        if not transform.isValid():  # QGIS would leave the coordinates as they are.
            raise no_way_between(source, cube)
        try:
            extent = transform.transformBoundingBox(extent)
        except QgsCsException as error:
            raise no_way_between(source, cube) from error
    if not extent.intersects(cube.extent()):
        raise QgsProcessingException(
            tr(
                "Layer '{areas}' ({own}) does not overlap raster '{cube}' ({wanted}). "
                "The layer lies at {there} and the raster at {here}. Check both "
                "coordinate reference systems, or choose other areas."
            ).format(
                **_names(source, cube),
                there=extent.toString(1),
                here=cube.extent().toString(1),
            )
        )


def no_way_between(
    source: QgsProcessingFeatureSource, cube: QgsRasterLayer
) -> QgsProcessingException:
    """Return the error for areas that cannot be brought to the cube's CRS."""
    return QgsProcessingException(
        tr(
            "Layer '{areas}' ({own}) cannot be transformed to raster '{cube}' "
            "({wanted}). Check both coordinate reference systems."
        ).format(**_names(source, cube))
    )


def _names(source: QgsProcessingFeatureSource, cube: QgsRasterLayer) -> dict[str, str]:
    own, wanted = source.sourceCrs(), cube.crs()
    return {
        "areas": source.sourceName(),
        "own": own.authid() or own.description() or tr("no CRS"),
        "cube": cube.name(),
        "wanted": wanted.authid() or wanted.description() or tr("no CRS"),
    }


def check_classes(keys: Collection[Key], name: str) -> None:
    """Refuse to train on fewer than two classes.

    Raises:
        QgsProcessingException: There is only one.
    """
    if len(keys) < 2:
        raise QgsProcessingException(
            tr(
                "Layer '{name}' has only one class ('{key}'), but at least 2 are "
                "needed. Draw areas of another class, or choose another field."
            ).format(name=name, key=next(iter(keys)))
        )
