"""Titles and help of the parameters of the import of benchmark scenes."""

from __future__ import annotations

# In the order of the dialog.
TITLES = {
    "CUBE_FILE": "Array file of the cube",
    "CUBE_VARIABLE": "Array of the cube",
    "LABELS_FILE": "Array file of the labels",
    "LABELS_VARIABLE": "Array of the labels",
    "CLASS_NAMES": "List of class names",
    "WAVELENGTHS": "List of wavelengths",
    "DROPPED_BANDS": "Bands of that list that the cube lacks",
    "AXES": "Order of the axes",
    "ROWS": "Rows, where the pixels stand in one row",
    "COLUMNS": "Columns, where the pixels stand in one row",
    "ORDER": "Order of such pixels",
    "ABUNDANCE_PERCENT": "Least abundance of a class (%)",
    "NODATA": "Nodata value",
    "CRS": "CRS of the origin",
    "ORIGIN": "Origin (upper left corner)",
    "PIXEL_SIZE": "Pixel size",
}
HELP = {
    "CUBE_FILE": "MATLAB file (version 5 or 7.3) or NumPy .npy with the spectra.",
    "CUBE_VARIABLE": "Name of the array in a MATLAB file; empty takes the only one "
    "with three axes.",
    "LABELS_FILE": "MATLAB or NumPy file with the class number of each pixel, 0 where "
    "it is not known; or with abundances, one layer a class.",
    "LABELS_VARIABLE": "Name of the array in a MATLAB file; empty takes the only one "
    "that fits the cube. With a name and no labels file it is an array of the cube's.",
    "CLASS_NAMES": "Text with a line for each class, value and name, as '10 Corn'; or "
    "with names alone, in order of the values.",
    "WAVELENGTHS": "Text or CSV with one wavelength a line, or with a column "
    "'wavelength' and perhaps 'fwhm'; an AVIRIS .spc file; or .npy. Nanometres or "
    "micrometres.",
    "DROPPED_BANDS": "Numbers from 1, as 104-108,150-163,220, where the list has the "
    "bands of the sensor and noisy ones were taken out of the cube.",
    "AXES": "auto goes by the shape of the labels, else takes rows,columns,bands.",
    "ROWS": "Needed for a cube of two axes, pixels and bands; else 0.",
    "COLUMNS": "As rows.",
    "ORDER": "F: column by column, as MATLAB does; C: row by row.",
    "ABUNDANCE_PERCENT": "Where the labels are abundances: what makes a pixel one of "
    "a class.",
    "NODATA": "Value of pixels without data.",
    "CRS": "Only with an origin. Empty: the rasters get no CRS.",
    "ORIGIN": "x,y of the upper left corner of the image. Empty: no georeference.",
    "PIXEL_SIZE": "One number, or width,height; in units of the CRS.",
}
