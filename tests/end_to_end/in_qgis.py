"""Runs under QGIS's Python, as a user's script would; `steps.json` says what to do.

Each step is {"run": algorithm, "parameters": {...}} or {"model": file, "parameters":
{...}} or {"extent": raster} or {"edit": layer, "field": name, "values": one a feature};
`answers.json` gets a list with {"results"}, {"error"}, {"extent"} or {"set"} of each.
"""

import json
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

from qgis.core import (
    QgsApplication,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingModelAlgorithm,
    QgsProject,
    QgsRasterLayer,
    QgsVectorLayer,
)

ROOT = Path(__file__).resolve().parents[2]
# What QGIS must never have loaded, whatever the plugin did.
FOREIGN = ("torch", "skimage", "rasterio", "pyogrio", "safetensors")


def load_plugin():
    """Switch the plugin on as QGIS does, by the root's classFactory."""
    specification = spec_from_file_location("miaf", ROOT / "__init__.py")
    module = module_from_spec(specification)
    specification.loader.exec_module(module)
    plugin = module.classFactory(None)
    plugin.initProcessing()
    return plugin


def carry_out(step):
    """Return the answer to one step."""
    if "extent" in step:
        layer = QgsRasterLayer(step["extent"], "raster")
        box = layer.extent()
        sides = [box.xMinimum(), box.yMinimum(), box.xMaximum(), box.yMaximum()]
        return {"extent": sides, "crs": layer.crs().isValid()}
    if "edit" in step:
        return edit(step)
    algorithm = step.get("run")
    if "model" in step:
        algorithm = QgsProcessingModelAlgorithm()
        assert algorithm.fromFile(step["model"]), step["model"]
        algorithm.initAlgorithm()
    return run(algorithm, step["parameters"])


def edit(step):
    """Set a field of the features in turn, as in the attribute table; None is left."""
    layer = QgsVectorLayer(step["edit"], "edited")
    place = layer.fields().indexFromName(step["field"])
    assert layer.isValid() and place >= 0 and layer.startEditing(), step
    given = zip(layer.getFeatures(), step["values"], strict=True)
    chosen = [(feature.id(), value) for feature, value in given if value is not None]
    done = [layer.changeAttributeValue(fid, place, value) for fid, value in chosen]
    assert all(done) and layer.commitChanges(), layer.commitErrors()
    return {"set": len(done)}


def run(algorithm, parameters):
    """Run an algorithm by `processing.run`, or say the error that the script gets."""
    import processing

    context, feedback = QgsProcessingContext(), QgsProcessingFeedback(False)
    context.setProject(QgsProject.instance())
    try:
        results = processing.run(
            algorithm, parameters, context=context, feedback=feedback
        )
    except QgsProcessingException as error:
        return {"error": str(error), "log": feedback.textLog()}
    plain = {key: value for key, value in results.items() if _is_plain(value)}
    return {"results": plain, "log": feedback.textLog()}


def _is_plain(value):
    return value is None or isinstance(value, (str, int, float))


def main():
    """Carry out all steps."""
    folder = Path(sys.argv[1])
    steps = json.loads((folder / "steps.json").read_text(encoding="utf-8"))
    application = QgsApplication([], False)
    application.initQgis()
    sys.path.append(str(Path(QgsApplication.pkgDataPath()) / "python" / "plugins"))
    from processing.core.Processing import Processing

    Processing.initialize()
    plugin = load_plugin()
    answers = [carry_out(step) for step in steps]
    answers.append({"foreign": [name for name in FOREIGN if name in sys.modules]})
    (folder / "answers.json").write_text(json.dumps(answers), encoding="utf-8")
    plugin.unload()
    application.exitQgis()


if __name__ == "__main__":
    main()
