"""Letters: in their reader's language, with days and plurals of that language, and kept without one-time addresses."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.factories import (
    AnySession,
    make_application,
    make_assignment,
    make_host,
    make_user,
    make_vio,
    make_volunteer,
)
from tests.stays import user_of
from webapp import clock
from webapp.models import Mail
from webapp.services import address_choices, letter_choices, letters, own_letters, shortlists
from webapp.services.correspondence import write_to_host, write_to_volunteer
from webapp.services.errors import Refused
from webapp.services.letter_kinds import ACCOUNT, FOLLOW_UPS, LESSONS, PUBLISHING
from webapp.services.letters import TAKEN_OUT, copy_of, write_letter
from webapp.services.readers import with_account, without_account
from webapp.speech import say
from webapp.words import Words, counted, joined, lazy

ADDRESS = "https://match.example/follow-up/once-only"
DAY = date(2027, 3, 1)


@pytest.mark.parametrize(
    ("language", "written"),
    [("en", "1 Mar 2027"), ("fr", "1 mars 2027"), ("zh", "2027年3月1日"), ("ru", "1 мар. 2027\u202fг.")],
)
def test_a_day_is_written_as_its_reader_writes_it(language: str, written: str) -> None:
    assert say(Words("- %(day)s", {"day": DAY}), language) == f"- {written}"


def test_words_among_the_values_are_translated_too() -> None:
    said = joined([lazy("Languages"), lazy("A1: a few words and simple phrases")], "; ")
    assert say(said, "fr").split("; ") == [say(lazy("Languages"), "fr"), say(said.values["part1"], "fr")]
    assert "few words" not in say(said, "fr")


def test_numbers_take_the_form_that_their_language_has() -> None:
    one, many = "%(num)s recovery code is left.", "%(num)s recovery codes are left."
    english = [say(counted(one, many, number, num=number), "en") for number in (1, 2)]
    assert english == ["1 recovery code is left.", "2 recovery codes are left."]
    arabic = {say(counted(one, many, number, num=number), "ar") for number in (1, 2, 3, 11)}
    assert len({"".join(sign for sign in said if not sign.isdigit()) for said in arabic}) >= 3


def test_each_reader_gets_a_letter_in_their_own_language(session: AnySession) -> None:
    host = make_host(session)
    french, russian = (make_user(session, "host", host.vio, host_id=host.id, locale=one) for one in ("fr", "ru"))
    write_to_host(session, host, PUBLISHING, lazy("Languages"), lazy("Languages"))
    found = {mail.user_id: (mail.language, mail.body) for mail in session.query(Mail)}
    assert found == {
        french.id: ("fr", say(lazy("Languages"), "fr") + "\n"),
        russian.id: ("ru", say(lazy("Languages"), "ru") + "\n"),
    }


def test_who_has_no_account_is_written_to_in_the_language_of_the_office(session: AnySession) -> None:
    vio = make_vio(session, language="es")
    write_to_host(session, make_host(session, vio, contact_email="c@host.example"), PUBLISHING, lazy("a"), lazy("b"))
    letter = session.query(Mail).one()
    assert (letter.to, letter.language, letter.user_id, letter.office) == ("c@host.example", "es", None, vio.name)


def test_an_answer_comes_in_the_language_of_the_applicant(session: AnySession) -> None:
    work = make_assignment(session)
    application = make_application(session, make_volunteer(session, work.vio), work)
    person = user_of(application.volunteer)
    person.locale = "zh"
    staff = make_user(session, "host", application.assignment.vio, host_id=application.assignment.host_id)
    shortlists.decline(session, staff, application, "dates", "Thank you for what you wrote to us.")
    letter = session.query(Mail).filter_by(user_id=person.id).order_by(Mail.id.desc()).first()
    assert letter.language == "zh"
    assert say(shortlists.REASONS["dates"], "zh") in letter.body
    assert "Sign in" not in letter.body


def test_an_address_that_works_once_goes_out_and_is_not_kept(session: AnySession) -> None:
    volunteer = make_volunteer(session)
    write_to_volunteer(
        session, volunteer, FOLLOW_UPS, lazy("a"), lazy("Open %(link)s", link=ADDRESS), secrets=[ADDRESS]
    )
    letter = session.query(Mail).one()
    assert ADDRESS in letter.body and copy_of(letter) == f"Open {TAKEN_OUT}\n"
    letters._record(session, letter, "refused")
    assert ADDRESS in letter.body  # it has to go out yet
    letters._record(session, letter, "taken")
    assert (letter.body, letter.secrets) == (f"Open {TAKEN_OUT}\n", "")


def test_what_was_stopped_stays_on_the_site_and_what_has_to_go_goes(session: AnySession) -> None:
    account = make_user(session, "volunteer")
    letter_choices.choose(session, account, {LESSONS: "off"})
    write_letter(session, with_account(account), LESSONS, lazy("a"), lazy("b"))
    write_letter(session, with_account(account), ACCOUNT, lazy("c"), lazy("d"))
    waiting = session.query(Mail).filter(*letters.WAITING).all()
    assert [mail.subject for mail in waiting] == ["c"]
    assert session.query(Mail).count() == 2


@pytest.mark.parametrize("subject", ["A\r\nBcc: x@y.example", "A\u2028B", "A\x85B", "A\x00B"])
def test_a_subject_is_one_line(session: AnySession, subject: str) -> None:
    reader = without_account("x@y.example", None)
    letter = write_letter(session, reader, ACCOUNT, lazy("%(title)s", title=subject), lazy("b"))
    assert letter.subject.isprintable()


def test_long_subjects_in_any_script_are_kept_within_the_column(session: AnySession) -> None:
    reader = without_account("x@y.example", None)
    assert len(write_letter(session, reader, ACCOUNT, lazy("%(t)s", t="长" * 400), lazy("b")).subject) == 300


def test_letters_that_have_to_go_are_not_stopped_and_choices_are_those_of_the_page(session: AnySession) -> None:
    account, other = make_user(session, "volunteer"), make_user(session, "coordinator")
    for reader, kind in ((account, ACCOUNT), (other, LESSONS)):  # a coordinator gets no letters on lessons to stop
        with pytest.raises(Refused, match="have to go"):
            letter_choices.choose(session, reader, {kind: "off"})
    with pytest.raises(Refused, match="one of the answers"):
        letter_choices.choose(session, account, {LESSONS: "sometimes"})
    assert not letter_choices.is_off(session, account.id, LESSONS)


def test_stopping_what_is_stopped_changes_nothing(session: AnySession) -> None:
    mark = address_choices.mark_of("somebody@people.example")
    for is_wanted in (True, False, False):
        address_choices.choose(session, mark, LESSONS, is_wanted=is_wanted)
    assert address_choices.is_off(session, mark, LESSONS)
    address_choices.choose(session, mark, LESSONS, is_wanted=True)
    assert not address_choices.is_off(session, mark, LESSONS)


@pytest.mark.parametrize(
    ("over", "word"),
    [({}, "waiting"), ({"attempts": letters.MOST_ATTEMPTS}, "failed"), ({"sent_at": clock.now()}, "sent")],
)
def test_letter_on_the_site_says_how_it_stands_with_the_e_mail(over: dict[str, Any], word: str) -> None:
    assert own_letters.standing(Mail(**{"stays_here": False, "attempts": 0, **over})) == word
