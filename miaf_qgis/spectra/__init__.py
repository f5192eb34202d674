"""The spectrum of a pixel over the class means of the training areas.

The one package of the plugin that computes: means and angles of a few spectra, with
numpy, for the plot. `panel.SpectraPanel` is a plain widget for any dock.
"""
