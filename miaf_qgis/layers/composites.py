"""Colour composites of a cube: three of its bands, chosen by wavelength, stretched."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from qgis.core import (
    QgsContrastEnhancement,
    QgsMultiBandColorRenderer,
    QgsRasterLayer,
    QgsRasterMinMaxOrigin,
    QgsRasterNuller,
    QgsRasterRange,
    QgsRectangle,
    QgsSingleBandGrayRenderer,
)

from miaf_qgis.translation import tr

if TYPE_CHECKING:
    from miaf_qgis.layers.bands import LayerBands

# Lowest, best and highest wavelength in nm for a colour of the screen.
Range = tuple[float, float, float]
_BLUE, _GREEN, _RED = (420, 470, 510), (510, 560, 600), (600, 650, 700)
_NIR, _SWIR_1, _SWIR_2 = (740, 860, 1000), (1500, 1650, 1800), (2000, 2200, 2400)
_BEYOND_NIR = (1000, 1250, 1350)
# The shares of the bands, in file order, that stand in where there are no wavelengths.
_SPREAD = (0.75, 0.5, 0.25)

# Bands that are looked at for one with values.
_TRIED = 5
_LOWER, _UPPER = 0.02, 0.98
_SAMPLED = 250_000
# Pixels that hold one value in all three bands are without data if they are so many.
_FILL_SIDE, _FILL_SHARE = 64, 0.01


class Composite(NamedTuple):
    """Bands for red, green and blue; the first choice that a cube has is taken."""

    key: str
    choices: tuple[tuple[Range, Range, Range], ...]


COMPOSITES = {
    composite.key: composite
    for composite in (
        Composite("natural", ((_RED, _GREEN, _BLUE),)),
        Composite("infrared", ((_NIR, _RED, _GREEN),)),
        Composite(
            "shortwave",
            (
                (_SWIR_2, _NIR, _RED),
                (_SWIR_1, _NIR, _RED),
                (_SWIR_2, _SWIR_1, _BEYOND_NIR),
            ),
        ),
    )
}


def title_of(key: str) -> str:
    """Return what menus call a composite."""
    return {
        "natural": tr("Natural colour"),
        "infrared": tr("Infrared"),
        "shortwave": tr("Short-wave infrared"),
    }[key]


def show_composite(layer: QgsRasterLayer, composite: Composite) -> str:
    """Show a cube as a composite, stretched from 2 to 98 % of the values of each band.

    Where a cube has no wavelengths, three bands that are spread over it are shown.

    Returns:
        What the user should know; empty where all is as asked for. A cube that lacks a
        wavelength keeps its style.
    """
    # Not at the top: the menu needs the titles alone, and QGIS's start pays for more.
    from miaf_qgis.layers.bands import bands_of

    bands, note, cuts = bands_of(layer), "", _Cuts(layer.dataProvider())
    if bands.table.wavelengths_nm is None:
        numbers = _spread(cuts, bands)
        if numbers:
            note = tr(
                "Cube '{name}' has no wavelengths in its metadata. Its bands {bands} "
                "are shown."
            ).format(name=layer.name(), bands=", ".join(map(str, numbers)))
    else:
        numbers = _by_wavelength(cuts, bands, composite)
    if numbers is None:
        return tr(
            "Cube '{name}' cannot be shown as '{title}', because it lacks bands at "
            "{ranges} nm. Choose another composite."
        ).format(
            name=layer.name(),
            title=title_of(composite.key),
            ranges=_in_words(composite),
        )
    _show(layer, numbers, cuts)
    return note


def shows_first_bands(layer: QgsRasterLayer) -> bool:
    """Return whether a cube looks as QGIS shows any raster: its first bands."""
    renderer = layer.renderer()
    if isinstance(renderer, QgsMultiBandColorRenderer):
        shown = renderer.redBand(), renderer.greenBand(), renderer.blueBand()
        return shown == (1, 2, 3)
    # QGIS 4 has renamed grayBand, and usesBands has always been there.
    return isinstance(renderer, QgsSingleBandGrayRenderer) and (
        renderer.usesBands() == [1]
    )


def _in_words(composite: Composite) -> str:
    ranges = composite.choices[0]
    return ", ".join(f"{low:g}-{high:g}" for low, _, high in ranges)


class _Cuts:
    """QGIS's own cumulative cut of bands, each measured once.

    Args:
        provider: Has the values.
    """

    def __init__(self, provider: Any) -> None:
        self._provider = provider
        self._known: dict[int, tuple[float, float]] = {}

    def of(self, number: int) -> tuple[float, float]:
        """Return the cut of a band, two NaN where it has no values."""
        if number not in self._known:
            self._known[number] = _cut(self._provider, number)
        return self._known[number]


def _by_wavelength(
    cuts: _Cuts, bands: LayerBands, composite: Composite
) -> list[int] | None:
    for choice in composite.choices:
        found = []
        for low, best, high in choice:
            near = sorted(
                bands.good_between(low, high), key=lambda item: abs(item[1] - best)
            )
            found.append(_with_values(cuts, [number for number, _ in near]))
        if all(found):
            return [number for number in found if number]
    return None


def _spread(cuts: _Cuts, bands: LayerBands) -> list[int] | None:
    good = [bands.numbers[index] for index in bands.table.good_indices]
    found = []
    for share in _SPREAD:
        wanted = share * (len(good) - 1)
        near = sorted(range(len(good)), key=lambda place: abs(place - wanted))
        found.append(_with_values(cuts, [good[place] for place in near]))
    return [number for number in found if number] if all(found) else None


def _with_values(cuts: _Cuts, numbers: Sequence[int]) -> int | None:
    """Return the first of some bands whose values differ, None if not soon."""
    for number in numbers[:_TRIED]:
        low, high = cuts.of(number)
        if low < high:
            return number
    return None


def _cut(provider: Any, number: int) -> tuple[float, float]:
    """Measure the cut of a band.

    Through a filter that changes nothing: asked itself, GDAL's provider would leave its
    histogram beside the file, as NAME.aux.xml.
    """
    values = QgsRasterNuller()
    values.setInput(provider)
    low, high = values.cumulativeCut(number, _LOWER, _UPPER, QgsRectangle(), _SAMPLED)
    finite = math.isfinite(low) and math.isfinite(high)
    return (low, high) if finite else (math.nan, math.nan)


def _show(layer: QgsRasterLayer, numbers: Sequence[int], cuts: _Cuts) -> None:
    provider = layer.dataProvider()
    # A copy, because the layer keeps what the user has said of its nodata.
    measured = provider.clone()
    fill = _fill_value(measured, numbers)
    if fill is not None:
        for number in numbers:
            own = measured.userNoDataValues(number)
            measured.setUserNoDataValue(number, [*own, QgsRasterRange(fill, fill)])
        cuts = _Cuts(measured)
    renderer = QgsMultiBandColorRenderer(provider, *numbers)
    setters = (
        renderer.setRedContrastEnhancement,
        renderer.setGreenContrastEnhancement,
        renderer.setBlueContrastEnhancement,
    )
    for number, set_stretch in zip(numbers, setters):  # noqa: B905 - Python 3.9
        low, high = cuts.of(number)
        stretch = QgsContrastEnhancement(provider.dataType(number))
        algorithm = QgsContrastEnhancement.ContrastEnhancementAlgorithm
        stretch.setContrastEnhancementAlgorithm(algorithm.StretchToMinimumMaximum)
        stretch.setMinimumValue(low)
        stretch.setMaximumValue(high)
        set_stretch(stretch)
    origin = QgsRasterMinMaxOrigin()
    origin.setLimits(QgsRasterMinMaxOrigin.Limits.CumulativeCut)
    origin.setCumulativeCutLower(_LOWER)
    origin.setCumulativeCutUpper(_UPPER)
    renderer.setMinMaxOrigin(origin)
    renderer.setOpacity(layer.opacity())
    layer.setRenderer(renderer)
    layer.triggerRepaint()


def _fill_value(provider: Any, numbers: Sequence[int]) -> float | None:
    """Return the value that many pixels have in all of these bands, None without one.

    Neighbouring bands may agree, but not a band of each end of the spectrum.
    """
    width, height = provider.xSize(), provider.ySize()
    columns, rows = min(width, _FILL_SIDE), min(height, _FILL_SIDE)
    blocks = [
        provider.block(number, provider.extent(), columns, rows) for number in numbers
    ]
    same: Counter[float] = Counter()
    for row in range(rows):
        for column in range(columns):
            if blocks[0].isNoData(row, column):
                continue
            values = {block.value(row, column) for block in blocks}
            if len(values) == 1:
                same.update(values)
    value, count = same.most_common(1)[0] if same else (math.nan, 0)
    return value if count > _FILL_SHARE * rows * columns else None
