"""Runs under QGIS's Python: fills Processing's batch dialog from a file and runs it.

Called with the algorithm, the batch file (as the dialog saves it) and the file for the
answer: the rows that succeeded, those that failed with their errors, and the log.
"""

import json
import os
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from unittest.mock import patch

from qgis.core import QgsApplication, QgsProject
from qgis.PyQt.QtWidgets import QFileDialog, QTextEdit

ROOT = Path(__file__).resolve().parents[2]


def main():
    """Run the batch and write what became of it."""
    algorithm, batch, answer = sys.argv[1:]
    application = QgsApplication([], True)
    application.initQgis()
    sys.path.append(str(Path(QgsApplication.pkgDataPath()) / "python" / "plugins"))
    from processing.core.Processing import Processing

    Processing.initialize()
    specification = spec_from_file_location("miaf", ROOT / "__init__.py")
    module = module_from_spec(specification)
    specification.loader.exec_module(module)
    plugin = module.classFactory(None)
    plugin.initProcessing()
    from processing.gui.BatchAlgorithmDialog import BatchAlgorithmDialog

    registry = QgsApplication.processingRegistry()
    made = registry.createAlgorithmById(algorithm)  # Must outlive the dialog.
    dialog = BatchAlgorithmDialog(made)
    panel = dialog.mainWidget()
    with patch.object(QFileDialog, "getOpenFileName", return_value=(batch, "")):
        panel.load()
    panel.checkLoadLayersOnCompletion.setChecked(True)
    outcome = {"rows": panel.batchRowCount()}

    def finish(results, errors):
        outcome["made"] = [item["results"] for item in results]
        outcome["errors"] = [item["errors"] for item in errors]

    dialog.finish = finish
    dialog.runAlgorithm()
    texts = [widget.toPlainText() for widget in dialog.findChildren(QTextEdit)]
    outcome["log"] = max(texts, key=len, default="")
    root = QgsProject.instance().layerTreeRoot()
    outcome["layers"] = [node.name() for node in root.findLayers()]
    outcome["groups"] = [
        [group.name(), [node.name() for node in group.children()]]
        for group in root.findGroups()
    ]
    Path(answer).write_text(json.dumps(outcome), encoding="utf-8")
    os._exit(0)  # Without Python's order of tidying up windows.


if __name__ == "__main__":
    main()
