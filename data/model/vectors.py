"""Keeps the encoder's rows under var/, so that many trainings encode each text once."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from data.model.sources import ROOT
from matching.text.exact import Array
from matching.text.network import WIDTH, Network

STORE = ROOT / "var" / "pooled.npz"


class Vectors:
    """Pooled rows of legible texts by the hash of the text; the file is read once and written when it grew."""

    def __init__(self, path: Path = STORE) -> None:
        self._path = path
        self._network: Network | None = None
        self._place: dict[bytes, int] = {}
        self._rows: Array = np.zeros((0, WIDTH), dtype=np.float32)
        if path.exists():
            with np.load(path, allow_pickle=False) as stored:
                self._rows = stored["rows"]
                self._place = {bytes(key): number for number, key in enumerate(stored["keys"])}

    @property
    def network(self) -> Network:
        """The encoder's frozen layers, loaded when first asked for."""
        if self._network is None:
            self._network = Network()
        return self._network

    def of(self, texts: Sequence[str]) -> Array:
        """Return the rows of texts, (texts, 512)."""
        keys = [hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest() for text in texts]
        new = {key: text for key, text in zip(keys, texts, strict=True) if key not in self._place}
        if new:
            self._rows = np.concatenate([self._rows, self.network.pooled(list(new.values()))])
            self._place.update({key: len(self._place) + number for number, key in enumerate(new)})
            self._write()
        return self._rows[[self._place[key] for key in keys]]

    def _write(self) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        keys = np.frombuffer(b"".join(self._place), dtype=np.uint8).reshape(-1, 32)
        part = self._path.with_suffix(".part.npz")
        np.savez(part, keys=keys, rows=self._rows)
        part.replace(self._path)
