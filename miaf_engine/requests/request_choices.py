"""What the entries of requests can be; front ends offer it before they make a request.

Apart from the requests themselves, which only a run needs, so that QGIS starts faster.
"""

from __future__ import annotations

from miaf_engine.requests.settings import (
    BandConfig,
    NetworkConfig,
    SegmentationConfig,
    SplitConfig,
    SuperpixelConfig,
    TrainConfig,
)

# Settings that a training takes, an inspection, and a segmentation.
SETTINGS_CLASSES = (
    SplitConfig,
    TrainConfig,
    NetworkConfig,
    SuperpixelConfig,
    BandConfig,
)
INSPECT_SETTINGS = (BandConfig,)
SUPERPIXEL_SETTINGS = (SegmentationConfig, BandConfig)
# Whose band statistics a cube is normalised by: the training scene's or its own.
NORMALISE_BY = ("model", "scene")
# How an array's axes are named, and how pixels in a row were taken from the image:
# row by row (C) or, as MATLAB does, column by column (F).
ARRAY_AXES = ("auto", "rows,columns,bands", "bands,rows,columns")
PIXEL_ORDERS = ("F", "C")
