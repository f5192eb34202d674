"""Convert the arrays of a benchmark scene to rasters and areas."""
