"""What an accuracy report holds, and the same as JSON."""

from __future__ import annotations

import math
import platform
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib import metadata
from typing import Any

import numpy as np
from numpy.typing import NDArray

from miaf_engine import __version__
from miaf_engine.accuracy.area_estimates import AreaEstimates
from miaf_engine.accuracy.map_accuracy import MapAccuracy
from miaf_engine.accuracy.map_comparison import Comparison
from miaf_engine.accuracy.metrics import Assessment
from miaf_engine.classes import ClassTable
from miaf_engine.io.fingerprints import Fingerprint
from miaf_engine.reports.pictures import RolePicture
from miaf_engine.translation import marked


@dataclass(frozen=True)
class Spectra:
    """Mean spectra of the classes over the bands used.

    Attributes:
        means: float (K, C), NaN for a class without pixels.
        spreads: float (K, C), standard deviation.
        wavelengths_nm: float (C,), or None where unknown.
        unit: What the numbers are, for the axis, in English.
        pixels: Which pixels were averaged, for the caption, likewise.
        band_numbers: integer (C,), number of each band in the file from 1; None counts
            the bands used.
        left_out: Where the bands lie that were not used: wavelengths, or numbers.
    """

    means: NDArray[np.floating]
    spreads: NDArray[np.floating]
    wavelengths_nm: NDArray[np.floating] | None = None
    unit: str = marked("cube value")
    pixels: str = marked("labelled pixels")
    band_numbers: NDArray[np.integer] | None = None
    left_out: NDArray[np.floating] | None = None

    def as_json(self, names: Sequence[str]) -> dict[str, Any]:
        """Return the spectra by class name; `clean` makes JSON values of them."""
        return {
            "unit": self.unit,
            "wavelengths_nm": self.wavelengths_nm,
            "band_numbers": self.band_numbers,
            "left_out": self.left_out,
            "mean": dict(zip(names, self.means, strict=True)),
            "spread": dict(zip(names, self.spreads, strict=True)),
        }


@dataclass(frozen=True, kw_only=True)
class ReportContent:
    """What a report may show; a part that is missing is left out.

    Attributes:
        title: Heading.
        classes: The K classes.
        accuracy_definition: Which pixels were scored, how they were chosen, and with
            which seed, in whole sentences.
        kept_model: Why the model that was kept is not the one that was scored; empty
            where it is.
        assessment: Confusion matrix of those pixels.
        adjusted: The same adjusted for area, where they are a probability sample.
        comparison: Another map scored on the same pixels.
        training_overlap: How much of them are training areas of the map's model, and
            how much lies beside those that are known.
        expected: Expected accuracy of the whole map with its 95 % interval, 0..1.
        expected_doubt: Which of `warnings` says why not to rely on `expected`; the page
            shows it beside the figure. Empty for none.
        left_open: Figures of a `MapSummary`: what is unlike the training areas, and
            what was left without a class.
        left_open_text: The same in words; empty where nothing is known.
        head_weights: Weight of each head of the ensemble, the largest first.
        head_weights_origin: What these follow from, in a sentence.
        baselines: How standard classifiers fare in the same folds: `name`,
            `overall_accuracy`, `average_accuracy`, `gain`, `gain_interval`.
        calibration: What is known of confidence, from `calibration_figures`.
        warnings: What the run warned of, as `progress.Recording` kept it.
        advice: Sentences on what would make the map better, most useful first.
        class_map: integer (H, W), class 1..K, 0 = unclassified.
        counts: Pixels by class name and role, from `Split.counts`.
        areas: Areas likewise.
        roles: Where the pixels of each role lie.
        history: From `History.as_json`: losses, checks, best_epoch.
        spectra: Mean spectra.
        inputs: Names of the files by what they are, in English.
        fingerprints: What tells the input files from others.
        applied: Settings that had an effect, as the dialog calls them, with values;
            the page then shows these in place of `settings`.
        settings: Values by name, or by group and name.
        versions: Version by package.
        seed: Seed of the split, the weights and the noise.
        device: Where the network ran.
        seconds: Time the run took.
        created_utc: When, ISO 8601.
    """

    title: str
    classes: ClassTable
    accuracy_definition: str = ""
    kept_model: str = ""
    assessment: Assessment | None = None
    adjusted: AreaEstimates | None = None
    comparison: Comparison | None = None
    training_overlap: Mapping[str, float | None] = field(default_factory=dict)
    expected: MapAccuracy | None = None
    expected_doubt: str = ""
    left_open: Mapping[str, Any] = field(default_factory=dict)
    left_open_text: str = ""
    head_weights: Mapping[str, float] = field(default_factory=dict)
    head_weights_origin: str = ""
    baselines: Sequence[Mapping[str, Any]] = ()
    calibration: Mapping[str, Any] | None = None
    warnings: Sequence[str] = ()
    advice: Sequence[str] = ()
    class_map: NDArray[np.integer] | None = None
    counts: Mapping[str, Mapping[str, int]] | None = None
    areas: Mapping[str, Mapping[str, int]] | None = None
    roles: RolePicture | None = None
    history: Mapping[str, Any] | None = None
    spectra: Spectra | None = None
    inputs: Mapping[str, str] = field(default_factory=dict)
    fingerprints: Sequence[Fingerprint] = ()
    applied: Sequence[tuple[str, str]] = ()
    settings: Mapping[str, Any] = field(default_factory=dict)
    versions: Mapping[str, str] = field(default_factory=dict)
    seed: int | None = None
    device: str | None = None
    seconds: float | None = None
    created_utc: str | None = None


