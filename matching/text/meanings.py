"""The skills of the taxonomy as rows of the encoder: how near a passage lies to each of them, in any language.

A skill is all that speaks of it in all languages together, its names and examples of what people say who have it: its
score is mostly the cosine to the nearest of these, and partly that to their mean. All products are of whole numbers and
so exact: they do not depend on what else is computed.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

import numpy as np

from matching.reference import Reference
from matching.text.encoder import HEADS, Encoder, legible, shared_encoder
from matching.text.exact import SCALE, Array, unit, whole
from matching.text.tongue import KNOWN

ROWS = HEADS / "skill-names-1.npz"
NEAREST_SHARE = 0.7
KEY_BYTES = 8
BYTE = 127
# Code of the skill, language, text.
Name = tuple[str, str, str]
CONSTANTS = {"nearest_share": NEAREST_SHARE, "scale": SCALE}


class Meanings:
    """Scores passages against every skill, in the order of `codes`."""

    def __init__(
        self, reference: Reference, encoder: Encoder | None = None, without: frozenset[Name] = frozenset()
    ) -> None:
        self.encoder = encoder or shared_encoder()
        self.codes = tuple(sorted(reference.skills))
        places = {code: place for place, code in enumerate(self.codes)}
        names = [name for name in skill_texts(reference) if name not in without]
        self.texts = tuple(text for _, _, text in names)
        self.languages = tuple(language for _, language, _ in names)
        self.owners = np.array([places[code] for code, _, _ in names], dtype=np.int64)
        rows = stored_rows(self.texts, self.encoder)
        self._order = np.argsort(self.owners, kind="stable")
        self._starts = np.searchsorted(self.owners[self._order], np.arange(len(self.codes)))
        self._nearest = whole(rows)[self._order].T.copy()
        self._means = whole(unit(np.add.reduceat(rows[self._order], self._starts, axis=0))).T.copy()

    @property
    def rows(self) -> Array:
        """The whole rows of `texts`, made anew: a process that only scores holds them once, in the order of skills."""
        rows = np.empty_like(self._nearest.T)
        rows[self._order] = self._nearest.T
        return rows

    def scores(self, rows: Array) -> Array:
        """Return how near whole rows (see `whole`) lie to each skill, (rows, skills), about -1 to 1."""
        nearest = np.maximum.reduceat(rows @ self._nearest, self._starts, axis=1)
        return (NEAREST_SHARE * nearest + (1 - NEAREST_SHARE) * (rows @ self._means)) / SCALE**2


def skill_texts(reference: Reference) -> list[Name]:
    """Return (code, language, text) of all names and examples of skills in languages that the encoder knows."""
    return [
        (skill.code, language, text)
        for skill in reference.skills.values()
        for language, text in skill.said()
        if language in KNOWN
    ]


def stored_rows(texts: tuple[str, ...], encoder: Encoder, path: Path = ROWS) -> Array:
    """Return unit rows of names from the file that is shipped; what it lacks for this head is encoded now."""
    stored = dict(shipped_rows(path, encoder.head.fingerprint))
    keys = [key_of(text) for text in texts]
    missing = sorted({text for text, key in zip(texts, keys, strict=True) if key not in stored})
    if missing:
        stored.update(zip(map(key_of, missing), as_bytes(encoder.encode(missing)), strict=True))
    return unit(np.stack([stored[key] for key in keys]).astype(np.float32))


def store_rows(texts: tuple[str, ...], encoder: Encoder, path: Path = ROWS) -> None:
    """Write the rows of names as bytes, so that no process has to encode thousands of names first."""
    rows = dict(zip(map(key_of, texts), as_bytes(encoder.encode(list(texts))), strict=True))
    keys = np.frombuffer(b"".join(sorted(rows)), dtype=np.uint8).reshape(-1, KEY_BYTES)
    arrays = {"keys": keys, "rows": np.stack([rows[key] for key in sorted(rows)])}
    with path.open("wb") as file:
        np.savez(file, allow_pickle=False, head=np.array(encoder.head.fingerprint), **arrays)


def as_bytes(rows: Array) -> Array:
    """Return rows in 255 steps, the longest entry at the end of the scale; their direction is what counts."""
    longest = np.maximum(np.abs(rows).max(axis=1, keepdims=True), np.finfo(np.float32).tiny)
    return np.rint(rows / longest * BYTE).astype(np.int8)


def key_of(text: str) -> bytes:
    """Return under which key a text's row is stored: a hash of what the encoder reads."""
    return hashlib.sha256(legible(text).encode()).digest()[:KEY_BYTES]


@lru_cache(maxsize=2)
def shipped_rows(path: Path, head: str) -> dict[bytes, Array]:
    """Return the stored rows by key; none where they were made by another head."""
    if not path.exists():
        return {}
    with np.load(path, allow_pickle=False) as stored:
        if str(stored["head"]) != head:
            return {}
        keys, rows = stored["keys"], stored["rows"]
    return {key.tobytes(): row for key, row in zip(keys, rows, strict=True)}
