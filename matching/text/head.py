"""The learned head over the frozen sentence encoder: its last layers, trained again, from a file that runs no code."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np

Array = np.ndarray
# Below this length a row says nothing; dividing by it would only blow up rounding.
SHORTEST_ROW = 1e-6
# Products of fewer rows sum in another order (measured below eight), and the same text would give other bytes.
FEWEST_ROWS = 8


@dataclass(frozen=True, slots=True)
class Head:
    """Maps pooled rows of the encoder, (n, 512), to unit rows (n, 512), through layers that rectify.

    first = r(x `wide`), second = r(x `near` + first `deep`), third = r(second `broad`), and the row is
    tanh(second `short` + third `long`).
    """

    wide: Array
    near: Array
    deep: Array
    broad: Array
    short: Array
    long: Array

    @property
    def dimension(self) -> int:
        """Length of the rows that it gives."""
        return int(self.short.shape[1])

    @property
    def fingerprint(self) -> str:
        """SHA-256 of all numbers, as they are stored: the same head has the same fingerprint on every machine."""
        digest = hashlib.sha256()
        for name, values in self._arrays().items():
            digest.update(f"{name}{values.shape}".encode())
            digest.update(np.ascontiguousarray(values, dtype="<f2").tobytes())
        return digest.hexdigest()

    def apply(self, rows: Array) -> Array:
        """Return unit rows of float32, the same bytes for a row in any company; a row of zeros stays one."""
        missing = max(0, FEWEST_ROWS - len(rows))
        padded = np.concatenate([rows, np.zeros((missing, rows.shape[1]), dtype=np.float32)])
        return unit(np.tanh(self.layers(padded)[-1])[: len(rows)])

    def layers(self, rows: Array) -> tuple[Array, Array, Array, Array]:
        """Return the outputs of the four layers, the last before its tanh."""
        first = np.maximum(rows @ self.wide, 0)
        second = np.maximum(rows @ self.near + first @ self.deep, 0)
        third = np.maximum(second @ self.broad, 0)
        return first, second, third, second @ self.short + third @ self.long

    def save(self, path: Path) -> None:
        """Write the head as arrays of half precision, without pickle."""
        arrays = {name: values.astype("<f2") for name, values in self._arrays().items()}
        with path.open("wb") as file:
            np.savez(file, allow_pickle=False, **arrays)

    @classmethod
    def load(cls, path: Path) -> Head:
        """Read a head; refuses pickled objects, so that no code of the file runs."""
        with np.load(path, allow_pickle=False) as stored:
            return cls(**{one.name: stored[one.name].astype(np.float32) for one in fields(cls)})

    def _arrays(self) -> dict[str, Array]:
        return {one.name: getattr(self, one.name) for one in fields(self)}


def unit(rows: Array) -> Array:
    """Return rows of length 1, and zeros for those too short to have a direction."""
    length = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.where(length > SHORTEST_ROW, rows / np.maximum(length, SHORTEST_ROW), 0.0).astype(np.float32)
