"""Work in the background: one part that fails keeps no other from its turn, and leaves nothing half done."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Engine, delete, select, text
from sqlalchemy.orm import Session

from tests.factories import make_application, make_assignment, make_vio, make_volunteer
from webapp import job_links, jobs
from webapp.db import own_session, sweep
from webapp.models import Mail, Vio
from webapp.services import audit_check
from webapp.services.by_mail import asking, links


def test_one_step_that_fails_keeps_no_other_from_its_turn(own_engine: Engine, caplog: pytest.LogCaptureFixture) -> None:
    def fail(session: Session) -> None:
        make_vio(session, name="Half done")
        raise RuntimeError("on purpose")

    jobs._each(fail, lambda session: make_vio(session, name="Done"))
    with own_session() as session:
        assert list(session.scalars(select(Vio.name))) == ["Done"]
    assert "failed" in caplog.text


def test_a_host_without_account_gets_its_link_with_the_next_letters(own_engine: Engine) -> None:
    with own_session() as session:
        work = make_assignment(session)
        make_application(session, make_volunteer(session, work.vio), work)
        asking.ask(session, work)
    jobs.send_host_links()
    with own_session() as session:
        body = session.scalars(select(Mail.body)).one()
        token = body.split("/by-mail/")[1].split("/")[0]
        assert jobs.CONFIG.base_url + "/by-mail/" in body
        links.check_works(session, links.find(session, token))


def test_the_room_of_what_was_deleted_is_given_back(own_engine: Engine) -> None:
    with own_session() as session:
        for number in range(300):
            make_vio(session, name=f"{number} {'x' * 100}")
    with own_session() as session:
        session.execute(delete(Vio))
    sweep(own_engine)
    with own_session() as session:
        if own_engine.dialect.name == "postgresql":
            assert session.scalar(text("SELECT pg_relation_size('vio')")) == 0
        else:
            log = Path(f"{own_engine.url.database}-wal")
            assert log.stat().st_size == 0


@pytest.mark.parametrize(
    ("address", "endpoint"),
    [
        (job_links.follow_up("token"), "public.follow_up"),
        (job_links.opening(7), "volunteer.assignment"),
        (job_links.profile(), "volunteer.profile"),
        (job_links.reference("token"), "public.reference"),
        (job_links.host("token"), "by_mail.home"),
        (job_links.are_you_safe("token"), "public.are_you_safe"),
    ],
)
def test_links_in_letters_of_the_job_lead_to_pages(app: Flask, address: str, endpoint: str) -> None:
    path = address.removeprefix(jobs.CONFIG.base_url)
    assert app.url_map.bind("localhost").match(path)[0] == endpoint


@pytest.mark.parametrize(("broken", "level"), [("", "INFO"), ("event 7 was changed", "ERROR")])
def test_each_night_the_log_says_whether_the_audit_trail_is_whole(
    own_engine: Engine, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch, broken: str, level: str
) -> None:
    monkeypatch.setattr(audit_check, "verify", lambda _session: audit_check.Verdict(7, "a hash", broken))
    with caplog.at_level("INFO"):
        jobs.check_audit.call_local()
    (line,) = (one for one in caplog.records if "audit trail" in one.getMessage())
    assert line.levelname == level and (broken in str(line.__dict__["facts"]))
