"""Reads the words of a question in the number in which a corpus has them: "JEFES DE OBRAS" asks for "jefe de obra"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from matching.words import UNSPACED

# How a word ends in the plural, and in the singular: Spanish, French, English, Portuguese.
ENDINGS = (("s", ""), ("es", ""), ("ces", "z"), ("ies", "y"), ("aux", "al"), ("x", ""))
# Shorter words end so by chance.
SHORTEST = 5
_WORD = re.compile(rf"[^\W\d_{UNSPACED}]+")


class Plurals:
    """The words of a corpus; most lists of occupations and skills name them in the singular."""

    def __init__(self, corpus: Iterable[str]) -> None:
        self._counts = Counter(word for text in corpus for word in _WORD.findall(text.lower()))

    def singular(self, text: str) -> str:
        """Return a text in which words that the corpus has more often in the singular stand so."""
        return _WORD.sub(lambda found: self._more_usual(found[0]), text)

    def _more_usual(self, written: str) -> str:
        word = written.lower()
        if len(word) < SHORTEST:
            return written
        forms = [word, *(word.removesuffix(plural) + one for plural, one in ENDINGS if word.endswith(plural))]
        best = max(forms, key=lambda form: self._counts[form])
        return written if best == word else best
