"""A ready model in the model designer, by a right click in the toolbox."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsApplication, QgsProcessingModelAlgorithm

from miaf_qgis.ready_models.models import ReadyModel
from miaf_qgis.translation import tr

_ADDED: list[Any] = []


def add_designer_action() -> None:
    """Add the entry to the toolbox's context menu, where Processing is loaded."""
    try:
        from processing.gui.ContextAction import ContextAction
        from processing.gui.ProviderActions import ProviderContextMenuActions
    except ImportError:  # A script that uses qgis.core alone has no toolbox.
        return

    class OpenInDesigner(ContextAction):
        def __init__(self) -> None:
            super().__init__()
            self.name = tr("Open a copy in the model designer…")

        def isEnabled(self) -> bool:
            return isinstance(self.itemData, ReadyModel)

        def execute(self) -> None:
            open_in_designer(self.itemData)

    action = OpenInDesigner()
    ProviderContextMenuActions.registerProviderContextMenuActions([action])
    _ADDED.append(action)


def remove_designer_action() -> None:
    """Take the entry out again."""
    while _ADDED:
        from processing.gui.ProviderActions import ProviderContextMenuActions

        actions = [_ADDED.pop()]
        ProviderContextMenuActions.deregisterProviderContextMenuActions(actions)


def plain_copy(model: ReadyModel) -> QgsProcessingModelAlgorithm:
    """Return the model without its file, so that saving asks for another one."""
    copy = QgsProcessingModelAlgorithm()
    # Of a new instance, because the one that is listed may not have been read yet.
    copy.loadVariant(model.create().toVariant())
    # As the designer does for a file; a model of no provider ends QGIS 3.22 when run.
    registry = QgsApplication.processingRegistry()
    copy.setProvider(registry.providerById("model") or model.provider())
    return copy


def open_in_designer(model: ReadyModel) -> Any:
    """Open a copy of the model; return the designer's window."""
    from processing.modeler.ModelerDialog import ModelerDialog

    designer = ModelerDialog.create(plain_copy(model))
    designer.show()
    designer.activate()
    return designer
