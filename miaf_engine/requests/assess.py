"""What a caller may ask of an accuracy assessment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from miaf_engine.requests.base import Request


@dataclass(frozen=True)
class AssessRequest(Request):
    """Score a class map against a reference.

    Attributes:
        classification: Class map.
        reference: Vector file of reference areas; or `reference_labels` instead.
        reference_layer: Layer in `reference`.
        class_field: Field of `reference` that names the class.
        reference_labels: Raster on the map's grid, 0 = no reference.
        sources: What a program copied vector files from, by the entry that names the
            copy: {"name", "file", "as_stored"}; see `fingerprint_of_source`.
        class_styles: Names by field value: {"key", "name", "colour"}.
        exclude_rois: Areas whose pixels are left out, as the training areas.
        exclude_rois_layer: Layer in `exclude_rois`.
        model: Model that made the map, to warn of reference areas that it was trained
            on.
        compare_with: Another class map on the same grid, to compare with the first.
        probability_sample: Whether the reference was drawn by chance in each map class
            or over the whole map, so that accuracies and areas can be adjusted.
        report: HTML report to write.
        matrix: CSV of the confusion matrix to write.
    """

    classification: str
    reference: str | None = None
    reference_layer: str | None = None
    class_field: str | None = None
    reference_labels: str | None = None
    sources: dict[str, Any] | None = None
    class_styles: list[dict[str, Any]] | None = None
    exclude_rois: str | None = None
    exclude_rois_layer: str | None = None
    model: str | None = None
    compare_with: str | None = None
    probability_sample: bool = False
    report: str | None = None
    matrix: str | None = None
