"""How CPU threads and memory of this machine are shared out among workers."""

from __future__ import annotations

import os
from dataclasses import dataclass

from miaf_engine.cubes.tiles import BASE_MB, budget_mb
from miaf_engine.memory import total_memory_mb
from miaf_engine.progress import Progress
from miaf_engine.requests.classify import ClassifyManyRequest, ClassifyRequest
from miaf_engine.translation import tr

_SHARE_OF_MEMORY = 0.8  # for all workers together; the rest is the system's


@dataclass(frozen=True)
class WorkerCount:
    """How the machine is shared out.

    Attributes:
        workers: Number of processes.
        threads: CPU threads of each.
        memory_mb: Memory budget of each in MiB; 0 is the engine's default.
    """

    workers: int
    threads: int
    memory_mb: int

    @classmethod
    def of(
        cls,
        request: ClassifyManyRequest | ClassifyRequest,
        jobs: int,
        progress: Progress,
    ) -> WorkerCount:
        """Share out CPU threads and memory.

        One thread each by default, because the last digits of the probabilities follow
        from the number of threads, and must not from the number of workers.
        """
        cores = usable_threads()
        room = _SHARE_OF_MEMORY * (total_memory_mb() or 2**40)
        single = budget_mb(request.memory_mb)
        workers = request.workers
        if not workers:
            fit = max(1, int(min(room // single, cores)))
            workers = min(fit, cores // max(request.threads, 1)) or 1
        workers = max(1, min(workers, jobs))
        threads = request.threads or max(1, cores // workers)
        memory = request.memory_mb
        if workers * single > room:
            memory = memory or int(max(room / workers, 2 * BASE_MB))
            progress.warning(
                tr(
                    "The memory of this machine is too small for {single:.0f} MiB for "
                    "each worker (workers: {workers}). Each gets a budget of {memory} "
                    "MiB. With another budget, a few pixels along the edges of the "
                    "tiles of a large scene may differ."
                ).format(workers=workers, single=single, memory=memory)
            )
        return cls(workers, threads, memory)


def usable_threads() -> int:
    """Return how many CPU threads this process may use."""
    asked = os.environ.get("OMP_NUM_THREADS", "")
    if asked.isdecimal() and int(asked) > 0:
        return int(asked)
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
