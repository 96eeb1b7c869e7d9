"""The demonstration: what an office sees when it tries the service for the first time."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session as OrmSession

from tests.databases import DATA_KEY
from tests.demonstration import NAME, fill, loaded
from webapp import clock
from webapp.db import Session, bind, keep_key, make_engine, own_session
from webapp.models import (
    Agreement,
    Alumnus,
    Application,
    ApplicationAnswer,
    Assignment,
    BarAppeal,
    CheckIn,
    CheckInAnswer,
    HeldStay,
    Host,
    HostLink,
    HostSuspension,
    Mail,
    Match,
    Mentorship,
    Message,
    Offer,
    Partnership,
    Placement,
    PutForward,
    Reference,
    Report,
    Review,
    RollCallAnswer,
    Scorecard,
    SupporterLink,
    User,
    Vio,
    Volunteer,
)
from webapp.models.accounts import ROLES
from webapp.services import (
    decisions,
    demo,
    effect,
    learning_preview,
    learning_runs,
    score_models,
    signings,
)
from webapp.services.moves import MOVES


def _count(session: object, *where: object) -> int:
    return session.scalar(select(func.count()).select_from(*where[:1]).where(*where[1:])) or 0  # type: ignore[attr-defined]


@pytest.fixture
def filled(request: pytest.FixtureRequest, engine: Engine, tmp_path: Path) -> Iterator[None]:
    """Let sessions find the demonstration: on PostgreSQL loaded for this test, on SQLite a copy of what others use."""
    keep_key(DATA_KEY)
    if engine.dialect.name == "postgresql":
        request.getfixturevalue("own_engine")
        fill("not a hash")
        yield
        return
    folder = shutil.copytree(loaded(request.getfixturevalue("tmp_path_factory")), tmp_path / NAME)
    own = make_engine(f"sqlite:///{folder}/{NAME}.db")
    bind(own)
    yield
    Session.remove()
    own.dispose()


def test_the_demonstration_has_people_work_and_a_history(filled: None) -> None:
    """One long test: to load it takes longer than all that is asked of it."""
    with own_session() as session:
        assert demo.is_loaded(session)
        assert _count(session, Vio) >= 2
        assert _count(session, Host) >= 40
        assert len(set(session.scalars(select(Host.country)))) >= 30
        assert _count(session, Assignment) >= 120
        opened = set(session.scalars(select(Assignment.id).where(Assignment.state == "open")))
        assert opened <= set(session.scalars(select(Agreement.assignment_id).where(Agreement.number == 1)))
        assert _count(session, Volunteer) >= 600
        assert _count(session, Volunteer, Volunteer.user_id.is_(None)) >= 50
        assert _count(session, Match, Match.is_current) > 1000
        assert _count(session, Partnership, Partnership.agreed_at.is_not(None)) == 1
        assert set(session.scalars(select(PutForward.state))) == {"asked", "agreed"}
        assert {"submitted", "shortlisted", "interview", "declined"} <= set(session.scalars(select(Application.state)))
        assert {"asked", "answered"} <= set(session.scalars(select(Reference.state)))
        by_alumni = select(Reference.state).where(Reference.served_beside_id.is_not(None))
        assert set(session.scalars(by_alumni)) == {"asked", "answered"}
        assert _count(session, Scorecard, Scorecard.seat == 2) >= 1
        assert _count(session, ApplicationAnswer) >= 20
        _check_stays(session)
        assert set(session.scalars(select(Review.verdict))) == {"endorse", "propose", "dismiss", "invite"}
        assert _count(session, Mail) == 0, "letters about things that never happened"
        soonest = session.scalar(select(func.min(Assignment.start_on)).where(Assignment.state == "open"))
        assert soonest is not None
        assert soonest > clock.today() - timedelta(days=366)
        shown = demo.demo_accounts(session)
        assert {account.role for account in shown} == set(ROLES)
        assert {"received", "in_hand"} == set(session.scalars(select(Report.state)))
        assert _count(session, SupporterLink) >= 3
        assert _count(session, HostLink, HostLink.sent_at.is_(None)) >= 1, "a host without account gets its link"
        assert _count(session, Alumnus) >= 8
        assert {"asked", "accepted"} <= set(session.scalars(select(Mentorship.state)))
        assert {account.email for account in shown} <= set(session.scalars(select(User.email)))
        assert _count(session, HostSuspension, HostSuspension.state == "standing") == 1
        assert _count(session, HeldStay, HeldStay.state == "waiting") >= 1
        assert _count(session, BarAppeal, BarAppeal.state == "waiting") == 1
        assert set(session.scalars(select(RollCallAnswer.side))) >= {"volunteer"}
        _check_learning(session)
        _check_past(session)


def _check_stays(session: OrmSession) -> None:
    """Offers and placements stand in every state, over ones with what the sides say, and nothing lies in the future."""
    assert set(session.scalars(select(Offer.state))) == set(MOVES[Offer])
    assert set(session.scalars(select(Placement.state))) == set(MOVES[Placement])
    over = list(session.scalars(select(Placement).where(Placement.state.in_(("completed", "ended_early")))))
    assert len(over) >= 8
    for placement in over:
        assert placement.ends_on < clock.today() and placement.ended_at.date() <= placement.ends_on
        assert placement.volunteer.vio_id == placement.sending_vio_id
        signed = signings.standing(session, placement).in_force  # None: of the planted past, which nobody signed
        assert signed is None or signed.ends_on == placement.ends_on
    assert sum(len(placement.debriefs) == 3 for placement in over) >= 8, "some tell all three sides"
    assert len({placement.volunteer_id for placement in over}) == len(over)
    assert _count(session, CheckInAnswer) > 20
    assert _count(session, CheckIn, CheckIn.flagged_at.is_not(None), CheckIn.settled_at.is_not(None)) > 0
    assert _count(session, Message) >= 12
    assert (session.scalar(select(func.max(CheckInAnswer.given_at))) or clock.now()) < clock.now()


def _check_learning(session: OrmSession) -> None:
    """The first office finds a proposal that rests on enough decisions, and other words that count for nothing."""
    first = session.scalar(select(func.min(Vio.id)))
    assert first is not None
    decided = decisions.decisions_of(session, first)
    assert decisions.assignments_in(decided) >= 20
    assert min(sum(one.fits for one in decided), sum(not one.fits for one in decided)) >= 50
    reasons = set(session.scalars(select(Review.reason_code).where(Review.verdict == "dismiss")))
    assert {"skills", "language", "availability", "own_wish", "placed_elsewhere"} <= reasons
    waiting = score_models.waiting(session, first)
    assert waiting is not None
    assert len(waiting.preview["examples"]) == learning_preview.EXAMPLES
    assert waiting.preview["moved"] > 0
    assert learning_runs.meaning_of(session, first, None) is not None


def _check_past(session: OrmSession) -> None:
    """Each office reads of an effect, with something in every comparison; the first one tries both orders of hints."""
    coordinators = User.role == "coordinator", User.display_name.startswith("Coord")
    offices = session.scalars(select(User).where(*coordinators).order_by(User.id))
    effects = [effect.effect_of(session, one, clock.now()) for one in offices]
    assert len(effects) == 3
    for found in effects:
        assert all(section.told for section in found.sections[:2]), "trained and untrained, high and low"
    first = effects[0]
    assert [one.grouping for one in first.sections if one.told] == ["trained", "score", "waived", "order"]
    assert "first_score" in [figure.name for figure in first.sections[0].clear]
