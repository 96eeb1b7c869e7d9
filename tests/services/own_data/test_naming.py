"""In a letter only what was filled in can name a person; links, days and what works once stay as they are."""

from __future__ import annotations

import json

import pytest

from webapp.models import Mail, User, Volunteer
from webapp.services.filled import changed, filled_of
from webapp.services.own_data.naming import GONE, Naming, called
from webapp.words import Words, joined, lazy

LINK = "http://localhost/reset/May-Will"


def _naming(full_name: str, call_me: str | None = None, phone: str | None = None) -> Naming:
    email = f"{full_name.split()[0].lower()}@people.example"
    return called(User(email=email), Volunteer(full_name=full_name, call_me=call_me, phone=phone, vio_id=1))


def _letter(subject: Words, body: Words, secrets: str = "") -> Mail:
    filled = filled_of([subject, body], secrets.split())
    return Mail(subject=str(subject), body=str(body), secrets=secrets, filled=filled)


def _said(naming: Naming, body: Words) -> str:
    letter = _letter(lazy("News"), body)
    assert naming.is_among(json.loads(letter.filled))
    naming.put_instead(letter)
    assert not naming.is_among(json.loads(letter.filled))
    return letter.body


def test_values_are_kept_once_and_without_links_and_secrets() -> None:
    inner = lazy("for %(office)s", office="An office")
    body = lazy("%(a)s %(b)s %(c)s %(d)s", a="May", b=joined(["May", inner, ["Will"]]), c=LINK, d=7)
    assert json.loads(filled_of([body, lazy("%(code)s", code="once 123 only")], ["123"])) == [
        "May",
        "An office",
        "Will",
        "once   only",
    ]


@pytest.mark.parametrize("name", ["http", "May", "Will", "An", "localhost", "reset"])
def test_a_name_that_is_a_word_names_nobody_who_was_not_filled_in(name: str) -> None:
    letter = _letter(lazy("An answer"), lazy("May we ask? Will you open %(link)s", link=LINK), LINK)
    assert not _naming(f"{name} Diallo", name).is_among(json.loads(letter.filled))


def test_a_letter_that_names_the_person_loses_the_name_and_nothing_else() -> None:
    body = lazy("%(name)s came on 1 May 2027. Maybe %(link)s", name="May", link=LINK)
    assert _said(_naming("May Lin", "May"), body) == f"{GONE} came on 1 May 2027. Maybe {LINK}"


def test_words_of_people_lose_whole_names_addresses_and_numbers_only() -> None:
    words = "Call MAY LIN, +44 20 7946 0958 or may@people.example. May I? Not li.may@people.example, May Linden."
    assert _said(_naming("May Lin", "May", "+44 20 7946 0958"), lazy("%(words)s", words=words)) == (
        f"Call {GONE}, {GONE} or {GONE}. May I? Not li.may@people.example, May Linden."
    )


def test_names_are_found_in_scripts_without_spaces_and_beside_them() -> None:
    assert _said(_naming("李明"), lazy("%(words)s", words="致李明先生。")) == f"致{GONE}先生。"
    assert _said(_naming("Zoé Diallo"), lazy("志愿者%(name)s走了", name="Zoé Diallo")) == f"志愿者{GONE}走了"


def test_an_odd_number_finds_no_part_of_another() -> None:
    naming = _naming("May Lin", phone="0794609")
    assert not naming.is_among(["00794609", "0794609123"])
    assert not _naming("May Lin", phone="20 27").is_among(["1 May 20 27"])


def test_of_a_letter_from_before_all_that_it_says_counts() -> None:
    letter = Mail(subject="About May Lin", body=f"May said: {LINK}\n", secrets="", filled="")
    _naming("May Lin", "May").put_instead(letter)
    assert (letter.subject, letter.body) == (f"About {GONE}", f"May said: {LINK}\n")


def test_what_must_stay_is_taken_out_first_and_put_back() -> None:
    text = f"code aa1, {LINK}。aa 1 Aug 2027 aa"
    assert changed(text, ["aa1"], lambda part: part.replace("aa", "-").replace("Aug", "-")) == (
        f"code aa1, {LINK}。- 1 Aug 2027 -"
    )
