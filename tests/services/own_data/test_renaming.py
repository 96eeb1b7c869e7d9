"""A name that is given up is read in no letter to others any more, and takes nothing else along."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from tests.factories import AnySession, make_host, make_vio, make_volunteer
from tests.services.imports.lists import SAID, bring, csv_of
from tests.stays import user_of
from webapp.models import Mail, Vio, Volunteer
from webapp.services import volunteers
from webapp.services.filled import values_of
from webapp.services.letter_kinds import ACCOUNT
from webapp.services.letters import write_letter
from webapp.services.own_data.naming import called
from webapp.services.own_data.offices import strangers
from webapp.services.own_data.traces import put_instead
from webapp.services.readers import without_account
from webapp.words import Words, lazy


def _write(session: AnySession, vio: Vio, body: Words) -> Mail:
    return write_letter(session, without_account("o@vio.example", vio), ACCOUNT, lazy("News"), body)


def _rename(session: AnySession, person: Volunteer, full_name: str, call_me: str | None = None) -> None:
    volunteers.save_about(session, person, volunteers.About(full_name, call_me, None, "KE"))


def test_letters_to_others_bear_the_new_name_and_lose_it_when_the_person_goes(session: AnySession) -> None:
    person = make_volunteer(session, full_name="Ana Diallo", call_me="Ana")
    said = lazy("%(name)s (%(short)s) came: %(words)s", name="Ana Diallo", short="Ana", words="Ana Diallo asks")
    letter = _write(session, person.vio, said)
    elsewhere = _write(session, make_vio(session), said)
    _rename(session, person, "Kofi Mensah")
    assert letter.body == "Kofi Mensah (Kofi Mensah) came: Kofi Mensah asks\n"
    assert elsewhere.body == f"{said}\n"
    put_instead(session, called(user_of(person), person), strangers(session, person))
    assert (letter.body, "Kofi" in letter.filled) == ("— (—) came: — asks\n", False)


def test_a_longer_name_keeps_the_subject_within_the_column(session: AnySession) -> None:
    person = make_volunteer(session, full_name="Ana")
    reader, subject = (
        without_account("o@vio.example", person.vio),
        lazy("%(name)s, %(rest)s", name="Ana", rest="x" * 290),
    )
    letter = write_letter(session, reader, ACCOUNT, subject, lazy("News"))
    _rename(session, person, "A" * 200)
    session.expire(letter)
    assert letter.subject.startswith("A" * 200 + ", x") and len(letter.subject) == 300


def test_a_letter_from_before_is_found_by_the_new_name_too(session: AnySession) -> None:
    person = make_volunteer(session, full_name="Ana Diallo")
    letter = _write(session, person.vio, lazy("Ana Diallo came."))
    letter.filled = ""
    _rename(session, person, "Cher")
    assert letter.body == "Cher came.\n" and "Cher" in values_of(letter)
    put_instead(session, called(user_of(person), person), strangers(session, person))
    assert letter.body == "— came.\n"


@pytest.mark.parametrize("name", ["Green House", "Li Na", "please open"])
def test_nobody_changes_what_letters_say_of_others(session: AnySession, name: str) -> None:
    person = make_volunteer(session, full_name=name, call_me="Will")
    make_host(session, person.vio, name="Green House")
    make_volunteer(session, person.vio, full_name="Li Na")
    said = lazy("%(host)s, %(who)s: %(words)s", host="Green House", who="Li Na", words="Will you please open it?")
    letter = _write(session, person.vio, said)
    _rename(session, person, "Somebody Else", "Nobody")
    assert letter.body == f"{said}\n"


def test_a_name_that_two_bear_is_not_changed_where_one_gives_it_up(session: AnySession) -> None:
    person = make_volunteer(session, full_name="Li Na", call_me="")
    make_volunteer(session, person.vio, full_name="Li Na", call_me="")
    letter = _write(session, person.vio, lazy("%(who)s came.", who="Li Na"))
    _rename(session, person, "Kofi Mensah", "")
    assert letter.body == "Li Na came.\n"


def test_where_two_change_one_name_nobody_knows_whose_it_was(session: AnySession) -> None:
    vio, header = make_vio(session), "id,full_name"
    bring(session, vio, "volunteers", csv_of(header, "1,Ana Diallo", "2,Ana Diallo"), statements=SAID)
    letter = _write(session, vio, lazy("%(one)s", one="Ana Diallo"))
    bring(session, vio, "volunteers", csv_of(header, "1,Kofi Mensah", "2,Li Na"), statements=SAID)
    assert letter.body == "Ana Diallo\n"


def test_names_that_a_list_changes_are_followed(session: AnySession) -> None:
    vio, header = make_vio(session), "id,full_name"
    bring(session, vio, "volunteers", csv_of(header, "1,Ana Diallo", "2,Li Na"), statements=SAID)
    letter = _write(session, vio, lazy("%(one)s, %(two)s", one="Ana Diallo", two="Li Na"))
    bring(session, vio, "volunteers", csv_of(header, "1,Kofi Mensah", "2,Li Na"), statements=SAID)
    assert letter.body == "Kofi Mensah, Li Na\n"
    assert {one.full_name for one in session.scalars(select(Volunteer))} == {"Kofi Mensah", "Li Na"}
