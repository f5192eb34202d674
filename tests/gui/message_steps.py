"""What a message of QGIS's bar offers; for scripts in the desktop and for tests."""

from qgis.PyQt.QtWidgets import QPushButton, QToolButton


def steps_of(message):
    """Return {title: what presses it} of a message's buttons and their menus."""
    steps = {}
    for button in message.findChildren(QPushButton):
        steps[button.text()] = button.click
    for button in message.findChildren(QToolButton):
        if button.menu() is not None and button.text():
            steps[button.text()] = button.click
            steps |= {each.text(): each.trigger for each in button.menu().actions()}
    return {title: press for title, press in steps.items() if title}
