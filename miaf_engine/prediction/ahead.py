"""Things that are made in threads before they are used, in turn."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from types import TracebackType
from typing import Generic, TypeVar

from miaf_engine.errors import Cancelled
from miaf_engine.progress import Progress

Item = TypeVar("Item")
Made = TypeVar("Made")

_LOOK_EVERY_S = 0.2  # for a cancel, while what is next is not ready


class Ahead(Generic[Item, Made]):
    """A queue of items, each made into something by the time it is taken.

    A context manager: what is not taken is not begun after it ends, and nothing waits
    for what has begun.

    Args:
        depth: Items made while another is used; 0 makes each as it is taken.
        most: Items in the queue, made or not; one more than `depth` unless stated.
    """

    def __init__(self, depth: int, most: int | None = None) -> None:
        self._most = depth + 1 if most is None else most
        self._pool = ThreadPoolExecutor(depth) if depth else None
        self._queue: deque[tuple[Item, Callable[[], Made] | Future[Made]]] = deque()

    def __enter__(self) -> Ahead[Item, Made]:
        """Return the queue."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Begin nothing more."""
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)

    def __len__(self) -> int:
        """Return how many items are in the queue."""
        return len(self._queue)

    @property
    def full(self) -> bool:
        """Whether no further item is to be put in before one is taken."""
        return len(self._queue) >= self._most

    def put(self, item: Item, make: Callable[[], Made]) -> None:
        """Add an item and what makes it into something."""
        made = make if self._pool is None else self._pool.submit(make)
        self._queue.append((item, made))

    def take(self, progress: Progress) -> tuple[Item, Made]:
        """Return the first item and what was made of it.

        Raises:
            Cancelled: The caller asked to stop before it was ready.
        """
        item, made = self._queue.popleft()
        if not isinstance(made, Future):
            return item, made()
        while not wait((made,), timeout=_LOOK_EVERY_S).done:
            if progress.cancelled():
                raise Cancelled
        return item, made.result()

    def drop(self) -> list[Item]:
        """Take all items out, whatever was made of them."""
        dropped = [item for item, _ in self._queue]
        for _, made in self._queue:
            if isinstance(made, Future):
                made.cancel()
        self._queue.clear()
        return dropped
