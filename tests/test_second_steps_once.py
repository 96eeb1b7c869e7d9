"""What was written or sent once as a second step opens nothing again, also for whoever looked over a shoulder."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
import time_machine
from passlib.totp import TOTP
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session as OrmSession

from tests.browser import Page, Visitor
from tests.factories import PASSWORD, make_user, make_volunteer
from tests.passkeys import Token
from tests.test_passkeys import REFUSED, answered, asked
from tests.test_second_factor import set_up
from webapp import clock
from webapp.db import own_session
from webapp.models import Mail, User
from webapp.services import second_steps

pytestmark = pytest.mark.filterwarnings("ignore:Passing SelectField choices as tuples:DeprecationWarning")
AT_ONCE = 4


@pytest.fixture
def volunteer(session: OrmSession) -> User:
    """Return the account of a volunteer, who may have a code or go without."""
    account = make_volunteer(session).user
    session.commit()
    assert account is not None
    return account


def _with_code(visitor: Visitor, account: User) -> TOTP:
    visitor.sign_in(account.email, PASSWORD)
    return set_up(visitor, visitor.get("/tf-setup"))[0]


def _sign_in(visitor: Visitor, account: User, code: str) -> Page:
    page = visitor.submit(visitor.get("/login"), email=account.email, password=PASSWORD)
    return visitor.submit(page, code=code)


def test_a_code_opens_once_and_not_after_it_set_up_the_app(
    visit: Callable[[], Visitor], session: OrmSession, volunteer: User
) -> None:
    begun = clock.now().replace(second=10)
    with time_machine.travel(begun, tick=False):
        app = _with_code(visit(), volunteer)
        page = _sign_in(visit(), volunteer, app.generate().token)
        assert (page.heading, page.markup.account) == ("Your code", "")
    with time_machine.travel(begun + timedelta(seconds=30), tick=False):
        code = app.generate().token
        assert _sign_in(visit(), volunteer, code).markup.account == f"volunteer:{volunteer.id}"
        assert _sign_in(visit(), volunteer, code).markup.account == ""
        earlier = app.generate(time=begun.timestamp() - 30).token
        assert _sign_in(visit(), volunteer, earlier).markup.account == ""


def test_another_app_is_set_up_in_the_same_half_minute(client: Visitor, session: OrmSession, volunteer: User) -> None:
    with time_machine.travel(clock.now(), tick=False):
        first = _with_code(client, volunteer)
        second, page = set_up(client, client.get("/tf-setup"))
        assert page.path == "/mf-recovery-codes" and second.key != first.key


def _at_once(act: Callable[[OrmSession], bool]) -> list[bool]:
    start = Barrier(AT_ONCE)

    def one(_number: int) -> bool:
        start.wait(10)
        with own_session() as session:
            return act(session)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return sorted(pool.map(one, range(AT_ONCE)))


def test_of_many_who_send_the_same_code_at_once_one_comes_in(own_engine: Engine) -> None:
    with own_session() as session:
        account = make_user(session, "coordinator")
        account.mf_recovery_codes = ["the last one"]
        key = account.id

    def take(session: OrmSession) -> bool:
        return second_steps.take_code(session, session.get_one(User, key), 59_000_000, is_new_key=False)

    def use(session: OrmSession) -> bool:
        found = session.get_one(User, key)
        second_steps.hold_recovery_codes(session, found)
        is_left = bool(found.mf_recovery_codes)
        found.mf_recovery_codes = []
        return is_left

    one_of_all = [False] * (AT_ONCE - 1) + [True]
    assert _at_once(take) == one_of_all
    assert _at_once(use) == one_of_all


def test_a_copy_of_cookies_and_of_a_passkeys_answer_opens_nothing(
    visit: Callable[[], Visitor], session: OrmSession, volunteer: User
) -> None:
    token = Token()
    token.kept_for(session, volunteer)
    session.commit()
    visitor, thief = visit(), visit()
    page = visitor.submit(visitor.get("/login"), email=volunteer.email, password=PASSWORD)
    page, options = asked(visitor, page)
    cookie = visitor.client.get_cookie("session")
    assert cookie is not None
    thief.client.set_cookie("session", cookie.value)
    token.count = -1  # a passkey that is shared between devices counts nothing: it always says 0
    answer = token.answer(options)
    assert answered(visitor, page, answer).markup.account == f"volunteer:{volunteer.id}"
    stolen = answered(thief, page, answer)
    assert REFUSED in stolen.text and stolen.markup.account == ""


def test_an_account_is_told_of_each_change_of_its_second_step(
    client: Visitor, session: OrmSession, volunteer: User
) -> None:
    _with_code(client, volunteer)
    page = client.submit(client.get("/mf-recovery-codes"), action="/mf-recovery-codes", button="Make new codes")
    token = page.form("csrf_token", action="/logout").data()["csrf_token"]
    client.client.post("/tf-setup", data={"csrf_token": token, "setup": "disable"})
    letters = session.scalars(select(Mail).where(Mail.user_id == volunteer.id).order_by(Mail.id)).all()
    assert [one.subject for one in letters] == [
        "A code was set up for your account",
        "New recovery codes were made for your account",
        "The code of your account was turned off",
    ]
    for one in letters:
        assert one.kind == "account" and "change your password at once" in one.body and "://" not in one.body
