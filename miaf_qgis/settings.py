"""The plugin's one setting: which interpreter runs the engine."""

from __future__ import annotations

from qgis.core import QgsSettings
from qgis.PyQt.QtGui import QIcon

from miaf_qgis.translation import tr

# Page under Settings > Options > Processing > Providers: the provider's name.
GROUP = "MIAF-Net"
INTERPRETER = "MIAF_ENGINE_PYTHON"


def interpreter_setting() -> str:
    """Return the path that the user gave, or an empty text."""
    # Read without ProcessingConfig: this is also called where Processing is not loaded.
    value = QgsSettings().value(f"Processing/Configuration/{INTERPRETER}", "")
    return str(value or "").strip()


def register_settings(icon: QIcon) -> None:
    """Show the setting on the provider's page of the options."""
    try:
        from processing.core.ProcessingConfig import ProcessingConfig, Setting
    except ImportError:  # A script that uses qgis.core alone has no options dialog.
        return
    ProcessingConfig.settingIcons[GROUP] = icon
    ProcessingConfig.addSetting(
        Setting(
            GROUP,
            INTERPRETER,
            tr("Python that runs the engine (empty: found automatically)"),
            "",
            valuetype=Setting.FILE,
        )
    )
    ProcessingConfig.readSettings()


def unregister_settings() -> None:
    """Take the setting off the options."""
    try:
        from processing.core.ProcessingConfig import ProcessingConfig
    except ImportError:
        return
    # Absent where Processing was loaded after the provider; unload must not fail.
    if INTERPRETER in ProcessingConfig.settings:
        ProcessingConfig.removeSetting(INTERPRETER)
