"""How like the work that is asked for is to what somebody wrote, beyond the skills that both name: 0 to 1, with words.

For each passage of the asked text the best passage of the other text speaks; the best few of these count. More text
never lowers a likeness. Passages that speak of no work ("in a small town") do not count.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from matching.text.calibration import Calibration
from matching.text.head import Array
from matching.text.linker import DIGITS, SkillLinker
from matching.text.meanings import SCALE
from matching.text.passages import Passage

# So many passages that are asked for, and best met, make the likeness together.
BEST = 2
ASKED_KEPT = 500
CONSTANTS = {"best": BEST}


@dataclass(frozen=True)
class Said:
    """The distinct passages of many texts as rows, and which of them stand in each text."""

    passages: tuple[Passage, ...]
    rows: Array
    places: tuple[tuple[int, ...], ...]

    @staticmethod
    def of(texts: Sequence[str], linker: SkillLinker) -> Said:
        """Read texts; what is in a language that the encoder does not know is left out."""
        known: dict[tuple[str, str], int] = {}
        passages: list[Passage] = []
        places: list[tuple[int, ...]] = []
        for text in texts:
            mine = []
            for passage in linker.understood(text):
                mine.append(known.setdefault((passage.text, passage.language), len(passages)))
                if mine[-1] == len(passages):
                    passages.append(passage)
            places.append(tuple(dict.fromkeys(mine)))
        return Said(tuple(passages), linker.rows([passage.text for passage in passages]), tuple(places))


@dataclass(frozen=True)
class Asked:
    """Passages of an assignment that speak of work, as rows, and how clearly they do, 0 to 1."""

    passages: tuple[Passage, ...]
    rows: Array
    is_work: Array


@lru_cache(maxsize=ASKED_KEPT)
def asked_in(texts: tuple[str, ...], linker: SkillLinker) -> Asked:
    """Return what texts ask for; the answer is kept, since many volunteers are compared with the same texts."""
    said = Said.of(texts, linker)
    if not said.passages:
        return Asked((), said.rows, np.zeros(0))
    numbers = linker.calibration
    is_work = _ramp(linker.meanings.scores(said.rows).max(axis=1), numbers.work_from, numbers.work_full)
    kept = np.flatnonzero(is_work > 0)
    return Asked(tuple(said.passages[place] for place in kept), said.rows[kept], is_work[kept])


class Likeness:
    """The likeness of each text of `said` to what is asked, with the words that speak."""

    def __init__(self, said: Said, asked: Sequence[str], linker: SkillLinker) -> None:
        self._said = said
        self._asked = asked_in(tuple(asked), linker)
        numbers = linker.calibration
        offsets = _offsets(said.passages, self._asked.passages, numbers)
        similar = said.rows @ self._asked.rows.T / SCALE**2 - offsets
        self._alike = np.round(_ramp(similar, numbers.alike_from, numbers.alike_full) * self._asked.is_work, DIGITS)

    @property
    def is_asked(self) -> bool:
        """True where the asked text speaks of work in a language that the encoder knows."""
        return bool(self._asked.passages)

    def values(self) -> Array:
        """Return the likeness of each text, 0 where there is none."""
        values = np.zeros(len(self._said.places))
        wrote = [number for number, places in enumerate(self._said.places) if places]
        if wrote and self.is_asked:
            lengths = [len(self._said.places[number]) for number in wrote]
            together = np.concatenate([self._said.places[number] for number in wrote])
            met = np.maximum.reduceat(self._alike[together], np.cumsum([0, *lengths[:-1]]), axis=0)
            best = np.sort(met, axis=1)[:, ::-1][:, :BEST]
            values[wrote] = np.round(best.mean(axis=1), DIGITS)
        return values

    def pair(self, number: int) -> tuple[str, str]:
        """Return the words of one text, and those of the asked text, that lie nearest to one another."""
        mine = self._said.places[number]
        part = self._alike[list(mine)]
        said, asked = np.unravel_index(int(part.argmax()), part.shape)
        return self._said.passages[mine[int(said)]].text, self._asked.passages[int(asked)].text


def _ramp(values: Array, start: float, full: float) -> Array:
    return np.clip((values - start) / (full - start), 0.0, 1.0)


def _offsets(said: Sequence[Passage], asked: Sequence[Passage], numbers: Calibration) -> Array:
    """Return the offset of every pair of passages, (said, asked): by language, so each pair of these once."""
    spoken, rows = np.unique([passage.language for passage in said], return_inverse=True)
    heard, columns = np.unique([passage.language for passage in asked], return_inverse=True)
    table = np.array([[numbers.offset(one, other) for other in heard] for one in spoken])
    return table.reshape(len(spoken), len(heard))[np.ix_(rows, columns)]
