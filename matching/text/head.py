"""The learned head over the frozen sentence encoder: its last layers, trained again, from a file that runs no code."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path

import numpy as np

from matching.text.exact import Array, Exact, unit


@dataclass(frozen=True)
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
        exact = self._exact
        first = np.maximum(exact["wide"].product(rows), 0)
        second = np.maximum(exact["near"].product(rows) + exact["deep"].product(first), 0)
        third = np.maximum(exact["broad"].product(second), 0)
        return unit(np.tanh(exact["short"].product(second) + exact["long"].product(third)))

    def layers(self, rows: Array) -> tuple[Array, Array, Array, Array]:
        """Return the outputs of the four layers, the last before its tanh; not rounded, for training."""
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

    @cached_property
    def _exact(self) -> dict[str, Exact]:
        return {name: Exact(values) for name, values in self._arrays().items()}

    def _arrays(self) -> dict[str, Array]:
        return {one.name: getattr(self, one.name) for one in fields(self)}
