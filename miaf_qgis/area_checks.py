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

from miaf_qgis.class_styles import Key
from miaf_qgis.translation import tr


def check_field(source: QgsProcessingFeatureSource, field: str) -> int:
    """Return the position of the class field.

    Raises:
        QgsProcessingException: The areas have no such field.
    """
    index = source.fields().lookupField(field) if field else -1
    if index < 0:
        names = ", ".join(source.fields().names()) or tr("none")
        raise QgsProcessingException(
            tr(
                "Layer '{name}' has no field '{field}'; choose the field that names "
                "the class (fields: {names})."
            ).format(name=source.sourceName(), field=field, names=names)
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
                "Layer '{name}' has no features to use; draw some, clear its filter, "
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
        QgsProcessingException: One CRS is missing, none leads to the other, or the
            areas are somewhere else; the message names both.
    """
    own, wanted = source.sourceCrs(), cube.crs()
    names = {
        "areas": source.sourceName(),
        "own": own.authid() or own.description() or tr("no CRS"),
        "cube": cube.name(),
        "wanted": wanted.authid() or wanted.description() or tr("no CRS"),
    }
    if own.isValid() != wanted.isValid():
        raise QgsProcessingException(
            tr(
                "Layer '{areas}' has {own} and raster '{cube}' has {wanted}; set the "
                "missing coordinate reference system."
            ).format(**names)
        )
    if own.isValid():
        transform = QgsCoordinateTransform(own, wanted, context.transformContext())
        try:
            extent = transform.transformBoundingBox(extent)
        except QgsCsException as error:
            raise QgsProcessingException(
                tr(
                    "Layer '{areas}' ({own}) cannot be transformed to raster '{cube}' "
                    "({wanted}); check both coordinate reference systems."
                ).format(**names)
            ) from error
    if not extent.intersects(cube.extent()):
        raise QgsProcessingException(
            tr(
                "Layer '{areas}' ({own}) does not overlap raster '{cube}' ({wanted}); "
                "check both coordinate reference systems."
            ).format(**names)
        )


def check_classes(keys: Collection[Key], name: str) -> None:
    """Refuse to train on fewer than two classes.

    Raises:
        QgsProcessingException: There is only one.
    """
    if len(keys) < 2:
        raise QgsProcessingException(
            tr(
                "Layer '{name}' has one class ('{key}'); at least 2 are needed. Draw "
                "areas of another class, or choose another field."
            ).format(name=name, key=next(iter(keys)))
        )
