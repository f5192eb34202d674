"""The package labels."""
