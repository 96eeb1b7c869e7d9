"""What stands beside a match: the office's word on it, application, invitation, agreement, and applications elsewhere.

All of it comes with the match, in one statement for a whole list.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, func, select
from sqlalchemy.orm import Session

from webapp import clock
from webapp.models import Application, Match, MatchInvitation, Partnership, PutForward, Review, Volunteer
from webapp.models.applications import LIVE_APPLICATION_STATES
from webapp.models.consents import MATCHING
from webapp.services.known_people import Pair
from webapp.services.person_relations import Day, active_partnership, whether_consents_to

AnyQuery = Select[*tuple[Any, ...]]


@dataclass(frozen=True)
class Applied:
    """The newest application of the person for the assignment."""

    id: int
    state: str
    note: str


@dataclass(frozen=True)
class Agreed:
    """The active agreement under which the person is put forward to the assignment."""

    shared_parts: Sequence[str]


@dataclass(frozen=True)
class Facts:
    """What stands beside a match."""

    verdict: str | None  # the word that stands
    application: Applied | None
    invitation: str | None  # its state
    agreement: Agreed | None
    is_matchable: bool
    elsewhere: int  # live applications for other assignments, a count only


def _newest(table: type[Application] | type[Review]) -> ScalarSelect[Any]:
    pair = table.volunteer_id == Match.volunteer_id, table.assignment_id == Match.assignment_id
    return select(func.max(table.id)).where(*pair).correlate(Match).scalar_subquery()


_ELSEWHERE: ScalarSelect[Any] = (
    select(func.count(Application.id))
    .where(
        Application.volunteer_id == Match.volunteer_id,
        Application.assignment_id != Match.assignment_id,
        Application.state.in_(LIVE_APPLICATION_STATES),
    )
    .correlate(Match)
    .scalar_subquery()
)
_COLUMNS: tuple[ColumnElement[Any], ...] = (
    Review.verdict.label("verdict"),
    Application.id.label("application_id"),
    Application.state.label("application_state"),
    Application.note.label("note"),
    MatchInvitation.state.label("invitation"),
    Partnership.shared_parts.label("shared_parts"),
    whether_consents_to(MATCHING).label("is_matchable"),
    _ELSEWHERE.label("elsewhere"),
)


def with_facts(columns: Iterable[Any], today: Day) -> AnyQuery:
    """Return the query for columns of matches and their people, with what stands beside each as the last of them."""
    invited, forward = (
        and_(table.volunteer_id == Match.volunteer_id, table.assignment_id == Match.assignment_id)
        for table in (MatchInvitation, PutForward)
    )
    agreed = and_(Partnership.id == PutForward.partnership_id, PutForward.state == "agreed", active_partnership(today))
    query: AnyQuery = select(*columns, *_COLUMNS).select_from(Match)
    return (
        query.join(Volunteer, Volunteer.id == Match.volunteer_id)
        .outerjoin(Review, Review.id == _newest(Review))
        .outerjoin(Application, Application.id == _newest(Application))
        .outerjoin(MatchInvitation, invited)
        .outerjoin(PutForward, forward)
        .outerjoin(Partnership, agreed)
    )


def facts_of(values: Sequence[Any]) -> Facts:
    """Return what stands beside a match from those columns."""
    verdict, number, state, note, invitation, shared_parts, is_matchable, elsewhere = values
    return Facts(
        verdict=verdict,
        application=None if number is None else Applied(number, state, note),
        invitation=invitation,
        agreement=None if shared_parts is None else Agreed(shared_parts),
        is_matchable=is_matchable,
        elsewhere=elsewhere,
    )


def read(session: Session, match_ids: Sequence[int]) -> dict[int, Facts]:
    """Return what stands beside some matches, by their numbers."""
    query = _by_number(clock.today()).where(Match.id.in_(match_ids))
    return {row[0]: facts_of(row[1:]) for row in session.execute(query)}


@lru_cache(maxsize=2)
def _by_number(today: date) -> AnyQuery:
    return with_facts([Match.id], today)


@dataclass(frozen=True)
class KnownBeside:
    """What the facts tell of who stands how to whom, as `sight_of` asks for it."""

    newest: Mapping[Pair, Applied]
    accepted: frozenset[Pair]
    partnerships: Mapping[Pair, Agreed]
    matchable: frozenset[int]


def known(facts: Mapping[Pair, Facts]) -> KnownBeside:
    """Return the same by pairs of person and assignment."""
    found = facts.items()
    return KnownBeside(
        newest={pair: one.application for pair, one in found if one.application},
        accepted=frozenset(pair for pair, one in found if one.invitation == "accepted"),
        partnerships={pair: one.agreement for pair, one in found if one.agreement},
        matchable=frozenset(pair[0] for pair, one in found if one.is_matchable),
    )
