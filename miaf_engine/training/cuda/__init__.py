"""What speeds up a training on a CUDA device, apart from the network's modules."""
