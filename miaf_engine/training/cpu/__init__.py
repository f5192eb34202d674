"""What speeds up a training on a processor, apart from the network's modules.

Optimisers without the hooks of torch's compiler, memory that is kept from step to step,
and how threads wait for each other. None of it changes a result.
`miaf_engine.models.network.cpu` holds the fast forms of the network.
"""
