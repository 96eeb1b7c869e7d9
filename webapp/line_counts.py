"""How many visitors' lines each worker of one server holds, in memory that all workers of a server have in common.

The server makes it before its first worker. A place is written by one worker at a time, so that nobody needs a lock.
"""

from __future__ import annotations

import mmap

MOST_WORKERS = 256
NUMBER = 4  # bytes
FREE = -1  # nobody's place
CLOSED = -2  # of a worker that takes up nobody any more


class LineCounts:
    """A number for each worker."""

    def __init__(self) -> None:
        places = MOST_WORKERS + 1
        self._counts = memoryview(mmap.mmap(-1, places * NUMBER)).cast("i")
        self._counts[:] = memoryview(NUMBER * places * b"\xff").cast("i")  # FREE, all of them

    def join(self) -> int:
        """Give a place to a new worker; called where workers are made, before they are processes of their own.

        Where there is none left, it is the last one, which they share and nobody looks at.
        """
        place = next((place for place in range(MOST_WORKERS) if self._counts[place] == FREE), MOST_WORKERS)
        self._counts[place] = 0
        return place

    def leave(self, place: int) -> None:
        """Free the place of a worker that has ended."""
        self._counts[place] = FREE

    def tell(self, place: int, lines: int) -> None:
        """Say how many lines the worker at `place` holds, or that it is CLOSED."""
        self._counts[place] = lines

    def more_than_least(self, place: int) -> int:
        """Return how many lines the worker at `place` holds more than the one of all that holds fewest."""
        own = self._counts[place]
        return own - min((count for count in self._counts[:MOST_WORKERS] if count >= 0), default=own)
