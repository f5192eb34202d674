"""Files that appear whole or not at all, and GDAL's one door.

Every raster of the engine is opened and written here, and every output is written
under a temporary name and moved into place at the end.

Public names, by module:

    `array_files`: mapped_mask, read_arrays, write_arrays, write_mask
    `class_maps`: ClassMapReader, check_same_grid, read_class_map, read_label_raster,
        turned_onto
    `envi`: UNIT_WORD, is_number, listed, plain_field, unit_of_centres, and the
        module
    `envi_repair`: header_notes, ignore_value
    `fingerprints`: Fingerprint, fingerprint, input_fingerprints
    `gdal`: crs_name, epsg_code, gdal_call, grid_of, open_raster, read_crs,
        refuse_network, same_crs
    `input_files`: InputFiles, files_of_input, metadata_of
    `move_journal`: journal_of, undo, and the module
    `nodata`: equals_nodata
    `offline`: only_allowed_drivers, stay_offline
    `outputs`: check_writable, discard_all, files_of_output, pending,
        release_folders, run_id, scratch_folder, set_run_id, together,
        when_in_place
    `paths`: is_file, is_folder, is_there, side_files, why_unseen
    `raster_formats`: check_grid_fits, check_raster_writable, driver_of
    `raster_writer`: RasterWriter, amend_header, class_map_writer, created_raster,
        float_writer
    `safe_xml`: ElementTree, read_xml
    `vectors`: the module

May import: requests.
"""
