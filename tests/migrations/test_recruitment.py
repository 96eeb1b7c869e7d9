"""The step that brings recruitment, down and up again."""

from __future__ import annotations

from alembic import command
from alembic.config import Config as AlembicConfig
from sqlalchemy import Engine

from tests.factories import make_application, make_assignment, make_host, make_user, make_vio, make_volunteer
from webapp.db import own_session
from webapp.models import Application, ApplicationAnswer, Reference
from webapp.services.recruitment import questions, referees


def test_recruitment_comes_and_goes_without_an_application_lost(history: AlembicConfig, own_engine: Engine) -> None:
    with own_session() as session:
        vio = make_vio(session)
        person, work = make_volunteer(session, vio), make_assignment(session, make_host(session, vio))
        application = make_application(session, person, work, state="shortlisted")
        asked = questions.keep(session, make_user(session, "coordinator", vio), questions.suggested())
        answer = ApplicationAnswer(application_id=application.id, question_id=asked.questions[0].id, text="Because.")
        session.add(answer)
        referees.name(session, person.user, application, "Amina", "amina@clinic.example", "host")
    own_engine.dispose()
    command.downgrade(history, "0009")
    own_engine.dispose()
    command.upgrade(history, "head")
    with own_session() as session:
        (kept,) = session.query(Application)
        assert (kept.state, kept.assignment_id, kept.volunteer_id) == ("shortlisted", work.id, person.id)
        assert session.query(Reference).count() == session.query(ApplicationAnswer).count() == 0
