"""Matches go a year after they were found, but for those that are shown and those on which something rests."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select, update
from sqlalchemy.orm import Session

from tests.factories import (
    AnySession,
    make_application,
    make_assignment,
    make_host,
    make_user,
    make_vio,
    make_volunteer,
)
from webapp import clock
from webapp.db import own_session
from webapp.models import Assignment, KeptRun, Match, MatchRun, Review, Volunteer
from webapp.services import judgements, old_matches, ranking, retention, retention_words
from webapp.services.judgements import Word
from webapp.services.replay.standing import KEPT_FOR

LATER = clock.now() + KEPT_FOR + timedelta(days=1)


@pytest.fixture
def ranked(session: AnySession) -> tuple[Assignment, list[Volunteer], int]:
    """Return an assignment with three people who were ranked for it twice, and the first of the two runs."""
    vio = make_vio(session)
    work = make_assignment(session, make_host(session, vio))
    people = [make_volunteer(session, vio) for _ in range(3)]
    first = ranking.rank_assignment(session, work).id
    ranking.rank_assignment(session, work)
    return work, people, first


def _forget(session: AnySession, now: datetime = LATER) -> int:
    """Throw away what is due; fail where another number was foretold."""
    foretold = old_matches.number(session, now)
    session.commit()
    gone = old_matches.forget(own_session, now)
    assert gone == foretold
    session.expire_all()
    return gone


def _left(session: AnySession, run_id: int) -> int:
    return session.scalar(select(func.count()).where(Match.run_id == run_id)) or 0


def test_what_is_shown_stays_and_what_is_not_goes_after_a_year(
    session: AnySession, ranked: tuple[Assignment, list[Volunteer], int]
) -> None:
    _, _, first = ranked
    assert _forget(session, LATER - timedelta(days=2)) == 0
    assert _forget(session) == 3
    assert (_left(session, first), _left(session, first + 1)) == (0, 3)
    assert session.get_one(MatchRun, first).state == "finished"


def test_a_list_on_which_somebody_said_a_word_stays_whole(
    session: AnySession, ranked: tuple[Assignment, list[Volunteer], int]
) -> None:
    work, people, first = ranked
    session.execute(update(Match).where(Match.run_id == first).values(is_current=True))
    match = session.scalars(select(Match).where(Match.run_id == first).limit(1)).one()
    judgements.judge(session, make_user(session, "coordinator", work.vio), work, [match], Word("endorse", "skills_fit"))
    session.execute(update(Match).where(Match.run_id == first).values(is_current=False))
    assert _forget(session) == 0
    session.execute(update(Review).values(match_id=None))
    assert _forget(session) == 3


def test_the_match_of_whoever_applied_stays(
    session: AnySession, ranked: tuple[Assignment, list[Volunteer], int]
) -> None:
    work, people, first = ranked
    make_application(session, people[1], work)
    assert _forget(session) == 2
    (left,) = session.scalars(select(Match).where(Match.run_id == first))
    assert left.volunteer_id == people[1].id


def test_no_run_is_left_to_be_made_again_without_its_rows(
    session: AnySession, ranked: tuple[Assignment, list[Volunteer], int]
) -> None:
    _, _, first = ranked
    _forget(session)
    assert session.get(KeptRun, first) is None


def test_very_many_go_in_one_night_in_several_transactions(
    own_engine: Engine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(old_matches, "AT_ONCE", 2)
    with own_session() as session:
        vio = make_vio(session)
        work = make_assignment(session, make_host(session, vio))
        for _ in range(5):
            make_volunteer(session, vio)
        for _ in range(2):
            ranking.rank_assignment(session, work)
    begun: list[Session] = []

    @contextmanager
    def sessions() -> Iterator[Session]:
        with own_session() as session:
            begun.append(session)
            yield session

    assert retention.foresee(own_session, LATER)["old_matches"] == 5
    assert retention.clear(sessions, LATER, tmp_path, tmp_path)["old_matches"] == 5
    assert len(begun) == len(retention_words.RULES) - 1 + 1 + 3, "three times two at most, after a look at which"
