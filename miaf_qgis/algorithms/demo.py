"""Opens the scene that comes with the plugin."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingOutputRasterLayer,
    QgsProcessingOutputVectorLayer,
)

from miaf_qgis import PLUGIN_FOLDER
from miaf_qgis.algorithms.base import MiafAlgorithm
from miaf_qgis.translation import tr

FILES = {
    "CUBE": "indian_pines.tif",
    "ROIS": "rois.gpkg",
    "VALIDATION_ROIS": "validation.gpkg",
}


def demo_paths() -> dict[str, Path]:
    """Return the file of each output, in the user's folder."""
    # Not at the top: QGIS's start would pay for it.
    from miaf_qgis.engine.environment import data_folder

    return {name: data_folder() / "demo" / file for name, file in FILES.items()}


def copy_demo() -> dict[str, Path]:
    """Copy what the user's folder lacks of the demo scene, and return `demo_paths`.

    What is there stays as it is: someone may have drawn areas in it.

    Raises:
        QgsProcessingException: A file is missing, or cannot be copied.
    """
    paths = demo_paths()
    for path in paths.values():
        original = PLUGIN_FOLDER / "resources" / "demo" / path.name
        if not original.is_file():
            raise QgsProcessingException(
                tr(
                    "The demo file '{path}' is missing. Install the plugin again."
                ).format(path=original)
            )
        # Its style, and what GDAL keeps of it.
        for file in (original, *original.parent.glob(f"{original.stem}.*")):
            _copy(file, path.with_name(file.name))
    return paths


def _copy(source: Path, target: Path) -> None:
    import shutil

    if target.exists():
        return
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        # Half a file would be taken for the whole one the next time.
        partial = target.with_name(f".{target.name}-partial")
        shutil.copyfile(source, partial)
        partial.replace(target)
    except OSError as error:
        raise QgsProcessingException(
            tr("The demo scene cannot be copied to {folder}: {reason}.").format(
                folder=target.parent, reason=error
            )
        ) from error


class Demo(MiafAlgorithm):
    """Has no parameters: one click, and there is something to try on."""

    CUBE = "CUBE"
    ROIS = "ROIS"
    VALIDATION_ROIS = "VALIDATION_ROIS"

    def name(self) -> str:
        return "demo"

    def displayName(self) -> str:
        return tr("Open the demo scene")

    def shortDescription(self) -> str:
        return tr("Open the Indian Pines scene with its training and test areas")

    def tags(self) -> list[str]:
        return tr("demo,example,tutorial,Indian Pines,sample data").split(",")

    def shortHelpString(self) -> str:
        return tr(
            "Opens the Indian Pines scene that comes with the plugin: a small "
            "hyperspectral cube, training areas and test areas. It is copied to your "
            "user folder, so you can edit it freely. Then run 'Classify from training "
            "areas' with the class field 'cover'."
        )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        polygons = QgsProcessing.SourceType.TypeVectorPolygon
        self.addOutput(QgsProcessingOutputRasterLayer(self.CUBE, tr("Demo scene")))
        for name, title in self._titles().items():
            if name != self.CUBE:
                self.addOutput(QgsProcessingOutputVectorLayer(name, title, polygons))

    def _titles(self) -> dict[str, str]:
        return {
            self.CUBE: tr("Demo scene (Indian Pines)"),
            self.ROIS: tr("Demo training areas"),
            self.VALIDATION_ROIS: tr("Demo test areas"),
        }

    def processAlgorithm(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> dict[str, Any]:
        return {name: str(path) for name, path in copy_demo().items()}

    def postProcessAlgorithm(
        self, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        from miaf_qgis.layers.styling import StoredStyle, keep_alive

        if context.project() is None:
            return {}
        for name, path in demo_paths().items():
            details = QgsProcessingContext.LayerDetails(
                self._titles()[name], context.project(), name
            )
            # QGIS may be set to name layers by their file.
            details.forceName = True
            style = StoredStyle()
            keep_alive(style)
            details.setPostProcessor(style)
            context.addLayerToLoadOnCompletion(str(path), details)
        return {}
