"""Say what changed between two class maps."""
