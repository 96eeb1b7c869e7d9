"""Bars as each side clicks through them: two who decide, the person who appeals, a focal point who answers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from tests.browser import Visitor
from tests.databases import DATA_KEY
from tests.factories import (
    PASSWORD,
    AnySession,
    make_application,
    make_assignment,
    make_host,
    make_user,
    make_vio,
    make_volunteer,
)
from tests.stays import KIND_WORDS, coordinator_of, days, make_placement, make_selectable
from webapp.models import User, Volunteer
from webapp.services import volunteers
from webapp.services.bars import deciding

SAYS = {"reason_code": "conduct", "note": "Told by two hosts.", "words": KIND_WORDS, "ends_on": days(200).isoformat()}
APPEAL = "It was not me: I was in Tashkent that week."
Visit = Callable[[], Visitor]


@pytest.fixture
def person(app: Flask, session: AnySession) -> Volunteer:
    session.info["data_key"] = DATA_KEY
    return make_volunteer(session, make_vio(session), full_name="Bashir Aydın")


def _signed_in(visit: Visit, account: User) -> Visitor:
    visitor = visit()
    visitor.sign_in(account.email, PASSWORD)
    return visitor


def _barred(session: AnySession, person: Volunteer) -> None:
    bar = deciding.propose(
        session, coordinator_of(session, person.vio), person, "conduct", "Told by two hosts.", KIND_WORDS, None
    )
    deciding.confirm(session, coordinator_of(session, person.vio), bar)
    session.commit()


def test_two_bar_and_a_third_answers_the_appeal(session: AnySession, visit: Visit, person: Volunteer) -> None:
    make_application(session, person, make_assignment(session, make_host(session, person.vio)))
    first, second = (coordinator_of(session, person.vio) for _ in range(2))
    focal_point = make_user(session, "focal_point", person.vio)
    session.commit()
    visitor = _signed_in(visit, first)
    page = visitor.get(f"/coordinator/volunteers/{person.id}")
    page = visitor.get(page.link("Propose to bar"))
    assert "1 open application ends" in page.text
    page = visitor.submit(page, **SAYS)
    assert "Waits for a second person" in page.text and "Confirm and tell" not in page.text
    visitor = _signed_in(visit, second)
    page = visitor.get("/coordinator/")
    page = visitor.submit(visitor.get(page.link("Decide on the oldest")), action="confirm")
    assert "The bar stands" in page.text
    own = _signed_in(visit, person.user)
    page = own.get(own.get("/volunteer/").link("Read the decision"))
    assert "rules of conduct" in page.text and KIND_WORDS in page.text and "two hosts" not in page.text
    page = own.submit(page, words=APPEAL)
    assert "waits for an answer" in page.text and "Send the appeal" not in page.text
    page = visitor.get("/coordinator/bars")
    page = visitor.get(page.link("Bashir"))
    assert "Somebody else answers" in page.text and "Answer the person" not in page.text
    reader = _signed_in(visit, focal_point)
    page = reader.get(reader.get("/focal-point/").link("to decide"))
    page = reader.get(page.link("Bashir"))
    page = reader.submit(page, status=422, granted="yes", words="ok")
    page = reader.submit(page, granted="yes", words="You are right; we mixed you up with somebody.")
    assert "granted" in page.text
    own.get("/volunteer/decision", status=404)
    assert "You cannot apply" not in own.get("/volunteer/").text


@pytest.mark.parametrize(
    "odd",
    [{"reason_code": "face"}, {"words": "No."}, {"ends_on": "2031-02-30"}, {"ends_on": "2020-01-01"}, {"note": ""}],
)
def test_odd_input_proposes_nothing(session: AnySession, visit: Visit, person: Volunteer, odd: dict[str, Any]) -> None:
    who = coordinator_of(session, person.vio)
    session.commit()
    visitor = _signed_in(visit, who)
    page = visitor.get(f"/coordinator/volunteers/{person.id}/bar")
    assert "You are alone" in page.text
    visitor.submit(page, status=422, **{**SAYS, **odd})
    assert "Nobody is barred" in visitor.get("/coordinator/bars").text


def test_a_like_name_is_looked_at_by_a_person(session: AnySession, visit: Visit, person: Volunteer) -> None:
    _barred(session, person)
    other = make_volunteer(session, person.vio)
    volunteers.save_about(session, other, volunteers.About("Aydın Bashir", None, None, "CN"))
    who = coordinator_of(session, person.vio)
    session.commit()
    visitor = _signed_in(visit, who)
    page = visitor.get(visitor.get("/coordinator/").link("Look at the oldest"))
    assert "a like name" in page.text
    page = visitor.submit(page, status=422, is_same="yes", note="")
    page = visitor.submit(page, is_same="yes", note="He said so on the telephone.")
    assert "the bar holds" in page.text
    own = _signed_in(visit, other.user)
    page = own.get("/volunteer/decision")
    assert "rules of conduct" not in page.text and "somebody else, say so" in page.text


def test_who_is_barred_keeps_their_own_pages_and_nobody_else_reads(
    session: AnySession, visit: Visit, person: Volunteer
) -> None:
    _barred(session, person)
    stranger, friend = coordinator_of(session, make_vio(session)), make_volunteer(session, person.vio)
    session.commit()
    own = _signed_in(visit, person.user)
    for path in ("/volunteer/profile", "/volunteer/consents", "/volunteer/openings/", "/volunteer/applications"):
        own.get(path)
    assert KIND_WORDS not in _signed_in(visit, friend.user).get("/volunteer/decision", status=404).text
    other = _signed_in(visit, stranger)
    assert "Nobody is barred" in other.get("/coordinator/bars").text
    for path in ("/coordinator/bars/1", f"/coordinator/volunteers/{person.id}/bar", "/coordinator/likenesses/1"):
        other.get(path, status=404)


def test_a_pair_is_warned_that_nobody_could_answer_an_appeal(
    session: AnySession, visit: Visit, person: Volunteer
) -> None:
    first, second = (coordinator_of(session, person.vio) for _ in range(2))
    session.commit()
    visitor = _signed_in(visit, first)
    page = visitor.get(f"/coordinator/volunteers/{person.id}/bar")
    assert "left to answer an appeal" in page.text
    visitor.submit(page, **SAYS)
    other = _signed_in(visit, second)
    page = other.get(other.get("/coordinator/").link("Decide on the oldest"))
    assert "left to answer an appeal" in page.text
    other.submit(page, action="confirm")
    own = _signed_in(visit, person.user)
    page = own.get("/volunteer/decision")
    assert "with other organizations either" in page.text
    own.submit(page, words=APPEAL)
    for reader in (visitor, other):
        page = reader.get(reader.get("/coordinator/").link("Decide on the oldest"))
        assert "invite a focal point" in page.text


def test_a_prepared_placement_of_a_barred_person_is_cancelled_from_the_list(
    session: AnySession, visit: Visit, person: Volunteer
) -> None:
    work = make_assignment(session, make_host(session, person.vio))
    make_placement(session, make_selectable(session, work, volunteer=person))
    _barred(session, person)
    who = coordinator_of(session, person.vio)
    session.commit()
    visitor = _signed_in(visit, who)
    page = visitor.get(visitor.get("/coordinator/held").link("Bashir"))
    assert "Cancel the placement" in page.text and "Look for a place" not in page.text
    page = visitor.submit(page, status=422, decision="ended", note="Called.", words=KIND_WORDS)
    visitor.submit(page, decision="ended", note="Called.", words=KIND_WORDS, reason_code="other")
    assert "No stay waits" in visitor.get("/coordinator/held").text


def test_a_proposal_is_made_once_and_dropped_with_a_reason(
    session: AnySession, visit: Visit, person: Volunteer
) -> None:
    first, second = (coordinator_of(session, person.vio) for _ in range(2))
    session.commit()
    visitor = _signed_in(visit, first)
    own = visitor.submit(visitor.get(f"/coordinator/volunteers/{person.id}/bar"), **SAYS).path
    assert person.full_name in visitor.get("/coordinator/bars").text
    visitor = _signed_in(visit, second)
    assert visitor.get(f"/coordinator/volunteers/{person.id}/bar").path == own
    page = visitor.submit(visitor.get(own), status=422, action="/end", note="")
    assert "Write down why" in page.text
    visitor.submit(page, action="/end", note="It was somebody else.")
    again = f"/coordinator/volunteers/{person.id}/bar"
    assert visitor.get(again).path == again != own


def test_an_answer_that_is_neither_yes_nor_no_leaves_the_appeal_waiting(
    session: AnySession, visit: Visit, person: Volunteer
) -> None:
    _barred(session, person)
    third = coordinator_of(session, person.vio)
    session.commit()
    own = _signed_in(visit, person.user)
    own.submit(own.get("/volunteer/decision"), words=APPEAL)
    visitor = _signed_in(visit, third)
    page = visitor.get(visitor.get("/coordinator/bars").link("Bashir"))
    page = visitor.submit(page, status=422, granted="perhaps", words=KIND_WORDS)
    assert "Answer the person" in page.text
    assert "waits for an answer" in own.get("/volunteer/decision").text
