"""The package classify_many."""
