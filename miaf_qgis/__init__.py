"""The QGIS side of MIAF-Net: dialogs, layers and styles, and hardly any numerics.

Layers become files, parameters become a request, and the engine runs as a process of
its own. Only `spectra` imports numerical packages, once it is shown, and nothing here
needs a Python newer than 3.9, which QGIS 3.22 ships on Windows and macOS.
"""

from pathlib import Path

PLUGIN_FOLDER = Path(__file__).parent.parent.absolute()
