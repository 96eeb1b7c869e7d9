"""Tells a sentence that says something of this work and place from one that could stand in any assignment.

No list of words: the sentence encoder (matching/text) gives a sentence a row of numbers by its meaning, in any of the
languages that it knows, and a judge (judge.py) parts what says something from what does not. It was learned from
sentences that this project wrote (data/model/telling.py), so that it also reads those it never saw.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np

from matching.coach.judge import Judge
from matching.text.encoder import HEADS, shared_encoder
from matching.text.exact import Array
from matching.text.tongue import known_to_encoder

JUDGE = HEADS / "telling-2.npz"
DIGITS = 3
# Beside sentences that say nothing a sentence has to be clearer: by so much where all others do. A text is taken to
# have a few more that say something, so that one beside one raises little doubt.
COMPANY, MORE = 0.13, 3
_EDGES = re.compile(r"^[\W_]+|[^\w)\]%]+$")


def clearness_of(sentences: Sequence[str]) -> tuple[float, ...]:
    """Return how clearly each sentence of one text says something, from -1 to 1; 1 where the encoder cannot read it."""
    if not sentences or not known_to_encoder("\n".join(sentences)):
        return (1.0,) * len(sentences)
    alone = measured(sentences)
    hollow = alone <= 0
    beside = (hollow.sum() - hollow) / (len(sentences) - 1 + MORE)
    return tuple(map(float, np.round(alone - COMPANY * beside, DIGITS)))


def measured(sentences: Sequence[str]) -> Array:
    """Return how clearly sentences say something, above 0 those that do; the same number in any company."""
    return np.round(_judge(JUDGE).clearness(rows_of(sentences)), DIGITS)


def rows_of(sentences: Sequence[str]) -> Array:
    """Return two rows side by side: where a sentence lies among work, as the head was taught, and what it means at all.

    What stands around it (a dash, a full stop) is left out: the encoder would hear it.
    """
    inner = [_EDGES.sub("", one) for one in sentences]
    return np.hstack([shared_encoder().encode(inner), shared_encoder().raw(inner)])


@cache
def _judge(path: Path) -> Judge:
    """Return the judge; ValueError where it was learned from the rows of another head."""
    judge = Judge.load(path)
    if judge.head != shared_encoder().head.fingerprint:
        raise ValueError(f"{path.name} was made for another head: python -m data.model.telling makes it again")
    return judge
