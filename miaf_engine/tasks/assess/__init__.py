"""Score a class map against a reference."""
