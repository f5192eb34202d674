"""Buttons, and messages with buttons, as all windows of the plugin have them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from qgis.core import Qgis
from qgis.PyQt import QtGui, QtWidgets
from qgis.PyQt.QtCore import QEvent, QObject, QSize, Qt
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import (
    QFrame,
    QMenu,
    QPushButton,
    QScrollArea,
    QToolButton,
    QWidget,
)

_ICON = 20
# Beside more buttons than this there is no room for the text of a message where the
# window is small: the bar is only as wide as the map.
_BUTTONS = 2
# In QtWidgets of Qt 5 and in QtGui of Qt 6.
_ActionGroup = getattr(QtGui, "QActionGroup", None) or QtWidgets.QActionGroup


class ScrollColumn(QScrollArea):
    """A scroll area that only scrolls vertically: it is as wide as its contents.

    Args:
        inside: The contents.
    """

    def __init__(self, inside: QWidget) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidget(inside)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Qt installs it as the event filter of its contents, to follow their size.
        if watched is self.widget() and event.type() == QEvent.Type.LayoutRequest:
            bar = self.verticalScrollBar().sizeHint().width()
            self.setMinimumWidth(self.widget().minimumSizeHint().width() + bar)
        return super().eventFilter(watched, event)


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


def exclusive(actions: Iterable[Any], parent: QObject) -> None:
    """Have just one of several entries of a menu checked."""
    group = _ActionGroup(parent)
    for action in actions:
        action.setCheckable(True)
        group.addAction(action)


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

    More than two steps make one button, which does the first; its menu has the others.

    Args:
        iface: QGIS's interface.
        title: Comes first, in bold; may be empty.
        text: The message.
        steps: Title of each step and what it does, the most likely one first.
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

    slots = {label: calling(partial(accept, act)) for label, act in steps}
    for button in buttons_of(slots):
        item.layout().addWidget(button)
    bar.pushWidget(item, level)
    return item


def buttons_of(slots: dict[str, Callable[..., None]]) -> list[QWidget]:
    """Return a button for each title, or one with a menu for more than two.

    Args:
        slots: What is called, by the title of the button or of the entry.
    """
    if len(slots) <= _BUTTONS:
        buttons = []
        for title, slot in slots.items():
            button = QPushButton(title)
            button.clicked.connect(slot)
            buttons.append(button)
        return buttons
    first, *others = slots
    split = QToolButton()
    split.setText(first)
    split.clicked.connect(slots[first])
    menu = QMenu(split)
    for title in others:
        menu.addAction(title).triggered.connect(slots[title])
    split.setMenu(menu)
    split.setPopupMode(QToolButton.ToolButtonPopupMode.MenuButtonPopup)
    return [split]
