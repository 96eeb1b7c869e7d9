"""The consent to keep sensitive facts, down and up again: nobody is given it, what is stored stays."""

from __future__ import annotations

from alembic import command
from alembic.config import Config as AlembicConfig
from sqlalchemy import Engine, select

from tests.clearing import CLOSE
from tests.stays import make_placement, user_of
from webapp.db import own_session
from webapp.models import Consent, EmergencyCard, ProfileStamp, Volunteer
from webapp.services import consents, emergency

BEFORE = "0035"


def test_other_consents_and_stored_facts_outlive_the_step(history: AlembicConfig, own_engine: Engine) -> None:
    with own_session() as session:
        placement = make_placement(session)
        emergency.name_close(session, user_of(placement.volunteer), placement, CLOSE)
        number = placement.volunteer_id
    own_engine.dispose()
    command.downgrade(history, BEFORE)
    own_engine.dispose()
    command.upgrade(history, "head")
    with own_session() as session:
        assert sorted(session.scalars(select(Consent.purpose))) == ["abroad", "matching"]
        assert session.scalars(select(EmergencyCard.close_name)).all() == [CLOSE["close_name"]]
        before = session.get_one(ProfileStamp, number).stamp
        person = session.get_one(Volunteer, number)
        consents.withdraw(session, user_of(person), person, "abroad")
    with own_session() as session:  # a consent that ends still draws a new stamp
        assert session.get_one(ProfileStamp, number).stamp != before
