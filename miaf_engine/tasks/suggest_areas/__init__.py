"""The package suggest_areas."""
