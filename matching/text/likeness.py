"""How like the work that is asked for is to what somebody wrote and can do, sentence by sentence: 0 to 1, with words.

Two views count half each: for each statement of the asked text the best of what was said, of which the best few count;
and the best of what was said beside the asked text as a whole. More that is said never lowers a likeness. Statements
that speak of no work ("in a small town") do not count.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.text.calibration import Calibration
from matching.text.exact import SCALE, Array
from matching.text.linker import DIGITS, SkillLinker

# So many statements that are asked for, and best met, make the likeness together.
BEST = 2
ASKED_KEPT = 500
READ_AT_ONCE = 64  # wordings: rows enough for a product at full speed, and few enough for their scores to be held
LABELS = "en"  # the language of the labels that stand for stated and asked skills; the encoder reads across languages
CONSTANTS = {"best": BEST}


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence, or a skill by its label; `told` is what reasons name: the words, or the skill's code."""

    text: str
    language: str
    told: str


Told = tuple[list[Statement], list[Statement]]  # what is said, and the skills named beside it


def statements(text: str, codes: Sequence[str], linker: SkillLinker) -> list[Statement]:
    """Return what a text says in languages that the encoder knows, and the skills beside it."""
    said = [Statement(one.text, one.language, one.text) for one in linker.stated(text)]
    return [*said, *(Statement(linker.label(code, LABELS), LABELS, code) for code in codes if linker.knows(code))]


@dataclass(frozen=True)
class Said:
    """The distinct statements of many people, and which of them each person makes.

    `products` returns those of their rows with what is asked for, (statements, asked): the whole last.
    Person `n` makes the statements `places[starts[n]:starts[n + 1]]`; statement `d` is in `languages[spoken[d]]`.
    """

    statements: Sequence[Statement]
    products: Callable[[Asked], Array]
    languages: tuple[str, ...]
    spoken: NDArray[np.intp]
    starts: NDArray[np.intp]
    places: NDArray[np.intp]

    @staticmethod
    def of(people: Sequence[tuple[str, Sequence[str]]], linker: SkillLinker) -> Said:
        """Read (text, codes of stated skills) of people; what the encoder does not know is left out."""
        known: dict[Statement, int] = {}
        places: list[int] = []
        starts = [0]
        for text, codes in people:
            mine = (known.setdefault(one, len(known)) for one in statements(text, codes, linker))
            places += dict.fromkeys(mine)
            starts.append(len(places))
        languages, spoken = _numbered([one.language for one in known])
        rows = linker.rows([one.text for one in known])
        products = partial(products_of, rows)
        return Said(tuple(known), products, languages, spoken, np.array(starts, np.intp), np.array(places, np.intp))

    @property
    def is_made(self) -> NDArray[np.bool_]:
        """Where a person makes any statement."""
        return self.starts[1:] > self.starts[:-1]


class Heard(NamedTuple):
    """A sentence or a skill's label as a row, and how clearly it speaks of work; None where nobody asked that."""

    row: Array
    clear: float | None


@dataclass(frozen=True)
class Asked:
    """Statements of an assignment that speak of work, as rows, how clearly they do (0 to 1), and the whole as a row."""

    statements: tuple[Statement, ...]
    rows: Array
    is_work: Array
    whole: Statement
    whole_row: Array


def products_of(rows: Array, asked: Asked) -> Array:
    """Return the products of rows with those that are asked for, (rows, asked): the whole last."""
    return np.asarray(rows @ np.concatenate([asked.rows, asked.whole_row]).T)


@lru_cache(maxsize=ASKED_KEPT)
def asked_in(texts: tuple[str, ...], codes: tuple[str, ...], linker: SkillLinker) -> Asked | None:
    """Return what words and skills ask for, None where the words ask for no work; kept, since many are compared."""
    return all_asked_in([(texts, codes)], linker)[0]


def all_asked_in(words: Sequence[tuple[Sequence[str], Sequence[str]]], linker: SkillLinker) -> list[Asked | None]:
    """Read many (texts, codes) at once: the same results as one by one, sooner, as each sentence is read once."""
    found: list[Asked | None] = []
    known: dict[str, Heard] = {}
    for first in range(0, len(words), READ_AT_ONCE):
        told = [_told(texts, codes, linker) for texts, codes in words[first : first + READ_AT_ONCE]]
        _hear(told, linker, known)
        found += _read(told, linker, known)
    return found


def _told(texts: Sequence[str], codes: Sequence[str], linker: SkillLinker) -> Told:
    found = list(dict.fromkeys(one for text in texts for one in statements(text, (), linker)))
    return found, statements("", codes, linker) if found else []


