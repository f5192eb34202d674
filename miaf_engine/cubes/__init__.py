"""The package cubes."""
