"""How like the work that is asked for is to what somebody wrote and can do, sentence by sentence: 0 to 1, with words.

Two views count half each: for each statement of the asked text the best of what was said, of which the best few count;
and the best of what was said beside the asked text as a whole. More that is said never lowers a likeness. Statements
that speak of no work ("in a small town") do not count.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from matching.text.calibration import Calibration
from matching.text.exact import SCALE, Array
from matching.text.linker import DIGITS, SkillLinker

# So many statements that are asked for, and best met, make the likeness together.
BEST = 2
ASKED_KEPT = 500
LABELS = "en"  # the language of the labels that stand for stated and asked skills; the encoder reads across languages
CONSTANTS = {"best": BEST}


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence, or a skill by its label; `told` is what reasons name: the words, or the skill's code."""

    text: str
    language: str
    told: str


def statements(text: str, codes: Sequence[str], linker: SkillLinker) -> list[Statement]:
    """Return what a text says in languages that the encoder knows, and the skills beside it."""
    said = [Statement(one.text, one.language, one.text) for one in linker.stated(text)]
    return [*said, *(Statement(linker.label(code, LABELS), LABELS, code) for code in codes if linker.knows(code))]


@dataclass(frozen=True)
class Said:
    """The distinct statements of many people as rows, and which of them each person makes."""

    statements: tuple[Statement, ...]
    rows: Array
    places: tuple[tuple[int, ...], ...]

    @staticmethod
    def of(people: Sequence[tuple[str, Sequence[str]]], linker: SkillLinker) -> Said:
        """Read (text, codes of stated skills) of people; what the encoder does not know is left out."""
        known: dict[Statement, int] = {}
        places = []
        for text, codes in people:
            mine = (known.setdefault(one, len(known)) for one in statements(text, codes, linker))
            places.append(tuple(dict.fromkeys(mine)))
        return Said(tuple(known), linker.rows([one.text for one in known]), tuple(places))


@dataclass(frozen=True)
class Asked:
    """Statements of an assignment that speak of work, as rows, how clearly they do (0 to 1), and the whole as a row."""

    statements: tuple[Statement, ...]
    rows: Array
    is_work: Array
    whole: Statement
    whole_row: Array


@lru_cache(maxsize=ASKED_KEPT)
def asked_in(texts: tuple[str, ...], codes: tuple[str, ...], linker: SkillLinker) -> Asked | None:
    """Return what words and skills ask for, None where the words ask for no work; kept, since many are compared."""
    found = list(dict.fromkeys(one for text in texts for one in statements(text, (), linker)))
    if not found:
        return None
    named = statements("", codes, linker)
    both = [*found, *named]
    rows = linker.rows([one.text for one in both])
    numbers = linker.calibration
    clear = _ramp(linker.meanings.scores(rows).max(axis=1), numbers.work_from, numbers.work_full)
    if not clear[: len(found)].any():
        return None
    clear[len(found) :] = 1.0
    kept = np.flatnonzero(clear > 0)
    together = ". ".join(one.text for one in both)
    whole = Statement(together, both[0].language, both[0].told)
    return Asked(tuple(both[place] for place in kept), rows[kept], clear[kept], whole, linker.rows([together]))


class Likeness:
    """The likeness of what each person of `said` says to what is asked, with the words that speak."""

    def __init__(self, said: Said, asked: Sequence[str], codes: Sequence[str], linker: SkillLinker) -> None:
        self._said = said
        self._asked = asked_in(tuple(asked), tuple(codes), linker)
        self._numbers = linker.calibration

    @property
    def is_asked(self) -> bool:
        """True where the asked text speaks of work in a language that the encoder knows."""
        return self._asked is not None

    def values(self) -> Array:
        """Return the likeness of each person, 0 where there is none."""
        values = np.zeros(len(self._said.places))
        spoke = [number for number, places in enumerate(self._said.places) if places]
        if self._asked is None or not spoke:
            return values
        alike = self._alike(self._asked.statements, self._asked.rows) * self._asked.is_work
        whole = self._alike((self._asked.whole,), self._asked.whole_row)
        lengths = [len(self._said.places[number]) for number in spoke]
        together = np.concatenate([self._said.places[number] for number in spoke])
        starts = np.cumsum([0, *lengths[:-1]])
        met = np.sort(np.maximum.reduceat(alike[together], starts, axis=0), axis=1)[:, ::-1][:, :BEST].mean(axis=1)
        values[spoke] = np.round((met + np.maximum.reduceat(whole[together, 0], starts)) / 2, DIGITS)
        return values

    def pair(self, number: int) -> tuple[str, str]:
        """Return what of one person, and of the asked text, lies nearest to one another: words, or a skill's code."""
        if self._asked is None:
            return "", ""
        mine = list(self._said.places[number])
        own = Said(tuple(self._said.statements[one] for one in mine), self._said.rows[mine], ())
        near = Likeness._nearness(own, self._asked.statements, self._asked.rows, self._numbers) * self._asked.is_work
        said, asked = np.unravel_index(int(near.argmax()), near.shape)
        return own.statements[int(said)].told, self._asked.statements[int(asked)].told

    def _alike(self, asked: Sequence[Statement], rows: Array) -> Array:
        numbers = self._numbers
        return _ramp(Likeness._nearness(self._said, asked, rows, numbers), numbers.alike_from, numbers.alike_full)

    @staticmethod
    def _nearness(said: Said, asked: Sequence[Statement], rows: Array, numbers: Calibration) -> Array:
        return np.asarray(said.rows @ rows.T / SCALE**2 - _offsets(said.statements, asked, numbers))


def _ramp(values: Array, start: float, full: float) -> Array:
    return np.round(np.clip((values - start) / (full - start), 0.0, 1.0), DIGITS)


def _offsets(said: Sequence[Statement], asked: Sequence[Statement], numbers: Calibration) -> Array:
    """Return the offset of every pair of statements, (said, asked): by language, so each pair of these once."""
    spoken, rows = np.unique([one.language for one in said], return_inverse=True)
    heard, columns = np.unique([one.language for one in asked], return_inverse=True)
    table = np.array([[numbers.offset(one, other) for other in heard] for one in spoken])
    return table.reshape(len(spoken), len(heard))[np.ix_(rows, columns)]
