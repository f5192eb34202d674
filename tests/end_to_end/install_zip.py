"""Runs under QGIS's Python: installs a zip as Install from ZIP does, in a profile.

Called with the zip, the profile's folder and its folder of plugins; the desktop that
the installer talks to is a stand-in. Prints its messages and what became active.
"""

import json
import sys
import traceback
from pathlib import Path
from types import SimpleNamespace
from unittest.mock import MagicMock

from qgis import utils
from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QCoreApplication, QSettings
from qgis.PyQt.QtWidgets import QMainWindow


def say_exception(kind, value, trace, message, *_more, **_options):
    """Stand in for the desktop's message of a Python error."""
    print(message, file=sys.stderr)
    traceback.print_exception(kind, value, trace)


def main():
    """Install, and print one JSON object."""
    archive, folder, plugins = sys.argv[1:]
    # As the desktop does; without, the settings are those of all profiles.
    QSettings.setDefaultFormat(QSettings.Format.IniFormat)
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, folder)
    QCoreApplication.setOrganizationName("QGIS")
    QCoreApplication.setApplicationName("QGIS3")
    application = QgsApplication([], True, folder)
    application.initQgis()
    python = Path(QgsApplication.pkgDataPath()) / "python"
    sys.path += [str(python), str(python / "plugins")]
    from processing.core.Processing import Processing

    Processing.initialize()
    told = []
    manager = MagicMock()
    manager.pushMessage.side_effect = lambda text, level: told.append(text)
    window = QMainWindow()
    utils.iface = MagicMock()
    utils.iface.mainWindow.return_value = window
    utils.iface.pluginManagerInterface.return_value = manager
    utils.showException = say_exception
    # As the desktop has them once it has started.
    utils.home_plugin_path = plugins
    utils.plugin_paths = [utils.home_plugin_path, *utils.plugin_paths]
    sys.path.insert(0, utils.home_plugin_path)
    import pyplugin_installer.installer_data

    pyplugin_installer.installer_data.plugins = SimpleNamespace(
        getAllInstalled=lambda: None, rebuild=lambda: None, all=dict
    )
    from pyplugin_installer import installer

    installer.plugins = pyplugin_installer.installer_data.plugins
    installer.iface = utils.iface
    made = installer.QgsPluginInstaller.__new__(installer.QgsPluginInstaller)
    installer.QObject.__init__(made)
    made.exportPluginsToManager = lambda: None
    made.installFromZipFile(archive)
    provider = QgsApplication.processingRegistry().providerById("miaf")
    outcome = {
        "told": told,
        "active": "miaf" in utils.active_plugins,
        "version": utils.pluginMetadata("miaf", "version"),
        "algorithms": [a.id() for a in provider.algorithms()] if provider else [],
        "from": sys.modules["miaf"].__file__ if "miaf" in sys.modules else None,
    }
    print(json.dumps(outcome))
    sys.stdout.flush()
    utils.unloadPlugin("miaf")


if __name__ == "__main__":
    main()
    import os

    os._exit(0)  # The stand-ins outlive the application otherwise.
