"""Raster layers and target files as paths for the engine, with the cheap checks."""

from __future__ import annotations

import os
from pathlib import Path

from qgis.core import (
    Qgis,
    QgsMapLayer,
    QgsProcessingException,
    QgsProject,
    QgsRasterLayer,
    QgsRectangle,
)

from miaf_qgis.translation import tr

# A picture has three bands, or four with an alpha band.
_PICTURE_BANDS = 4

_COMPLEX = frozenset(
    {
        Qgis.DataType.CInt16,
        Qgis.DataType.CInt32,
        Qgis.DataType.CFloat32,
        Qgis.DataType.CFloat64,
    }
)


def is_hyperspectral(layer: QgsMapLayer | None) -> bool:
    """Return whether a layer is a raster of more bands than a picture has."""
    return (
        isinstance(layer, QgsRasterLayer)
        and layer.isValid()
        and layer.bandCount() > _PICTURE_BANDS
    )


def rasters_but_cubes() -> list[QgsMapLayer]:
    """Return the rasters of the project that are no hyperspectral cubes."""
    layers = QgsProject.instance().mapLayers().values()
    return [
        layer
        for layer in layers
        if isinstance(layer, QgsRasterLayer) and not is_hyperspectral(layer)
    ]


def raster_path(layer: QgsRasterLayer) -> str:
    """Return what GDAL opens for this layer, absolute where it is a file.

    Raises:
        QgsProcessingException: The layer is not read by GDAL, as a web service is not,
            or from no file that another program can open.
    """
    if layer.providerType() != "gdal":
        raise QgsProcessingException(
            tr(
                "Raster '{name}' comes from a service or database ({provider}). Save "
                "it as a GeoTIFF or ENVI file and choose that file."
            ).format(name=layer.name(), provider=layer.providerType())
        )
    source = layer.source().split("|option:")[0]
    if _is_there(source):
        return str(Path(source).absolute())
    if source.lower().startswith("/vsizip/"):
        return source
    if _is_plain_path(source):
        raise QgsProcessingException(
            tr(
                "The file of raster '{name}' is no longer there: {path}. Put it back, "
                "or choose another raster."
            ).format(name=layer.name(), path=source)
        )
    # Text of a VRT, vrt://, a dataset inside a file, memory of this process.
    raise QgsProcessingException(
        tr(
            "Raster '{name}' is not a file of its own (its source begins with "
            "'{source}'). Export it as GeoTIFF (Export > Save As) and choose that "
            "file."
        ).format(name=layer.name(), source=" ".join(source[:60].split()))
    )


def _is_there(path: str) -> bool:
    try:
        return Path(path).exists()
    except (OSError, ValueError):  # Too long for a path, or no text that one can be.
        return False


def _is_plain_path(source: str) -> bool:
    """Return whether a source names a file of this machine and nothing inside it."""
    return Path(source).is_absolute() and not source.lower().startswith("/vsi")


def check_cube(layer: QgsRasterLayer) -> None:
    """Refuse a raster that cannot be a hyperspectral cube.

    Raises:
        QgsProcessingException: It has one band, or complex numbers.
    """
    raster_path(layer)
    if layer.bandCount() < 2:
        raise QgsProcessingException(
            tr(
                "Raster '{name}' has {count} band, but a hyperspectral cube has many. "
                "Choose the file with all bands, or stack them first."
            ).format(name=layer.name(), count=layer.bandCount())
        )
    if layer.dataProvider().dataType(1) in _COMPLEX:
        raise QgsProcessingException(
            tr(
                "Raster '{name}' holds complex numbers. Choose reflectance or radiance."
            ).format(name=layer.name())
        )


def check_extent(extent: QgsRectangle, cube: QgsRasterLayer) -> None:
    """Refuse an extent, in the cube's CRS, that misses the cube.

    Raises:
        QgsProcessingException: They do not overlap.
    """
    if not extent.intersects(cube.extent()):
        raise QgsProcessingException(
            tr(
                "The extent {extent} does not overlap raster '{name}' ({own}, {crs}). "
                "Choose an extent inside it."
            ).format(
                extent=extent.toString(1),
                name=cube.name(),
                own=cube.extent().toString(1),
                crs=cube.crs().authid() or tr("no CRS"),
            )
        )


def checked_target(path: str, inputs: tuple[str, ...] = ()) -> str | None:
    """Return an output path made absolute, None where it is not wanted.

    Args:
        path: Path of the output, empty where it is skipped.
        inputs: Files that it must not overwrite.

    Raises:
        QgsProcessingException: Its folder is missing or cannot be written to, or it
            is one of the inputs.
    """
    if not path:
        return None
    path = str(Path(path).absolute())
    folder = Path(path).parent
    if folder.is_file():
        raise QgsProcessingException(
            tr(
                "Output '{path}' cannot be written: '{folder}' is a file, not a "
                "folder. Choose another path."
            ).format(path=path, folder=folder)
        )
    if not folder.is_dir():
        raise QgsProcessingException(
            tr("The folder of '{path}' does not exist. Create it first.").format(
                path=path
            )
        )
    if not os.access(folder, os.W_OK):
        raise QgsProcessingException(
            tr(
                "The folder '{folder}' cannot be written to. Choose another one."
            ).format(folder=folder)
        )
    if any(_is_same(path, item) for item in inputs):
        raise QgsProcessingException(
            tr("Output '{path}' is also an input. Choose another name.").format(
                path=path
            )
        )
    return path


def _is_same(path: str, other: str) -> bool:
    """Return whether two paths lead to one file, by whatever links and names."""
    try:
        return Path(path).samefile(other)
    except (OSError, ValueError):  # one of them is not there
        return os.path.normcase(path) == os.path.normcase(other)
