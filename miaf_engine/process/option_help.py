"""What the command line says of each command and option."""

from __future__ import annotations

DESCRIPTIONS = {
    "train": "Train a model from training areas; with --output, classify as well.",
    "classify": "Classify a cube with a trained model.",
    "classify-many": "Classify the scenes of a list in several processes.",
    "assess": "Score a class map against a reference.",
    "import": "Turn the arrays of a benchmark scene into rasters and areas.",
    "inspect": "Look at a cube and at training areas before a training.",
    "superpixels": "Cut a cube into superpixels, as areas to put classes on.",
    "suggestareas": "Suggest the superpixels to label next, where a model is unsure.",
    "compare": "Say what changed between two class maps.",
    "diagnostics": "List the engine's packages and devices.",
}
OPTION_HELP = {
    "cube": "hyperspectral raster, GeoTIFF or ENVI",
    "cubes": "more cubes to train on; the areas lie across all of them",
    "initial_model": "model file to go on from, with old areas, new areas, new classes",
    "rois_more": "vector file of more training areas, as those added to old ones",
    "rois_more_layer": "layer in that file, where it has several",
    "rois": "vector file of the training areas",
    "rois_layer": "layer in the ROI file, where it has several",
    "class_field": "field that names the class",
    "labels": "raster on the cube's grid, 0 = unlabelled, instead of --rois",
    "validation_rois": "areas that are scored and never trained on",
    "validation_rois_layer": "layer in the validation file",
    "mask": "raster (0 or nodata = leave out) or polygons (inside = keep)",
    "mask_layer": "layer in the mask file, where it has several",
    "model": "model file, *.miaf.safetensors",
    "output": "class map to write, .tif, or .dat, .bsq, .img for ENVI",
    "confidence": "confidence raster to write",
    "probabilities": "class probability raster to write",
    "entropy": "raster to write: 0 where one class is sure, 1 where all are alike",
    "margin": "raster to write: lead of the best class over the next, 0 to 1",
    "report": "HTML report to write; its numbers go beside it as JSON and CSV",
    "seed": "seed of the split, the weights and the noise",
    "device": "auto, cpu, cuda, cuda:N or mps",
    "memory_mb": "memory budget in MiB; 0 lets the engine choose",
    "resume": "go on with a training of the same inputs and settings that was "
    "interrupted (on unless --no-resume)",
    "creation_options": "GDAL creation option NAME=VALUE, may be repeated",
    "extent": "part to classify: xmin,ymin,xmax,ymax in the cube's CRS",
    "interpolate_bands": "interpolate the bands of another sensor to the model's",
    "normalise_by": "band statistics: model (of the training scene) or scene (its own)",
    "classification": "class map to score",
    "reference": "vector file of reference areas",
    "reference_layer": "layer in the reference file",
    "reference_labels": "raster on the map's grid, instead of --reference",
    "exclude_rois": "areas whose pixels are left out, as the training areas",
    "exclude_rois_layer": "layer in that file",
    "compare_with": "another class map, compared on the same reference (McNemar)",
    "probability_sample": "the reference was drawn by chance: adjusted figures, areas",
    "matrix": "CSV of the confusion matrix to write",
    "band_means": "write each superpixel's mean of every band used",
    "count": "number of superpixels to suggest; 10",
    "pixels_per_superpixel": "mean size; 0 takes the model's middle scale",
    "scene_list": "text file with a cube's path a line; # begins a comment",
    "output_folder": "folder of the maps and the summary, NAME_map.tif for each scene",
    "workers": "worker processes on this machine; 0 lets the engine choose",
    "threads": "CPU threads of each worker; 1, and 0 shares out those of the machine",
    "scheduler": "address of a Dask scheduler whose workers do it, tcp://HOST:8786",
    "again": "classify scenes too whose maps are there and up to date",
    "before": "class map of the earlier date",
    "after": "class map of the later date",
}
# Where an option of `import` is another thing than the one of the same name.
_IMPORT_HELP = {
    "cube": "array file of the cube, .mat or .npy",
    "cube_variable": "array of that file; by default the only one that can be a cube",
    "labels": "array file of the labels, 0 = unlabelled, or of abundances",
    "labels_variable": "array of that file (or of the cube's, without --labels)",
    "axes": "auto, rows,columns,bands or bands,rows,columns",
    "rows": "rows of the image, where its pixels stand in one row",
    "columns": "columns of the image, where its pixels stand in one row",
    "order": "how such pixels were taken: F column by column (MATLAB), C row by row",
    "wavelengths": "list of wavelengths: text, CSV, .spc or .npy",
    "dropped_bands": "bands of that list that the cube lacks, as 104-108,150-163,220",
    "class_names": "file with lines of value and name, or names with commas",
    "abundance_percent": "least abundance that makes a pixel one of a class; 80",
    "nodata": "value that stands for no data",
    "crs": "CRS of the origin, as EPSG:32616",
    "origin": "upper left corner: x,y",
    "pixel_size": "pixel size: one number, or width,height",
    "output": "cube to write, .tif, or .dat, .bsq, .img for ENVI",
    "labels_output": "label raster to write",
    "rois_output": "GeoPackage of the labels' regions to write",
}

_OWN_HELP = {
    "import": _IMPORT_HELP,
    "classify-many": {
        "confidence": "write each scene's confidence too, NAME_confidence.tif",
        "probabilities": "write its class probabilities, NAME_probabilities.tif",
        "entropy": "write its entropy, NAME_entropy.tif",
        "margin": "write its margin, NAME_margin.tif",
        "memory_mb": "memory budget of each scene in MiB; 0 lets the engine choose",
    },
    "assess": {
        "model": "model that made the map: reference areas that it learnt are warned of"
    },
    "superpixels": {"output": "layer to write, .gpkg, .geojson or .shp"},
    "suggestareas": {
        "rois": "vector file of areas that have a class already",
        "rois_more": "vector file of earlier suggestions or more areas: those with a "
        "class count as labelled, the others are not suggested again",
        "class_field": "field of the class, in --rois, --rois-more and to fill in; by "
        "default that of the model's training areas, or 'class'",
        "output": "layer to write, .gpkg",
    },
    "compare": {
        "output": "change map to write, .tif, or .dat, .bsq, .img for ENVI",
        "matrix": "CSV of the change matrix to write",
    },
}


def option_help(task: str, name: str) -> str:
    """Return the help of a command's option, which is a field of its request."""
    return _OWN_HELP.get(task, {}).get(name) or OPTION_HELP[name]