def _hear(told: Sequence[Told], linker: SkillLinker, known: dict[str, Heard]) -> None:
    """Add what is not known yet; a product with many rows reads the skills once for all of them."""
    texts = dict.fromkeys(one.text for found, _ in told for one in found)
    said = [text for text in texts if text not in known or known[text].clear is None]
    if said:
        rows, numbers = linker.rows(said), linker.calibration
        clear = ramp(linker.meanings.scores(rows).max(axis=1), numbers.work_from, numbers.work_full)
        known |= {text: Heard(*one) for text, *one in zip(said, rows, clear.tolist(), strict=True)}
    # A skill is work, whatever its label is like.
    named = list(dict.fromkeys(one.text for _, named in told for one in named if one.text not in known))
    if named:
        known |= {text: Heard(row, None) for text, row in zip(named, linker.rows(named), strict=True)}


def _read(told: Sequence[Told], linker: SkillLinker, known: Mapping[str, Heard]) -> list[Asked | None]:
    """Return what is asked for in each."""
    wholes = [". ".join(one.text for one in (*found, *named)) for found, named in told]
    clear = [[*(known[one.text].clear for one in found), *(1.0 for _ in named)] for found, named in told]
    is_asked = [any(mine[: len(found)]) for mine, (found, _) in zip(clear, told, strict=True)]
    if not any(is_asked):
        return [None] * len(told)
    whole_rows = iter(linker.rows([whole for whole, is_one in zip(wholes, is_asked, strict=True) if is_one]))
    asked: list[Asked | None] = []
    for whole, mine, is_one, (found, named) in zip(wholes, clear, is_asked, told, strict=True):
        if not is_one:
            asked.append(None)
            continue
        both = [(one, worth) for one, worth in zip((*found, *named), mine, strict=True) if worth]
        rows = np.stack([known[one.text].row for one, _ in both])
        first = (*found, *named)[0]
        heard = Statement(whole, first.language, first.told)
        worths = np.array([worth for _, worth in both])
        asked.append(Asked(tuple(one for one, _ in both), rows, worths, heard, next(whole_rows)[None]))
    return asked


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
        said = self._said
        values = np.zeros(len(said.starts) - 1)
        spoke = np.flatnonzero(said.is_made)
        if self._asked is None or not len(spoke):
            return values
        worth = ramp(self._near, self._numbers.alike_from, self._numbers.alike_full)
        alike, whole = worth[:, :-1] * self._asked.is_work, worth[:, -1]
        # Whoever makes no statement takes no place: the statements of those who do follow one another.
        starts = said.starts[spoke]
        met = np.sort(np.maximum.reduceat(alike[said.places], starts, axis=0), axis=1)[:, ::-1][:, :BEST].mean(axis=1)
        values[spoke] = np.round((met + np.maximum.reduceat(whole[said.places], starts)) / 2, DIGITS)
        return values

    def pairs(self, numbers: NDArray[np.intp]) -> Iterator[tuple[int, int]]:
        """Yield the statement of each of some people, and the asked one, that lie nearest to one another."""
        most, asked = self._nearest
        starts, places = self._said.starts, self._said.places
        for first, last in zip(starts[numbers].tolist(), starts[numbers + 1].tolist(), strict=True):
            said = max(places[first:last].tolist(), key=most.__getitem__)
            yield said, asked[said]

    def words(self, pair: tuple[int, int]) -> tuple[str, str]:
        """Return what the two statements of a pair say: words, or a skill's code."""
        assert self._asked is not None
        said, asked = pair
        return self._said.statements[said].told, self._asked.statements[asked].told

    @cached_property
    def _nearest(self) -> tuple[list[float], list[int]]:
        """How near each statement comes to what is asked for, and to which of it."""
        assert self._asked is not None
        near = self._near[:, :-1] * self._asked.is_work
        return near.max(axis=1).tolist(), near.argmax(axis=1).tolist()

    @cached_property
    def _near(self) -> Array:
        """How near each statement lies to each that is asked for, (said, asked): the whole last."""
        assert self._asked is not None
        asked, said = (*self._asked.statements, self._asked.whole), self._said
        offsets = offsets_between(said.languages, asked, self._numbers)
        return np.asarray(said.products(self._asked) / SCALE**2 - offsets[said.spoken])


def ramp(values: Array, start: float, full: float) -> Array:
    """Return what a nearness is worth: 0 up to `start`, 1 from `full`."""
    return np.round(np.clip((values - start) / (full - start), 0.0, 1.0), DIGITS)


def offsets_between(languages: Sequence[str], asked: Sequence[Statement], numbers: Calibration) -> Array:
    """Return the offset of each language beside each statement that is asked, (languages, asked)."""
    heard = {other.language for other in asked}
    offsets = {other: [numbers.offset(one, other) for one in languages] for other in heard}
    return np.array([offsets[other.language] for other in asked]).reshape(len(asked), len(languages)).T


def _numbered(languages: Sequence[str]) -> tuple[tuple[str, ...], NDArray[np.intp]]:
    """Return the distinct languages, and the number of each entry's."""
    distinct = {one: number for number, one in enumerate(dict.fromkeys(languages))}
    return tuple(distinct), np.array([distinct[one] for one in languages], dtype=np.intp)
