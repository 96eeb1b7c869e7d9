"""The step that brings the links of hosts without an account, down and up again."""

from __future__ import annotations

from alembic import command
from alembic.config import Config as AlembicConfig
from sqlalchemy import Engine

from tests.factories import make_application, make_assignment, make_volunteer
from webapp.db import own_session
from webapp.models import Application, HostLink, Mail
from webapp.services.by_mail import asking


def test_applications_stay_and_links_go_when_going_back(history: AlembicConfig, own_engine: Engine) -> None:
    with own_session() as session:
        work = make_assignment(session)
        make_application(session, make_volunteer(session, work.vio), work)
        asking.ask(session, work)
        assert asking.send_due(session, str) == 1
    own_engine.dispose()
    command.downgrade(history, "0019")
    own_engine.dispose()
    command.upgrade(history, "head")
    with own_session() as session:
        assert (session.query(Application).count(), session.query(HostLink).count()) == (1, 0)
        assert session.query(Mail).count() == 1
