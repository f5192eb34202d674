"""Adapts another scene to a model: its bands, and how far off its values are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from miaf_engine.cubes.bands import BandTable, match_bands, warn_without_wavelengths
from miaf_engine.cubes.reader import CubeReader
from miaf_engine.cubes.resampling import (
    CubeSource,
    InterpolatedReader,
    interpolation,
)
from miaf_engine.cubes.sample import (
    SceneSample,
    constant_fill,
    sample_scene,
    unmasked_sample,
)
from miaf_engine.errors import BandMismatchError, CubeError
from miaf_engine.models.applicability import Applicability
from miaf_engine.models.card import ModelCard
from miaf_engine.models.facts import ModelFacts
from miaf_engine.models.preparation import Preparation
from miaf_engine.models.tie_points import corner_in, gain_by
from miaf_engine.preprocessing.normalisation import (
    ROUNDING,
    Gain,
    Normalisation,
    mean_brightness,
)
from miaf_engine.progress import Progress
from miaf_engine.translation import marked, tr

# Beyond these a band counts as far off, and with that share of bands a scene does.
# Chosen by the experiment in docs/decisions/another_scene.md.
FAR_SHIFT, FAR_RATIO, FAR_SHARE = 1.25, 3.0, 0.1

_UNLIKE = {
    "model": marked(
        "Nearly all of this scene is unlike the training areas: of {pixels} pixels, "
        "nine tenths are further from them than is usual in the training scene. "
        "Reasons may be other illumination, haze, season or sensor. The map may be "
        "much worse than expected. Normalise by the statistics of the scene if it has "
        "about the same cover, and check the map with areas of known cover."
    ),
    "scene": marked(
        "Nearly all of this scene is unlike the training areas, although it is "
        "normalised by its own statistics: of {pixels} pixels, nine tenths are "
        "further from them than is usual in the training scene. Reasons may be "
        "another season or other cover. Check the map with areas of known cover, or "
        "add training areas of this scene."
    ),
}

# Scenes have the same cover where the statistics of no band differ by more.
_SAME_SHIFT, _SAME_RATIO = 0.02, 1.02

# Two bands this near are one band, written down with other decimals.
_SAME_NM = 0.5


@dataclass(frozen=True, eq=False)
class DomainShift:
    """A scene's band statistics, seen from those of the training scene.

    Both are of spectra after the standard normal variate, so that brightness and shade
    do not count.

    Attributes:
        shift: float64 (C,), difference of the means in standard deviations of the
            training scene.
        ratio: float64 (C,), standard deviation over that of the training scene.
    """

    shift: NDArray[np.float64]
    ratio: NDArray[np.float64]

    @classmethod
    def between(cls, trained: Normalisation, found: Normalisation) -> DomainShift:
        """Compare the statistics of two scenes with the same bands."""
        return cls(
            (found.mean - trained.mean) / trained.scale, found.scale / trained.scale
        )

    def beyond(self, shift: float, ratio: float) -> NDArray[np.bool_]:
        """Return which bands, bool (C,), differ by more than a shift or a ratio."""
        ratios = np.maximum(self.ratio, 1 / np.maximum(self.ratio, 1e-12))
        off: NDArray[np.bool_] = (np.abs(self.shift) > shift) | (ratios > ratio)
        return off

    @property
    def far(self) -> list[int]:
        """Bands whose statistics lie far off, 0-based."""
        return [int(band) for band in np.flatnonzero(self.beyond(FAR_SHIFT, FAR_RATIO))]

    @property
    def is_far(self) -> bool:
        """Whether so many bands lie far off that the user should know."""
        return len(self.far) >= FAR_SHARE * len(self.shift)

    def message(self, bands: BandTable, pixels: int) -> str:
        """Say how far the scene lies off and how that was measured.

        Args:
            bands: The C bands.
            pixels: On how many pixels of the scene.
        """
        worst = int(np.argmax(np.abs(self.shift)))
        return tr(
            "The values of this scene are far from those of the training scene in "
            "{far} of {shift} bands: their mean is more than {far_shift:g} standard "
            "deviations away, or their spread is more than {far_ratio:g} times as "
            "large or as small. Measured after the standard normal variate on "
            "{pixels} pixels. The largest shift is {largest:.1f} standard deviations, "
            "in {label}. Check the units and the atmospheric correction, or normalise "
            "by the statistics of the scene. Check the map with areas of known cover."
        ).format(
            far=len(self.far),
            shift=len(self.shift),
            far_shift=FAR_SHIFT,
            far_ratio=FAR_RATIO,
            pixels=pixels,
            largest=abs(self.shift[worst]),
            label=bands.label(worst),
        )


@dataclass(frozen=True)
class MatchedCube:
    """A cube with the bands of a model.

    Attributes:
        source: The cube, or its bands interpolated.
        bands: 0-based positions of the model's bands in `source`.
        interpolated: Whether bands are interpolated.
    """

    source: CubeSource
    bands: Sequence[int]
    interpolated: bool = False


def matched_cube(
    reader: CubeReader, card: ModelCard, *, interpolate: bool, progress: Progress
) -> MatchedCube:
    """Find or make the model's bands in a cube.

    Bands are interpolated where the user allows it and the cube's wavelengths are not
    those of the model anyway; otherwise the nearest band within the model's tolerance
    counts.

    Raises:
        BandMismatchError: A band is missing; the message names it.
    """
    wanted, found = card.bands, reader.bands
    known = wanted.wavelengths_nm is not None and found.wavelengths_nm is not None
    if interpolate and known:
        try:
            return MatchedCube(reader, match_bands(wanted, found, _SAME_NM))
        except BandMismatchError:
            plan = interpolation(wanted, found, card.band_tolerance_nm)
        progress.info(
            tr(
                "The model's {count} bands are interpolated from {sources} of the "
                "cube's {bands} bands."
            ).format(count=wanted.count, sources=len(plan.sources), bands=found.count)
        )
        source = InterpolatedReader(reader, plan)
        return MatchedCube(source, range(wanted.count), interpolated=True)
    bands = match_bands(wanted, found, card.band_tolerance_nm)
    if not known:
        warn_without_wavelengths(wanted, found, tr("the model"), progress)
    return MatchedCube(reader, bands)


def fitted_to_scene(
    model: ModelFacts, cube: MatchedCube, normalise_by: str, progress: Progress
) -> tuple[Preparation, dict[str, Any]]:
    """Compare a scene with the training scene; normalise by it where that is asked.

    The statistics are those of the whole cube, not of the extent to classify, so that a
    part of a map is the same as the whole.

    Returns:
        What the cube goes through; and figures of how far its values lie off.

    Raises:
        CubeError: Statistics are asked for and the sample has no valid pixel.
    """
    card, preparation = model.card, model.preparation
    preparation = replace(
        preparation, corner=corner_in(model.tie_points, cube.source.grid)
    )
    by_scene = normalise_by == "scene"
    own, sample, fill = _measured(cube, progress)
    pixels = sample.spectra.shape[1]
    if fill:
        progress.warning(fill)
    if own is None and by_scene:
        raise CubeError(
            tr(
                "There are no valid pixels from which to compute the band statistics "
                "of the scene."
            ),
            hint=tr(
                "Check the nodata value of the cube, or normalise by the statistics of "
                "the model."
            ),
        )
    if own is None:
        return preparation, {"normalised_by": normalise_by}
    if card.provenance.get("normalised_by") == "scene" and not by_scene:
        progress.info(
            tr(
                "The model was trained on scenes normalised by their own statistics. "
                "Normalise by the statistics of the scene here, too."
            )
        )
    shift = DomainShift.between(preparation.normalisation, own)
    if by_scene:
        preparation = replace(preparation, normalisation=own)
        progress.info(
            tr(
                "Bands are normalised by the statistics of this scene, from {pixels} "
                "pixels."
            ).format(pixels=pixels)
        )
    elif cube.interpolated:
        progress.info(
            tr(
                "Interpolated bands usually fit better if they are normalised by the "
                "statistics of the scene."
            )
        )
    gain = _gain(model, cube, sample, shift, normalise_by, progress)
    preparation = replace(preparation, gain=gain)
    unlike = _is_unlike(preparation, sample.spectra, model.applicability)
    _warn(shift, card.bands, normalise_by, pixels, progress, unlike=unlike)
    return preparation, {
        "unlike_training_areas": unlike,
        "normalised_by": normalise_by,
        "bands_far_off": len(shift.far),
        "largest_shift": round(float(abs(shift.shift).max()), 3),
        "pixels_measured": pixels,
    }


def is_as_bright(found: Sequence[float], known: Sequence[Sequence[float]]) -> bool:
    """Return whether a mean brightness is one of those known, but for rounding."""
    return any(np.allclose(found, one, rtol=ROUNDING, atol=0.0) for one in known)


def gain_of(
    known: Sequence[Sequence[float]],
    shift: DomainShift,
    brightness: tuple[float, float],
) -> Gain | None:
    """Return what makes a scene as bright as the training scene of a model.

    Nothing need be done to a cube that the model was trained on. Another one shows the
    training scene in other light, or in other units, where its bands have the same
    statistics once its brightness is taken out. Elsewhere the difference may be due to
    light or to cover.

    Args:
        known: `mean_brightness` of each cube that the model was trained on.
        shift: The statistics of the scene, seen from those of the training scene.
        brightness: `mean_brightness` of the scene.

    Returns:
        The gain; None where it is not known, or of no use to the model.
    """
    if is_as_bright(brightness, known):
        return Gain()
    same_cover = not shift.beyond(_SAME_SHIFT, _SAME_RATIO).any()
    if len(known) != 1 or not same_cover or brightness[1] <= 0:
        return None
    level, spread = known[0]
    factor = spread / brightness[1]
    return Gain.of(factor, level - factor * brightness[0], level)


def _gain(
    model: ModelFacts,
    cube: MatchedCube,
    sample: SceneSample,
    shift: DomainShift,
    normalise_by: str,
    progress: Progress,
) -> Gain | None:
    """Return the gain of a cube, and say what becomes of the heads that need it."""
    known = model.card.brightness
    if not known:
        return None
    found = None
    if normalise_by != "scene" and not cube.interpolated:
        whole = unmasked_sample(cube.source, cube.bands, sample, progress)
        bright = mean_brightness(whole.spectra)
        # Values at the same places say more than statistics, which a crop changes.
        if not is_as_bright(bright, known):
            found = gain_by(model.tie_points, cube.source, cube.bands, progress)
        if found is None:
            found = gain_of(known, shift, bright)
    if found is None:
        progress.info(
            tr(
                "The map does without the heads of the unnormalised spectrum, because "
                "it is not known how the brightness of this scene compares with that "
                "of the training scene."
            )
        )
    elif found != Gain():
        progress.info(
            tr(
                "This scene shows the training scene in other light or in other units. "
                "For the heads of the unnormalised spectrum its values are multiplied "
                "by {factor:.4g}, and {offset:.4g} is added."
            ).format(factor=found.factor, offset=found.offset)
        )
    return found


def _warn(
    shift: DomainShift,
    bands: BandTable,
    normalise_by: str,
    pixels: int,
    progress: Progress,
    *,
    unlike: bool | None,
) -> None:
    """Warn of a scene that is far from the training scene, once."""
    if shift.is_far and normalise_by != "scene":
        progress.warning(shift.message(bands, pixels))  # which names the bands
    elif unlike:
        progress.warning(tr(_UNLIKE[normalise_by]).format(pixels=pixels))


def _is_unlike(
    preparation: Preparation,
    spectra: NDArray[np.float32],
    applicability: Applicability | None,
) -> bool | None:
    """Return whether a sample, (C, n), is unlike the training areas; None: unknown."""
    if applicability is None:
        return None
    index = applicability.index(preparation.normalisation.spectra(spectra))
    return applicability.is_far(index)


def _measured(
    cube: MatchedCube, progress: Progress
) -> tuple[Normalisation | None, SceneSample, str]:
    """Return a scene's band statistics, the sample behind, and a word on its fill."""
    sample = sample_scene(cube.source, cube.bands, progress)
    grid, pixels = cube.source.grid, sample.spectra.shape[1]
    fill = " ".join(constant_fill(sample, grid.height * grid.width)).strip()
    own = Normalisation.fit(sample.spectra) if pixels else None
    return own, sample, fill
