"""The package layers."""
