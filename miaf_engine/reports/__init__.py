"""The package reports."""
