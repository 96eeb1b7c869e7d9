"""Work beside the jobs, in a thread of its own: whoever calls for help meanwhile does not wait for it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from threading import Event, Lock, Thread

log = logging.getLogger(__name__)


class Beside:
    """One kind of work, done one at a time; what is asked for while it goes on is done when that has ended."""

    def __init__(self, work: Callable[[], None]) -> None:
        self._work = work
        self._asked, self._at_work = Event(), Lock()

    def ask(self) -> None:
        """Have the work done, and come back at once."""
        self._asked.set()
        if self._at_work.acquire(blocking=False):
            try:
                Thread(target=self._do, daemon=True).start()
            except RuntimeError:  # the system has no room for one more now
                self._at_work.release()
                raise

    def _do(self) -> None:
        try:
            while self._asked.is_set():
                self._asked.clear()
                self._work()
        except Exception:  # such as a database that is away: the next minute tries again
            log.exception("what waits to be computed could not be")
        finally:
            self._at_work.release()
        if self._asked.is_set():  # since the last look, by somebody who saw it at work
            self.ask()
