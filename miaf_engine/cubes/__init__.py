"""Hyperspectral cubes: bands, reading, stacking, tiles.

A cube holds the values of a file, of shape (bands, rows, columns).

Public names, by module:

    `band_metadata`: RasterTags, read_band_table, read_enmap_bands
    `band_selection`: BandChoice, empty_bands
    `bands`: BAND_TOLERANCE_NM, BandTable, match_bands, warn_without_wavelengths
    `reader`: Cube, CubeReader, open_cube
    `resampling`: CubeSource, InterpolatedReader, interpolation
    `sample`: SAMPLE_PIXELS, SceneSample, constant_fill, sample_scene,
        sample_spectra, sample_windows, unmasked_sample
    `shared_source`: SharedSource
    `stack`: CubeStack, Readable, SceneOfStack, on_first_grid, places_of
    `tiles`: BASE_MB, SMALLEST_TILE, Margins, PixelBytes, Tile, TrainingBytes,
        budget_mb, even_parts, mapping_bytes, plan_tiles, quarters, reachable_mb,
        room_for_tiles, shifted, tiles_of_side, training_bytes, warn_of_training
    `writer`: check_nodata, cube_writer

May import: io, preprocessing, requests.
"""
