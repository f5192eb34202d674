"""Parameters of the panel's runs: those of a person who fills in the dialogs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import (
    QgsProcessingOutputLayerDefinition,
    QgsProject,
    QgsVectorLayer,
)

from miaf_engine.requests.settings import STANDARD
from miaf_qgis.dock import project_state
from miaf_qgis.dock.training_areas import TrainingAreas

UPDATE, SUGGEST = "miaf:trainandclassify", "miaf:suggestareas"
_SUGGESTIONS = 10


def update_parameters(
    areas: TrainingAreas, *, keep_training: bool, preset: str = STANDARD
) -> dict[str, Any]:
    """Return the parameters of UPDATE.

    Args:
        areas: Cube, layer and classes.
        keep_training: Whether to continue from the last model where that is possible.
        preset: How long to train, as the parameter PRESET.
    """
    made, sure, network, report = project_state.new_run_files(
        "map.tif", "confidence.tif", "model.miaf.safetensors", "report.html"
    )
    parameters = {
        **_common(areas),
        "OUTPUT": _to_load(made),
        "CONFIDENCE": _to_load(sure),
        "MODEL": str(network),
        "REPORT": str(report),
    }
    model = last_model(areas) if keep_training else None
    if model is not None:
        parameters["INITIAL_MODEL"] = str(model)
    if preset != STANDARD:
        parameters["PRESET"] = preset
    return parameters


def suggest_parameters(areas: TrainingAreas, model: Path) -> dict[str, Any]:
    """Return the parameters of SUGGEST.

    Args:
        areas: Cube, layer and classes.
        model: Model of the last map.
    """
    earlier = _earlier_suggestions(areas.field)
    parameters = {
        **_common(areas),
        "MODEL": str(model),
        "COUNT": _SUGGESTIONS,
        "OUTPUT": _to_load(project_state.new_run_files("suggestions.gpkg")[0]),
    }
    if earlier is not None:
        parameters["ROIS_MORE"] = earlier.id()
    return parameters


def _earlier_suggestions(field: str) -> QgsVectorLayer | None:
    """Return the last suggestions; None where they lack the class field or are none.

    They have the class field of the areas that they were made from.
    """
    layer = QgsProject.instance().mapLayer(project_state.read("suggestions"))
    if not isinstance(layer, QgsVectorLayer) or not layer.isValid():
        return None
    has_field = layer.fields().lookupField(field) >= 0
    return layer if has_field and layer.featureCount() != 0 else None


def last_model(areas: TrainingAreas) -> Path | None:
    """Return the model of the last map, None where training cannot continue from it.

    A model keeps its classes: after one was renamed or removed, and for another cube,
    training begins again.
    """
    from miaf_engine.errors import MiafError
    from miaf_engine.models.card import read_card

    model = project_state.read_path("model")
    cube = areas.cube.id() if areas.cube else ""
    if model is None or project_state.read("model_cube") != cube:
        return None
    try:
        classes = read_card(model).classes.names
    except MiafError:
        return None
    titles = {row.title for row in areas.classes()}
    return model if set(classes) <= titles else None


def _common(areas: TrainingAreas) -> dict[str, Any]:
    return {
        "CUBE": areas.cube.id() if areas.cube else "",
        "ROIS": areas.layer.id() if areas.layer else "",
        "CLASS_FIELD": areas.field,
    }


def _to_load(path: Path) -> QgsProcessingOutputLayerDefinition:
    return QgsProcessingOutputLayerDefinition(str(path), QgsProject.instance())
