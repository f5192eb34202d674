"""The package prediction."""
