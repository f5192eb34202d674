"""The package assess."""
