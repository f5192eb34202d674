"""The package superpixels."""
