"""Compares spectra with the class means, by the spectral angle."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from miaf_qgis.spectra.cube_file import Area, AreaSpectra

# An area is marked where the angle to another class is below this share of its own.
_SHARE = 0.5


@dataclass(frozen=True)
class Unlike:
    """An area whose spectra are far nearer to another class than to its own.

    Attributes:
        area: The area.
        other: Name of the class that it is nearer to.
        own_angle: Median spectral angle to the mean of its class without it, degrees.
        other_angle: Median spectral angle to the mean of the other class, degrees.
    """

    area: Area
    other: str
    own_angle: float
    other_angle: float


def class_spectra(found: Mapping[Area, AreaSpectra]) -> dict[str, AreaSpectra]:
    """Return the spectra of each class by its name; classes without pixels are out."""
    classes: dict[str, AreaSpectra] = {}
    for area, spectra in found.items():
        if spectra.pixels:
            known = classes.get(area.name)
            classes[area.name] = spectra if known is None else known + spectra
    return classes


def spectral_angles(
    spectra: NDArray[np.floating], means: NDArray[np.floating]
) -> NDArray[np.float64]:
    """Return the angles between spectra (P, C) and means (K, C) in degrees, (P, K).

    Bands without a value on either side are left out; NaN where none is left.
    """
    angles = np.full((len(spectra), len(means)), np.nan)
    for column, mean in enumerate(means):
        both = np.isfinite(spectra) & np.isfinite(mean)
        values = np.where(both, spectra, 0.0).astype(np.float64)
        wanted = np.where(both, mean, 0.0)
        lengths = np.sqrt((values**2).sum(1) * (wanted**2).sum(1))
        products = (values * wanted).sum(1)
        known = lengths > 0
        cosines = np.clip(products[known] / lengths[known], -1.0, 1.0)
        angles[known, column] = np.degrees(np.arccos(cosines))
    return angles


def nearest_classes(
    spectrum: NDArray[np.floating],
    classes: Mapping[str, AreaSpectra],
    good: NDArray[np.bool_],
) -> list[tuple[str, float]]:
    """Return names and spectral angles of the classes, the nearest first."""
    if not classes:
        return []
    means = np.stack([spectra.mean for spectra in classes.values()])
    angles = spectral_angles(spectrum[None, good], means[:, good])[0]
    pairs = zip(classes, angles.tolist())  # noqa: B905 - Python 3.9
    return sorted((p for p in pairs if np.isfinite(p[1])), key=lambda pair: pair[1])


def unlike_areas(
    found: Mapping[Area, AreaSpectra], good: NDArray[np.bool_]
) -> list[Unlike]:
    """Return the areas that are twice as near to another class as to their own.

    What counts is the median spectral angle of an area's pixels to a class mean. The
    mean of the area's own class is that of its other areas, so an area that is alone in
    its class is not judged. Areas of classes that are much alike are often a little
    nearer to the other class; one of a wrong class is mostly far nearer.

    Args:
        found: The spectra of each area.
        good: bool (C,), which bands count.
    """
    classes = class_spectra(found)
    unlike = []
    for area, spectra in found.items():
        if not spectra.pixels or len(classes) < 2:
            continue
        rest = classes[area.name] - spectra
        if not rest.pixels:
            continue
        others = {name: s.mean for name, s in classes.items() if name != area.name}
        means = np.stack([rest.mean, *others.values()])
        angles = spectral_angles(spectra.kept[:, good], means[:, good])
        angles = angles[np.isfinite(angles).all(1)]
        if not len(angles):
            continue
        own, *medians = np.median(angles, axis=0).tolist()
        smallest = min(medians)
        if smallest < _SHARE * own:
            other = list(others)[medians.index(smallest)]
            unlike.append(Unlike(area, other, own, smallest))
    return unlike