def figures(content: ReportContent) -> dict[str, Any]:
    """Return the numbers of the report as JSON values, null where undefined."""
    spectra = content.spectra
    values = {
        **(content.assessment.as_json() if content.assessment else {}),
        "area_adjusted": content.adjusted and content.adjusted.as_json(),
        "comparison": content.comparison and content.comparison.as_json(),
        **content.training_overlap,
        **map_figures(content.expected, content.expected_doubt),
        **content.left_open,
        "head_weights": content.head_weights,
        "baselines": content.baselines,
        "calibration": content.calibration,
        "title": content.title,
        "accuracy_definition": content.accuracy_definition,
        "kept_model": content.kept_model or None,
        "warnings": list(content.warnings),
        "advice": list(content.advice),
        "pixels_per_class": content.counts,
        "areas_per_class": content.areas,
        "history": content.history,
        "spectra": spectra and spectra.as_json(content.classes.names),
        "inputs": content.inputs,
        "fingerprints": [item.as_json() for item in content.fingerprints],
        "settings": content.settings,
        "versions": content.versions,
        "seed": content.seed,
        "device": content.device,
        "seconds": content.seconds,
        "created_utc": content.created_utc,
    }
    return {key: clean(value) for key, value in values.items()}


def map_figures(expected: MapAccuracy | None, doubt: str) -> dict[str, Any]:
    """Return the expected accuracy of a map as JSON values, null where unknown.

    Args:
        expected: The accuracy, or None.
        doubt: Why not to rely on it; empty if nothing says so.
    """
    return {
        "map_accuracy": expected and expected.value,
        "map_accuracy_interval": expected and [expected.low, expected.high],
        "map_accuracy_temperatures": expected and list(expected.temperatures),
        "map_accuracy_doubt": doubt or None,
    }


def clean(value: object) -> object:
    """Return `value` with NumPy types made plain and NaN made null."""
    if isinstance(value, Mapping):
        return {str(key): clean(item) for key, item in value.items()}
    if isinstance(value, np.ndarray):
        return clean(value.tolist())
    if isinstance(value, (list, tuple)):
        return [clean(item) for item in value]
    if isinstance(value, np.generic):
        return clean(value.item())
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value


def versions() -> dict[str, str]:
    """Return the versions that a result depends on."""
    packages = ("torch", "numpy", "scikit-image", "rasterio")
    return {
        "miaf": __version__,
        "python": platform.python_version(),
        **{name: metadata.version(name) for name in packages},
    }
