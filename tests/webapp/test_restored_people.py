"""A restore brings back neither who was erased since the backup, nor sessions, nor links that give an account."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import Engine, select

from tests.apps import make_app
from tests.browser import Visitor
from tests.databases import DATA_KEY, settings
from tests.factories import PASSWORD, AnySession, make_volunteer
from tests.planted import everything_in, plant
from tests.stays import make_active, user_of
from webapp import clock
from webapp.backups.nightly import folder_of
from webapp.backups.settling import folders_of
from webapp.cli import main
from webapp.config import Config
from webapp.db import Session, own_session
from webapp.models import AuditEvent, Clearance, ClearanceDocument, Invitation, Placement, User, Volunteer
from webapp.services import audit_check, claims
from webapp.services.own_data import erasure, erasure_notes
from webapp.vault import vault_of

TOKEN_HASH = "0" * 64


@pytest.fixture
def place(own_engine: Engine, tmp_path: Path) -> Config:
    """Return the settings of an installation with the test's database."""
    return settings("test", tmp_path / "here", own_engine.url.render_as_string(hide_password=False))


def _said(config: Config, *words: str) -> str:
    surroundings = {"DATA_DIR": str(config.data_dir), "DATA_KEY": DATA_KEY, "DATABASE_URL": config.database_url}
    result = CliRunner().invoke(main, words, env=surroundings)
    assert result.exit_code == 0, result.output
    return result.output


def _erase(config: Config, account_id: int) -> None:
    with own_session() as session:
        account = session.get_one(User, account_id)
        assert account.volunteer is not None
        erasure.erase(session, account, account.volunteer, folders_of(config))


def test_who_was_erased_since_the_backup_is_erased_again(place: Config, tmp_path: Path) -> None:
    with own_session() as session:
        person = plant(session, "Qzw")
        of_stay = select(ClearanceDocument).join(Clearance).where(Clearance.placement_id == person.placement.id)
        session.scalars(of_stay).one().stored_as = vault_of(place).put(b"a passport")
    _said(place, "backup", str(tmp_path / "first.zip"))
    _erase(place, person.account.id)
    assert "went again, as noted beside the backups: 1." in _said(place, "restore", str(tmp_path / "first.zip"))
    with own_session() as session:
        found = everything_in(session)
        assert [name for name, word in person.words.items() if word in found] == []
        assert session.get_one(User, person.account.id).is_erased
        assert not audit_check.verify(session).broken
        done = session.scalars(select(AuditEvent).where(AuditEvent.action == "person_erased")).one()
        assert (done.actor_id, done.subject_id) == (person.account.id, person.volunteer.id)
    assert list((place.data_dir / "documents").iterdir()) == []


def test_whose_stay_ran_at_the_backup_is_erased_all_the_same_and_named(place: Config, tmp_path: Path) -> None:
    with own_session() as session:
        stay = make_active(session)
        stay.volunteer.full_name = "Somebody abroad"
        account_id, stay_id = user_of(stay.volunteer).id, stay.id
    _said(place, "backup", str(tmp_path / "first.zip"))
    with own_session() as session:
        over = session.get_one(Placement, stay_id)
        over.state, over.ended_at = "completed", clock.now()
    _erase(place, account_id)
    assert f"Accounts: {account_id}." in _said(place, "restore", str(tmp_path / "first.zip"))
    with own_session() as session:
        assert session.get_one(User, account_id).is_erased
        assert "Somebody abroad" not in everything_in(session)


def test_notes_beside_a_copy_on_another_machine_count_too(place: Config, tmp_path: Path) -> None:
    with own_session() as session:
        account_id = user_of(make_volunteer(session)).id
    _said(place, "backup", str(tmp_path / "first.zip"))
    _erase(place, account_id)
    for note in folder_of(place).glob("erased-*"):
        note.rename(tmp_path / note.name)
    _said(place, "restore", str(tmp_path / "first.zip"))
    with own_session() as session:
        assert session.get_one(User, account_id).is_erased


def test_a_refused_profile_goes_again_and_nobody_else(place: Config, tmp_path: Path) -> None:
    with own_session() as session:
        refused, _stays = (make_volunteer(session, user=None, full_name=name) for name in ("Refused", "Stays"))
        now, refused.email = clock.now(), "r@x.example"
        more = {"role": "volunteer", "vio_id": refused.vio_id, "created_at": now, "expires_at": now + timedelta(days=9)}
        session.add(Invitation(token_hash=TOKEN_HASH, email="r@x.example", volunteer_id=refused.id, **more))
    _said(place, "backup", str(tmp_path / "first.zip"))
    with own_session() as session:
        claims.refuse(session, session.scalars(select(Invitation)).one(), folders_of(place))
    _said(place, "restore", str(tmp_path / "first.zip"))
    with own_session() as session:
        assert session.scalars(select(Volunteer.full_name)).all() == ["Stays"]


def test_an_erasure_before_the_backup_touches_nobody_with_its_number(place: Config, tmp_path: Path) -> None:
    with own_session() as session:
        person = make_volunteer(session)
        account_id, volunteer_id = user_of(person).id, person.id
    with own_session() as session:  # another timeline, before a restore, had given its number to somebody else
        erasure_notes.note_once_stored(session, folder_of(place), account_id, volunteer_id)
        session.get(User, account_id)  # a session that began nothing stores nothing
    _said(place, "backup", str(tmp_path / "first.zip"))
    _said(place, "restore", str(tmp_path / "first.zip"))
    with own_session() as session:
        assert not session.get_one(User, account_id).is_erased


def test_sessions_and_links_of_before_open_nothing(place: Config, tmp_path: Path, own_engine: Engine) -> None:
    with own_session() as session:
        account = user_of(make_volunteer(session))
        now = clock.now()
        more = {"role": "administrator", "created_at": now, "expires_at": now + timedelta(days=9)}
        session.add(Invitation(token_hash=TOKEN_HASH, email="a@x.example", **more))
    visitor = Visitor(make_app(place).test_client())
    visitor.sign_in(account.email, PASSWORD)
    assert visitor.client.get("/account/").status_code == 200
    _said(place, "backup", str(tmp_path / "first.zip"))
    Session.remove()  # the service stands still meanwhile: nobody keeps in memory who was signed in before
    own_engine.dispose()
    assert "Everybody is signed out" in _said(place, "restore", str(tmp_path / "first.zip"))
    assert visitor.client.get("/account/").status_code == 302
    visitor.sign_in(account.email, PASSWORD)
    assert visitor.client.get("/account/").status_code == 200
    with own_session() as session:
        assert session.scalars(select(Invitation)).one().expires_at <= clock.now()


def test_half_a_note_spoils_no_other(own_engine: Engine, tmp_path: Path) -> None:
    (tmp_path / f"{erasure_notes.BEGINNING}-{clock.today()}.jsonl").write_text('{"account": 1, "volu')
    with own_session() as session:
        erasure_notes.note_once_stored(session, tmp_path, 2, 3)
        session.begin_nested().rollback()
        assert erasure_notes.noted(tmp_path) == set()  # not before it is stored
    assert {(one.account_id, one.volunteer_id) for one in erasure_notes.noted(tmp_path)} == {(2, 3)}


def test_a_folder_that_takes_no_note_keeps_nobody_from_being_erased(
    session: AnySession, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "backups").write_text("no folder")
    erasure_notes.note_once_stored(session, tmp_path / "backups", 2, 3)
    session.commit()
    assert "could not be noted" in caplog.text
