"""What it takes, beside the inputs themselves, to make a run again; written down small."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from itertools import accumulate
from typing import Any

from webapp.services.replay.sealing import canonical, sha256


@dataclass(frozen=True)
class Work:
    """An assignment of a run: the input that was kept of it, its VIO, and the volunteers who were within reach."""

    kept: int
    vio_id: int
    reach: tuple[int, ...]


@dataclass(frozen=True)
class Record:
    """A run: `people` and `works` by their ids, with the numbers of what was kept; 0 where nothing could be kept.

    `prints` are the fingerprints of the score of each VIO with a version of its own, and of the default as "".
    `spread_of` is the run whose spread ordered the lots, None for the plain lot. `inputs` and `result` are SHA-256.
    """

    scope: str
    day: str
    seed: int
    spread_of: int | None
    made_with: dict[str, str]
    prints: dict[str, str]
    models: dict[str, int]
    people: dict[int, int]
    works: dict[int, Work]
    inputs: str
    result: str

    def to_text(self) -> str:
        """Return the record as JSON; lists of numbers as their steps, those within reach as bits, each set once."""
        people = sorted(self.people)
        place = {number: at for at, number in enumerate(people)}
        sets = list(dict.fromkeys(work.reach for work in self.works.values()))
        index = {reach: number for number, reach in enumerate(sets)}
        return canonical(
            asdict(self)
            | {
                "people": [_steps(people), _steps([self.people[number] for number in people])],
                "works": [
                    [number, work.kept, work.vio_id, index[work.reach]] for number, work in sorted(self.works.items())
                ],
                "reach": [_bits(reach, place) for reach in sets],
            }
        )

    @staticmethod
    def from_text(text: str) -> Record:
        """Rebuild a record from `to_text`."""
        data: dict[str, Any] = json.loads(text)
        people = [list(accumulate(steps)) for steps in data["people"]]
        sets = [_numbers(bits, people[0]) for bits in data.pop("reach")]
        works = {number: Work(kept, vio_id, sets[at]) for number, kept, vio_id, at in data["works"]}
        return Record(**{**data, "people": dict(zip(*people, strict=True)), "works": works})


def sum_of(contents: Iterable[tuple[str, int, str]]) -> str:
    """Return one SHA-256 over those of all inputs, each with its kind and id."""
    return sha256(canonical(sorted(contents)))


def _steps(numbers: Sequence[int]) -> list[int]:
    """Return each number less the one before: mostly ones, which compress to nearly nothing."""
    return [one - before for before, one in zip([0, *numbers], numbers, strict=False)]


def _bits(reach: Iterable[int], place: dict[int, int]) -> str:
    bits = bytearray((len(place) + 7) // 8)
    for number in reach:
        bits[place[number] >> 3] |= 1 << (place[number] & 7)
    return bits.hex()


def _numbers(bits: str, people: Sequence[int]) -> tuple[int, ...]:
    found = bytes.fromhex(bits)
    return tuple(number for at, number in enumerate(people) if found[at >> 3] >> (at & 7) & 1)
