"""Which areas of a reference are training areas of the map's model."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from miaf_engine.classes import ClassTable, plain_name
from miaf_engine.errors import listed
from miaf_engine.grid import Grid
from miaf_engine.labels.area_digests import AreaRecord, are_known, digests_of_regions
from miaf_engine.labels.rasterising import RasterisedAreas
from miaf_engine.models.card import read_card
from miaf_engine.progress import Progress
from miaf_engine.translation import marked, tr

NO_MODEL = marked(
    "Class maps do not record training pixels, so overlap with the training areas "
    "was not checked. Give the model that made the map, or give the training areas "
    "as 'Areas to leave out'."
)
_SILENT = marked(
    "The model does not record its training areas, so overlap with them was not "
    "checked."
)
_REMEDY = marked("Give the training areas as 'Areas to leave out'.")
_OTHER_AREAS = marked("Use areas that it was not trained on.")


@dataclass(frozen=True)
class MapModel:
    """The model that is said to have made a map.

    Attributes:
        name: Name of its file.
        classes: Its classes.
        record: Its training areas, and those of models before it.
    """

    name: str
    classes: ClassTable
    record: AreaRecord

    @classmethod
    def read(cls, path: str | None) -> MapModel | None:
        """Read what a model file says of itself; None where there is none.

        Raises:
            FileError: The file cannot be read.
            ModelFormatError: It is no model or damaged.
        """
        if path is None:
            return None
        card = read_card(path)
        record = AreaRecord.from_json(card.provenance.get("areas"))
        return cls(Path(path).name, card.classes, record)

    def check_made(self, classes: ClassTable, progress: Progress) -> None:
        """Warn where the map's classes are not those of the model."""
        own, there = _names(self.classes), _names(classes)
        if all(entry.is_bare for entry in classes):
            # The map lost its names on the way, and with them classes without a pixel.
            own = {str(v): str(v) for v in self.classes.values if str(v) in there}
        sides = (
            (tr("only the model has {classes}"), own, own.keys() - there.keys()),
            (tr("only the map has {classes}"), there, there.keys() - own.keys()),
        )
        differ = [
            text.format(classes=listed(sorted(names[name] for name in odd)))
            for text, names, odd in sides
            if odd
        ]
        if differ:
            progress.warning(
                tr(
                    "The model '{name}' and the map have different classes: "
                    "{differ}. Perhaps another model made the map."
                ).format(name=self.name, differ="; ".join(differ))
            )


@dataclass(frozen=True, eq=False)
class TrainingOverlap:
    """Which areas of a reference are training areas of the model.

    Attributes:
        numbers: int32 (H, W), number of the area that a pixel belongs to, 0 = none.
        trained: Numbers of those that the model was trained on.
    """

    numbers: NDArray[np.int32]
    trained: frozenset[int]

    @classmethod
    def of_outlines(
        cls, rasterised: RasterisedAreas, record: AreaRecord, grid: Grid
    ) -> TrainingOverlap:
        """Find the areas whose outline the record names."""
        known = are_known(rasterised.areas.geometries, record.trained, grid.side)
        return cls(rasterised.numbers, frozenset((np.flatnonzero(known) + 1).tolist()))

    @classmethod
    def of_regions(
        cls, groups: NDArray[np.int32], record: AreaRecord, grid: Grid
    ) -> TrainingOverlap:
        """Find the regions of a label raster, (H, W), whose pixels the record names."""
        digests = digests_of_regions(groups, grid)
        found = (n for n, own in digests.items() if own & record.trained)
        return cls(groups, frozenset(found))


@dataclass(frozen=True)
class Overlap:
    """How much of the scored reference is training areas.

    Attributes:
        areas: Number of training areas; None where that is not known.
        pixels: Number of their scored pixels; None where that is not known.
        note: What is known, for the definition of the figures.
    """

    areas: int | None
    pixels: int | None
    note: str

    def as_json(self) -> dict[str, int | None]:
        """Return the counts as JSON values."""
        return {
            "learnt_reference_areas": self.areas,
            "learnt_reference_pixels": self.pixels,
        }


def overlap(
    model: MapModel | None,
    areas: TrainingOverlap | None,
    scored: NDArray[np.bool_],
    progress: Progress,
    *,
    left_out: bool,
) -> Overlap:
    """Count the scored training areas of the model, and warn of them.

    Args:
        model: The model that made the map; None where it is not known.
        areas: Which areas of the reference it was trained on; None where it has no
            record.
        scored: bool (H, W), pixels of the reference that are scored.
        progress: Receives warnings.
        left_out: Whether the user gave areas to leave out.
    """
    if model is None:
        return Overlap(None, None, "" if left_out else tr(NO_MODEL))
    if areas is None:
        note = tr(_SILENT)
        if not left_out:
            note = f"{note} {tr(_REMEDY)}"
            progress.warning(note)
        return Overlap(None, None, note)
    numbers, counts = np.unique(areas.numbers[scored], return_counts=True)
    hit = np.isin(numbers, list(areas.trained))
    found, pixels = int(hit.sum()), int(counts[hit].sum())
    if not found:
        note = tr(
            "None of the reference areas (number: {count}) has the outline of a "
            "training area of the model. Areas that were redrawn, or turned into a "
            "raster, cannot be recognised."
        ).format(count=len(numbers))
        return Overlap(0, 0, note)
    trained_on_all = found == len(numbers)
    text = tr(
        "Reference areas that are training areas of the model, or of one before it: "
        "{found} of {areas}, with {hit} of {pixels} reference pixels. A map is more "
        "accurate in training areas than elsewhere, so the figures are too high."
    ).format(found=found, areas=len(numbers), hit=pixels, pixels=int(counts.sum()))
    progress.warning(f"{text} {tr(_OTHER_AREAS if trained_on_all else _REMEDY)}")
    note = tr(
        "Scored pixels that lie in training areas of the model: {pixels} (areas: "
        "{areas}). The figures are therefore too high."
    ).format(pixels=pixels, areas=found)
    return Overlap(found, pixels, note)


def _names(classes: ClassTable) -> dict[str, str]:
    """Return the names by what tells them apart, as classes are matched."""
    return {plain_name(name): name for name in classes.names}
