"""The package process."""
