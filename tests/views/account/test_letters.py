"""Letters on the site: one's own and nobody else's, page by page, and the choice of which come by e-mail."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser import Visitor
from tests.factories import PASSWORD, AnySession, make_user, make_volunteer
from tests.stays import user_of
from webapp.models import Mail, User
from webapp.models.accounts import ROLES
from webapp.services import own_letters
from webapp.services.letter_kinds import ACCOUNT, KINDS, LATE, LESSONS, MESSAGES
from webapp.services.letters import write_letter
from webapp.services.readers import with_account
from webapp.words import lazy

ADDRESS = "http://localhost/reset/once-only"


def _volunteer(session: AnySession) -> User:
    return user_of(make_volunteer(session))


def _write(session: AnySession, account: User, subject: str, kind: str = ACCOUNT) -> Mail:
    body = lazy("Words for you: %(link)s", link=ADDRESS)
    return write_letter(session, with_account(account), kind, lazy(subject), body, secrets=[ADDRESS])


def test_letters_are_read_by_their_own_account_without_the_address_that_works_once(
    session: AnySession, visit: Callable[[], Visitor]
) -> None:
    mine, other = _volunteer(session), _volunteer(session)
    _write(session, mine, "For me")
    _write(session, other, "For another")
    session.commit()
    visitor = visit()
    visitor.sign_in(mine.email, PASSWORD)
    page = visitor.get("/account/letters")
    assert "For me" in page.text and "Words for you" in page.text
    assert "For another" not in page.text
    assert "once-only" not in page.text
    assert "works once" in page.text


def test_older_letters_stand_on_further_pages(session: AnySession, client: Visitor) -> None:
    account = make_user(session, "coordinator")
    for number in range(own_letters.PAGE + 3):
        _write(session, account, f"Letter {number:02}.")
    session.commit()
    client.sign_in(account.email, PASSWORD)
    page = client.get("/account/letters")
    assert "Letter 22." in page.text and "Letter 02." not in page.text
    older = client.get(page.link("Next"))
    assert "Letter 02." in older.text and "Letter 00." in older.text and "Letter 22." not in older.text


@pytest.mark.parametrize("role", [role for role in ROLES if role != "host"])
def test_every_role_reads_which_letters_have_to_go_and_why(session: AnySession, client: Visitor, role: str) -> None:
    account = _volunteer(session) if role == "volunteer" else make_user(session, role)
    session.commit()
    client.sign_in(account.email, PASSWORD)
    assert "No letters here" in client.get("/account/letters").text
    page = client.get("/account/mail")
    assert KINDS[ACCOUNT].words.text in page.text
    assert str(KINDS[ACCOUNT].why) in page.text


def test_what_one_stops_is_kept_and_only_for_what_one_gets(session: AnySession, client: Visitor) -> None:
    account = _volunteer(session)
    session.commit()
    client.sign_in(account.email, PASSWORD)
    page = client.submit(client.get("/account/mail"), **{LESSONS: "off", MESSAGES: "weekly"})
    form = page.form(LESSONS, MESSAGES).data()
    assert (form[LESSONS], form[MESSAGES], form["check_ins"]) == (["off"], ["weekly"], ["each"])
    assert LATE not in form and ACCOUNT not in form
    client.submit(page, status=422, **{LESSONS: "weekly"})
    stopped = _write(session, account, "Your lesson", LESSONS)
    assert stopped.stays_here
    session.commit()
    assert "only here, as you chose" in client.get("/account/letters").text
