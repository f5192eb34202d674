"""Reads an ENVI header that lies beside a raster of another format."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from rasterio.io import DatasetReader

from miaf_engine.cubes.band_metadata import SOURCES, RasterTags
from miaf_engine.io import envi
from miaf_engine.io.envi_repair import header_notes, ignore_value
from miaf_engine.translation import tr

_OF_HEADER = ("wavelength", "fwhm", "bbl", "band_names", "reflectance_scale_factor")


@dataclass(frozen=True)
class HeaderBeside:
    """An ENVI header beside a raster of another format, as some programs write it.

    Attributes:
        tags: What the raster says of its bands, and the header where the raster is
            silent.
        nodata: The value for no data that the header states; None without.
        notes: What the user should know of it.
    """

    tags: RasterTags
    nodata: float | None = None
    notes: tuple[str, ...] = ()

    @classmethod
    def of(cls, dataset: DatasetReader, path: str, tags: RasterTags) -> HeaderBeside:
        """Read the header beside a raster, if there is one and it fits.

        Raises:
            RasterFileError: The header cannot be read.
        """
        bands = (dataset.count, tags.count)
        found = None
        if dataset.driver != "ENVI":
            found = envi.beside(Path(path), dataset.height, dataset.width, bands)
        if found is None:
            return cls(tags)
        header, own, odd = found
        stated = {name.replace(" ", "_"): value for name, value in own.items()}
        if odd:
            said = ", ".join(f"{name} = {stated[name]}" for name in odd)
            return cls(
                tags,
                None,
                (
                    tr(
                        "The ENVI header '{name}' beside the raster is ignored "
                        "because it belongs to another raster ({said})."
                    ).format(name=header.name, said=said),
                ),
            )
        return cls._joined(header.name, stated, tags, dataset.nodata)

    @classmethod
    def _joined(
        cls, name: str, stated: dict[str, str], tags: RasterTags, nodata: float | None
    ) -> HeaderBeside:
        silent = [key for key in _OF_HEADER if not _says(tags, key)]
        if "wavelength" not in silent and "fwhm" in silent:
            silent.remove("fwhm")  # which would be in the unit of the header
        added = {key: stated[key] for key in silent if key in stated}
        if "wavelength" in silent:
            centres = [key for key in stated if envi.unit_of_centres(key) is not None]
            added |= {key: stated[key] for key in centres}
            if centres and "wavelength_units" in stated:
                added["wavelength_units"] = stated["wavelength_units"]
        value, odd = ignore_value({k.replace("_", " "): v for k, v in stated.items()})
        value = value if nodata is None else None
        notes = [*header_notes(stated), *([odd] if odd else [])]
        read = [key.replace("_", " ") for key in added]
        read += ["data ignore value"] if value is not None else []
        if read:
            notes.insert(
                0,
                tr(
                    "The ENVI header '{name}' beside the raster supplies what the "
                    "raster itself lacks: {read}."
                ).format(name=name, read=", ".join(read)),
            )
        joined = replace(tags, envi={**tags.envi, **added})
        return cls(joined, value, tuple(notes))


def _says(tags: RasterTags, key: str) -> bool:
    if key == "wavelength":
        return any(source(tags) for source in SOURCES)
    return bool(tags.listing(key) or any(tags.column(key)))
