"""What is left over of people who are gone: names in reports on lists, and letters to their addresses."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, select

from tests.factories import AnySession, make_user, make_vio, make_volunteer
from tests.retained import clear_out
from webapp import clock
from webapp.db import own_session
from webapp.models import ImportFile, Mail, User
from webapp.services import invitations, letters, retention
from webapp.services.letter_kinds import ACCOUNT
from webapp.services.readers import with_account
from webapp.words import lazy

NOW = clock.now()
LONG_AGO = NOW - timedelta(days=200)
ROW = {"row": 2, "id": "7", "name": "Ana Pérez", "status": "new", "problems": [], "notes": []}


def _done(session: AnySession, days: int) -> ImportFile:
    """Make a list that came in so many days ago."""
    at = NOW - timedelta(days=days)
    report: dict[str, Any] = {"counts": {"new": 1}, "not_read": [], "notes": [], "rows": [ROW]}
    made = ImportFile(vio_id=make_vio(session).id, kind="volunteers", state="done", file_name="l.csv", stored_as="")
    made.report, made.created_at, made.done_at = report, at, at
    session.add(made)
    session.flush()
    return made


def _letter_to(session: AnySession, account: User) -> None:
    letters.write_letter(session, with_account(account), ACCOUNT, lazy("Welcome"), lazy("Confirm your address."))


def test_a_report_names_nobody_30_days_after_the_list_came_in(session: AnySession, tmp_path: Path) -> None:
    old, recent = _done(session, 31), _done(session, 29)
    assert clear_out(session, NOW, tmp_path)["list_rows"] == 1
    assert (old.report["counts"], old.report["rows"], recent.report["rows"]) == ({"new": 1}, [], [ROW])
    assert clear_out(session, NOW, tmp_path)["list_rows"] == 0


def test_a_trial_counts_reports_and_leaves_them(own_engine: Engine) -> None:
    with own_session() as session:
        number = _done(session, 31).id
    assert retention.foresee(own_session, NOW)["list_rows"] == 1
    with own_session() as session:
        assert session.get_one(ImportFile, number).report["rows"] == [ROW]


def test_letters_to_an_address_that_nobody_confirmed_go_with_the_account(session: AnySession, tmp_path: Path) -> None:
    stranger, known = make_user(session, "volunteer", make_vio(session)), make_user(session, "administrator")
    stranger.confirmed_at, stranger.created_at = None, LONG_AGO
    for account in (stranger, known):
        _letter_to(session, account)
    assert clear_out(session, NOW, tmp_path)["unconfirmed"] == 1
    assert list(session.scalars(select(Mail.to))) == [known.email]


def test_letters_with_links_to_unclaimed_profiles_go_with_them(session: AnySession, tmp_path: Path) -> None:
    vio = make_vio(session, retention_months=6)
    coordinator = make_user(session, "coordinator", vio)
    old = make_volunteer(session, vio, claimed=False, updated_at=LONG_AGO, created_at=LONG_AGO)
    fresh = make_volunteer(session, vio, claimed=False)
    for person in (old, fresh):
        invitations.invite_volunteer(session, coordinator, person, str)
    assert clear_out(session, NOW, tmp_path)["unclaimed"] == 1
    assert list(session.scalars(select(Mail.to))) == [fresh.email]
