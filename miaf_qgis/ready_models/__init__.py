"""Graphical models that are listed as algorithms."""
