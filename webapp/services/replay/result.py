"""The rows of a run as bytes: what is compared, and summed up, in whatever order the rows come."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from webapp.models import Match
from webapp.services.replay.sealing import canonical, sha256

Pair = tuple[int, int]  # assignment, volunteer


def body(match: Match) -> str:
    """Return all of a match but its lot, which a run over everything draws when all else is known."""
    return canonical([match.status, match.score, match.band, match.missing, match.reasons])


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
        pairs = [[*pair, self.lots[pair], self.bodies[pair]] for pair in sorted(self.bodies)]
        return sha256(canonical([pairs, [[number, self.counts[number]] for number in sorted(self.counts)]]))
