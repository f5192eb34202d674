"""Vector layers as files for the engine.

Every source is written through its feature iterator, so that filters, joins, unsaved
edits, databases and "selected features only" mean what they mean in QGIS.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qgis.core import (
    Qgis,
    QgsFeature,
    QgsFeatureRequest,
    QgsFeatureSink,
    QgsField,
    QgsFields,
    QgsGeometry,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeatureSource,
    QgsRectangle,
    QgsVectorFileWriter,
    QgsVectorLayer,
    QgsWkbTypes,
)
from qgis.PyQt.QtCore import QMetaType, QVariant

from miaf_qgis.layers.area_checks import check_field, check_not_empty
from miaf_qgis.layers.area_placement import Place
from miaf_qgis.layers.class_styles import (
    Key,
    class_key,
    class_styles,
    style_is_lost,
)
from miaf_qgis.layers.layer_files import vector_file
from miaf_qgis.translation import tr

# Id of the feature in the user's layer, by which the engine names it in messages.
FEATURE_ID = "miaf_fid"
# The engine repairs or reports invalid geometries; QGIS would stop at them.
_INVALID_TOO = QgsProcessingFeatureSource.Flag.FlagSkipGeometryValidityChecks


@dataclass(frozen=True)
class Areas:
    """Areas handed to the engine.

    Attributes:
        path: GeoPackage in the layer's own CRS.
        layer: Its only layer.
        field: Name of the class field, as it was asked for, None without classes.
        keys: The different values of the class field.
        styles: Names and colours from the layer's renderer, None where it has none.
        name: Name of the user's layer, for messages.
        source: What the copy was made from, for the report: `name` of the layer, its
            `file` or None, and whether the copy has all that the file has,
            `as_stored`.
    """

    path: str
    layer: str
    field: str | None
    keys: frozenset[Key]
    styles: list[dict[str, Any]] | None
    name: str
    source: dict[str, Any]


def hand_over(
    source: QgsProcessingFeatureSource,
    layer: QgsVectorLayer | None,
    field: str | None,
    target: Path,
    context: QgsProcessingContext,
    feedback: Any = None,
    place: Place | None = None,
    *,
    classes_needed: bool = True,
    further: Sequence[str] = (),
) -> tuple[Areas, QgsRectangle]:
    """Write geometry and class of each feature; return the areas and their extent.

    The extent is in the CRS of the source.

    Args:
        source: The features.
        layer: Layer they come from, for its renderer; None where there is none.
        field: The class field; None writes geometries only.
        target: GeoPackage to write.
        context: For the transform context.
        feedback: Asked for a cancel.
        place: CRS of the file; None keeps that of the source.
        classes_needed: Whether a class field without any value is refused.
        further: Fields of the source that are written as they are.

    Raises:
        QgsProcessingException: No feature, no class, or the file cannot be written.
        QgsCsException: A geometry cannot be brought to its place.
    """
    check_not_empty(source)
    found = None if field is None else source.fields().at(check_field(source, field))
    place = place or Place(source.sourceCrs())
    written = _Written(found, place, further)
    whole = found is not None and _holds_whole_numbers(source, found)
    fields = _fields(field, found, whole=whole)
    for other in further:
        fields.append(source.fields().at(source.fields().lookupField(other)))
    name = source.sourceName()
    features = written.features(source, fields, feedback)
    message = _write(target, fields, place, context, features)
    if message:
        raise QgsProcessingException(
            tr("Layer '{name}' cannot be copied for the engine: {reason}.").format(
                name=name, reason=message
            )
        )
    written.check(name, classes_needed=classes_needed)
    styles = (
        class_styles(layer, found.name(), numeric=written.numeric, keys=written.keys)
        if found
        else None
    )
    keys = frozenset(written.keys)
    if found and feedback is not None and style_is_lost(layer, found.name(), keys):
        feedback.pushInfo(
            tr(
                "Layer '{name}' is not styled by the values of '{field}' alone. The "
                "colours of its classes are chosen automatically."
            ).format(name=name, field=found.name())
        )
    stored = _as_stored(layer, found, written.count)
    origin = {"name": name, "file": _file_of(layer), "as_stored": stored}
    areas = Areas(
        path=str(target),
        layer=target.stem,
        field=field,
        keys=keys,
        styles=styles,
        name=name,
        source=origin,
    )
    return areas, written.extent


def _file_of(layer: QgsVectorLayer | None) -> str | None:
    """Return the file that a layer shows, None where there is no such file."""
    if layer is None:
        return None
    path = vector_file(layer)
    return path if path is not None and Path(path).is_file() else None


def _as_stored(
    layer: QgsVectorLayer | None, field: QgsField | None, count: int
) -> bool:
    """Return whether what was written is all that the layer's file has, as it is."""
    if layer is None or layer.isModified() or layer.subsetString():
        return False
    fields, provider = layer.fields(), QgsFields.FieldOrigin.OriginProvider
    if field is not None and (
        fields.fieldOrigin(fields.lookupField(field.name())) != provider
    ):
        return False
    return bool(layer.dataProvider().featureCount() == count)


