"""MIAF-Net for QGIS: the folder of this file is the plugin."""

import sys
from pathlib import Path


def classFactory(iface):
    """Return the plugin; QGIS calls this when the plugin is switched on."""
    folder = str(Path(__file__).parent.absolute())
    if folder not in sys.path:
        sys.path.append(folder)
    from miaf_qgis.plugin import MiafPlugin

    return MiafPlugin(iface)
