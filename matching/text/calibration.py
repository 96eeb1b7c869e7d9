"""What similarities of the encoder mean: numbers measured on this project's own texts, shipped with the head.

`python -m data.model.calibrate` writes them; they belong to one head.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from matching.text.encoder import HEADS

CALIBRATION = HEADS / "calibration-1.json"


@dataclass(frozen=True)
class Calibration:
    """The numbers of one head: from where a name or a sentence means a skill, and from where two sentences are alike.

    `offsets` per pair of languages ("en-zh") say by how much its texts of one meaning lie nearer than those of others.
    """

    head: str
    link_from: float
    link_full: float
    said_from: float
    said_full: float
    work_from: float
    work_full: float
    alike_from: float
    alike_full: float
    offsets: Mapping[str, float]

    @staticmethod
    def load(path: Path = CALIBRATION) -> Calibration:
        """Read the shipped numbers; they are read once."""
        return _load(path)

    def save(self, path: Path = CALIBRATION) -> None:
        """Write the numbers."""
        path.write_text(json.dumps(self.to_dict(), indent=1) + "\n", encoding="utf-8")

    def to_dict(self) -> dict[str, Any]:
        """Return the numbers as JSON-able data, for the file and for the fingerprint of a score."""
        return asdict(self)

    def offset(self, language: str, other: str) -> float:
        """Return the offset of two languages in either order, 0 where it was not measured."""
        return self.offsets.get("-".join(sorted((language, other))), 0.0)


@lru_cache(maxsize=4)
def _load(path: Path) -> Calibration:
    return Calibration(**json.loads(path.read_text(encoding="utf-8")))
