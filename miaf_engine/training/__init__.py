"""The package training."""
