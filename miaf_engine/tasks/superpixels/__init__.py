"""Cut a cube into superpixels, as areas to put classes on."""
