"""Pixel-wise baselines from scikit-learn, each in a process of its own.

`svm` is a support vector machine with a radial basis function: bands standardised, C
and gamma chosen by a grid search with five stratified folds of the known pixels.
`forest` is a random forest of 500 trees. Both see every band of the file;
`svm-kept-bands` sees those that the engine keeps by default. Two jobs at a time.

    python -m tests.bench.baselines METHOD CUBE LABELS OUTPUT.npz SEED
"""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path
from typing import Any

import joblib
import numpy as np
import rasterio
from sklearn.ensemble import RandomForestClassifier
from sklearn.model_selection import GridSearchCV, StratifiedKFold
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC

from miaf_engine.requests.settings import BandConfig, inside

METHODS = ("svm", "forest", "svm-kept-bands")
JOBS = 2
COSTS = (1, 10, 100, 1000, 10_000)
# Gamma, in units of 1 / bands ("scale" once standardised).
TIMES_SCALE = (0.01, 0.03, 0.1, 0.3, 1, 3)


def classifier(method: str, bands: int, seed: int) -> Any:
    """Return an estimator that is not fitted yet."""
    if method == "forest":
        return RandomForestClassifier(500, n_jobs=JOBS, random_state=seed)
    grid = {"svc__C": COSTS, "svc__gamma": [times / bands for times in TIMES_SCALE]}
    folds = StratifiedKFold(5, shuffle=True, random_state=seed)
    steps = make_pipeline(StandardScaler(), SVC(kernel="rbf"))
    return GridSearchCV(steps, grid, cv=folds, n_jobs=JOBS)


def kept_bands(path: str) -> list[int]:
    """Return the bands, 0-based, outside the wavelengths that the engine leaves out."""
    ranges = BandConfig().excluded_nm
    with rasterio.open(path) as file:
        centres = [float(file.tags(n).get("wavelength", "nan")) for n in file.indexes]
    return [place for place, nm in enumerate(centres) if not inside(nm, ranges)]


def main() -> int:
    """Fit, classify the whole scene, and print the figures as JSON."""
    method, cube, labels, output, seed = sys.argv[1:]
    with rasterio.open(cube) as file:
        values = file.read().astype(np.float32)  # (C, H, W)
    with rasterio.open(labels) as file:
        known = file.read(1)
    if method == "svm-kept-bands":
        values = values[kept_bands(cube)]
    spectra = values.reshape(len(values), -1).T  # (P, C)
    where = np.flatnonzero(known)
    model = classifier(method, spectra.shape[1], int(seed))
    # Threads: libsvm and the forest release the interpreter's lock.
    with joblib.parallel_backend("threading", n_jobs=JOBS):
        started = time.perf_counter()
        model.fit(spectra[where], known.flat[where])
        fitted = time.perf_counter()
        predicted = model.predict(spectra)
        mapped = time.perf_counter()
    np.savez_compressed(Path(output), classes=predicted.reshape(known.shape))
    found = {
        "train_seconds": fitted - started,
        "map_seconds": mapped - fitted,
        "peak_memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "bands": int(spectra.shape[1]),
        "chosen": getattr(model, "best_params_", {}),
    }
    print(json.dumps(found))
    return 0


if __name__ == "__main__":
    sys.exit(main())
