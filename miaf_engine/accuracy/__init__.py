"""The package accuracy."""
