"""Finds the blanks of a text: what stands in square brackets is still to be filled in, and says nothing yet.

One rule for all languages: square brackets, in their Latin or full width, around words of one line. Around no letter
at all, as in [1] or [...], they are no blank.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_BLANK = re.compile(r"[\[\uff3b]([^\[\]\uff3b\uff3d\n]+)[\]\uff3d]")


def to_fill_in(text: str) -> tuple[str, ...]:
    """Return what the blanks of a text ask for, in their order."""
    found = (match.strip() for match in _BLANK.findall(text))
    return tuple(words for words in found if any(map(str.isalpha, words)))


def filled_in(text: str, words: Mapping[str, str]) -> str:
    """Return a text with its blanks filled by what `words` has for what they ask; KeyError where it has nothing."""
    return _BLANK.sub(lambda blank: words[blank[1].strip()] if to_fill_in(blank[0]) else blank[0], text)
