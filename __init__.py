"""MIAF-Net for QGIS: the folder of this file is the plugin."""

import importlib
import sys
from pathlib import Path

PACKAGES = ("miaf_qgis", "miaf_engine")


def classFactory(iface):
    """Return the plugin; QGIS calls this when the plugin is switched on.

    Args:
        iface: QGIS's interface; None where there are no windows, as in qgis_process.
    """
    folder = str(Path(__file__).parent.absolute())
    if folder not in sys.path:
        sys.path.append(folder)
    if iface is not None:  # Only the desktop switches a plugin on a second time.
        _forget_modules()
    from miaf_qgis.plugin import MiafPlugin

    return MiafPlugin(iface)


def _forget_modules():
    """Forget the plugin's modules, so that they are imported again after an update.

    QGIS forgets the modules of this package alone. Without a restart, those of an older
    version would be used together with new ones. What is still at work keeps the
    modules that it has: a run goes on to its end.
    """
    for name in list(sys.modules):
        if name.partition(".")[0] in PACKAGES:
            del sys.modules[name]
    importlib.invalidate_caches()  # Of the folders' old lists of files.
