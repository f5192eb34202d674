"""The package import_benchmark."""
