"""The package desktop."""
