"""Buttons, and messages with buttons."""

import gc
from types import SimpleNamespace

import pytest
from qgis.gui import QgsProcessingAlgorithmDialogBase
from qgis.PyQt.QtWidgets import QPushButton

from miaf_qgis.desktop.widgets import offer


class Dialog(QgsProcessingAlgorithmDialogBase):
    """Has a message bar that QGIS made: Python knows it only while it is named."""


@pytest.mark.parametrize("stays", [False, True])
def test_a_button_works_long_after_its_message_was_shown(iface, stays):
    dialog, done = Dialog(), []
    window = SimpleNamespace(messageBar=lambda: dialog.messageBar())
    steps = [("Do it", lambda: done.append("it")), ("Or that", lambda: done.append(2))]
    offer(window, "MIAF-Net", "What now?", steps, stays=stays)
    gc.collect()
    buttons = dialog.messageBar().currentItem().findChildren(QPushButton)
    shown = {button.text(): button for button in buttons if button.text()}
    assert list(shown) == ["Do it", "Or that"]
    shown["Do it"].click()
    assert done == ["it"]
    assert len(dialog.messageBar().items()) == int(stays)
