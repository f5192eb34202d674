"""What speeds up a training on a processor, apart from the network's modules.

How threads wait for each other; it changes no result. Memory that is kept from step to
step is in `miaf_engine.memory`, as maps keep it too. `miaf_engine.models.network.cpu`
holds the fast forms of the network.
"""