def _write(
    target: Path,
    fields: QgsFields,
    place: Place,
    context: QgsProcessingContext,
    features: Iterator[QgsFeature],
) -> str:
    """Write features to a GeoPackage; return what went wrong, or nothing."""
    writer = QgsVectorFileWriter.create(
        str(target),
        fields,
        QgsWkbTypes.Type.Unknown,
        place.crs,
        context.transformContext(),
        _geopackage(target.stem),
    )
    for feature in features:
        if not writer.addFeature(feature, QgsFeatureSink.Flag.FastInsert):
            break
    message = writer.errorMessage()
    del writer  # Closes the file.
    return message


class _Written:
    """What went through while the features were written."""

    def __init__(
        self, field: QgsField | None, place: Place, further: Sequence[str] = ()
    ) -> None:
        self.numeric = field is not None and field.isNumeric()
        self.keys: set[Key] = set()
        self.count = 0
        self.extent = QgsRectangle()
        self.extent.setMinimal()
        self._field = field.name() if field is not None else None
        self._place = place
        self._further = further

    def features(
        self, source: QgsProcessingFeatureSource, fields: QgsFields, feedback: Any
    ) -> Iterator[QgsFeature]:
        name = self._field
        wanted = [*([] if name is None else [name]), *self._further]
        request = QgsFeatureRequest().setSubsetOfAttributes(wanted, source.fields())
        for found in source.getFeatures(request, _INVALID_TOO):
            if feedback is not None and feedback.isCanceled():
                return
            value = None if name is None else found.attribute(name)
            key = class_key(value, numeric=self.numeric)
            feature = QgsFeature(fields)
            own = [found.id()] if name is None else [key, found.id()]
            more = [found.attribute(other) for other in self._further]
            feature.setAttributes([*own, *more])
            geometry = _straight(found.geometry())
            self.count += 1
            if key is not None:
                self.keys.add(key)
            if not geometry.isEmpty():
                self.extent.combineExtentWith(geometry.boundingBox())
                if self._place.transform is not None:
                    geometry.transform(self._place.transform)
            feature.setGeometry(geometry)
            yield feature

    def check(self, name: str, *, classes_needed: bool) -> None:
        if not self.count:
            raise QgsProcessingException(
                tr("Layer '{name}' has no features to use. Draw some.").format(
                    name=name
                )
            )
        if self._field is None or not classes_needed:
            return
        if self.extent.xMinimum() > self.extent.xMaximum():
            raise QgsProcessingException(
                tr(
                    "No feature of layer '{name}' has a geometry. Draw areas, or "
                    "choose another layer."
                ).format(name=name)
            )
        if not self.keys:
            raise QgsProcessingException(
                tr(
                    "Field '{field}' of layer '{name}' is empty in all features. "
                    "Enter the classes, or choose another field."
                ).format(field=self._field, name=name)
            )


def _holds_whole_numbers(source: QgsProcessingFeatureSource, field: QgsField) -> bool:
    """Return whether the field's values are all whole, as a Shapefile's often are."""
    if not field.isNumeric():
        return False
    request = QgsFeatureRequest().setFlags(QgsFeatureRequest.Flag.NoGeometry)
    request.setSubsetOfAttributes([field.name()], source.fields())
    keys = (
        class_key(feature.attribute(field.name()), numeric=True)
        for feature in source.getFeatures(request, _INVALID_TOO)
    )
    return all(key is None or isinstance(key, int) for key in keys)


def _fields(name: str | None, field: QgsField | None, *, whole: bool) -> QgsFields:
    fields = QgsFields()
    if field is not None:
        number = "LongLong" if whole else "Double"
        fields.append(QgsField(name, _type(number if field.isNumeric() else "String")))
    fields.append(QgsField(FEATURE_ID, _type("LongLong")))
    return fields


def text_field(name: str) -> QgsField:
    """Return a field of texts."""
    return QgsField(name, _type("String"))


def _straight(geometry: QgsGeometry) -> QgsGeometry:
    """Return the geometry without curves, which the engine's libraries lack."""
    if geometry.isNull() or not QgsWkbTypes.isCurvedType(geometry.wkbType()):
        return geometry
    return QgsGeometry(geometry.constGet().segmentize())


def _geopackage(layer: str) -> QgsVectorFileWriter.SaveVectorOptions:
    options = QgsVectorFileWriter.SaveVectorOptions()
    options.driverName = "GPKG"
    options.layerName = layer
    options.fileEncoding = "UTF-8"
    # Names of the file's own columns that no class field goes by ("fid" and "geom" do).
    options.layerOptions = ["FID=miaf_row", "GEOMETRY_NAME=miaf_geometry"]
    return options


def _type(name: str) -> Any:
    """Return a field type: QgsField takes QMetaType from QGIS 3.38, QVariant before."""
    if Qgis.versionInt() < 33800:
        return getattr(QVariant, name)
    return getattr(QMetaType.Type, {"String": "QString"}.get(name, name))
