"""Gives every short text a row of numbers, so that texts that mean the same lie together, across languages.

The encoder is frozen and knows sixteen languages; a learned head (head.py) turns its rows. Never use the rows for
eligibility, languages, places or dates: the encoder cannot tell "can" from "cannot", nor January from July.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections import OrderedDict
from collections.abc import Callable, Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from matching.lookalikes import one_script
from matching.text.exact import Array
from matching.text.head import Head

if TYPE_CHECKING:
    from matching.text.network import Network

Rows = OrderedDict[bytes, Array]
HEADS = Path(__file__).parents[2] / "data" / "model"
HEAD = "head-1.npz"
RAW_DIMENSION = 512
# A phrase is short; what is longer is cut, so that a text of 100,000 characters costs no seconds.
MAX_CHARACTERS = 1000
CACHE_SIZE = 20_000


class Encoder:
    """Texts to unit rows; empty text gives zeros; the same text gives the same bytes; a seen text costs nothing."""

    def __init__(self, head: Head | None = None, capacity: int = CACHE_SIZE) -> None:
        self._head = head
        self._capacity = capacity
        self._seen: Rows = OrderedDict()
        self._turned: Rows = OrderedDict()

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
        return self._remember(texts, self._turned, self.dimension, self._turn)

    def raw(self, texts: Sequence[str]) -> Array:
        """Return the unit rows of the bare encoder, float32 (texts, 512), without the head."""
        return self._remember(texts, self._seen, RAW_DIMENSION, self._bare)

    def likelihood(self, word: str) -> float:
        """Return the logarithm of how usual the spelling of a word is in the languages that the encoder knows."""
        return self._network.likelihood(word)

    def _turn(self, texts: list[str]) -> Array:
        return self._network.rows(texts, self.head)

    def _bare(self, texts: list[str]) -> Array:
        return self._network.rows(texts, self._network.bare)

    @cached_property
    def _network(self) -> Network:
        # Late: loading takes most of a second, and many commands need no encoder.
        from matching.text.network import Network

        return Network()

    def _remember(self, texts: Sequence[str], seen: Rows, width: int, compute: Callable[[list[str]], Array]) -> Array:
        """Return rows from the memory `seen`, and compute those it lacks, each once."""
        readable = [legible(text) for text in texts]
        keys = [hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest() for text in readable]
        new = {key: text for key, text in zip(keys, readable, strict=True) if text and key not in seen}
        found = dict(zip(new, compute(list(new.values())), strict=True)) if new else {}
        rows = np.zeros((len(keys), width), dtype=np.float32)
        for number, (key, text) in enumerate(zip(keys, readable, strict=True)):
            if text:
                rows[number] = found[key] if key in found else seen[key]
        seen.update((key, row.copy()) for key, row in found.items())
        while len(seen) > self._capacity:
            seen.popitem(last=False)
        return rows


def plain(text: str) -> str:
    """Return a text in plain width, its look-alike letters in one script."""
    # Half of a surrogate pair is no character, and the tokenizer stops at it.
    whole = text.encode("utf-8", "replace").decode()
    return one_script(unicodedata.normalize("NFKC", whole))


def legible(text: str) -> str:
    """Return a text as the encoder reads it best: small letters, plain width, capped; empty where nothing is said."""
    folded = " ".join(plain(text[:MAX_CHARACTERS])[:MAX_CHARACTERS].lower().split())
    return folded if any(sign.isalnum() for sign in folded) else ""


@lru_cache(maxsize=1)
def shared_encoder() -> Encoder:
    """Return the one encoder of this process; it loads at its first text."""
    return Encoder()
