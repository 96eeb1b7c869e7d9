"""Everybody acts at once, in any order: a few lives by default, many where asked for."""

from __future__ import annotations

from collections import Counter

import pytest
from sqlalchemy import func, select

from tests.factories import AnySession
from tests.services.life import Life
from tests.services.life_world import World
from tests.services.lives import run_lives
from webapp.models import RollCallPerson

HAPPENS = (
    *("complete", "extend", "suspend", "lift", "propose_bar", "bar", "free", "watched", "moving", "ended", "post"),
    *("ask_mentor", "mentor_accept", "mentor_decline", "mentor_end"),
)
CRISIS = (
    *("roll_call", "ask_again", "close_roll_call"),
    *("volunteer_safe", "volunteer_help", "host_safe", "telephone_safe"),
)
APPEALS = ("appeal", "appeal_refused", "appeal_granted")
# What chance has to bring about too; a decision on a held stay, or a granted appeal, is too rare there.
WANTED = (
    *("accept", "complete", "extend", "call_off", "expire", "step_back", "post"),
    *("suspend", "lift", "bar", "free", "appeal", "ask_mentor", "mentor_accept"),
    *("roll_call", "ask_again", "volunteer_safe", "telephone_safe", "close_roll_call"),
)


def _live(session: AnySession, examples: int, steps: int) -> int:
    """Run that many lives of that many steps, and return how many steps people made in all."""
    World.steps, World.done = 0, Counter()
    run_lives(lambda: Life(session), examples, steps)
    return World.steps


def test_a_life_in_which_everything_happens(session: AnySession) -> None:
    World.done = Counter()
    life = Life(session)  # two prepare to go to the host without an account; four wait at the other
    life.ask_mentor(1)
    life.ask_mentor(2)
    life.answer_newcomer(1, "accept")
    life.answer_newcomer(2, "decline")
    life.the_day_comes(1, "starts_on")
    life.the_day_comes(2, "starts_on")
    life.offer(3, "international", 5, 10)
    for which in (1, 2):  # the host where they are, then the one that waits for an answer to its offer
        life.suspend_or_lift(which, 0)
        life.decide_held(1, "watched")
        life.decide_held(2, "moving")
        life.suspend_or_lift(which, 0)
    for who in (1, 2):  # somebody who is there and is sent by the other office, then somebody on a shortlist
        life.bar_or_free(who, 0)
        life.bar_or_free(who, 0)
        life.decide_held(1, "ended")
        life.bar_or_free(who, 0)
    life.apply(4, 2)
    life.go_on(1, 5)
    life.time_goes_by(1)
    life.the_day_comes(1, "ends_on")
    life.answer_newcomer(1, "end")
    assert not set(HAPPENS) - set(World.done)
    life.teardown()


def test_a_life_with_appeals_and_a_roll_call(session: AnySession) -> None:
    World.done = Counter()
    life = Life(session)
    life.the_day_comes(1, "starts_on")
    life.the_day_comes(2, "starts_on")
    for who, granted in ((2, False), (3, True)):  # neither has a place
        life.bar_or_free(who, 0)
        life.bar_or_free(who, 0)
        life.appeal_or_answer(0, granted)
        life.appeal_or_answer(0, granted)
    life.call_the_roll(0, "ask again")
    life.apply(3, 0)
    life.offer(0, "international", 1, 10)
    life.accept(0)  # somebody of the other office begins soon, after the roll was called
    life.call_the_roll(0, "ask again")  # only whoever came is asked: the others were a moment ago
    life.time_goes_by(1)
    life.call_the_roll(0, "ask again")
    assert session.scalar(select(func.count(RollCallPerson.id))) == 3
    assert World.done["ask_again"] == 2
    for side, says in (("volunteer", "safe"), ("host", "safe"), ("volunteer", "help")):
        life.answer_the_roll(_newest(life, side), says, by_link=True)
    life.answer_the_roll(0, "safe", by_link=False)
    life.call_the_roll(0, "close")
    assert not set(CRISIS + APPEALS) - set(World.done)
    life.teardown()


def _newest(life: Life, side: str) -> int:
    """Return which link, counted from the newest, was the last one for a side."""
    return next(number for number, (one, _token) in enumerate(life.tokens[::-1]) if one == side)


def test_a_few_lives(session: AnySession) -> None:
    assert _live(session, examples=5, steps=30) >= 40


@pytest.mark.long
def test_many_lives(session: AnySession) -> None:
    assert _live(session, examples=120, steps=80) >= 5000
    assert min(World.done[name] for name in WANTED) > 0
