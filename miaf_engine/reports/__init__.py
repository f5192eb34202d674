"""HTML reports with their plots, tables and JSON.

Public names, by module:

    `content`: ReportContent, Spectra, clean, map_figures, versions
    `matrix`: harmless, write_matrix_csv
    `pictures`: MapPicture, RolePicture, TEST, TRAINING, VALIDATION, role_picture,
        thinning
    `plots`: LARGEST_MAP, fold_colours, and the module
    `report`: spectra_images, template, write_page, write_report, and the module

May import: accuracy, io.
"""
