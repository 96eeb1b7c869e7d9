"""A cell that cannot be read: the words say what to do about it."""

from __future__ import annotations

from webapp.words import Words


class Unreadable(ValueError):
    """`words` is the remedy, for the one who brought the list."""

    def __init__(self, words: Words) -> None:
        self.words = words
        super().__init__(str(words))
