"""Whoever is erased is in no list that waits, in no report of one that came in, and no list makes them anew unseen."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from tests.databases import DATA_KEY
from tests.factories import AnySession, make_user, make_volunteer
from tests.services.imports.test_workbook import saved
from tests.stays import user_of
from webapp import clock
from webapp.db import SESSION_FACTORY, own_session
from webapp.models import ImportFile, Mail, User, Vio, Volunteer
from webapp.services.errors import NotFound, Refused
from webapp.services.imports import erased, files
from webapp.services.imports.findings import WRONG
from webapp.services.own_data import erasure
from webapp.vault import Vault

NAME, ADDRESS = "Qzwamina Qzwdiallo", "qzwamina@people.example"
TODAY = date(2026, 11, 26)
LISTS = {
    "address.csv": f"name,mail\nSomebody,other@people.example\nSomebody Else,{ADDRESS.upper()}\n",
    "two cells.csv": "first,last,mail\nLi,Na,li@people.example\nQzwAmina,QZWDIALLO,\n",
    f"{NAME}.csv": "name,mail\nNobody Known,nobody@people.example\n",
}


@pytest.fixture
def vault(own_engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Vault:
    """Return where lists lie, with a database and a key behind it."""
    monkeypatch.setitem(SESSION_FACTORY.kw, "info", {"data_key": DATA_KEY})
    return Vault(tmp_path / "imports", DATA_KEY)


def _person(session: AnySession, vio: Vio | None = None) -> Volunteer:
    """Make a volunteer with an account, and a coordinator of the VIO."""
    person = make_volunteer(session, vio, full_name=NAME)
    person.email = user_of(person).email = ADDRESS
    make_user(session, "coordinator", person.vio)
    return person


def _bring(session: AnySession, coordinator: User, vault: Vault) -> dict[str, int]:
    return {
        name: files.take_in(session, coordinator, vault, "volunteers", name, text.encode()).id
        for name, text in LISTS.items()
    }


def _erase(vault: Vault, folder: Path) -> None:
    with own_session() as session:
        account = session.scalars(select(User).where(User.email == ADDRESS)).one()
        assert account.volunteer is not None
        erasure.erase(session, account, account.volunteer, erasure.Folders(folder, folder, vault, folder))


def _texts(session: AnySession) -> str:
    """Return all that the database holds of lists, and all letters."""
    lists = [(one.file_name, one.report, one.mapping, one.constants) for one in session.scalars(select(ImportFile))]
    letters = [(one.subject, one.body) for one in session.scalars(select(Mail))]
    return json.dumps([lists, letters], ensure_ascii=False).lower()


def test_lists_lie_encrypted_and_can_be_read_again(vault: Vault, tmp_path: Path) -> None:
    with own_session() as session:
        coordinator = make_user(session, "coordinator", _person(session).vio)
        kept = files.take_in(session, coordinator, vault, "volunteers", "a.csv", LISTS["address.csv"].encode())
        assert len(files.open_table(session, vault, kept, files.plan_of(kept)).rows) == 2
        (path,) = (tmp_path / "imports").iterdir()
        assert b"other@" not in path.read_bytes() and path.stat().st_mode & 0o077 == 0
        path.write_text("of before", encoding="utf-8")
        with pytest.raises(Refused, match="Bring the list again"):
            files.open_table(session, vault, kept, files.plan_of(kept))


def test_lists_that_wait_go_with_a_person_and_whoever_brought_them_is_asked(vault: Vault, tmp_path: Path) -> None:
    with own_session() as session:
        person = _person(session)
        coordinator = make_user(session, "coordinator", person.vio, email="brought@vio.example")
        brought = _bring(session, coordinator, vault)
        own = {"kind": "volunteers", "state": "done", "stored_as": "", "created_at": clock.now()}
        words = ["Row 5 is about the same: %(name)s", {"name": NAME}]
        row = {"row": 5, "id": "", "name": NAME.upper(), "status": "new", "problems": [["a", "b", ADDRESS, words]]}
        report = {"counts": {}, "not_read": [], "notes": [], "rows": [row]}
        session.add(ImportFile(vio_id=person.vio_id, file_name="done.csv", report=report, **own))
    _erase(vault, tmp_path)
    with own_session() as session:
        states = {name: session.get_one(ImportFile, number).state for name, number in brought.items()}
        assert list(states.values()) == ["refused", "refused", "uploaded"]
        assert len(list((tmp_path / "imports").iterdir())) == 1
        letters = session.scalars(select(Mail).where(Mail.to == "brought@vio.example").order_by(Mail.id)).all()
        assert ["row 3 of your file" in one.body for one in letters] == [True, True]
        assert not [word for word in ("qzwamina", "qzwdiallo") if word in _texts(session)]


def test_a_list_does_not_make_an_erased_person_anew(vault: Vault, tmp_path: Path) -> None:
    with own_session() as session:
        _person(session)
    _erase(vault, tmp_path)
    with own_session() as session:
        gone = session.scalars(select(User).where(User.role == "volunteer", ~User.active)).one()
        coordinator = make_user(session, "coordinator", gone.vio)
        stranger = make_user(session, "coordinator")
        for account, wrong in ((coordinator, 1), (stranger, 0)):
            text = f"full_name,email\nOne,one@people.example\nAmina,{ADDRESS}\n".encode()
            kept = files.take_in(session, account, vault, "volunteers", "again.csv", text)
            checked = files.check_list(session, account, vault, kept, files.plan_of(kept), TODAY)
            assert checked.counts[WRONG] == wrong, "another office knows nothing of it"
            assert not wrong or "deleted here" in str(checked.rows[1].problems[0].words)


def test_who_goes_a_second_time_goes_as_well(vault: Vault, tmp_path: Path) -> None:
    with own_session() as session:
        number = _person(session).vio_id
    _erase(vault, tmp_path)
    with own_session() as session:
        _person(session, session.get_one(Vio, number))
    _erase(vault, tmp_path)
    with own_session() as session:
        gone = session.scalars(select(User).where(User.role == "volunteer")).all()
        assert all(one.is_erased and not one.active for one in gone) and len({one.email for one in gone}) == 2


def test_a_list_that_came_in_meanwhile_does_not_come_in_twice(vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    with SESSION_FACTORY() as session:
        coordinator = make_user(session, "coordinator")
        kept = files.take_in(session, coordinator, vault, "volunteers", "a.csv", b"full_name\nOne\n")
        session.commit()
        read = files.read_table

        def slowly(*said: object) -> object:
            with own_session() as other:
                other.get_one(ImportFile, kept.id).state = "done"
            return read(*said)

        monkeypatch.setattr(files, "read_table", slowly)
        with pytest.raises(NotFound):
            files.carry_out(session, coordinator, vault, kept, TODAY)


def test_a_workbook_that_waits_is_looked_at_too(vault: Vault, tmp_path: Path) -> None:
    with own_session() as session:
        coordinator = make_user(session, "coordinator", _person(session).vio)
        book = saved([["name", "town"], [NAME, "Kayes"]])
        number = files.take_in(session, coordinator, vault, "volunteers", "a.xlsx", book).id
    _erase(vault, tmp_path)
    with own_session() as session:
        assert session.get_one(ImportFile, number).state == "refused"


def test_single_word_is_a_name_only_where_it_stands_alone(session: AnySession, tmp_path: Path) -> None:
    kept_in, coordinator = Vault(tmp_path, "a key"), make_user(session, "coordinator")
    lines = b"full_name,town\nSukarno,Blitar\nAni,Jalan Sukarno\n"
    kept = files.take_in(session, coordinator, kept_in, "volunteers", "a.csv", lines)
    found = erased.waiting_with(session, kept_in, [kept.vio_id], "Sukarno", [])
    assert found == {kept.id: [2]}
    assert erased.waiting_with(session, kept_in, [kept.vio_id], "Jalan", []) == {}


def test_office_is_asked_where_whoever_brought_the_list_has_left(session: AnySession, tmp_path: Path) -> None:
    kept_in, coordinator = Vault(tmp_path, "a key"), make_user(session, "coordinator")
    colleague = make_user(session, "coordinator", coordinator.vio)
    kept = files.take_in(session, coordinator, kept_in, "volunteers", "a.csv", LISTS["address.csv"].encode())
    coordinator.active = False
    session.flush()
    erased.drop(session, kept_in, {kept.id: [3]})
    assert [letter.to for letter in session.scalars(select(Mail))] == [colleague.email]
    assert kept.state == "refused"


def test_person_leaves_what_a_report_says_of_changes_and_of_likeness(session: AnySession, tmp_path: Path) -> None:
    kept_in, coordinator = Vault(tmp_path, "a key"), make_user(session, "coordinator")
    kept = files.take_in(session, coordinator, kept_in, "volunteers", "a.csv", LISTS["address.csv"].encode())
    inner = ["It was %(before)s.", {"before": NAME}]
    row = {"row": 2, "id": "", "name": "", "status": "changed", "problems": []}
    row |= {"notes": [["%(more)s", {"more": inner}]], "changes": [["full_name", NAME, "Somebody"]]}
    row["resembles"] = [f"{NAME}, #7"]
    kept.report = {"counts": {}, "not_read": [], "notes": [], "rows": [row]}
    erased.take_out(session, [kept.vio_id], re.compile(re.escape(NAME)), "(erased)")
    assert NAME not in json.dumps(kept.report)
    told = kept.report["rows"][0]
    assert told["changes"] == [["full_name", "(erased)", "Somebody"]] and told["resembles"] == ["(erased), #7"]
