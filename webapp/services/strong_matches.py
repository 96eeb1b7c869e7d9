"""Strong matches on which nobody has said a word: which assignments have some, how many, and since when.

There may be a hundred for each of thousands of assignments, and whether one may be shown takes several look-ups. So the
first of an assignment tells that it has some, and only assignments that can be among those with most are counted.
"""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache

from sqlalchemy import ColumnExpressionArgument, ScalarSelect, Select, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session, joinedload, load_only

from webapp.models import Application, Assignment, Host, Match, MatchRun, Review, User, Vio, Volunteer
from webapp.models.applications import LIVE_APPLICATION_STATES
from webapp.services.delegations import own_work
from webapp.services.paging import NUMBERS
from webapp.services.person_relations import within_reach
from webapp.services.published import is_open
from webapp.services.stand_ins import BUILT, Plain

AT_ONCE = 12  # assignments that are counted in one statement
# What a row of the list shows.
SHOWN = (
    select(Assignment)
    .where(Assignment.id.in_(NUMBERS))
    .options(load_only(Assignment.title), joinedload(Assignment.host).load_only(Host.name))
)

Ranked = tuple[int, int]  # number of matches with its sign turned, id: in the order in which assignments are shown


def with_most(session: Session, account: User, today: date, most: int) -> list[tuple[Assignment, int]]:
    """Return open assignments with new strong matches and how many, those with most matches first."""
    plain = Plain.of(account)
    bounds = sorted((count, number) for count, number in session.execute(_at_most(plain)))
    best: list[Ranked] = []
    while bounds and (len(best) < most or bounds[0] < best[most - 1]):
        some, bounds = bounds[:AT_ONCE], bounds[AT_ONCE:]
        counted = session.execute(_counted(plain, today), {"numbers": [number for _count, number in some]})
        best = sorted([*best, *((count, number) for count, number in counted)])
    shown = best[:most]
    found = {one.id: one for one in session.scalars(SHOWN, {"numbers": [number for _count, number in shown]})}
    return [(found[number], -count) for count, number in shown]


def since_when(account: User, today: date) -> Select[int, datetime]:
    """Return the assignments with new strong matches, with when the best of these was ranked, the oldest first."""
    best = _of_assignment(account, today, MatchRun.created_at).join(MatchRun, MatchRun.id == Match.run_id)
    since = best.order_by(Match.score.desc()).limit(1).correlate(Assignment).scalar_subquery()
    query = select(Assignment.id, since.label("since")).where(own_work(account), is_open(), since.is_not(None))
    return query.order_by(since, Assignment.id)


def number(account: User, today: date) -> Select[int]:
    """Return the count of assignments with new strong matches."""
    # The first of each, and not whether there is one: to tell that PostgreSQL joins all matches with all people.
    first = _of_assignment(account, today, Match.id).limit(1).correlate(Assignment).scalar_subquery()
    return select(func.count(Assignment.id)).where(own_work(account), is_open(), first.is_not(None))


@lru_cache(maxsize=BUILT)
def _at_most(plain: Plain) -> Select[int, int]:
    """Return how many new strong matches each assignment has at most: all strong ones, read from the index alone."""
    account = plain.stand_in()
    query = select(-func.count(), Match.assignment_id).where(*_is_strong(account))
    query = query.join(Assignment, Assignment.id == Match.assignment_id).where(own_work(account), is_open())
    return query.group_by(Match.assignment_id)


@lru_cache(maxsize=BUILT)
def _counted(plain: Plain, today: date) -> Select[int, int]:
    """Return how many new strong matches each of some assignments has."""
    account = plain.stand_in()
    query = select(-func.count(), Match.assignment_id).join(Volunteer, Volunteer.id == Match.volunteer_id)
    query = query.where(Match.assignment_id.in_(NUMBERS), *_is_strong(account), *_is_new(account, today))
    return query.group_by(Match.assignment_id)


def _of_assignment(
    account: User, today: date, column: InstrumentedAttribute[datetime] | InstrumentedAttribute[int]
) -> Select[object]:
    query = select(column).select_from(Match).join(Volunteer, Volunteer.id == Match.volunteer_id)
    return query.where(Match.assignment_id == Assignment.id, *_is_strong(account), *_is_new(account, today))


def _is_strong(account: User) -> tuple[ColumnExpressionArgument[bool], ...]:
    """An eligible match at or above the VIO's threshold."""
    threshold: ScalarSelect[float] = select(Vio.strong_score).where(Vio.id == account.vio_id).scalar_subquery()
    return Match.is_current, Match.status == "eligible", Match.score >= threshold


def _is_new(account: User, today: date) -> tuple[ColumnExpressionArgument[bool], ...]:
    """A match without a review and without an application, with somebody who may be matched."""
    pair = (Match.assignment_id, Match.volunteer_id)
    reviewed = select(Review.id).where(
        Review.assignment_id == pair[0], Review.volunteer_id == pair[1], Review.vio_id == account.vio_id
    )
    applied = select(Application.id).where(
        Application.assignment_id == pair[0],
        Application.volunteer_id == pair[1],
        Application.state.in_(LIVE_APPLICATION_STATES),
    )
    return (~reviewed.exists(), ~applied.exists(), within_reach(Match.assignment_id, account.vio_id or 0, today))
