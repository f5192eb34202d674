"""What speeds up a training on a processor, apart from the network's modules.

Optimisers without the hooks of torch's compiler, and how threads wait for each other.
None of it changes a result. Memory that is kept from step to step is in
`miaf_engine.memory`, as maps keep it too.
`miaf_engine.models.network.cpu` holds the fast forms of the network.
"""
