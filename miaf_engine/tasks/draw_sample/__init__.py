"""Draw a reference sample from a class map."""
