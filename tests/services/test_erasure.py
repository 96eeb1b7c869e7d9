"""A person takes everything with them, and goes: no word of theirs is found anywhere, and the audit trail holds."""

from __future__ import annotations

import json
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from tests.databases import DATA_KEY
from tests.factories import AnySession, make_user
from tests.planted import Planted, everything_in, plant
from tests.stays import make_offer, make_placement, make_selectable, user_of
from webapp.db import SESSION_FACTORY, own_session
from webapp.models import Application, Clearance, ClearanceDocument, Mail, Placement, User, Volunteer
from webapp.services import audit_check, directory, letters
from webapp.services.errors import NotFound, Refused
from webapp.services.letter_kinds import ACCOUNT
from webapp.services.own_data import copies, erasure
from webapp.services.own_data.data_map import data_map
from webapp.services.paging import Start
from webapp.services.readers import with_account, without_account
from webapp.vault import Vault
from webapp.words import lazy

MARK, OTHER = "Qzw", "Qzx"


@dataclass
class Scene:
    """Two people with everything; the first is erased by a test."""

    engine: Engine
    folders: erasure.Folders
    vault: Vault
    person: Planted
    other: Planted


@pytest.fixture
def scene(own_engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Scene:
    """Return two people, letters about the first, and files of both."""
    monkeypatch.setitem(SESSION_FACTORY.kw, "info", {"data_key": DATA_KEY})
    folders = erasure.Folders(
        tmp_path / "documents", tmp_path / "mail", Vault(tmp_path / "imports", "a key"), tmp_path / "backups"
    )
    vault = Vault(folders.documents, "a key")
    with own_session() as session:
        person, other = plant(session, MARK), plant(session, OTHER)
        _write_about(session, person, folders.mail)
    with own_session() as session:
        for one in (person, other):
            of_stay = select(ClearanceDocument).join(Clearance).where(Clearance.placement_id == one.placement.id)
            session.scalars(of_stay).one().stored_as = vault.put(b"a paper")
    return Scene(own_engine, folders, vault, person, other)


def _write_about(session: AnySession, person: Planted, folder: Path) -> None:
    """Leave letters that name the person, to an office, in the outbox and as files."""
    name, address = (str(person.words[f"volunteer.{one}"]) for one in ("full_name", "email"))
    said = lazy("%(name)s has answered. Someoneelse has not.", name=name)
    reader = without_account("office@vio.example", person.volunteer.vio)
    letter = letters.write_letter(session, reader, ACCOUNT, lazy("About %(name)s", name=name), said)
    folder.mkdir()
    for stem, text in ((letter.message_id, f"{name} 走了。"), ("0", f"{address} 走了。"), ("1", "Nobody is named.")):
        message = EmailMessage()
        message["To"], message["Subject"] = "o@vio.example", "News"
        message.set_content(text)
        (folder / f"{stem}.eml").write_bytes(bytes(message))


def _erase(scene: Scene) -> None:
    with own_session() as session:
        account = session.get_one(User, scene.person.account.id)
        assert account.volunteer is not None
        erasure.erase(session, account, account.volunteer, scene.folders)


def _raw(scene: Scene) -> bytes:
    """Return all that lies in the files of the database where it has files of its own."""
    if scene.engine.dialect.name != "sqlite":
        return b""
    scene.engine.dispose()
    path = Path(str(scene.engine.url.database))
    return b"".join(one.read_bytes() for one in path.parent.glob(f"{path.name}*"))


def test_the_scene_holds_a_word_in_every_column_that_goes(scene: Scene) -> None:
    with own_session() as session:
        found = everything_in(session)
    assert [name for name, word in scene.person.words.items() if word not in found] == []
    assert len(scene.person.words) > 80


def test_no_word_of_an_erased_person_is_left_anywhere(scene: Scene) -> None:
    _erase(scene)
    with own_session() as session:
        found = everything_in(session)
        assert [name for name, word in scene.person.words.items() if word in found] == []
        # The two go together, so with the one the other's link to say yes ends.
        assert {name for name, word in scene.other.words.items() if word not in found} <= {"bond_member.token_hash"}
        assert "Someoneelse has not" in session.scalars(select(Mail.body).where(Mail.to == "office@vio.example")).one()
        assert not audit_check.verify(session).broken
        assert session.query(Placement).count() == 2 and session.query(Application).count() == 2
    raw = _raw(scene)
    assert [name for name, word in scene.person.words.items() if word.encode() in raw] == []
    assert len(list(scene.folders.documents.iterdir())) == 1
    assert [one.name for one in scene.folders.mail.iterdir()] == ["1.eml"]


def test_an_erased_person_signs_in_nowhere_and_is_in_no_list(scene: Scene) -> None:
    _erase(scene)
    with own_session() as session:
        account = session.get_one(User, scene.person.account.id)
        assert (account.active, account.password) == (False, None)
        letter = letters.write_letter(session, with_account(account), ACCOUNT, lazy("How was it?"), lazy("Tell us."))
        assert letter.stays_here
        colleague = make_user(session, "coordinator", scene.person.volunteer.vio)
        found, number = directory.find(session, colleague, directory.Search(), Start())
        assert (found.rows, number) == ([], 0)


def test_a_copy_holds_all_that_is_theirs_and_nothing_of_others(scene: Scene) -> None:
    with own_session() as session:
        account = session.get_one(User, scene.person.account.id)
        parts = copies.copy_of(session, account, account.volunteer)
        told = json.dumps(copies.as_json(account, parts), ensure_ascii=False)
    copied = {name for name, word in scene.person.words.items() if word in told}
    wanted = {
        f"{table}.{name}"
        for table, mapped in data_map().items()
        for name in mapped.goes
        if mapped.copy and f"{table}.{name}" in scene.person.words and table not in ("check_in_answer", "help_word")
    }
    assert wanted <= copied
    hidden = {f"{table}.{name}" for table, mapped in data_map().items() for name in mapped.hidden}
    assert not copied & hidden
    assert OTHER not in told
    (match,) = next(one.rows for one in parts if one.table == "match")
    assert {"score", "reasons", "missing", "assignment"} <= set(match)


def test_nobody_is_erased_in_the_middle_of_a_stay_or_by_others(scene: Scene) -> None:
    with own_session() as session:
        running = make_placement(session)
        account = user_of(running.volunteer)
        with pytest.raises(Refused, match="placement that is not over"):
            erasure.erase(session, account, running.volunteer, scene.folders)
        with pytest.raises(NotFound):
            erasure.erase(session, scene.other.account, running.volunteer, scene.folders)
        session.rollback()


def test_what_waits_ends_as_with_a_no(scene: Scene) -> None:
    with own_session() as session:
        offer = make_offer(session, make_selectable(session))
        erasure.erase(session, user_of(offer.volunteer), offer.volunteer, scene.folders)
        session.refresh(offer)
        assert (offer.state, offer.words) == ("declined", "")
        assert session.get_one(Application, offer.application_id).state == "withdrawn"


def test_a_name_in_capitals_goes_as_well(scene: Scene) -> None:
    with own_session() as session:
        person = session.get_one(Volunteer, scene.person.volunteer.id)
        person.full_name = "Zoé Diallo"
        reader = without_account("other@vio.example", person.vio)
        said = lazy("%(words)s", words="zoé diallo came. Zoé Diallo went.")
        letters.write_letter(session, reader, ACCOUNT, lazy("%(who)s", who="ZOÉ DIALLO"), said)
    _erase(scene)
    with own_session() as session:
        (letter,) = session.scalars(select(Mail).where(Mail.to == "other@vio.example"))
        assert letter.subject == "—" and "— came. — went." in letter.body
