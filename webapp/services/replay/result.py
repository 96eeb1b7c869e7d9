"""The rows of a run as bytes: what is compared, and summed up, in whatever order the rows come."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from webapp.models import Match
from webapp.services.replay.sealing import canonical, sha256

Pair = tuple[int, int]  # assignment, volunteer


def body(match: Match) -> str:
    """Return all of a match but its lot, which a run over everything draws when all else is known."""
    return canonical([match.status, match.score, match.band, match.missing, match.reasons])


class Summing:
    """Adds up the rows of a run one after the other, pairs in rising order, so that no more than one is needed."""

    def __init__(self) -> None:
        self._sum = hashlib.sha256(b"[[")
        self._comma = b""

    def add(self, pair: Pair, lot: str, content: str) -> None:
        """Take in a pair with its lot and the sum of its match."""
        self._sum.update(self._comma + canonical([*pair, lot, content]).encode())
        self._comma = b","

    def sha256(self, counts: Mapping[int, Mapping[str, int]]) -> str:
        """Return the sum over everything, with how many people each rule left out of each assignment."""
        whole = self._sum.copy()
        whole.update(b"]," + canonical([[number, dict(counts[number])] for number in sorted(counts)]).encode() + b"]")
        return whole.hexdigest()


@dataclass
class Result:
    """What a run has found: of each pair the sum of its match, and its lot; of each assignment the counts."""

    bodies: dict[Pair, str] = field(default_factory=dict)
    lots: dict[Pair, str] = field(default_factory=dict)
    counts: dict[int, dict[str, int]] = field(default_factory=dict)

    def add(self, matches: Iterable[Match]) -> None:
        """Take matches in."""
        for one in matches:
            pair = one.assignment_id, one.volunteer_id
            self.bodies[pair], self.lots[pair] = sha256(body(one)), one.lot

    def count(self, assignment_id: int, counts: Mapping[str, int]) -> None:
        """Take in how many people each rule left out of an assignment."""
        self.counts[assignment_id] = dict(counts)

    def sha256(self) -> str:
        """Return the sum over everything."""
        whole = Summing()
        for pair in sorted(self.bodies):
            whole.add(pair, self.lots[pair], self.bodies[pair])
        return whole.sha256(self.counts)
