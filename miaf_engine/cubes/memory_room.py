"""What a step would need, against the memory that is free just now."""

from __future__ import annotations

from miaf_engine.cubes.tiles import (
    BASE_MB,
    SMALLEST_TILE,
    budget_mb,
)
from miaf_engine.memory import free_memory_mb, used_memory_mb
from miaf_engine.progress import Progress

# Of the free memory, for tiles: other programs go on meanwhile.
_SHARE = 0.8


def reachable_mb() -> float | None:
    """Return what this process may come to hold in MiB; None if it is not known."""
    free = free_memory_mb()
    return None if free is None else free + used_memory_mb()


def room_for_tiles(asked: int, pixels: int, pixel_bytes: int, said: Progress) -> float:
    """Return the budget in MiB for mapping, less than the default if memory is short.

    A budget that the user asked for is kept, with a warning. The map of a scene that
    needs less than is free never depends on what is free.

    Args:
        asked: The user's budget in MiB; 0 is none.
        pixels: Pixels of the scene.
        pixel_bytes: Memory of one pixel at the peak.
        said: Told what is changed and why.
    """
    budget, reachable = budget_mb(asked), reachable_mb()
    needed = min(BASE_MB + pixels * pixel_bytes / 2**20, budget)
    if reachable is None or needed <= reachable:
        return budget
    facts = f"The map would take about {needed:.0f} MiB; {reachable:.0f} MiB are free."
    if asked:
        said.warning(
            f"{facts} The memory budget of {asked} MiB is kept as you asked; if the "
            "system ends the engine, lower it."
        )
        return budget
    least = BASE_MB + (4 * SMALLEST_TILE) ** 2 * pixel_bytes / 2**20
    said.warning(
        f"{facts} It is made in smaller tiles, so that a few pixels along their seams "
        "may differ from a run with more free memory."
    )
    return min(budget, max(_SHARE * reachable, least))


def warn_of_training(pixels: int, pixel_bytes: int, said: Progress) -> None:
    """Warn where a training would take more than is free; it is not made smaller.

    Other windows would make another model, so that is left to the user.
    """
    needed, reachable = BASE_MB + pixels * pixel_bytes / 2**20, reachable_mb()
    if reachable is not None and needed > reachable:
        said.warning(
            f"The training would take about {needed:.0f} MiB; {reachable:.0f} MiB are "
            "free. Close other programs, or lower the memory budget. If the system "
            "ends the engine, the next run goes on where this one stood."
        )
