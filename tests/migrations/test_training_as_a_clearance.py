"""The step with which the training becomes a clearance, and reminders of clearances lie beside all others."""

from __future__ import annotations

import pytest
from alembic import command
from alembic.config import Config as AlembicConfig
from sqlalchemy import Engine, text
from sqlalchemy.exc import IntegrityError

from tests.factories import make_application, make_assignment, make_host, make_user, make_vio, make_volunteer
from tests.stays import make_placement
from webapp import clock
from webapp.db import own_session
from webapp.models import Reminder, Scorecard, Vio
from webapp.services import clearance_reminders
from webapp.services.recruitment import competency_lists, scorecards
from webapp.services.recruitment.competency_lists import Entry
from webapp.services.recruitment.scorecards import Mark
from webapp.services.reminders.sent import first_time


def test_every_vio_asks_for_the_training_until_it_chooses(history: AlembicConfig, own_engine: Engine) -> None:
    with own_session() as session:
        make_vio(session, volunteer_training="not_asked")
    own_engine.dispose()
    command.downgrade(history, "0020")
    own_engine.dispose()
    command.upgrade(history, "head")
    with own_session() as session:
        (vio,) = session.query(Vio)
        assert vio.volunteer_training == "required"
        vio.volunteer_training = "sometimes"
        with pytest.raises(IntegrityError, match="volunteer_training"):
            session.flush()
        session.rollback()


def test_who_was_reminded_of_a_clearance_is_not_reminded_again(history: AlembicConfig, own_engine: Engine) -> None:
    with own_session() as session:
        placement = make_placement(session)
        first_time(session, "starts_late", placement, placement.starts_on)
    with own_session() as session:
        assert clearance_reminders.send_due(session, clock.today()) > 0
        before = session.query(Reminder).count()
    own_engine.dispose()
    command.downgrade(history, "0020")
    own_engine.dispose()
    with own_engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM clearance_reminder")) == before - 1
    own_engine.dispose()
    command.upgrade(history, "head")
    with own_session() as session:
        assert session.query(Reminder).count() == before
        assert clearance_reminders.send_due(session, clock.today()) == 0


def test_scorecards_stay_when_the_own_competencies_go(history: AlembicConfig, own_engine: Engine) -> None:
    with own_session() as session:
        vio = make_vio(session)
        who = make_user(session, "coordinator", vio)
        competency_lists.keep(session, who, [Entry(name, "") for name in ("Patience", "Humour", "Craft")])
        work = make_assignment(session, make_host(session, vio))
        applied = make_application(session, make_volunteer(session, vio), work, state="interview")
        marks = {code: Mark(3) for code in competency_lists.asked_of(session, applied).competencies}
        scorecards.send(session, who, applied, marks)
    own_engine.dispose()
    command.downgrade(history, "0020")
    own_engine.dispose()
    command.upgrade(history, "head")
    with own_session() as session:
        (card,) = session.query(Scorecard)
        assert (card.list_number, len(card.lines)) == (None, 3)
