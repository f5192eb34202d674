"""Forms of the network's modules that are fast on a processor.

Each is a subclass of the plain module with the same parameters, and computes the same
up to rounding; dropout draws other random numbers of the same distribution.
`placement` chooses them where the network is on the CPU; every other device runs the
plain modules. `miaf_engine.training.cpu` holds what else speeds up the CPU.
"""
