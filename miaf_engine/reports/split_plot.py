"""Where the pixels of each role lie, drawn over the grey scene."""

from __future__ import annotations

import numpy as np
from matplotlib import colormaps
from matplotlib.colors import to_hex
from numpy.typing import NDArray

from miaf_engine.reports.pictures import RolePicture
from miaf_engine.reports.plots import image_png

_BACKGROUND = 232  # where nothing is known of the scene
_DARK, _BRIGHT, _LEVELS = 70, 190, 16  # of the scene; few levels make a light file


def roles_png(picture: RolePicture) -> bytes:
    """Draw the roles in their colours, over the scene if it is known."""
    grey = np.full(picture.codes.shape, _BACKGROUND, np.uint8)
    if picture.grey is not None:
        grey = _stretched(picture.grey)
    image = np.repeat(grey[:, :, None], 3, axis=2)
    for number, role in enumerate(picture.roles, start=1):
        colour = [int(role.colour[i : i + 2], 16) for i in (1, 3, 5)]
        image[picture.codes == number] = colour
    return image_png(image)


def fold_colours(count: int) -> list[str]:
    """Return a colour for each fold, apart for every kind of colour vision."""
    return [to_hex(colour) for colour in colormaps["viridis"](np.linspace(0, 1, count))]


def _stretched(grey: NDArray[np.floating]) -> NDArray[np.uint8]:
    """Return the scene from dark to bright, without its darkest and brightest 2 %."""
    shown = np.full(grey.shape, _BACKGROUND, np.uint8)
    known = np.isfinite(grey)
    if not known.any():
        return shown
    low, high = np.percentile(grey[known], (2, 98))
    share = np.clip((grey[known] - low) / max(high - low, 1e-12), 0, 1)
    steps = np.round(share * (_LEVELS - 1)) / (_LEVELS - 1)
    shown[known] = np.round(_DARK + (_BRIGHT - _DARK) * steps).astype(np.uint8)
    return shown
