"""Spectra normalised and projected, superpixels, and their graph.

Works on arrays and opens no file.

Public names, by module:

    `graph`: SuperpixelGraph, build_graph
    `normalisation`: Brightness, Gain, Normalisation, ROUNDING, Scene,
        brightness_of, mean_brightness, number_array
    `projection`: Projection
    `scene_scale`: COMPONENTS, LARGEST_RANGE, half_sill_range, superpixel_sizes
    `superpixel_statistics`: SuperpixelGroups, SuperpixelStatistics, measure
    `superpixels`: renumbered, segment, segment_scales

May import: requests.
"""
