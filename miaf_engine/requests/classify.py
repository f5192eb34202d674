"""What a caller may ask of a classification: of one cube, several, or an archive."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from miaf_engine.errors import ConfigError
from miaf_engine.requests.base import Request
from miaf_engine.requests.train import check_min_confidence, check_normalise_by
from miaf_engine.translation import tr


@dataclass(frozen=True)
class ClassifyManyRequest(Request):
    """Classify the scenes of a list with one model, in several processes.

    What has the name of an entry of `ClassifyRequest` and its type is the same thing,
    for each scene.

    Attributes:
        scene_list: Text file with a cube's path a line.
        model: Model file.
        output_folder: Folder of the maps and the summary; made where it is missing.
        confidence: Whether to write each scene's confidence raster.
        probabilities: Whether to write each scene's class probabilities.
        entropy: Whether to write each scene's entropy raster.
        margin: Whether to write each scene's margin raster.
        applicability: Whether to write each scene's raster of applicability.
        min_confidence: Confidence, 0 to 1, below which a pixel is left without a class.
        leave_out_unlike: Whether pixels unlike the training areas are left without one.
        extent: Part to classify as xmin, ymin, xmax, ymax in the cubes' CRS.
        mask: Raster or vector file that says which pixels count.
        mask_layer: Layer in `mask`, where it is a vector file with several.
        interpolate_bands: Whether bands may be interpolated to the model's.
        normalise_by: One of `NORMALISE_BY`.
        memory_mb: Memory budget of each scene in MiB; 0 lets the engine choose.
        device: auto, cpu, cuda, cuda:N or mps.
        creation_options: GDAL creation options for the rasters, `NAME=VALUE`.
        workers: Number of processes on this machine; 0 lets the engine choose.
        threads: CPU threads of each worker, which decide the last digits of the
            probabilities; 0 shares out those of the machine.
        scheduler: Address of a Dask scheduler, whose workers do it instead.
        again: Whether to classify scenes too whose maps are there and up to date.
    """

    scene_list: str
    model: str
    output_folder: str
    confidence: bool = False
    probabilities: bool = False
    entropy: bool = False
    margin: bool = False
    applicability: bool = False
    min_confidence: float = 0.0
    leave_out_unlike: bool = False
    extent: list[float] | None = None
    mask: str | None = None
    mask_layer: str | None = None
    interpolate_bands: bool = False
    normalise_by: str = "model"
    memory_mb: int = 0
    device: str = "auto"
    creation_options: list[str] | None = None
    workers: int = 0
    threads: int = 1
    scheduler: str | None = None
    again: bool = False

    def __post_init__(self) -> None:
        """Raise ConfigError for an entry of a wrong type or none of the choices."""
        super().__post_init__()
        check_normalise_by(self.normalise_by)
        check_min_confidence(self.min_confidence)


@dataclass(frozen=True)
class ClassifyRequest(Request):
    """Classify a cube with a trained model.

    Attributes:
        cube: Hyperspectral raster.
        model: Model file.
        output: Class map to write.
        confidence: Confidence raster to write.
        probabilities: Class probability raster to write.
        entropy: Raster to write of how evenly the classes share the probability.
        margin: Raster to write of the best class's lead over the next.
        applicability: Raster to write of how unlike the training areas each pixel is,
            and whether it lies inside the area of applicability.
        min_confidence: Confidence, 0 to 1, below which a pixel is left without a class.
        leave_out_unlike: Whether pixels unlike the training areas are left without one.
        extent: Part to classify as xmin, ymin, xmax, ymax in the cube's CRS.
        mask: Raster on the cube's pixels (0 or nodata = leave out) or vector file of
            polygons (what lies inside is kept); None keeps all.
        mask_layer: Layer in `mask`, where it is a vector file with several.
        interpolate_bands: Whether bands may be interpolated to the model's.
        normalise_by: One of `NORMALISE_BY`.
        memory_mb: Memory budget in MiB; 0 lets the engine choose.
        device: auto, cpu, cuda, cuda:N or mps.
        creation_options: GDAL creation options for the rasters, `NAME=VALUE`.
        workers: Number of processes on this machine that share the tiles; 1 is this
            process alone, 0 lets the engine choose.
        threads: CPU threads of each worker, which decide the last digits of the
            probabilities; 0 shares out those of the machine. Without workers, those of
            this process are used.
        scheduler: Address of a Dask scheduler, whose workers do it instead.
    """

    cube: str
    model: str
    output: str | None = None
    confidence: str | None = None
    probabilities: str | None = None
    entropy: str | None = None
    margin: str | None = None
    applicability: str | None = None
    min_confidence: float = 0.0
    leave_out_unlike: bool = False
    extent: list[float] | None = None
    mask: str | None = None
    mask_layer: str | None = None
    interpolate_bands: bool = False
    normalise_by: str = "model"
    memory_mb: int = 0
    device: str = "auto"
    creation_options: list[str] | None = None
    workers: int = 1
    threads: int = 1
    scheduler: str | None = None

    def __post_init__(self) -> None:
        """Raise ConfigError for an entry of a wrong type or none of the choices."""
        super().__post_init__()
        check_normalise_by(self.normalise_by)
        check_min_confidence(self.min_confidence)
        if self.threads != 1 and not self.has_workers:
            raise ConfigError(
                tr(
                    "CPU threads are set for each worker ({threads}), but there are "
                    "no workers."
                ).format(threads=self.threads),
                hint=tr(
                    "Set workers or a scheduler as well. A single process takes the "
                    "threads of OMP_NUM_THREADS."
                ),
            )

    @property
    def has_workers(self) -> bool:
        """Whether other processes than the one that is asked make the map."""
        return self.workers != 1 or self.scheduler is not None


@dataclass(frozen=True)
class ClassifyScenesRequest(Request):
    """Classify several cubes with one model, which is loaded once.

    Attributes:
        model: Model file.
        scenes: For each cube the fields of a `ClassifyRequest`, without `model` and
            `device`.
        device: auto, cpu, cuda, cuda:N or mps.
    """

    model: str
    scenes: list[dict[str, Any]] | None = None
    device: str = "auto"
