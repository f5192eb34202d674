"""Classify the scenes of a list in several processes."""
