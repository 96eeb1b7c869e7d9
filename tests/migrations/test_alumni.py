"""The step that brings the alumni, down and up again."""

from __future__ import annotations

from alembic import command
from alembic.config import Config as AlembicConfig
from sqlalchemy import Engine, select

from tests.alumni import make_mentored
from tests.factories import make_user
from tests.services.recruitment.test_alumni_references import Scene
from tests.services.recruitment.test_references import SAYS
from webapp.db import own_session
from webapp.models import Alumnus, Consent, Mentorship, Placement, Reference, ReferenceLink
from webapp.services.recruitment import referees, reference_answers, reference_letters
from webapp.services.recruitment.reference_answers import Answered


def test_consents_to_matching_outlive_the_step_and_those_of_alumni_go(
    history: AlembicConfig, own_engine: Engine
) -> None:
    with own_session() as session:
        make_mentored(session)
        stays = session.query(Placement).count()
    own_engine.dispose()
    command.downgrade(history, "0017")
    own_engine.dispose()
    command.upgrade(history, "head")
    with own_session() as session:
        assert set(session.scalars(select(Consent.purpose))) == {"matching", "abroad"}
        assert session.query(Placement).count() == stays
        assert session.query(Alumnus).count() == session.query(Mentorship).count() == 0


def test_referees_who_were_named_outlive_the_step_and_alumni_who_were_asked_go(
    history: AlembicConfig, own_engine: Engine
) -> None:
    with own_session() as session:
        scene = Scene(session)
        named = referees.name(session, scene.applicant.user, scene.application, "Amina", "a@x.example", "host")
        reference_letters.ask(session, make_user(session, "coordinator", scene.vio), named, str)
        reference_answers.answer(session, named, Answered(SAYS, "Good with people.", "no"))
        scene.ask()
    own_engine.dispose()
    command.downgrade(history, "0017")
    own_engine.dispose()
    command.upgrade(history, "head")
    with own_session() as session:
        (kept,) = session.scalars(select(Reference))
        assert (kept.name, kept.is_named, kept.answer.words) == ("Amina", True, "Good with people.")
        assert session.scalars(select(ReferenceLink.reference_id)).all() == [kept.id]
