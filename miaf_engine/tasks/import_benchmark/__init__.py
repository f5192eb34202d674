"""Turn the arrays of a benchmark scene into rasters and areas."""
