"""Everybody clears, refuses, waives, takes back and starts in any order.

Nobody leaves while a mandatory item is open, and nothing sensitive is stored while the person does not agree.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import time_machine
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from sqlalchemy import select

from tests.clearing import CLOSE, EVERYTHING, folders_in, last_day_of
from tests.factories import AnySession, make_assignment, make_host_user, make_user, make_volunteer
from tests.services.lives import run_lives
from tests.stays import KIND_WORDS, coordinator_of, make_placement, make_selectable, sign_both, user_of
from webapp import clock
from webapp.models import Clearance, EmergencyCard
from webapp.models.clearances import NEVER_WAIVED
from webapp.models.consents import SENSITIVE
from webapp.services import (
    clearance_lists,
    clearance_waivers,
    clearances,
    consents,
    emergency,
    placements,
    sensitive_ending,
)
from webapp.services.clearance_forgetting import has_words
from webapp.services.clearance_items import is_sensitive
from webapp.services.errors import NotFound, Refused
from webapp.services.own_data.erasure import Folders

some = st.integers(0, 1000)
words = st.sampled_from(["", KIND_WORDS])
WANTED = ("start", "agree", "refuse", "expire", "hand_in", "ask_again", "take_back", "consent")
RESULTS = ("cleared", "refused")
WHOLE = frozenset({"right_to_work", "insurance", "medical", "security_briefing", "emergency_contact", "licence"})


class Preparation(RuleBasedStateMachine):
    """One placement between two VIOs, with everybody who has to do with it and some who have not."""

    done: Counter[str] = Counter()

    def __init__(self, session: AnySession, folders: Folders) -> None:
        super().__init__()
        self.session, self.folders, self.today = session, folders, clock.today()
        work = make_assignment(session, **EVERYTHING)
        person = make_volunteer(session)
        self.placement = make_placement(session, make_selectable(session, work, volunteer=person))
        sign_both(session, self.placement)  # agreements have lives of their own
        offices = (self.placement.sending_vio, self.placement.receiving_vio)
        self.staff = [coordinator_of(session, vio) for vio in (*offices, *offices)]
        self.host = make_host_user(session, work.host)
        self.everybody = [*self.staff, self.host, user_of(person), make_user(session, "coordinator")]
        self.is_agreed, self.results = True, set[tuple[int, str]]()

    def teardown(self) -> None:
        """Leave the database as it was."""
        self.session.rollback()

    @rule(which=some, until=st.none() | st.integers(-5, 200))
    def clear(self, which: int, until: int | None) -> None:
        """Clear an item, for ever or until a day."""
        one, expires_on = self._item(which), None if until is None else self.today + timedelta(until)
        for account in self.staff[:2]:
            self._try("clear", partial(clearances.clear, self.session, account, one, expires_on))

    @rule(dice=st.integers(0, 4))
    def clear_most(self, dice: int) -> None:
        """Clear all that is still open, so that lives come far."""
        for one in clearance_lists.clearances_of(self.session, self.placement):
            if dice or one.item != "medical":
                for account in self.staff[:2]:
                    self._try("clear", partial(clearances.clear, self.session, account, one, last_day_of(one)))

    @rule(which=some, who=some, verb=st.sampled_from(["refuse", "ask_again"]), words=words)
    def answer(self, which: int, who: int, verb: str, words: str) -> None:
        """Refuse an item, or ask for it again."""
        act, account = getattr(clearances, verb), self.everybody[who % len(self.everybody)]
        self._try(verb, lambda: act(self.session, account, self._item(which), words))

    @rule(which=some, who=some, words=words)
    def hand_in(self, which: int, who: int, words: str) -> None:
        """Hand an item in, with words or without."""
        account = self.everybody[who % len(self.everybody)]
        self._try("hand_in", lambda: clearances.hand_in(self.session, account, self._item(which), words))

    @rule()
    def name_somebody(self) -> None:
        """Say whom to call."""
        self._try("name", lambda: emergency.name_close(self.session, self.everybody[5], self.placement, CLOSE))

    @rule(which=some, one=some, other=some)
    def waive(self, which: int, one: int, other: int) -> None:
        """Ask to go without an item, and agree, whoever it is."""
        item, people = self._item(which), self.everybody
        self._try("ask", lambda: clearance_waivers.ask(self.session, people[one % len(people)], item, KIND_WORDS))
        self._try("agree", lambda: clearance_waivers.agree(self.session, people[other % len(people)], item))

    @rule(dice=st.integers(0, 1))
    def take_back_or_agree(self, dice: int) -> None:
        """Now and then take the consent to keep such facts back; once it is gone, give it again soon."""
        account, person = self.everybody[5], self.placement.volunteer
        if not self.is_agreed:
            give = partial(consents.give, self.session, account, person, SENSITIVE, "in a test")
            self.is_agreed = self._try("consent", give)
        elif dice == 0:
            take_back = partial(sensitive_ending.withdraw, self.session, account, person, self.folders)
            self.is_agreed = not self._try("take_back", take_back)

    @rule(number=st.integers(1, 30))
    def time_goes_by(self, number: int) -> None:
        """Days pass; the job may come late."""
        self.today += timedelta(number)
        if number % 2:
            self._try("expire", lambda: clearances.expire_due(self.session, self.today))

    @rule(dice=st.integers(0, 5))
    def make_ready(self, dice: int) -> None:
        """Now and then do on the first day all that is open, and begin: by chance alone hardly a life comes so far."""
        if dice != 5:
            return
        self.today = max(self.today, self.placement.starts_on)
        if not self.is_agreed:
            self.take_back_or_agree(1)
        self.name_somebody()
        self.clear_most(1)
        self.start()

    @rule()
    def start(self) -> None:
        """Try to begin."""
        if self._try("start", lambda: placements.start(self.session, self.staff[1], self.placement)):
            assert self.placement.starts_on <= self.today
            assert self._settled(self.today) >= WHOLE

    @invariant()
    def nobody_goes_without_what_is_never_waived(self) -> None:
        """Waived is only what may be, by two people of the two offices."""
        staff = {account.id for account in self.staff}
        for one in clearance_lists.clearances_of(self.session, self.placement):
            if one.state == "waived":
                assert one.item not in NEVER_WAIVED
                assert one.waiver_by_id != one.waived_by_id
                assert {one.waiver_by_id, one.waived_by_id} <= staff

    @invariant()
    def nothing_sensitive_is_new_or_written_without_the_consent(self) -> None:
        """What was decided before it was taken back stays; no result comes to it, and no words or card are there."""
        found = clearance_lists.clearances_of(self.session, self.placement)
        before = self.results
        self.results = {(one.id, one.state) for one in found if is_sensitive(one) and one.state in RESULTS}
        if not self.is_agreed:
            assert self.results <= before
            assert not any(has_words(one) for one in found)
            assert not list(self.session.scalars(select(EmergencyCard)))

    def _settled(self, day: date) -> set[str]:
        """Return what stands in nobody's way on a day, worked out here anew."""
        found = clearance_lists.clearances_of(self.session, self.placement)
        return {
            one.item
            for one in found
            if one.state == "waived" or (one.state == "cleared" and (one.expires_on or day) >= day)
        }

    def _item(self, which: int) -> Clearance:
        found = clearance_lists.clearances_of(self.session, self.placement)
        return found[which % len(found)]

    def _try(self, name: str, verb: Callable[[], Any]) -> bool:
        with time_machine.travel(self.today, tick=False):
            try:
                with self.session.begin_nested():
                    verb()
            except (Refused, NotFound):
                return False
        Preparation.done[name] += 1
        return True


def _prepare(session: AnySession, folder: Path, examples: int, steps: int) -> Counter[str]:
    Preparation.done = Counter()
    run_lives(lambda: Preparation(session, folders_in(folder)), examples, steps)
    return Preparation.done


def test_nobody_leaves_with_something_open(session: AnySession, tmp_path: Path) -> None:
    assert _prepare(session, tmp_path, examples=8, steps=25)["clear"] > 10


@pytest.mark.long
def test_nobody_leaves_with_something_open_in_many_lives(session: AnySession, tmp_path: Path) -> None:
    done = _prepare(session, tmp_path, examples=100, steps=60)
    assert min(done[name] for name in WANTED) > 5, done
