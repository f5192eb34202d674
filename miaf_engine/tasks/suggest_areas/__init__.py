"""Suggest the superpixels to label next, where a model is unsure."""
