"""MIAF-Net: land-cover maps from hyperspectral scenes and a few training areas.

The engine reads georeferenced cubes, trains the multiscale interactive attention
fusion network (An, Dai, Zhang & Zhang, Expert Systems with Applications 290, 2025,
128386), classifies whole scenes and writes georeferenced rasters. It knows nothing
of QGIS. Importing this package is cheap: no numerical library is loaded.
"""

__version__ = "0.9.0"
