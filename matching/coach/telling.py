"""Tells a sentence that says something of this work and place from one that could stand in any assignment.

No list of words: the sentence encoder (matching/text) gives a sentence a row of numbers by its meaning, in any of the
languages that it knows, and one line through these rows parts what says something from what does not. The line was
learned from sentences that this project wrote (data/model/telling.py), so that it also reads those it never saw.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np

from matching.text.encoder import HEADS, shared_encoder
from matching.text.exact import SCALE, Array, unit, whole
from matching.text.tongue import known_to_encoder

LINE = HEADS / "telling-1.json"
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
    """Return where sentences lie on the line, above 0 those that say something; the same number in any company."""
    weights, start = _line(LINE)
    return np.round(whole(rows_of(sentences)).astype(np.float64) @ weights / SCALE**2 - start, DIGITS)


def rows_of(sentences: Sequence[str]) -> Array:
    """Return two rows side by side: where a sentence lies among work, as the head was taught, and what it means at all.

    What stands around it (a dash, a full stop) is left out: the encoder would hear it.
    """
    inner = [_EDGES.sub("", one) for one in sentences]
    return np.hstack([shared_encoder().encode(inner), shared_encoder().raw(inner)])


def write_line(weights: Array, start: float, doubt: float, path: Path = LINE) -> None:
    """Write the line's direction, brought to length one, and where on it something begins to be said, less a doubt."""
    length = float(np.linalg.norm(weights))
    steps = [int(one) for one in whole(unit(weights[None]))[0]]
    head = shared_encoder().head.fingerprint
    path.write_text(json.dumps({"head": head, "start": round(start / length - doubt, DIGITS), "weights": steps}) + "\n")


@cache
def _line(path: Path) -> tuple[Array, float]:
    """Return the weights, whole numbers as rows are, and the start; ValueError where they belong to another head."""
    stored = json.loads(path.read_text(encoding="utf-8"))
    if stored["head"] != shared_encoder().head.fingerprint:
        raise ValueError(f"{path.name} was made for another head: python -m data.model.telling makes it again")
    return np.array(stored["weights"], dtype=np.float64), stored["start"]
