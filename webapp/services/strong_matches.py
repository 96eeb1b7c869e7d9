"""Strong matches on which nobody has said a word: which assignments have some, how many, and where to begin.

There may be a hundred for each of thousands of assignments, and whether one may be shown takes several look-ups. So the
first of an assignment tells that it has some, assignments are looked through in the order in which they begin until
there are enough, and only those that are shown are counted.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from sqlalchemy import ColumnElement, ColumnExpressionArgument, ScalarSelect, Select, func, or_, select
from sqlalchemy.orm import Session, joinedload, load_only

from webapp.models import Application, Assignment, Host, Match, Review, User, Vio, Volunteer
from webapp.models.applications import LIVE_APPLICATION_STATES
from webapp.services import counting
from webapp.services.delegations import own_work
from webapp.services.paging import NUMBERS
from webapp.services.person_relations import within_reach
from webapp.services.published import is_open
from webapp.services.stand_ins import BUILT, Plain

MOST_NUMBERED = 99  # assignments; of more it is only said that there are
# What a row of the list shows.
SHOWN = (
    select(Assignment)
    .where(Assignment.id.in_(NUMBERS))
    .options(load_only(Assignment.title), joinedload(Assignment.host).load_only(Host.name))
)


def soonest(session: Session, account: User, today: date, most: int) -> list[tuple[Assignment, int]]:
    """Return open assignments with new strong matches and how many, those that begin soonest first."""
    plain = Plain.of(account)
    numbers = list(session.scalars(_soonest(plain, today).limit(most)))
    counted = dict(session.execute(_counted(plain, today), {"numbers": numbers}).all())
    found = {one.id: one for one in session.scalars(SHOWN, {"numbers": numbers})}
    # Between the statements somebody may have said a word on the last match of one.
    return [(found[number], counted[number]) for number in numbers if number in found and number in counted]


def by_beginning(account: User, today: date) -> Select[int, date | None]:
    """Return the open assignments with new strong matches, with the day on which they begin, the soonest first."""
    query = select(Assignment.id, Assignment.start_on).where(*_has_some(account, today))
    return query.order_by(Assignment.start_on, Assignment.id)


def number(account: User, today: date) -> Select[int]:
    """Return the count of assignments with new strong matches; beyond MOST_NUMBERED one more."""
    some = select(Assignment.id).where(*_has_some(account, today))
    return counting.counted_to(MOST_NUMBERED + 1, some)


@lru_cache(maxsize=BUILT)
def _soonest(plain: Plain, today: date) -> Select[int]:
    return by_beginning(plain.stand_in(), today).with_only_columns(Assignment.id)


@lru_cache(maxsize=BUILT)
def _counted(plain: Plain, today: date) -> Select[int, int]:
    """Return how many new strong matches each of some assignments has."""
    account = plain.stand_in()
    query = select(Match.assignment_id, func.count()).join(Volunteer, Volunteer.id == Match.volunteer_id)
    query = query.where(Match.assignment_id.in_(NUMBERS), *_is_strong(account), *_is_new(account, today))
    return query.group_by(Match.assignment_id)


def _has_some(account: User, today: date) -> tuple[ColumnElement[bool], ...]:
    """An open assignment that is not over, with a new strong match."""
    lasts = Assignment.start_on.is_not(None), or_(Assignment.end_on.is_(None), Assignment.end_on >= today)
    # The first, and not whether there is one: to tell that PostgreSQL joins all matches with all people.
    first = select(Match.id).join(Volunteer, Volunteer.id == Match.volunteer_id).limit(1).correlate(Assignment)
    first = first.where(Match.assignment_id == Assignment.id, *_is_strong(account), *_is_new(account, today))
    return own_work(account), is_open(), *lasts, first.scalar_subquery().is_not(None)


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
