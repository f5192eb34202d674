"""The package compare."""
