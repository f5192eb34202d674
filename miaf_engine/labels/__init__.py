"""Areas and rasters of known cover to labelled pixels, and back.

Label 0 is unlabelled; classes are 1..K in memory and keep their own values in files.

Public names, by module:

    `area_digests`: AreaRecord, Digests, GroupDigests, are_known,
        digests_of_regions, named
    `area_layers`: AreaFile, rasterise_layers, read_layers
    `area_style`: add_fill_symbol, add_value_map
    `areas`: AreaFaults, Areas, MEND, field_names, needed_field, read_areas
    `class_keys`: Key, class_an_area, class_table
    `class_matching`: ClassUnion, classes_of_areas, match_classes, refuse_unknown,
        united, with_known, with_reference, with_unmatched
    `ground_area`: ClassAreas, PixelSizes, class_areas, pixel_sizes
    `label_map`: LabelMap, label_map_from_raster, present_values, raster_classes,
        regions_of, without_nodata
    `mask`: read_mask
    `points`: pixel_centres, write_points
    `polygons`: CLASS_FIELD, DRIVERS, ID_FIELD, NEIGHBOURS_FIELD, Regions,
        SuperpixelWriter, crs_to_write, outlines, regions_of, superpixel_writer,
        write_regions
    `rasterising`: RasterisedAreas, in_pixels, label_map_from_areas, label_map_of,
        rasterise_areas

May import: io, requests.
"""
