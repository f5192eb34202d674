"""Look at a cube and at training areas before a training."""
