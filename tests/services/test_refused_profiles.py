"""Whoever refuses the profile that a list made is found nowhere afterwards: not in reports, lists, letters or files."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from tests.databases import DATA_KEY
from tests.factories import AnySession, make_user, make_vio, make_volunteer
from tests.planted import everything_in
from webapp import clock
from webapp.db import SESSION_FACTORY, own_session
from webapp.models import ImportFile, Invitation, Mail, User, Volunteer
from webapp.services import audit_check, claim_links, claims, invitations, letters
from webapp.services.errors import NotFound
from webapp.services.imports import files
from webapp.services.letter_kinds import ACCOUNT
from webapp.services.own_data.erasure import Folders
from webapp.services.readers import with_account
from webapp.vault import Vault
from webapp.words import lazy

NAME, ADDRESS, PHONE = "Qzwamina Qzwdiallo", "qzwamina@people.example", "+221 77 004 71 11"
HEADER = "No.,Full name,E-mail,Telephone,Country,Motivation"
PLANTED = ("qzwamina", "qzwdiallo", "qzwanting", PHONE)  # whole words: three letters also occur in sealed ones
ROW = f"7,{NAME},{ADDRESS},{PHONE},Senegal,Qzwanting to teach"
OTHER = "8,Somebody Else,else@people.example,,Senegal,"


@pytest.fixture
def folders(own_engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folders:
    """Return where files lie, with a database and a key behind them."""
    monkeypatch.setitem(SESSION_FACTORY.kw, "info", {"data_key": DATA_KEY})
    lists = Vault(tmp_path / "imports", DATA_KEY)
    return Folders(tmp_path / "documents", tmp_path / "mail", lists, tmp_path / "backups")


def _take_in(session: AnySession, coordinator: User, folders: Folders, name: str) -> ImportFile:
    data = "\n".join((HEADER, ROW, OTHER)).encode()
    return files.take_in(session, coordinator, folders.lists, "volunteers", name, data)


def _invited(folders: Folders) -> int:
    """Bring a list in, let it wait once more, write to everybody in it; return the number of the VIO."""
    with own_session() as session:
        coordinator = make_user(session, "coordinator", make_vio(session), email="office@vio.example")
        done = _take_in(session, coordinator, folders, "first.csv")
        files.carry_out(session, coordinator, folders.lists, done, clock.today())
        assert NAME in str(done.report), "the report names who came in"
        _take_in(session, coordinator, folders, f"{NAME}.csv")
        assert claim_links.send(session, coordinator, lambda token: f"http://x.example/{token}") == 2
        said = lazy("%(name)s fits an assignment.", name=NAME)
        letters.write_letter(session, with_account(coordinator), ACCOUNT, lazy("A match"), said)
        return coordinator.vio_id or 0


def _refuse(folders: Folders) -> None:
    with own_session() as session:
        invitation = session.scalars(select(Invitation).where(Invitation.email == ADDRESS)).one()
        claims.refuse(session, invitation, folders)


def _raw(engine: Engine) -> bytes:
    """Return all that lies in the database's own files, if it has any, while it is open: its log too."""
    if engine.dialect.name != "sqlite":
        return b""
    path = Path(str(engine.url.database))
    return b"".join(one.read_bytes() for one in path.parent.glob(f"{path.name}*"))


def test_nothing_of_a_refused_profile_is_left_anywhere(own_engine: Engine, folders: Folders) -> None:
    _invited(folders)
    _refuse(folders)
    with own_session() as session:
        found = everything_in(session)
        assert not [word for word in PLANTED if word in found.lower()]
        assert "Somebody Else" in found and not audit_check.verify(session).broken
        assert [one.state for one in session.scalars(select(ImportFile).order_by(ImportFile.id))] == ["done", "refused"]
        asked = session.scalars(select(Mail).where(Mail.to == "office@vio.example").order_by(Mail.id.desc())).first()
        assert asked is not None and "row 2 of your file" in asked.body
        assert len(session.scalars(select(Mail).where(Mail.to == "else@people.example")).all()) == 1
    raw = _raw(own_engine)
    assert not [word for word in PLANTED if word.encode() in raw.lower()]
    assert list((folders.lists.path_of("x").parent).iterdir()) == []


def test_whoever_is_here_otherwise_keeps_what_is_about_that(folders: Folders) -> None:
    number = _invited(folders)
    with own_session() as session:
        account = make_user(session, "volunteer", make_vio(session), email=ADDRESS)
        make_volunteer(session, account.vio, claimed=False, email=ADDRESS)
        letters.write_letter(session, with_account(account), ACCOUNT, lazy("Your place"), lazy("It is yours."))
        stranger = make_user(session, "coordinator", make_vio(session))
        other = make_volunteer(session, stranger.vio, claimed=False, email=ADDRESS)
        kept = invitations.invite_volunteer(session, stranger, other, lambda token: f"http://x.example/{token}").id
        offices = {account.vio.name, stranger.vio.name}
    with own_session() as session:
        of_office = Invitation.email == ADDRESS, Invitation.vio_id == number
        claims.refuse(session, session.scalars(select(Invitation).where(*of_office)).one(), folders)
    with own_session() as session:
        assert session.get(Invitation, kept) is not None
        assert set(session.scalars(select(Mail.office).where(Mail.to == ADDRESS))) == offices
        assert session.scalars(select(Volunteer).where(Volunteer.vio_id == number)).one().full_name == "Somebody Else"


def test_a_second_click_finds_nothing(folders: Folders, monkeypatch: pytest.MonkeyPatch) -> None:
    """While lists are read nothing is held, so that the second click may come first."""
    _invited(folders)
    with SESSION_FACTORY() as session:
        invitation = session.scalars(select(Invitation).where(Invitation.email == ADDRESS)).one()
        read = claims.refusal.lists_with

        def slowly(*said: object) -> object:
            found = read(*said)
            monkeypatch.undo()
            monkeypatch.setitem(SESSION_FACTORY.kw, "info", {"data_key": DATA_KEY})
            _refuse(folders)
            return found

        monkeypatch.setattr(claims.refusal, "lists_with", slowly)
        with pytest.raises(NotFound):
            claims.refuse(session, invitation, folders)
