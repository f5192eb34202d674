"""The sizes beyond which the engine does not read what it is given.

Far above what honest files hold, and low enough that a hostile file costs seconds and
some hundred megabytes at most. Other modules take their limits from here.
"""

from __future__ import annotations

MIB = 2**20

# A request names files and settings; styles of 65 535 classes take about 8 MiB.
MAX_REQUEST_BYTES = 16 * MIB
# Header of a model file: 65 535 classes and as many bands take about 14 MiB.
MAX_MODEL_HEADER_BYTES = 64 * MIB
# Text of an ENVI header: 65 535 classes with names and colours take about 5 MiB.
MAX_ENVI_HEADER_BYTES = 16 * MIB
# `.aux.xml`, a VRT, the metadata of a product.
MAX_XML_BYTES = 64 * MIB
# GDAL's own limit for a raster too, and the largest class value.
MAX_BANDS = 65_535
# Letters of a class's name; longer ones break tables, and lines of ENVI headers.
MAX_NAME = 200
# Rows times columns; more than any scene (a globe of 100 m pixels has 8e10).
MAX_PIXELS = 2**37
# Corners of all areas of a layer; a coastline in full detail has about 10 million.
MAX_VERTICES = 50_000_000
# A list of scenes; 100,000 paths of 150 letters.
MAX_LIST_BYTES = 16 * MIB
# What a run over many scenes has noted of each: about 1 kB a scene.
MAX_SUMMARY_BYTES = 256 * MIB
