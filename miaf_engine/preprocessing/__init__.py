"""Spectra normalised and projected, superpixels, and their graph.

Works on arrays and opens no file.

Public names, by module:

    `graph`: SuperpixelGraph, build_graph
    `normalisation`: Normalisation, Scene, number_array
    `projection`: Projection
    `superpixel_statistics`: SuperpixelGroups, SuperpixelStatistics, measure
    `superpixels`: segment

May import: requests.
"""
