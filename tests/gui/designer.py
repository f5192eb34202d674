"""Runs the ready models from the model designer, as a person does."""

from person import dialog_with, log_of, run_and, shoot, soon, wait
from qgis.core import QgsApplication, QgsProject


def run_model(word, parameters, outcome):
    """Run a ready model from the model designer."""
    from miaf_qgis.ready_models.designer import open_in_designer

    provider = QgsApplication.processingRegistry().providerById("miaf")
    designer = open_in_designer(provider.algorithm(word))
    designer.resize(1300, 820)
    wait(2)
    shoot(designer, f"designer_{word}")

    def go():
        dialog = dialog_with("AlgorithmDialog")
        if dialog is None:
            return False
        dialog.setParameters(parameters)
        fine, results = run_and(dialog, lambda ended: None, 200)
        outcome.setdefault("models", {})[word] = [fine, sorted(results)]
        if fine is not True:
            outcome.setdefault("model_logs", {})[word] = log_of(dialog)
        dialog.close()
        return True

    soon(go, 1.5, 3)
    designer.runModel()
    wait(250, lambda: word in outcome.get("models", {}))
    QgsProject.instance().setDirty(False)
    designer.setDirty(False)
    designer.close()
    wait(1)


def run_models(cube, areas, checked, work, outcome):
    """Run all ready models on the demo scene."""
    folder = work / "models"
    folder.mkdir()
    trained = {"CUBE": cube.id(), "ROIS": areas.id(), "CLASS_FIELD": "cover"}
    trained |= {"EPOCHS": 3, "DEVICE": "cpu"}
    polygons = {"polygons:OUTPUT": str(folder / "cover.gpkg"), "SMALLEST_PATCH": 5}
    run_model("classifyandvectorise", {**trained, **polygons}, outcome)
    many = {"CUBES": [cube.id()], "classify:FOLDER": str(folder / "maps")}
    run_model("trainonceclassifymany", {**trained, **many}, outcome)
    checks = {
        "CUBE": cube.id(),
        "MODEL": str(work / "results" / "model.miaf.safetensors"),
        "REFERENCE": checked.id(),
        "CLASS_FIELD": "cover",
        "DEVICE": "cpu",
        "classify:OUTPUT": str(folder / "map.tif"),
    }
    run_model("classifythenassess", checks, outcome)
