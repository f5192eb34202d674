"""The package parameters."""
