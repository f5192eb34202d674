"""Translation of the texts that users see."""

from qgis.PyQt.QtCore import QCoreApplication


def tr(text: str) -> str:
    """Return `text` in the user's language."""
    return QCoreApplication.translate("MIAF-Net", text)
