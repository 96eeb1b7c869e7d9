"""How often something may be done from one address, kept in memory alone: nothing of who spoke up is ever written."""

from __future__ import annotations

from datetime import datetime, timedelta
from threading import Lock

from webapp import clock

MOST_KEYS = 10_000


class Pace:
    """Lets `most` tries of one key pass within a span; each worker process counts for itself."""

    def __init__(self, most: int, within: timedelta) -> None:
        self.most, self.within = most, within
        self._tries: dict[str, list[datetime]] = {}
        self._lock = Lock()

    def is_over(self, key: str) -> bool:
        """Count one try of `key`, and return whether it is one too many."""
        since = clock.now() - self.within
        with self._lock:
            if len(self._tries) > MOST_KEYS:
                self._tries = {name: tries for name, tries in self._tries.items() if tries[-1] > since}
            recent = [at for at in self._tries.get(key, []) if at > since][-self.most :]
            self._tries[key] = [*recent, clock.now()]
            return len(recent) >= self.most

    def forget(self) -> None:
        """Forget every try."""
        with self._lock:
            self._tries.clear()
