"""A person's own matches, made whole again when somebody looks at them.

A run over everything, or over one assignment, keeps the best of each assignment. Where more people fit than that, the
others have no match by it, and what their own ranking had shown is hidden. So whoever looks is ranked once more.
"""

from __future__ import annotations

import logging
from datetime import date, timedelta
from functools import lru_cache
from threading import Lock

from sqlalchemy import Executable, Integer, and_, bindparam, exists, func, or_, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session, aliased

from webapp import clock
from webapp.db import Sessions, see_anew
from webapp.models import Assignment, MatchRun, Volunteer
from webapp.models.consents import MATCHING
from webapp.services import ranking
from webapp.services.person_relations import consents_to, known_to
from webapp.services.published import is_open
from webapp.services.spelled_out import for_database

log = logging.getLogger(__name__)

# One person at a time in each process: after a run over everything many look at once, each keeps SQLite's one writer
# for up to some seconds, and whoever saves something must not wait behind all of them.
TURN = Lock()
PATIENCE = 2  # seconds for the turn; then what stands is shown, and the next look tries again
# For single assignments nobody is ranked more often: in a big office one is published every few minutes.
RESTS = timedelta(days=1)
BUILT = 2  # days


def make_whole(session: Session, sessions: Sessions, volunteer: Volunteer) -> None:
    """Rank a person where a run left people out since they were ranked, for `session` to see.

    It is done in a session of its own, so `session` must not write. Where others are ranked now, or the database takes
    nothing, what stands is shown.
    """
    if not is_behind(session, volunteer.id) or not TURN.acquire(timeout=PATIENCE):
        return
    try:
        with sessions() as own:
            rank_where_behind(own, volunteer.id)
    except OperationalError:
        log.warning("volunteer %s could not be ranked", volunteer.id, exc_info=True)
        return
    finally:
        TURN.release()
    see_anew(session)


def is_behind(session: Session, volunteer_id: int) -> bool:
    """Whether a run that left people out is newer than the person's own ranking, and may have left them out."""
    connection = session.connection()
    values = {"volunteer": volunteer_id, "rested": clock.now() - RESTS}
    return connection.scalar(_cut_since(clock.today(), connection.dialect.name), values) is not None


def rank_where_behind(session: Session, volunteer_id: int) -> None:
    """Rank a person, unless nothing has left them out since they were ranked."""
    # Of two looks by two processes the second waits here, and has nothing left to do.
    volunteer = session.get(Volunteer, volunteer_id, with_for_update=True)
    if volunteer is not None and is_behind(session, volunteer_id):
        ranking.rank_volunteer(session, volunteer)


@lru_cache(maxsize=BUILT)
def _cut_since(today: date, database: str) -> Executable:
    person = bindparam("volunteer", None, Integer)
    own = and_(MatchRun.scope == "volunteer", MatchRun.subject_id == person, MatchRun.state == "finished")
    newest = select(func.coalesce(func.max(MatchRun.id), 0)).where(own).scalar_subquery()
    own_run = aliased(MatchRun)
    is_recent = exists().where(
        own_run.scope == "volunteer",
        own_run.subject_id == person,
        own_run.finished_at > bindparam("rested", None, MatchRun.finished_at.type),
    )
    within_reach = exists().where(
        Assignment.id == MatchRun.subject_id, is_open(), known_to(Assignment.id, Assignment.vio_id, today)
    )
    of_one = and_(MatchRun.scope == "assignment", ~is_recent, within_reach)
    cut = (
        select(MatchRun.id)
        .join(Volunteer, and_(Volunteer.id == person, consents_to(MATCHING)))
        .where(MatchRun.is_cut, MatchRun.state == "finished", MatchRun.id > newest)
        .where(or_(MatchRun.scope == "everything", of_one))
    )
    return for_database(cut.limit(1), database)
