"""Which pixels of a raster hold its nodata value."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

# No measurement is as large. Programs round such a nodata value where they write it as
# text, as "-3.40282e+038" or "-3.4e+38" for -3.4028234663852886e38.
_HUGE, _ROUNDED_BY = 1e30, 0.01


def equals_nodata(values: NDArray[np.generic], nodata: float) -> NDArray[np.bool_]:
    """Return where values are a nodata value that GDAL hands out as a double.

    Args:
        values: As stored, or float32 of what is stored.
        nodata: The nodata value; NaN equals nothing.
    """
    if values.dtype.kind != "f":
        return np.asarray(values == nodata)
    with np.errstate(over="ignore"):
        found = np.asarray(values == values.dtype.type(nodata))
        if abs(nodata) > _HUGE and math.isfinite(nodata):
            found |= np.abs(values.astype(float) / nodata - 1) <= _ROUNDED_BY
    return found
