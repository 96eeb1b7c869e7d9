"""A person's own matches, made whole again when somebody looks at them.

A run over everything, or over one assignment, keeps the best of each assignment. Where more people fit than that, the
others have no match by it, and what their own ranking had shown is hidden. So whoever looks is ranked once more.
"""

from __future__ import annotations

import logging
from datetime import date, timedelta
from functools import lru_cache
from threading import Lock

from sqlalchemy import Executable, Integer, and_, bindparam, delete, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from webapp import clock
from webapp.db import Sessions, see_anew, wait_at_most
from webapp.models import Assignment, KeptRun, Match, MatchRun, Review, Volunteer
from webapp.models.consents import MATCHING
from webapp.services import ranking, ranking_turns
from webapp.services.person_relations import consents_to, known_to
from webapp.services.published import is_open
from webapp.services.spelled_out import for_database

log = logging.getLogger(__name__)

# One person at a time in each process: after a run over everything many look at once, each keeps SQLite's one writer
# for up to some seconds, and whoever saves something must not wait behind all of them.
TURN = Lock()
# Seconds for the turn, and for each lock of the database; then what stands is shown, and the next look tries again.
PATIENCE = 0.5
# For single assignments nobody is ranked more often: in a big office one is published every few minutes.
RESTS = timedelta(days=1)
BUILT = 2  # days


def make_whole(session: Session, sessions: Sessions, volunteer: Volunteer) -> None:
    """Rank a person where a run left people out since they were ranked, for `session` to see.

    It is done in a session of its own, so `session` must not write. Whatever comes in between, what stands is shown.
    """
    if not is_behind(session, volunteer.id) or not TURN.acquire(timeout=PATIENCE):
        return
    try:
        with sessions() as own:
            wait_at_most(own, PATIENCE)
            rank_where_behind(own, volunteer.id)
    except Exception:  # it was a page to be read before, and stays one
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
    """Rank a person, unless nothing has left them out since they were ranked; what an earlier look has found goes."""
    if not ranking_turns.of_person(session, volunteer_id, PATIENCE):
        return
    # Of two looks by two processes the second has nothing left to do.
    volunteer = session.get(Volunteer, volunteer_id)
    if volunteer is not None and is_behind(session, volunteer_id):
        forget_looks(session, volunteer_id, ranking.rank_volunteer(session, volunteer, is_look=True))


def forget_looks(session: Session, volunteer_id: int, newest: MatchRun) -> None:
    """Delete what earlier looks at a person have found, but for matches on which somebody said a word.

    It is what a look at any moment finds, and says nothing but when somebody looked. Those of the last day stay: pages
    that are open in an office name their matches.
    """
    mine = MatchRun.subject_id == volunteer_id, MatchRun.scope == "volunteer", MatchRun.is_look
    old = MatchRun.id < newest.id, MatchRun.finished_at < clock.now() - RESTS
    earlier = list(session.scalars(select(MatchRun.id).where(*mine, *old)))
    said = exists().where(Review.match_id == Match.id)
    session.execute(delete(Match).where(Match.run_id.in_(earlier), Match.is_current.is_(False), ~said))
    session.execute(delete(KeptRun).where(KeptRun.run_id.in_(earlier)))
    left = exists().where(Match.run_id == MatchRun.id)
    session.execute(delete(MatchRun).where(MatchRun.id.in_(earlier), ~left))


@lru_cache(maxsize=BUILT)
def _cut_since(today: date, database: str) -> Executable:
    person, own = bindparam("volunteer", None, Integer), aliased(MatchRun)
    ranked = own.scope == "volunteer", own.subject_id == person, own.finished_at.is_not(None)
    newest = select(func.coalesce(func.max(own.id), 0)).where(*ranked).scalar_subquery()
    is_rested = ~exists().where(*ranked, own.finished_at > bindparam("rested", None, MatchRun.finished_at.type))
    of_one = and_(MatchRun.scope == "assignment", Assignment.id == MatchRun.subject_id)
    may_be_in_it = and_(
        Assignment.id.is_not(None), is_open(), is_rested, known_to(Assignment.id, Assignment.vio_id, today)
    )
    cut = (
        select(MatchRun.id)
        .join(Volunteer, and_(Volunteer.id == person, consents_to(MATCHING)))
        .outerjoin(Assignment, of_one)
        # A run that is finished has its moment; by its state SQLite would look through all that are.
        .where(MatchRun.is_cut, MatchRun.finished_at.is_not(None), MatchRun.id > newest)
        .where(or_(MatchRun.scope == "everything", may_be_in_it))
    )
    return for_database(cut.limit(1), database)
