"""Where areas lie for the engine, which goes by the raster's file alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsProcessingContext,
    QgsProcessingFeatureSource,
    QgsRasterLayer,
)

from miaf_qgis.translation import tr


@dataclass(frozen=True)
class Place:
    """How areas are written for the engine.

    Attributes:
        crs: CRS that their file gets.
        transform: Brings geometries there; None leaves them as they are.
    """

    crs: QgsCoordinateReferenceSystem
    transform: QgsCoordinateTransform | None = None


def place_on(
    source: QgsProcessingFeatureSource,
    raster: QgsRasterLayer,
    context: QgsProcessingContext,
    feedback: Any,
) -> Place:
    """Return how areas are written so that they lie where QGIS shows them.

    QGIS goes by the CRS of the raster's layer, which a user may have set because the
    file has none or a wrong one. A raster without any is shown by bare coordinates,
    and a scratch layer drawn on it still gets the CRS of the project.

    Args:
        source: The areas.
        raster: Raster that they belong to.
        context: For the transform context.
        feedback: Warned where coordinates are taken as they are.
    """
    own, shown, known = source.sourceCrs(), raster.crs(), raster.dataProvider().crs()
    if known.isValid() and known == shown:
        return Place(own)
    if own.isValid() and shown.isValid():
        return Place(
            known, QgsCoordinateTransform(own, shown, context.transformContext())
        )
    if own.isValid():
        feedback.pushWarning(
            tr(
                "Raster '{raster}' has no coordinate reference system. The "
                "coordinates of layer '{areas}' ({own}) are taken as those of the "
                "raster."
            ).format(
                raster=raster.name(),
                areas=source.sourceName(),
                own=own.authid() or own.description(),
            )
        )
    return Place(known)
