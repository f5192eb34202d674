"""What a cube goes through before the network sees it, the same in every run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from miaf_engine.cubes.reader import Cube
from miaf_engine.errors import InputError, ModelFormatError
from miaf_engine.grid import Window
from miaf_engine.models.card import ModelCard
from miaf_engine.preprocessing.graph import SuperpixelGraph, build_graph
from miaf_engine.preprocessing.normalisation import Gain, Normalisation, Scene
from miaf_engine.preprocessing.projection import Projection
from miaf_engine.preprocessing.superpixels import renumbered, segment_scales
from miaf_engine.requests.settings import NetworkConfig, SuperpixelConfig
from miaf_engine.translation import tr


@dataclass(frozen=True)
class Preparation:
    """Normalisation, projection and superpixels, as the model file carries them.

    Attributes:
        normalisation: Statistics that turn cube values into the scene.
        projection: Makes the components that superpixels are cut from.
        superpixels: Sizes and compactness.
        gain: What makes a cube as bright as the training scene; None where the
            network must not look at its brightness.
        corner: Row and column of the cube's first pixel in the grid of the training
            cube, where pixels of the two coincide.
    """

    normalisation: Normalisation
    projection: Projection
    superpixels: SuperpixelConfig
    gain: Gain | None = None
    corner: tuple[int, int] = (0, 0)

    def scene(self, cube: Cube, *, in_place: bool = False) -> Scene:
        """Normalise a cube that has the model's bands, over its values if asked."""
        own = self.normalisation_of(cube)
        return own.apply(
            cube.values,
            cube.valid,
            cube.grid,
            in_place=in_place,
            threads=_threads(),
            gain=self.gain,
        )

    def normalisation_of(self, cube: Cube) -> Normalisation:  # noqa: ARG002
        """Return what a cube is normalised by."""
        return self.normalisation

    def segments(
        self,
        scene: Scene,
        origin: tuple[int, int] = (0, 0),
        parts: Sequence[Window] | None = None,
    ) -> tuple[NDArray[np.int32], ...]:
        """Return the superpixels of each scale, int32 (H, W), -1 where not valid.

        Args:
            scene: The scene, or a part of it.
            origin: Row and column of the part's first pixel in the whole scene.
            parts: What each scale is cut from in `scene`; None takes all of it.
        """
        config = self.superpixels
        # The cube that the scene was made from has given back its memory: 4 bytes for
        # each pixel and band, and each slic more takes 16 for each pixel and component.
        more = len(scene.image) // (4 * config.components)
        return segment_scales(
            self.projection.apply(scene),
            scene.valid,
            config.pixels_per_superpixel,
            config.compactness,
            (origin[0] + self.corner[0], origin[1] + self.corner[1]),
            threads=min(1 + more, _threads()),
            parts=parts,
        )

    def graphs(
        self, scene: Scene, origin: tuple[int, int] = (0, 0)
    ) -> tuple[SuperpixelGraph, ...]:
        """Return the superpixel graph of each scale; see `segments`."""
        return tuple(build_graph(one) for one in self.segments(scene, origin))

    def graphs_within(
        self,
        scene: Scene,
        origin: tuple[int, int],
        wanted: Window,
        beyond: Sequence[int],
    ) -> tuple[SuperpixelGraph, ...]:
        """Return the graphs of a part of a scene; superpixels at its edge are cut off.

        Args:
            scene: As in `segments`.
            origin: As in `segments`.
            wanted: The part of `scene`.
            beyond: Pixels around it that superpixels are cut from, of each scale.
        """
        parts = [wanted.grown(margin, *scene.valid.shape) for margin in beyond]
        found = zip(self.segments(scene, origin, parts), parts, strict=True)
        labels = [one[wanted.within(part).slices] for one, part in found]
        return tuple(build_graph(renumbered(one + 1)) for one in labels)


@dataclass(frozen=True)
class PreparationByScene(Preparation):
    """The same, but each scene of a stack is normalised by its own statistics."""

    normalisations: tuple[Normalisation, ...] = ()

    def normalisation_of(self, cube: Cube) -> Normalisation:
        """Return the statistics of the scene that a cube is of."""
        return self.normalisations[getattr(cube, "scene", 0)]


def _threads() -> int:
    # Here: a run whose workers prepare the tiles has no torch.
    from miaf_engine.models.network.parallel import threads

    return threads()


def preparation_of(card: ModelCard, path: str) -> Preparation:
    """Build from a model's header what a cube must go through.

    Raises:
        ModelFormatError: A part of the header is damaged or does not fit another.
    """
    try:
        normalisation = Normalisation.from_json(card.normalisation)
        projection = Projection.from_json(card.projection)
        superpixels = SuperpixelConfig.from_json(card.superpixels)
        scales = len(NetworkConfig.from_json(card.network).kernel_sizes)
    except InputError as error:
        raise ModelFormatError(
            tr("The model '{path}' is damaged: {error}").format(path=path, error=error)
        ) from error
    bands = card.bands.count
    fits = (
        len(normalisation.mean) == len(normalisation.scale) == bands
        and projection.matrix.shape[1] == bands
        and bool((normalisation.scale > 0).all())
        and len(superpixels.pixels_per_superpixel) == scales
    )
    if not fits:
        raise ModelFormatError(
            tr(
                "The model '{path}' is damaged: its parts do not fit each other."
            ).format(path=path)
        )
    return Preparation(normalisation, projection, superpixels)
