"""Buttons, and messages with buttons, as all windows of the plugin have them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from qgis.core import Qgis
from qgis.PyQt.QtCore import QSize, Qt
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import QPushButton, QToolButton

_ICON = 20


def calling(act: Callable[[], object]) -> Callable[..., None]:
    """Return a slot that leaves out what signals of buttons and actions carry."""

    def slot(*_carried: Any) -> None:
        act()

    return slot


def tool_button(
    name: str, icon: QIcon, title: str, act: Callable[[], object]
) -> QToolButton:
    """Return a button with icon and title; `name` finds it in its window."""
    button = QToolButton()
    button.setObjectName(name)
    button.setIcon(icon)
    button.setIconSize(QSize(_ICON, _ICON))
    button.setText(title)
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    button.clicked.connect(calling(act))
    return button


def offer(
    iface: Any,
    title: str,
    text: str,
    steps: Iterable[tuple[str, Callable[[], object]]],
    *,
    level: Qgis.MessageLevel = Qgis.MessageLevel.Info,
    stays: bool = False,
) -> Any:
    """Show a message with buttons in QGIS's message bar, and return it.

    Args:
        iface: QGIS's interface.
        title: Comes first, in bold; may be empty.
        text: The message.
        steps: Title of each button and what it does.
        level: How it is coloured.
        stays: Whether it is still there after a button was pressed.
    """
    bar = iface.messageBar()
    item = bar.createMessage(title, text) if title else bar.createMessage(text)

    def accept(act: Callable[[], object]) -> None:
        # Nothing here may hold the message or its bar: Python would take them and what
        # the buttons do for a circle that nobody needs, and QGIS crash at the click.
        if not stays:
            iface.messageBar().popWidget()  # The one in view is the one clicked.
        act()

    for label, act in steps:
        button = QPushButton(label)
        button.clicked.connect(calling(partial(accept, act)))
        item.layout().addWidget(button)
    bar.pushWidget(item, level)
    return item
