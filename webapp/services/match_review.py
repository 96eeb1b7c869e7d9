"""What a coordinator reads when reviewing single matches of an assignment: rows of them, and one match."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp import clock
from webapp.config import config_from_environment
from webapp.models import Assignment, Match, MatchRun, User, Volunteer
from webapp.services import judgements, match_facts
from webapp.services.errors import NotFound
from webapp.services.match_facts import Facts
from webapp.services.own_rows import vio_assignment
from webapp.services.person_relations import within_reach
from webapp.services.shown_matches import shown
from webapp.services.sights import About
from webapp.services.visibility import Sight, sight_of

MOST_COMPARED = 3
CODE_LENGTH = 6


@dataclass(frozen=True)
class Row:
    """One match with all that stands beside it, and what the reader may see of the person."""

    match: Match
    volunteer: Volunteer
    sight: Sight
    code: str  # names the person on pages that hide names
    facts: Facts  # what stands beside it


def person_code(assignment_id: int, volunteer_id: int) -> str:
    """Return a short name for a nameless person, other on each assignment so that lists cannot be joined.

    Keyed: row numbers are few, and a plain hash of them could be tried out by anybody.
    """
    text = f"{assignment_id}:{volunteer_id}".encode()
    return hmac.new(_code_key(), text, hashlib.sha256).hexdigest()[:CODE_LENGTH].upper()


@cache
def _code_key() -> bytes:
    return hashlib.sha256(b"codes of nameless people " + config_from_environment().data_key.encode()).digest()


def rows_of(session: Session, account: User, assignment: Assignment, matches: Sequence[Match]) -> list[Row]:
    """Return a row for each match of the assignment that `account` may see, in the order given."""
    today, facts = clock.today(), match_facts.read(session, [match.id for match in matches])
    known = match_facts.known({(match.volunteer_id, assignment.id): facts[match.id] for match in matches})
    rows = [
        Row(
            match,
            match.volunteer,
            sight_of(session, account, match.volunteer, assignment, today, known),
            person_code(assignment.id, match.volunteer_id),
            facts[match.id],
        )
        for match in matches
    ]
    return [row for row in rows if row.sight.match]


def coordinator_match(session: Session, account: User, match_id: int) -> Match:
    """Return the newest match of the pair to which `match_id` belongs, where `account` may see it."""
    match = session.get(Match, match_id)
    if match is None:
        raise NotFound
    assignment = vio_assignment(session, account, match.assignment_id)
    newest = select(Match).where(
        Match.assignment_id == match.assignment_id, Match.volunteer_id == match.volunteer_id, Match.is_current
    )
    found = session.scalars(newest.order_by(Match.id.desc())).first()
    if found is None or not sight_of(session, account, found.volunteer, assignment).match:
        raise NotFound
    return found


def match_of_pair(session: Session, assignment: Assignment, volunteer: Volunteer) -> Match | None:
    """Return the current match of a pair, None where it is not among those that may be shown."""
    return session.scalars(shown(assignment).where(Match.volunteer_id == volunteer.id)).first()


def matches_of(session: Session, vio_id: int, rows: Sequence[About]) -> dict[tuple[int, int], Match]:
    """Return by person and assignment the current matches with a VIO's own assignments that may be shown."""
    works, people = ({getattr(row, name) for row in rows} for name in ("assignment_id", "volunteer_id"))
    query = select(Match).join(Volunteer, Volunteer.id == Match.volunteer_id)
    query = query.join(Assignment, Assignment.id == Match.assignment_id).where(Assignment.vio_id == vio_id)
    query = query.where(Match.assignment_id.in_(works), Match.volunteer_id.in_(people), Match.is_current)
    found = session.scalars(query.where(within_reach(Assignment.id, vio_id, clock.today())))
    return {(one.volunteer_id, one.assignment_id): one for one in found}


def chosen(session: Session, account: User, assignment: Assignment, match_ids: Sequence[int]) -> list[Match]:
    """Return the matches with these ids; NotFound if one is not of this assignment or not to be seen."""
    found = [coordinator_match(session, account, match_id) for match_id in dict.fromkeys(match_ids)]
    if any(match.assignment_id != assignment.id for match in found):
        raise NotFound
    return found


def best(session: Session, assignment: Assignment, most: int) -> list[Match]:
    """Return the first `most` eligible matches on which no dismissal stands."""
    dismissed = [
        person for person, word in judgements.standing(session, assignment).items() if word.verdict == "dismiss"
    ]
    query = shown(assignment).where(Match.status == "eligible", Match.volunteer_id.not_in(dismissed))
    return list(session.scalars(query.order_by(Match.band.desc(), Match.lot, Match.id).limit(most)))


def seeds(session: Session, matches: Iterable[Match]) -> list[tuple[int, int]]:
    """Return number and seed of the runs from which some matches come, read at once: each may be of its own."""
    wanted = {match.run_id for match in matches}
    query = select(MatchRun.id, MatchRun.seed).where(MatchRun.id.in_(wanted)).order_by(MatchRun.id)
    return [(number, seed) for number, seed in session.execute(query)]
