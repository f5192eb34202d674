"""Train a model from training areas, and classify the cube with it."""
