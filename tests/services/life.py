"""Everybody acts at once, in any order, as they like: what must always hold does hold, and nobody is left untold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
import time_machine
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from sqlalchemy import func, select

from tests.clearing import clear_everything
from tests.factories import (
    AnySession,
    make_application,
    make_assignment,
    make_host,
    make_host_user,
    make_user,
    make_vio,
    make_volunteer,
)
from tests.stays import KIND_WORDS, agree_until, sign_both, user_of
from webapp import clock
from webapp.models import Application, Assignment, AuditEvent, Mail, Offer, Place, Placement, User
from webapp.models.accounts import COORDINATOR, HOST
from webapp.services import applications, assignments, offers, placements, places, shortlists, signings
from webapp.services.errors import NotFound, Refused
from webapp.services.moves import MOVES

HOLDING = ("preparing", "active", "extended", "completed")
KINDS = (Application, Offer, Placement, Assignment)
# Who has to get a letter; whoever brought it about themselves needs none.
TOLD = {
    "offer_made": {"volunteer", "host"},
    "offer_accepted": {"host", "offices"},
    "offer_declined": {"host", "offices"},
    "offer_expired": {"volunteer", "host", "offices"},
    "offer_withdrawn": {"volunteer", "host"},
    **{f"placement_{state}": {"volunteer", "host", "offices"} for state in MOVES[Placement] if state != "preparing"},
}
some = st.integers(0, 1000)


class Life(RuleBasedStateMachine):
    """Two organizations, two hosts, three assignments with few places, five people, and strangers who try it on."""

    steps = 0
    done: Counter[str] = Counter()

    def __init__(self, session: AnySession) -> None:
        super().__init__()
        self.session, self.now = session, clock.now()
        here, there = make_vio(session), make_vio(session)
        hosts = [make_host(session, here), make_host(session, here)]
        rooms = ({"places_international": 1}, {"places_international": 2}, {"places_national": 1})
        self.works = [
            make_assignment(session, hosts[number % 2], start_on=None, end_on=None, **room)
            for number, room in enumerate(rooms)
        ]
        self.people = [make_volunteer(session, (here, there)[number % 2]) for number in range(5)]
        self.office, self.sending = (make_user(session, COORDINATOR, vio) for vio in (here, there))
        self.hosts = {host.id: make_host_user(session, host) for host in hosts}
        self.strangers = [
            self.sending,
            make_user(session, COORDINATOR),
            make_host_user(session, make_host(session, here)),
            user_of(make_volunteer(session, here)),
        ]
        for person in self.people[:4]:
            make_application(session, person, self.works[0], state="shortlisted")
        for person in self.people[:2]:  # somebody has a place already, so that lives come far
            self._place(make_application(session, person, self.works[1], state="shortlisted"))
        self.states = self._states()

    def teardown(self) -> None:
        """Leave the database as it was."""
        self.session.rollback()

    def _place(self, wish: Application) -> None:
        first = self.now.date() + timedelta(2)
        made = offers.make_offer(self.session, self.office, wish, "international", first, first + timedelta(20))
        offers.accept(self.session, user_of(wish.volunteer), made)

    # what people do

    @rule(who=some, what=some)
    def apply(self, who: int, what: int) -> None:
        """Apply, and come on the shortlist."""
        volunteer, work = self._pick(self.people, who), self._pick(self.works, what)

        def verb() -> None:
            made = applications.apply(self.session, user_of(volunteer), volunteer, work, "")
            shortlists.shortlist(self.session, self.hosts[work.host_id], made)

        self._try("apply", verb)

    @rule(
        which=some,
        kind=st.sampled_from(["international", "national"]),
        wait=st.integers(0, 6),
        long=st.integers(1, 15),
    )
    def offer(self, which: int, kind: str, wait: int, long: int) -> None:
        """Make an offer."""
        if application := self._one(Application, which, state=("shortlisted", "selected")):
            first = self.now.date() + timedelta(wait)
            terms = (application, kind, first, first + timedelta(long))
            self._nobody_else(lambda account: offers.make_offer(self.session, account, *terms), which)
            self._try("offer", lambda: offers.make_offer(self.session, self.office, *terms))

    @rule(which=some)
    def accept(self, which: int) -> None:
        """Accept an offer, also one that does not wait any more."""
        if offer := self._one(Offer, which):
            self._nobody_else(lambda account: offers.accept(self.session, account, offer), which)
            self._try("accept", lambda: offers.accept(self.session, user_of(offer.volunteer), offer))

    @rule(which=some, kindly=st.booleans())
    def say_no(self, which: int, kindly: bool) -> None:
        """Decline an offer, or take it back."""
        if offer := self._one(Offer, which):
            self._nobody_else(
                lambda account: offers.withdraw_offer(self.session, account, offer, "dates", KIND_WORDS), which
            )
            if kindly:
                self._try("decline", lambda: offers.decline(self.session, user_of(offer.volunteer), offer, "dates"))
            else:
                back = (self.office, offer, "dates", KIND_WORDS)
                self._try("withdraw_offer", lambda: offers.withdraw_offer(self.session, *back))

    @rule(
        which=some,
        more=st.integers(1, 30),
        verb=st.sampled_from(["start", "extend", "complete", "end_early", "cancel"]),
    )
    def decide(self, which: int, more: int, verb: str) -> None:
        """Start, extend, complete, end or cancel a placement."""
        if placement := self._one(Placement, which):
            given: dict[str, tuple[Any, ...]] = {
                "extend": (self._signed_until(placement) or placement.ends_on + timedelta(more),),
                "end_early": ("health", KIND_WORDS),
                "cancel": ("safety", KIND_WORDS),
            }
            act, rest = getattr(placements, verb), given.get(verb, ())
            if verb == "start":
                self._clear(placement)
            self._nobody_else(lambda account: act(self.session, account, placement, *rest), which)
            self._try(verb, lambda: act(self.session, self.office, placement, *rest))

    @rule(which=some, day=st.sampled_from(["starts_on", "ends_on"]))
    def the_day_comes(self, which: int, day: str) -> None:
        """Wait for the first or the last day of a placement that is not over, and start or complete it."""
        if placement := self._one(Placement, which, state=("preparing", "active", "extended")):
            self.now = max(self.now, datetime.combine(getattr(placement, day), time(12), UTC))
            self._try("expire", lambda: offers.expire_due(self.session, clock.today()))
            verb = placements.start if placement.state == "preparing" else placements.complete
            self._clear(placement)
            self._sign(placement)
            self._try(verb.__name__, lambda: verb(self.session, self.office, placement))

    def _clear(self, placement: Placement) -> None:
        """See to all that stands in the way of a start; clearances have a machine of their own."""
        if placement.state == "preparing":
            with self._clock():
                clear_everything(self.session, placement)

    @rule(which=some, more=st.integers(1, 30))
    def agree(self, which: int, more: int) -> None:
        """Sign what waits; and once the placement has begun, now and then a later last day."""
        if placement := self._one(Placement, which):
            later = placement.ends_on + timedelta(more)
            self._try("agree_until", lambda: agree_until(self.session, placement, later))
            self._sign(placement)

    @rule(which=some, more=st.integers(1, 30))
    def go_on(self, which: int, more: int) -> None:
        """Agree that somebody who is there stays longer, and extend to that day."""
        if placement := self._one(Placement, which, state=("active", "extended")):
            later = placement.ends_on + timedelta(more)
            if self._try("agree_until", lambda: agree_until(self.session, placement, later)):
                self._try("extend", lambda: placements.extend(self.session, self.office, placement, later))

    def _sign(self, placement: Placement) -> None:
        """Let both sign the wording that waits, where one does."""
        if signings.standing(self.session, placement).waiting is not None:
            self._try("sign", lambda: sign_both(self.session, placement))

    @rule(which=some)
    def step_back(self, which: int) -> None:
        """Step back from a placement."""
        if placement := self._one(Placement, which):
            self._nobody_else(lambda account: placements.withdraw(self.session, account, placement), which)
            self._try("step_back", lambda: placements.withdraw(self.session, user_of(placement.volunteer), placement))

    @rule(which=some, dice=st.integers(0, 3))
    def withdraw_application(self, which: int, dice: int) -> None:
        """Now and then somebody takes an application back."""
        if dice == 3 and (application := self._one(Application, which)):
            account = user_of(application.volunteer)
            self._try("withdraw", lambda: applications.withdraw(self.session, account, application))

    @rule(which=some, dice=st.integers(0, 3))
    def host_declines(self, which: int, dice: int) -> None:
        """Now and then a host declines an applicant."""
        if dice == 3 and (application := self._one(Application, which, state=("shortlisted", "selected"))):
            host = self.hosts[application.assignment.host_id]
            answer = (host, application, "skills", KIND_WORDS)
            self._try("host_declines", lambda: shortlists.decline(self.session, *answer))

    @rule(which=some, dice=st.integers(0, 9))
    def call_off(self, which: int, dice: int) -> None:
        """Now and then a host calls its assignment off, and posts another."""
        work = self._pick(self.works, which)
        if dice == 0 and self._try(
            "call_off", lambda: assignments.cancel(self.session, self.hosts[work.host_id], work, KIND_WORDS)
        ):
            self.works.append(make_assignment(self.session, work.host, start_on=None, end_on=None))
            self.states = self._states()

    @rule(number=st.integers(1, 12))
    def time_goes_by(self, number: int) -> None:
        """Days pass, and the job ends what nobody answered."""
        self.now += timedelta(days=number)
        self._try("expire", lambda: offers.expire_due(self.session, clock.today()))

    # what always holds

    @invariant()
    def a_place_is_held_exactly_while_someone_is_to_sit_on_it(self) -> None:
        """Held rows are live offers and the placements that came of them; never more than there are."""
        waiting = set(self.session.scalars(select(Offer.id).where(Offer.state == "made")))
        sitting = set(self.session.scalars(select(Placement.offer_id).where(Placement.state.in_(HOLDING))))
        held = list(self.session.scalars(select(Place)))
        assert {place.offer_id for place in held} == waiting | sitting
        for place in held:
            assert (
                1 <= place.number <= getattr(self.session.get(Assignment, place.assignment_id), f"places_{place.kind}")
            )
        accepted = set(self.session.scalars(select(Offer.id).where(Offer.state == "accepted")))
        assert accepted == set(self.session.scalars(select(Placement.offer_id)))

    @invariant()
    def an_assignment_is_filled_when_nothing_is_left(self) -> None:
        """Open means that there is room, filled that there is none."""
        for work in self.works:
            if work.state in ("open", "filled"):
                assert (work.state == "open") == any(one.left for one in places.room(self.session, work).values())

    @invariant()
    def nobody_is_at_two_places_at_once(self) -> None:
        """Running placements of one person do not overlap."""
        running = [one for one in self.session.scalars(select(Placement)) if one.is_running]
        for one in running:
            for other in running:
                if one.id < other.id and one.volunteer_id == other.volunteer_id:
                    assert one.ends_on < other.starts_on or other.ends_on < one.starts_on

    @invariant()
    def nobody_is_there_without_an_agreement(self) -> None:
        """What has begun was signed by both sides, until the day on which it ends at least."""
        for one in self.session.scalars(select(Placement).where(Placement.state.in_(("active", "extended")))):
            assert (self._signed_until(one) or one.starts_on) >= one.ends_on

    def _signed_until(self, placement: Placement) -> date | None:
        signed = signings.standing(self.session, placement).in_force
        return signed.ends_on if signed else None

    @contextmanager
    def _clock(self) -> Iterator[None]:
        with time_machine.travel(self.now, tick=False):
            yield

    def _try(self, name: str, verb: Callable[[], Any]) -> bool:
        """Let somebody act; a refusal leaves nothing behind, as a request that fails."""
        Life.steps += 1
        last = self.session.scalar(select(func.max(AuditEvent.id))) or 0
        letter = self.session.scalar(select(func.max(Mail.id))) or 0
        with self._clock():
            try:
                with self.session.begin_nested():
                    verb()
            except Refused:
                assert self._states() == self.states, f"{name} was refused and changed something"
                return False
        self._check_step(list(self.session.scalars(select(AuditEvent).where(AuditEvent.id > last))), letter)
        Life.done[name] += 1
        return True

    def _nobody_else(self, verb: Callable[[User], Any], which: int) -> None:
        """For a stranger the thing does not exist."""
        with self._clock(), pytest.raises(NotFound), self.session.begin_nested():
            verb(self._pick(self.strangers, which))

    def _check_step(self, events: list[AuditEvent], letter: int) -> None:
        """Each change is legal, has one line in the audit trail, and its letters."""
        before, self.states = self.states, self._states()
        lines = Counter((one.subject_kind, one.subject_id) for one in events if one.action != "placement_extended")
        for key, state in self.states.items():
            table = next(kind for kind in KINDS if kind.__tablename__ == key[0])
            if key in before and before[key] != state and state != "extended":
                assert state in MOVES[table][before[key]]
                assert lines[key] == 1, f"{key} went from {before[key]} to {state} with {lines[key]} lines"
        written = set(self.session.scalars(select(Mail.to).where(Mail.id > letter)))
        for event in events:
            assert self._whom(event) <= written, f"{event.action} was not told to everybody"

    def _whom(self, event: AuditEvent) -> set[str]:
        """Return the addresses to which this event has to be told."""
        if event.action not in TOLD:
            return set()
        stay: Offer | Placement = (
            self.session.get_one(Offer, event.subject_id)
            if event.subject_kind == "offer"
            else self.session.get_one(Placement, event.subject_id)
        )
        actor = self.session.get(User, event.actor_id) if event.actor_id else None
        whom = {
            "volunteer": {user_of(stay.volunteer).email},
            "host": {self.hosts[stay.assignment.host_id].email},
            "offices": {self.office.email}
            | ({self.sending.email} if stay.volunteer.vio_id == self.sending.vio_id else set()),
        }
        found = set().union(*(whom[audience] for audience in TOLD[event.action]))
        return found - {actor.email if actor else "", self.office.email if actor and actor.role == HOST else ""}

    def _states(self) -> dict[tuple[str, int], str]:
        return {
            (kind.__tablename__, one): state
            for kind in KINDS
            for one, state in self.session.execute(select(kind.id, kind.state))
        }

    def _one(self, kind: Any, which: int, state: tuple[str, ...] = ()) -> Any:
        """Return one row, those that still run first so that much happens."""
        query = select(kind).order_by(kind.id.desc())
        found = list(self.session.scalars(query.where(kind.state.in_(state)) if state else query))
        live = [one for one in found if MOVES[kind][one.state]]
        return self._pick(found if which % 5 == 0 else live or found, which) if found else None

    @staticmethod
    def _pick(found: list[Any], which: int) -> Any:
        return found[which % len(found)]
