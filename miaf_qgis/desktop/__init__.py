"""What the plugin adds to QGIS's main window, and what dialogs start with."""
