"""GDAL's side file `.aux.xml` (PAM): names of classes and bands.

rasterio has no call for category names; GDAL and QGIS read them from here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from miaf_engine.io.paths import is_file
from miaf_engine.io.safe_xml import ElementTree, read_xml

# What XML 1.0 cannot hold, not even escaped.
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def pam_of(raster: Path) -> Path:
    """Return the path of a raster's side file."""
    return raster.with_name(f"{raster.name}.aux.xml")


def write_names(
    raster: Path,
    *,
    categories: Sequence[str] | None = None,
    descriptions: Sequence[str] | None = None,
) -> None:
    """Store names beside a raster, keeping what GDAL has stored there already.

    Args:
        raster: The raster; it need not be open and is not touched.
        categories: Name of each value of band 1, from value 0 on.
        descriptions: Name of each band.
    """
    path = pam_of(raster)
    root = read_xml(path) if is_file(path) else ElementTree.Element("PAMDataset")
    if categories is not None:
        names = _fresh(_band(root, 1), "CategoryNames")
        for category in categories:
            _child(names, "Category", category)
    for number, description in enumerate(descriptions or (), start=1):
        element = _fresh(_band(root, number), "Description")
        element.text = _ILLEGAL.sub("", description)
    ElementTree.indent(root)
    ElementTree.ElementTree(root).write(path, encoding="UTF-8")


def read_categories(raster: Path) -> list[str] | None:
    """Return the names of the values of band 1 from value 0 on, or None.

    Raises:
        RasterFileError: The side file is no XML.
    """
    path = pam_of(raster)
    if not is_file(path):
        return None
    found = read_xml(path).findall("PAMRasterBand[@band='1']/CategoryNames/Category")
    return [element.text or "" for element in found] or None


def _band(root: ElementTree.Element, number: int) -> ElementTree.Element:
    found = root.find(f"PAMRasterBand[@band='{number}']")
    if found is not None:
        return found
    return ElementTree.SubElement(root, "PAMRasterBand", band=str(number))


def _fresh(parent: ElementTree.Element, tag: str) -> ElementTree.Element:
    for old in parent.findall(tag):
        parent.remove(old)
    return ElementTree.SubElement(parent, tag)


def _child(parent: ElementTree.Element, tag: str, text: str) -> None:
    ElementTree.SubElement(parent, tag).text = _ILLEGAL.sub("", text)
