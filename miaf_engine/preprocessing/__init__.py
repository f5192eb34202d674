"""The package preprocessing."""
