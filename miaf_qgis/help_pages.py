"""Where the pages of help and the icons are that come with the plugin."""

from __future__ import annotations

from pathlib import Path

from qgis.PyQt.QtCore import QUrl

from miaf_qgis import PLUGIN_FOLDER

HELP_FOLDER = PLUGIN_FOLDER / "resources" / "help"
ICON_FOLDER = PLUGIN_FOLDER / "resources" / "icons"
PROVIDER_ICON = PLUGIN_FOLDER / "resources" / "icon.svg"


def page_url(name: str = "index") -> str:
    """Return the address of an algorithm's page; it needs no network.

    An empty text where there is no page, so that QGIS offers no help button that
    leads nowhere.
    """
    page = HELP_FOLDER / f"{name}.html"
    return QUrl.fromLocalFile(str(page)).toString() if page.is_file() else ""


def icon_path(name: str) -> Path:
    """Return the file of an algorithm's icon, or of the provider's."""
    path = ICON_FOLDER / f"{name}.svg"
    return path if path.is_file() else PROVIDER_ICON
