"""The package train."""
