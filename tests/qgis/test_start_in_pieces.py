"""What of the plugin waits until QGIS's window or Processing is there."""

import sys

import pytest
import qgis.utils
from qgis.core import QgsApplication

from miaf_qgis.provider import MiafProvider
from miaf_qgis.ready_models.designer import plain_copy, remove_designer_action
from miaf_qgis.ready_models.models import ReadyModel
from miaf_qgis.settings import NAMES, unregister_settings

sys.path.append("/usr/share/qgis/python/plugins")


class Desktop:
    """Stands in for QGIS's interface, which tells a provider that there is time."""


def test_the_models_are_read_one_at_a_time_once_the_window_is_there(
    provider, monkeypatch
):
    monkeypatch.setattr(qgis.utils, "iface", Desktop())
    known = QgsApplication.processingRegistry()
    second = MiafProvider()
    second.id = lambda: "miaf2"
    assert known.addProvider(second)
    models = [found for found in second.algorithms() if isinstance(found, ReadyModel)]
    unread = [len(model.parameterDefinitions()) for model in models]
    assert unread == [0, 0, 0, 0]
    assert models[0].create().parameterDefinitions()  # Who runs it does not wait.
    assert plain_copy(models[0]).childAlgorithms()
    second._see_provider("native")
    for read in (0, 1, 2, 3, 4):  # The first turn only says that the window is there.
        second._read_next_model()
        assert sum(bool(model.parameterDefinitions()) for model in models) == read
    second._read_next_model()
    assert not second._soon.isActive()
    second._see_provider("gdal")  # Leaves with all of them to be read again.
    assert known.removeProvider(second)
    assert known.providerById("miaf") is provider


def test_processing_that_comes_later_gets_settings_and_action(provider, monkeypatch):
    pytest.importorskip("processing.core.ProcessingConfig")
    from processing.core.ProcessingConfig import ProcessingConfig
    from processing.gui.ProviderActions import ProviderContextMenuActions

    unregister_settings()
    before = list(ProviderContextMenuActions.actions)
    later = sys.modules.pop("processing")
    alone = MiafProvider()
    alone._join_processing()
    monkeypatch.setitem(sys.modules, "processing", later)
    assert not set(NAMES) & set(ProcessingConfig.settings)
    alone._see_provider("another")
    alone._see_provider("another")
    assert set(NAMES) <= set(ProcessingConfig.settings)
    added = [a for a in ProviderContextMenuActions.actions if a not in before]
    assert len(added) == 1
    remove_designer_action()
    unregister_settings()
    assert ProviderContextMenuActions.actions == before
