"""The rasters that make up a map: each is declared here, once."""

from __future__ import annotations

from dataclasses import dataclass

from miaf_engine.translation import marked


@dataclass(frozen=True)
class MapRaster:
    """A raster that a classification can write.

    Attributes:
        name: Entry of the requests that asks for it.
        title: What people call it, in English; its band too, where it has only one.
        help: What the help of its option says, in English.
    """

    name: str
    title: str
    help: str

    @property
    def ending(self) -> str:
        """End of its file's name, after that of a scene in a list."""
        return "_map.tif" if self.name == "output" else f"_{self.name}.tif"


CLASS_MAP = MapRaster(
    "output",
    marked("Class map"),
    "class map to write, .tif, or .dat, .bsq, .img for ENVI",
)
MAP_RASTERS = (
    CLASS_MAP,
    MapRaster("confidence", marked("Confidence"), "confidence raster to write"),
    MapRaster(
        "probabilities",
        marked("Class probabilities"),
        "class probability raster to write",
    ),
    MapRaster(
        "entropy",
        marked("Entropy"),
        "raster to write: 0 where one class is certain, 1 where all are equally likely",
    ),
    MapRaster(
        "margin",
        marked("Margin"),
        "raster to write: probability of the best class minus that of the next, 0 to 1",
    ),
    MapRaster(
        "applicability",
        marked("Area of applicability"),
        "raster to write: dissimilarity of each pixel to the training areas, and 1 "
        "inside the area of applicability",
    ),
)
RASTER_NAMES = tuple(raster.name for raster in MAP_RASTERS)
