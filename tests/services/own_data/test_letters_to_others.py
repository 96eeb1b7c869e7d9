"""Who goes is taken out of letters to others, and these say what they said otherwise; old names go as well."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from tests.bonds import make_bond
from tests.databases import DATA_KEY
from tests.factories import AnySession, make_application, make_assignment, make_vio, make_volunteer
from tests.stays import user_of
from webapp.db import SESSION_FACTORY, own_session
from webapp.models import Mail, Vio, Volunteer
from webapp.services import volunteers
from webapp.services.letter_kinds import ACCOUNT
from webapp.services.letters import TAKEN_OUT, copy_of, write_letter
from webapp.services.own_data import erasure
from webapp.services.readers import with_account, without_account
from webapp.vault import Vault
from webapp.words import Words, lazy

LINK = "http://localhost/reset/once-only"


@pytest.fixture
def folders(own_engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> erasure.Folders:
    """Return where files lie, with a database behind them."""
    monkeypatch.setitem(SESSION_FACTORY.kw, "info", {"data_key": DATA_KEY})
    (tmp_path / "mail").mkdir()
    return erasure.Folders(
        tmp_path / "documents", tmp_path / "mail", Vault(tmp_path / "imports", "a key"), tmp_path / "backups"
    )


def _write(session: AnySession, vio: Vio | None, body: Words, to: str = "o@vio.example", secret: str = "") -> Mail:
    secrets = [secret] if secret else []
    return write_letter(session, without_account(to, vio), ACCOUNT, lazy("News"), body, secrets=secrets)


def _erase(session: AnySession, person: Volunteer, folders: erasure.Folders) -> None:
    erasure.erase(session, user_of(person), person, folders)


def _bodies() -> list[str]:
    with own_session() as session:
        return list(session.scalars(select(Mail.body).order_by(Mail.id)))


@pytest.mark.parametrize("name", ["http", "May", "Will"])
def test_a_name_that_is_a_word_leaves_letters_of_all_offices_as_they_are(folders: erasure.Folders, name: str) -> None:
    said = lazy("May we ask? Will you open %(link)s", link=LINK)
    with own_session() as session:
        person = make_volunteer(session, full_name=f"{name} Diallo", call_me=name)
        for vio in (person.vio, make_vio(session), None):
            _write(session, vio, said, secret=LINK)
        _write(session, person.vio, lazy("%(name)s and %(link)s", name=name, link=LINK), secret=LINK)
        _erase(session, person, folders)
    assert _bodies() == [*[f"{said}\n"] * 3, f"— and {LINK}\n"]
    with own_session() as session:
        assert {LINK in copy_of(one) for one in session.scalars(select(Mail))} == {False}
        assert all(TAKEN_OUT in copy_of(one) for one in session.scalars(select(Mail)))


def test_what_the_person_said_goes_from_letters_that_quote_it(folders: erasure.Folders) -> None:
    with own_session() as session:
        said = "Two rooms,\nand a desk by https://x.example/1."
        person = make_volunteer(session, full_name="May Diallo", motivation=said, experience="My knee hurts.")
        quoted = _write(session, person.vio, lazy("It says: %(words)s", words=said))
        short = _write(session, person.vio, lazy("%(one)s It says: %(two)s", one="My knee hurts.", two="Other words."))
        unsaid = _write(session, person.vio, lazy("Sign in to read it.", words="My back hurts."))
        assert "back" not in unsaid.filled, "what a letter does not say is not kept beside it"
        numbers = quoted.id, short.id
        _erase(session, person, folders)
    with own_session() as session:
        bodies = [session.get_one(Mail, one).body for one in numbers]
    assert bodies == ["It says: —\n", "— It says: Other words.\n"]


@pytest.mark.parametrize("hidden", ["\u200e", "\u202e", "\ufeff", "\n"])
def test_no_hidden_sign_keeps_a_name_in_a_letter(folders: erasure.Folders, hidden: str) -> None:
    with own_session() as session:
        person = make_volunteer(session, full_name="Salote Qzone", call_me="Salote Qzone")
        said = lazy("%(name)s would like to go", name=person.called)
        letter = write_letter(session, without_account("o@vio.example", person.vio), ACCOUNT, said, said)
        new = f"Salote{hidden} Qztwo"
        volunteers.save_about(session, person, volunteers.About(new, new, None, "KE"))
        assert letter.subject == "Salote Qztwo would like to go" and letter.subject.isprintable()
        _erase(session, person, folders)
        number = letter.id
    with own_session() as session:
        letter = session.get_one(Mail, number)
        assert "Qz" not in letter.subject + letter.body + letter.filled


def test_only_letters_of_offices_that_know_the_person_can_name_them(folders: erasure.Folders) -> None:
    with own_session() as session:
        person = make_volunteer(session, full_name="Ana Diallo")
        receiving = make_assignment(session, vio=make_vio(session))
        make_application(session, person, receiving)
        renamed = make_vio(session)
        for vio in (person.vio, receiving.vio, renamed, make_vio(session)):
            _write(session, vio, lazy("%(name)s came.", name="Ana Diallo"))
        renamed.name = "Another name"
        _erase(session, person, folders)
    assert [one.partition(" ")[0] for one in _bodies() if "came" in one] == ["—", "—", "—", "Ana"]


def test_a_companion_of_another_office_reads_the_name_no_more(folders: erasure.Folders) -> None:
    with own_session() as session:
        person, other = make_volunteer(session, full_name="Ana Diallo"), make_volunteer(session)
        make_bond(session, [person, other])
        letter = write_letter(
            session, with_account(user_of(other)), ACCOUNT, lazy("News"), lazy("%(who)s asks", who="Ana Diallo")
        )
        number = letter.id
        _erase(session, person, folders)
    with own_session() as session:
        assert session.get_one(Mail, number).body == "— asks\n"


def test_files_of_letters_go_where_they_are_to_the_person_or_name_them(folders: erasure.Folders) -> None:
    with own_session() as session:
        person = make_volunteer(session, full_name="May Diallo", call_me="May")
        other, address = make_vio(session).name, user_of(person).email
        named = _write(session, person.vio, lazy("%(name)s came.", name="May")).message_id
        for stem, office, to, text in (
            (named, person.vio.name, "o@vio.example", "May came."),
            ("to", "Caravanserai", address.upper(), "Welcome."),
            ("whole", person.vio.name, "o@vio.example", "MAY DIALLO came."),
            ("namesake", other, "o@vio.example", "May Diallo came."),
            ("word", person.vio.name, "o@vio.example", f"May we ask? {LINK}"),
        ):
            message = EmailMessage()
            message["From"], message["To"], message["Subject"] = f"{office} <no-reply@vio.example>", to, "News"
            message.set_content(text)
            (folders.mail / f"{stem}.eml").write_bytes(bytes(message))
        strange = f"From: {person.vio.name} <o@vio.example>\nContent-Type: text/plain; charset=none\n\nMay came.\n"
        (folders.mail / "strange.eml").write_text(strange)  # none of ours: no letter is written so
        _erase(session, person, folders)
    assert sorted(path.stem for path in folders.mail.iterdir()) == ["namesake", "strange", "word"]
