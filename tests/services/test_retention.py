"""What the nightly job throws away, and what it leaves."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session as OrmSession

from tests.factories import make_host, make_user, make_vio, make_volunteer
from tests.retained import clear_out
from tests.stays import make_placement
from webapp import clock
from webapp.db import own_session
from webapp.models import Host, ImportFile, Invitation, Mail, SignInFailure, User, Volunteer
from webapp.services import invitations, letters, ranking, retention, retention_words, sign_in
from webapp.services.imports import keeping
from webapp.services.letter_kinds import ACCOUNT
from webapp.services.readers import with_account, without_account
from webapp.words import Words, lazy

NOW = clock.now()
LONG_AGO = NOW - timedelta(days=200)


def _count(session: OrmSession, table: type) -> int:
    session.expire_all()
    return session.scalar(select(func.count()).select_from(table)) or 0


def test_unclaimed_profiles_go_when_their_vio_says_so(session: OrmSession, tmp_path: Path) -> None:
    short, long = make_vio(session, retention_months=6), make_vio(session, retention_months=24)
    old: dict[str, Any] = {"updated_at": LONG_AGO, "created_at": LONG_AGO}
    gone = make_volunteer(session, short, claimed=False, **old).id
    kept = [
        make_volunteer(session, short, claimed=False).id,
        make_volunteer(session, short, **old).id,
        make_volunteer(session, long, claimed=False, **old).id,
    ]
    assert clear_out(session, NOW, tmp_path)["unclaimed"] == 1
    assert set(session.scalars(select(Volunteer.id))) == set(kept) and gone not in kept


def test_unconfirmed_accounts_go_with_what_belongs_to_them(session: OrmSession, tmp_path: Path) -> None:
    person = make_volunteer(session)
    host, used = make_host(session, verified=False), make_host(session, verified=True)
    users = [person.user, *(make_user(session, "host", h.vio, host_id=h.id) for h in (host, used))]
    for user in users:
        assert user is not None
        user.confirmed_at, user.created_at = None, LONG_AGO
    recent = make_user(session, "administrator")
    recent.confirmed_at = None
    session.flush()
    assert clear_out(session, NOW, tmp_path)["unconfirmed"] == 3
    assert list(session.scalars(select(User.id))) == [recent.id]
    assert _count(session, Volunteer) == 0 and list(session.scalars(select(Host.id))) == [used.id]


def test_a_host_to_which_somebody_was_invited_stays(session: OrmSession, tmp_path: Path) -> None:
    host = make_host(session, verified=False)
    account = make_user(session, "host", host.vio, host_id=host.id)
    account.confirmed_at, account.created_at = None, LONG_AGO
    later = NOW + timedelta(days=9)
    session.add(
        Invitation(token_hash="h", email="a@b.example", role="host", host_id=host.id, created_at=NOW, expires_at=later)
    )
    session.flush()
    assert clear_out(session, NOW, tmp_path)["unconfirmed"] == 1
    assert list(session.scalars(select(Host.id))) == [host.id]


def test_no_clock_ends_the_profile_of_somebody_who_has_a_placement(session: OrmSession, tmp_path: Path) -> None:
    placed = [make_placement(session).volunteer for _ in range(2)]
    for volunteer in placed:
        volunteer.updated_at = LONG_AGO
        volunteer.vio.retention_months = 1
    unconfirmed, unclaimed = placed
    unconfirmed.user.confirmed_at, unconfirmed.user.created_at = None, LONG_AGO
    unclaimed.user_id = None
    session.flush()
    thrown = clear_out(session, NOW, tmp_path)
    assert (thrown["unclaimed"], thrown["unconfirmed"]) == (0, 0)
    assert _count(session, Volunteer) == 2


def test_lists_not_taken_over_go_with_their_file(session: OrmSession, tmp_path: Path) -> None:
    vio = make_vio(session)
    for number, (state, at) in enumerate([("checked", LONG_AGO), ("done", LONG_AGO), ("uploaded", NOW)]):
        name = f"file{number}"
        (tmp_path / name).write_text("x", encoding="utf-8")
        session.add(
            ImportFile(vio_id=vio.id, kind="hosts", state=state, file_name="l.csv", stored_as=name, created_at=at)
        )
    session.flush()
    assert clear_out(session, NOW, tmp_path)["imports"] == 1
    assert len(list(tmp_path.iterdir())) == 3  # not before it is stored
    session.commit()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file1", "file2"]


def test_old_invitations_letters_and_failures_go(session: OrmSession, tmp_path: Path) -> None:
    admin = make_user(session, "administrator")
    for name in ("old", "new"):
        sent = invitations.invite_staff(session, admin, "administrator", f"{name}@x.example", None, str)
        letter = letters.write_letter(session, with_account(admin), "account", Words(name), Words("body"))
        sign_in.note_failure(session, sign_in.Try(name, "192.0.2.1"))
        if name == "old":
            sent.expires_at = letter.sent_at = LONG_AGO
            session.scalars(select(SignInFailure)).one().at = LONG_AGO
    for attempts in (letters.MOST_ATTEMPTS - 1, letters.MOST_ATTEMPTS):  # the server was away; it is given up
        waits = letters.write_letter(session, with_account(admin), "account", Words("waits"), Words("body"))
        waits.created_at, waits.attempts = LONG_AGO, attempts
    thrown = clear_out(session, NOW, tmp_path)
    assert (thrown["invitations"], thrown["letters"], thrown["failures"]) == (1, 2, 1)
    assert (_count(session, Invitation), _count(session, Mail), _count(session, SignInFailure)) == (1, 4, 1)


def test_each_count_has_its_words(session: OrmSession, tmp_path: Path) -> None:
    assert list(clear_out(session, NOW, tmp_path)) == list(retention_words.RULES)


def test_a_trial_says_what_would_go_and_leaves_it(own_engine: Engine, tmp_path: Path) -> None:
    lists = tmp_path / "lists"
    lists.mkdir()
    (lists / "list").write_text("x", encoding="utf-8")
    with own_session() as session:
        row = {"kind": "hosts", "state": "checked", "file_name": "l.csv", "stored_as": "list", "created_at": LONG_AGO}
        session.add(ImportFile(vio_id=make_vio(session).id, **row))
        ranking.rank_volunteer(session, make_volunteer(session))
    later = NOW + timedelta(days=400)
    foreseen = retention.foresee(own_session, later)
    assert list(foreseen) == list(retention_words.RULES) and (foreseen["imports"], foreseen["run_inputs"]) == (1, 1)
    assert (lists / "list").exists()
    cleared = retention.clear(own_session, later, lists, tmp_path / "documents")
    assert cleared == foreseen and not (lists / "list").exists()


def test_a_file_that_no_list_names_goes_after_a_day(session: OrmSession, tmp_path: Path) -> None:
    for name, at in (("left", NOW - timedelta(days=2)), ("fresh", NOW)):
        (tmp_path / name).write_text("x", encoding="utf-8")
        os.utime(tmp_path / name, (at.timestamp(), at.timestamp()))
    assert clear_out(session, NOW, tmp_path)["imports"] == 1
    assert [path.name for path in tmp_path.iterdir()] == ["fresh"]


def test_a_rule_that_fails_keeps_its_files_and_no_other_rule_from_its_turn(
    own_engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "list").write_text("x", encoding="utf-8")
    with own_session() as session:
        row = {"kind": "hosts", "state": "checked", "file_name": "l.csv", "stored_as": "list", "created_at": LONG_AGO}
        session.add(ImportFile(vio_id=make_vio(session).id, **row))
        letters.write_letter(
            session, without_account("x@y.example", None), ACCOUNT, lazy("old"), lazy("body")
        ).sent_at = LONG_AGO
    with monkeypatch.context() as broken:
        broken.setattr(keeping, "remove_strays", lambda *_: 1 / 0)
        thrown = retention.clear(own_session, NOW, tmp_path, tmp_path / "documents")
    assert "imports" not in thrown and thrown["letters"] == 1
    assert "could not throw away" in caplog.text
    with own_session() as session:
        assert (_count(session, ImportFile), _count(session, Mail)) == (1, 0)
    assert (tmp_path / "list").exists()
    assert retention.clear(own_session, NOW, tmp_path, tmp_path / "documents")["imports"] == 1
    assert not (tmp_path / "list").exists()
