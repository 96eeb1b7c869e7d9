"""The page of one's own data: both copies, and the end of everything with the password alone."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import nullcontext

import pytest

from tests.browser import Visitor
from tests.factories import (
    PASSWORD,
    AnySession,
    make_application,
    make_assignment,
    make_host,
    make_host_user,
    make_user,
    make_vio,
    make_volunteer,
)
from tests.stays import make_placement, user_of
from webapp.models import AuditEvent, SignInFailure, User
from webapp.own_data_words import TITLES
from webapp.services import file_looks, ranking
from webapp.services.own_data.data_map import data_map


def test_every_part_of_a_copy_has_a_heading() -> None:
    copied = {name for name, mapped in data_map().items() if mapped.way and mapped.copy}
    assert copied == set(TITLES)


def test_both_copies_hold_scores_and_reasons(session: AnySession, client: Visitor) -> None:
    person = make_volunteer(session, full_name="阿娜 Qzw", motivation="<b>Because</b>")
    make_assignment(session, make_host(session, person.vio), title="Nurse for the ward")
    ranking.rank_volunteer(session, person)
    account = user_of(person)
    session.commit()
    client.sign_in(account.email, PASSWORD)
    page = client.get("/account/my-data")
    read = client.submit(page, action="copy.html")
    assert "attachment" in read.response.headers["Content-Disposition"]
    assert "阿娜 Qzw" in read.text and "&lt;b&gt;Because" in read.text
    assert "Nurse for the ward" in read.text and "<link" not in read.text
    told = json.loads(client.submit(page, action="copy.json").response.get_data(as_text=True))
    (match,) = told["tables"]["match"]["rows"]
    assert match["assignment"] == "Nurse for the ward" and match["score"] > 0 and match["reasons"]
    assert "password" not in told["tables"]["user"]["rows"][0]
    assert session.query(AuditEvent).filter_by(action="own_data_copied").count() == 2


@pytest.mark.parametrize("role", ["coordinator", "administrator"])
def test_staff_take_a_copy_and_are_not_erased_here(session: AnySession, client: Visitor, role: str) -> None:
    account = make_user(session, role)
    session.commit()
    client.sign_in(account.email, PASSWORD)
    page = client.get("/account/my-data")
    assert "Delete everything" not in page.text
    assert account.email in client.submit(page, action="copy.html").text
    client.get("/account/my-data/erase", status=403)


def test_the_right_password_ends_everything_and_a_wrong_one_is_counted(session: AnySession, client: Visitor) -> None:
    person = make_volunteer(session)
    account = user_of(person)
    session.commit()
    client.sign_in(account.email, PASSWORD)
    page = client.get("/account/my-data/erase")
    wrong = client.submit(page, password="not the password")
    assert wrong.status == 200 and "This is not your password" in wrong.text
    assert session.query(SignInFailure).count() == 1
    client.submit(page, password=PASSWORD)
    session.expire_all()
    assert session.get_one(User, account.id).active is False
    assert client.get("/volunteer/").path == "/login"


def test_in_the_middle_of_a_stay_the_page_says_why_not(session: AnySession, client: Visitor) -> None:
    account = user_of(make_placement(session).volunteer)
    session.commit()
    client.sign_in(account.email, PASSWORD)
    page = client.get("/account/my-data/erase")
    assert "placement that is not over" in page.text and "Delete everything now" not in page.text


def test_the_person_reads_who_opened_the_file(session: AnySession, visit: Callable[[], Visitor]) -> None:
    vio = make_vio(session, name="Office of Xi'an")
    work = make_assignment(session, make_host(session, vio, name="Clinic by the lake"))
    person = make_volunteer(session, vio)
    application = make_application(session, person, work, state="shortlisted")
    office, host = make_user(session, "coordinator", vio), make_host_user(session, work.host)
    session.commit()
    for account, path in (
        (office, f"/coordinator/volunteers/{person.id}"),
        (office, f"/coordinator/volunteers/{person.id}"),
        (host, f"/host/applications/{application.id}"),
    ):
        visitor = visit()
        visitor.sign_in(account.email, PASSWORD)
        visitor.get(path)
    found = file_looks.seen_by_others(session, person)
    assert [(one.what, one.role, one.organization) for one in found] == [
        ("contact", "host", "Clinic by the lake"),
        ("contact", "coordinator", "Office of Xi'an"),
    ]
    duty, helper = make_user(session, "focal_point", vio), make_user(session, "supporter", vio)
    for account in (duty, helper):  # what they look at is never told
        file_looks.note_all(lambda: nullcontext(session), account, [person], "profile")
    assert file_looks.seen_by_others(session, person) == found
    own = visit()
    own.sign_in(user_of(person).email, PASSWORD)
    page = own.get("/volunteer/who-saw")
    assert "Clinic by the lake" in page.text and "Office of Xi" in page.text
    assert office.email not in page.text
