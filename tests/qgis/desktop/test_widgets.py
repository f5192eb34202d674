"""Buttons, and messages with buttons."""

import gc
from functools import partial
from types import SimpleNamespace

import pytest
from qgis.gui import QgsProcessingAlgorithmDialogBase

from miaf_qgis.desktop.widgets import offer
from tests.gui.message_steps import steps_of


class Dialog(QgsProcessingAlgorithmDialogBase):
    """Has a message bar that QGIS made: Python knows it only while it is named."""


@pytest.mark.parametrize("stays", [False, True])
@pytest.mark.parametrize(
    ("titles", "pressed"),
    [(["Do it", "Or that"], 0), (["A", "B", "C"], 0), (["A", "B", "C"], 2)],
)
def test_a_step_works_long_after_its_message_was_shown(iface, stays, titles, pressed):
    dialog, done = Dialog(), []
    window = SimpleNamespace(messageBar=lambda: dialog.messageBar())
    steps = [(title, partial(done.append, title)) for title in titles]
    offer(window, "MIAF-Net", "What now?", steps, stays=stays)
    gc.collect()
    shown = steps_of(dialog.messageBar().currentItem())
    assert list(shown) == titles
    shown[titles[pressed]]()
    assert done == [titles[pressed]]
    assert len(dialog.messageBar().items()) == int(stays)
