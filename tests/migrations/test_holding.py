"""The step that brings suspensions, bars and roll calls, down and up again."""

from __future__ import annotations

from alembic import command
from alembic.config import Config as AlembicConfig
from sqlalchemy import Engine

from tests.factories import make_host, make_volunteer
from tests.stays import KIND_WORDS, coordinator_of, make_active
from webapp.db import own_session
from webapp.models import Application, Host, HostSuspension, Placement, Volunteer
from webapp.services import suspensions


def test_holding_comes_and_goes_without_a_host_or_a_stay_lost(history: AlembicConfig, own_engine: Engine) -> None:
    with own_session() as session:
        placement = make_active(session)
        host = placement.assignment.host
        suspensions.suspend(session, coordinator_of(session, host.vio), host, "other", "Looked into.", KIND_WORDS)
        make_volunteer(session)
        make_host(session)
    own_engine.dispose()
    command.downgrade(history, "0016")
    own_engine.dispose()
    command.upgrade(history, "head")
    with own_session() as session:
        assert session.query(Host).count() == 2 and session.query(Volunteer).count() == 2
        assert session.query(Application).one().state == "selected"
        assert session.query(Placement).one().state == "active"
        assert session.query(HostSuspension).count() == 0
        assert session.query(Host).filter(Host.suspended_at.is_not(None)).count() == 0
