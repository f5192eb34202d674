"""What a cube is like, before anything is trained on it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from miaf_engine.cubes.band_selection import BandChoice
from miaf_engine.cubes.reader import CubeReader
from miaf_engine.cubes.sample import (
    SceneSample,
    constant_fill,
    sample_scene,
    sample_windows,
)
from miaf_engine.errors import CubeError
from miaf_engine.grid import Grid
from miaf_engine.io.gdal import crs_name
from miaf_engine.progress import Progress
from miaf_engine.requests import InspectRequest
from miaf_engine.tasks.inputs import chosen_bands
from miaf_engine.tasks.inspection.findings import Finding
from miaf_engine.translation import tr, tr_n

# Above this share of pixels without data a wrong nodata value is likely.
_MUCH_NODATA = 0.5


@dataclass(frozen=True, eq=False)
class CubeFacts:
    """A cube, its bands and a sample of its pixels.

    Attributes:
        reader: The open cube.
        choice: Its bands; None where too few are left.
        sample: Spectra over the bands used; None where no pixel has data.
    """

    reader: CubeReader
    choice: BandChoice | None
    sample: SceneSample | None


def look_at_cube(
    request: InspectRequest,
    reader: CubeReader,
    labelled: NDArray[np.bool_] | None,
    findings: list[Finding],
    progress: Progress,
) -> CubeFacts:
    """Choose the bands as a training does, and sample the cube.

    Args:
        request: The request.
        reader: Its cube.
        labelled: bool (H, W), where a training area is; None without areas.
        findings: Gets what the user should know.
        progress: Asked for a cancel.
    """
    findings += [Finding("note", "metadata", note, "") for note in reader.notes]
    findings += _of_metadata(reader)
    if labelled is None or not labelled.any():
        labelled = _sampled_places(reader.grid)
    try:
        choice = chosen_bands(request, reader, labelled, progress)
    except CubeError as error:
        findings.append(Finding("problem", "bands", error.message, error.hint))
        return CubeFacts(reader, None, None)
    if choice.empty:
        findings.append(
            Finding(
                "note",
                "constant_bands",
                tr_n(
                    "{n} band with one value or none is left out: {bands}.",
                    "{n} bands with one value or none are left out: {bands}.",
                    n=len(choice.empty),
                    bands=choice.ranges(choice.empty),
                ),
                tr("Nothing needs to be done if the sensor is known for it."),
            )
        )
    return CubeFacts(reader, choice, _sample(reader, choice, findings, progress))


def cube_rows(facts: CubeFacts) -> dict[str, str]:
    """Return what the cube is, for a table of two columns."""
    grid, bands, reader = facts.reader.grid, facts.reader.bands, facts.reader
    rows = {
        tr("Cube"): f"{Path(reader.path).name}, {reader.dtype}",
        tr("Size"): tr(
            "{rows} x {columns} pixels (rows x columns), {bands} bands"
        ).format(rows=grid.height, columns=grid.width, bands=bands.count),
        tr("CRS"): crs_name(grid.crs) if grid.crs else tr("none"),
        tr("Pixel size"): _pixel_size(grid),
    }
    if bands.wavelengths_nm is None:
        rows[tr("Wavelengths")] = tr("none found")
    else:
        known = [wave for wave in bands.wavelengths_nm if math.isfinite(wave)]
        low, high = min(known), max(known)
        text = tr("{low:.1f} to {high:.1f} nm, from: {origin}")
        rows[tr("Wavelengths")] = text.format(
            low=low, high=high, origin=tr(bands.origin)
        )
    if facts.choice:
        rows[tr("Bands used")] = " ".join(facts.choice.lines())
    if facts.sample:
        spectra, looked = facts.sample.spectra, facts.sample.looked_at
        share = 1 - spectra.shape[1] / looked
        ends = np.percentile(spectra, [1, 99])
        text = tr("{share:.1f} % of the {pixels} pixels looked at (a sample)")
        if looked == grid.height * grid.width:
            text = tr("{share:.1f} % of all {pixels} pixels")
        rows[tr("Pixels without data")] = text.format(share=100 * share, pixels=looked)
        rows[tr("Values")] = tr(
            "{least:g} to {largest:g}, 98 % of them from {low:g} to {high:g} ({pixels} "
            "pixels with data, bands used)"
        ).format(
            least=spectra.min(),
            largest=spectra.max(),
            low=ends[0],
            high=ends[1],
            pixels=spectra.shape[1],
        )
    return rows


def cube_json(facts: CubeFacts) -> dict[str, Any]:
    """Return what the cube is, for programs."""
    reader, sample = facts.reader, facts.sample
    bands, grid = reader.bands, reader.grid
    values: dict[str, Any] = {
        "file": Path(reader.path).name,
        "rows": grid.height,
        "columns": grid.width,
        "data_type": reader.dtype,
        "crs": grid.crs,
        "transform": list(grid.transform) if grid.georeferenced else None,
        "bands": facts.choice.as_json() if facts.choice else {"read": bands.count},
        "wavelengths_nm": bands.wavelengths_nm
        and [wave if math.isfinite(wave) else None for wave in bands.wavelengths_nm],
        "wavelengths_from": bands.origin or None,
        "pixels_looked_at": None,
    }
    if sample:
        values |= {
            "pixels_looked_at": sample.looked_at,
            "nodata_share": 1 - sample.spectra.shape[1] / sample.looked_at,
            "smallest_value": float(sample.spectra.min()),
            "largest_value": float(sample.spectra.max()),
        }
    return values


def _of_metadata(reader: CubeReader) -> list[Finding]:
    found = []
    if reader.bands.wavelengths_nm is None:
        found.append(
            Finding(
                "note",
                "no_wavelengths",
                tr("The cube has no wavelengths."),
                tr(
                    "Add wavelengths to its header. Then bands in water vapour can be "
                    "excluded, and models fit other scenes."
                ),
            )
        )
    if not reader.grid.georeferenced or reader.grid.crs is None:
        text = tr("The cube has no place on earth.")
        if reader.grid.georeferenced:
            text = tr("The cube has no CRS.")
        found.append(
            Finding(
                "note",
                "no_georeference",
                text,
                tr("Draw the areas on the cube as QGIS shows it, also without a CRS."),
            )
        )
    return found


def _sample(
    reader: CubeReader, choice: BandChoice, findings: list[Finding], progress: Progress
) -> SceneSample | None:
    try:
        sample = sample_scene(reader, choice.used, progress)
        count = sample.spectra.shape[1]
        message = tr("None of the {pixels} pixels checked has data.").format(
            pixels=sample.looked_at
        )
    except CubeError as error:  # a small scene, read as a whole
        count, message = 0, error.message
    if count == 0:
        advice = tr(
            "Check the nodata value of the cube, its mask and its bad band list."
        )
        findings.append(Finding("problem", "no_data", message, advice))
        return None
    message, advice = constant_fill(sample, reader.grid.height * reader.grid.width)
    if message:
        findings.append(Finding("problem", "undeclared_fill", message, advice))
    share = 1 - count / sample.looked_at
    if share > _MUCH_NODATA:
        findings.append(
            Finding(
                "note",
                "much_nodata",
                tr("{share:.0%} of the {pixels} pixels checked have no data.").format(
                    share=share, pixels=sample.looked_at
                ),
                tr(
                    "Check the nodata value of the cube if the scene should be "
                    "complete."
                ),
            )
        )
    return sample


def _sampled_places(grid: Grid) -> NDArray[np.bool_]:
    places = np.zeros((grid.height, grid.width), bool)
    for window in sample_windows(grid):
        places[window.slices] = True
    return places


def _pixel_size(grid: Grid) -> str:
    if not grid.georeferenced:
        return tr("unknown: the file has no geotransform")
    a, b, _, d, e, _ = grid.transform
    width, height = float(np.hypot(a, d)), float(np.hypot(b, e))
    text = tr("{width:g} by {height:g} in units of the CRS")
    if b or d:
        text = tr("{width:g} by {height:g} in units of the CRS, rotated")
    return text.format(width=width, height=height)
