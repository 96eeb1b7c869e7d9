"""Why a service refuses: each way is a class of its own, with words that say what to do."""

from __future__ import annotations

from webapp.words import Words, lazy


class NotFound(LookupError):
    """The thing does not exist, or belongs to another VIO, which must look the same."""


class Refused(ValueError):
    """A rule forbids it. `words` is for the person who asked."""

    def __init__(self, words: Words | None = None) -> None:
        self.words = words or lazy("This cannot be done now. Reload the page to see how things stand.")
        super().__init__(str(self.words))


class IllegalMove(Refused):
    """The thing is in a state from which this move is not allowed."""
