"""Who guesses waits, also with many at the same moment; and who asks for letters fills nobody's mailbox."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import time_machine
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session as OrmSession

from webapp import clock
from webapp.db import own_session
from webapp.models import SignInFailure
from webapp.services import letter_limits, sign_in
from webapp.services.sign_in import Try

AT_ONCE = 24
EMAIL = "known@people.example"


def _at_once(act: Callable[[], bool]) -> int:
    """Return for how many of those who act at the same moment it went well."""
    ready = threading.Barrier(AT_ONCE)

    def together(_number: int) -> bool:
        ready.wait(timeout=60)
        return act()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return sum(pool.map(together, range(AT_ONCE)))


def test_of_many_guesses_at_once_no_more_pass_than_one_after_the_other(own_engine: Engine) -> None:
    tried = Try(EMAIL, "192.0.2.1")
    assert _at_once(lambda: sign_in.take_turn(own_session, tried) is not None) <= sign_in.MOST_FOR_ACCOUNT


def test_a_right_one_leaves_no_trace_and_a_refused_one_no_longer_wait(session: OrmSession) -> None:
    tried = Try(EMAIL, "192.0.2.1")
    for _turn in range(20):
        turn = sign_in.take_turn(own_session, tried)
        assert turn is not None
        sign_in.forgive(session, turn)
        session.commit()
    for _turn in range(8):
        assert sign_in.take_turn(own_session, tried)
    with time_machine.travel(clock.now() + timedelta(minutes=4), tick=False):
        assert sign_in.take_turn(own_session, tried) is None
    with time_machine.travel(clock.now() + timedelta(minutes=6), tick=False):
        assert sign_in.take_turn(own_session, tried)


def test_one_address_keeps_no_other_out_and_many_together_wait(session: OrmSession) -> None:
    def turns(address: str) -> int:
        tried = Try(EMAIL, address, sign_in.MOST_FROM_EVERYWHERE)
        return sum(sign_in.take_turn(own_session, tried) is not None for _turn in range(10))

    assert [turns(f"192.0.2.{number}") for number in range(7)] == [8, 8, 8, 8, 8, 0, 0]


def test_a_day_brings_fifty_codes_from_everywhere_together(session: OrmSession) -> None:
    def turns(number: int, **more: bool) -> int:
        tried = Try(EMAIL, f"192.0.2.{number}", **more)
        return sum(sign_in.take_turn(own_session, tried) is not None for _turn in range(10))

    passed = []
    began = clock.now()
    for number in range(8):
        with time_machine.travel(began + timedelta(hours=2 * number), tick=False):
            sign_in.forget_old_failures(session)
            passed.append(turns(number, is_code=True))
    assert passed == [8, 8, 8, 8, 8, 8, 2, 0]
    with time_machine.travel(began + timedelta(hours=15), tick=False):
        assert sign_in.has_spent_codes(session, Try(EMAIL, is_code=True))
        assert turns(9) == 8  # a recovery code is looked at
    with time_machine.travel(began + timedelta(hours=24, minutes=1), tick=False):
        assert turns(9, is_code=True) == 8


def test_where_a_wrong_code_came_from_is_kept_no_longer_than_of_others(session: OrmSession) -> None:
    for is_code in (True, False):
        sign_in.take_turn(own_session, Try(EMAIL, "192.0.2.1", is_code=is_code))
    with time_machine.travel(clock.now() + timedelta(minutes=61), tick=False):
        sign_in.forget_old_failures(session)
    kept = session.scalars(select(SignInFailure).execution_options(populate_existing=True)).one()
    assert kept.address_hash == sign_in.hashed("")


def test_an_hour_brings_three_letters_of_a_kind_to_an_address(session: OrmSession) -> None:
    def sent(kind: str, email: str, visitor: str) -> int:
        return sum(letter_limits.take(session, kind, email, visitor) for _turn in range(5))

    assert sent("reset_instructions", EMAIL, "192.0.2.1") == 3
    assert sent("reset_instructions", EMAIL.upper(), "192.0.2.2") == 0
    assert sent("confirmation_instructions", EMAIL, "192.0.2.1") == 3
    assert sum(sent("welcome", f"{number}@people.example", "192.0.2.1") for number in range(30)) == 54
    assert sent("welcome", "other@people.example", "192.0.2.2") == 3
    with time_machine.travel(clock.now() + timedelta(minutes=61), tick=False):
        assert sent("reset_instructions", EMAIL, "192.0.2.1") == 3


def test_letters_asked_for_at_once_are_counted_one_after_the_other(own_engine: Engine) -> None:
    def ask() -> bool:
        with own_session() as session:
            return letter_limits.take(session, "reset_instructions", EMAIL, None)

    assert _at_once(ask) == letter_limits.MOST_TO_ADDRESS
