"""Classify a cube, or several in turn, in this process or in several."""
