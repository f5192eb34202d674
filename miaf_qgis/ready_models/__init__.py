"""The package ready_models."""
