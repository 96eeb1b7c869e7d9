"""The learned head over the frozen sentence encoder: a centre and a linear map, from a file that runs no code."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np

Array = np.ndarray
# Below this length a row says nothing; dividing by it would only blow up rounding.
SHORTEST_ROW = 1e-6


@dataclass(frozen=True, slots=True)
class Head:
    """Maps rows of the encoder, (n, in), to unit rows (n, out): what means the same lies together."""

    centre: Array
    weight: Array

    @property
    def dimension(self) -> int:
        """Length of the rows that it gives."""
        return int(self.weight.shape[1])

    @property
    def fingerprint(self) -> str:
        """SHA-256 of all numbers, in their order: the same head has the same fingerprint on every machine."""
        digest = hashlib.sha256()
        for name, values in self._arrays().items():
            digest.update(f"{name}{values.shape}".encode())
            digest.update(np.ascontiguousarray(values, dtype="<f4").tobytes())
        return digest.hexdigest()

    def apply(self, rows: Array) -> Array:
        """Return unit rows of float32; a row of zeros stays one."""
        known = np.any(rows, axis=1, keepdims=True)
        return unit(np.where(known, (rows - self.centre) @ self.weight, 0.0).astype(np.float32))

    def save(self, path: Path) -> None:
        """Write the head as arrays without pickle."""
        with path.open("wb") as file:
            np.savez(file, allow_pickle=False, **self._arrays())

    @classmethod
    def load(cls, path: Path) -> Head:
        """Read a head; refuses pickled objects, so that no code of the file runs."""
        with np.load(path, allow_pickle=False) as stored:
            return cls(stored["centre"].astype(np.float32), stored["weight"].astype(np.float32))

    def _arrays(self) -> dict[str, Array]:
        return {"centre": self.centre, "weight": self.weight}


def unit(rows: Array) -> Array:
    """Return rows of length 1, and zeros for those too short to have a direction."""
    length = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.where(length > SHORTEST_ROW, rows / np.maximum(length, SHORTEST_ROW), 0.0).astype(np.float32)
